"""Results kept on disk, named by the content of everything they depend on.

Reads and gives arrays. Does not: know what is in them, or fail a run: what cannot be kept or read
is computed again.
"""

import contextlib
import io
import os
import struct
import tempfile
import tokenize
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from time import time

import numpy as np

digest_bytes = 20
most_bytes = 2 * 1024**3
"""What a cache may hold in all; the files that were longest not used go first."""
suffix, unfinished = ".kept", ".kept-new"
abandoned_s = 3600
"""An unfinished file this old is nobody's any more (assumption: writing one takes seconds)."""

broken = (
    *(ValueError, OSError, EOFError, LookupError, TypeError, AttributeError, SyntaxError),
    *(RuntimeError, ArithmeticError, MemoryError),
    *(tokenize.TokenError, zipfile.BadZipFile, zlib.error, struct.error),
)
"""What numpy and zipfile raise on arrays that were written by somebody else."""

Part = bytes | str | float | np.ndarray


@dataclass(frozen=True)
class Cache:
    """A folder of kept results.

    A file begins with the digest of its key and the rest of it, so that one that was cut short,
    changed or renamed is noticed, and is put in place in one step.

    Attributes
    ----------
    folder
        Where they are kept; made when first needed.
    """

    folder: Path

    def load(self, key: str) -> dict[str, np.ndarray] | None:
        """Return the arrays kept under a key; None where there are none or they are damaged."""
        path = self.folder / (key + suffix)
        if not path.is_file():
            return None
        try:
            content = path.read_bytes()
        except OSError:
            return None
        told, body = content[:digest_bytes], content[digest_bytes:]
        if _digest_of(key, body) != told:
            self._remove(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        try:
            with (
                warnings.catch_warnings(action="ignore"),
                np.load(io.BytesIO(body), allow_pickle=False) as arrays,
            ):
                return dict(arrays)
        except broken:
            self._remove(path)
            return None

    def keep(self, key: str, arrays: Mapping[str, np.ndarray]) -> bool:
        """Keep arrays under a key.

        Returns
        -------
        bool
            False where the folder cannot be written, the disk is full, or they are too large.
        """
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)  # type: ignore[arg-type]
        body = buffer.getbuffer()
        if len(body) > most_bytes // 2:
            return False
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._make_room(len(body))
            with tempfile.NamedTemporaryFile(
                dir=self.folder, suffix=unfinished, delete=False
            ) as new:
                try:
                    new.write(_digest_of(key, body))
                    new.write(body)
                    new.flush()
                    os.fsync(new.fileno())
                    new.close()
                    Path(new.name).replace(self.folder / (key + suffix))
                except OSError:
                    new.close()
                    self._remove(Path(new.name))
                    raise
        except OSError:
            return False
        return True

    def _make_room(self, needed: int) -> None:
        """Remove what a killed process left unfinished, and the files longest not used."""
        for path in self.folder.glob("*" + unfinished):
            if abs(time() - path.lstat().st_mtime) > abandoned_s:
                self._remove(path)
        kept = [path for path in self.folder.glob("*" + suffix) if path.is_file()]
        held = needed
        for path in sorted(kept, key=lambda path: path.lstat().st_mtime, reverse=True):
            held += path.lstat().st_size
            if held > most_bytes:
                self._remove(path)

    @staticmethod
    def _remove(path: Path) -> None:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _digest_of(key: str, body: bytes | memoryview) -> bytes:
    made = blake2b(key.encode(), digest_size=digest_bytes)
    made.update(body)
    return made.digest()


def digest(*parts: Part) -> str:
    """Return a name for the content of texts, numbers and arrays."""
    made = blake2b(digest_size=digest_bytes)
    for part in parts:
        if isinstance(part, np.ndarray):
            content = part.tobytes()
            kind = f"{part.dtype}{part.shape}"
        else:
            content = part if isinstance(part, bytes) else str(part).encode()
            kind = type(part).__name__
        made.update(f"{kind}:{len(content)}:".encode())
        made.update(content)
    return made.hexdigest()


def digest_of_code() -> str:
    """Return a name for the source of this package: a result depends on what makes it."""
    return digest(*(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py"))))
