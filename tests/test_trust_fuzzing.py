"""Every loader, given bytes that nobody thought of, reads them or refuses them."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import fuzz_targets
import many_formats
from torture import amount

pytestmark = pytest.mark.trust
kept = Path(__file__).with_name("fuzz_corpus")
seconds = amount(10, 1800)
repeatable = amount(("-seed=1",), ())
"""Always the same in every run; what nobody has seen yet is looked for in full."""
starting_s = 120
most_kept_bytes = 1_000_000
apart = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"
"""Linux counts the memory of a process from that of the one that begins it; this one is small."""


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """Return a folder of good files to begin with."""
    folder = tmp_path_factory.mktemp("good")
    many_formats.write_inputs(folder)
    return folder


@pytest.mark.parametrize("name", fuzz_targets.loaders)
def test_what_was_once_found_is_read_or_refused(name):
    for path in sorted((kept / name).iterdir()):
        fuzz_targets.run(name, path.read_bytes())


@pytest.mark.parametrize("name", fuzz_targets.loaders)
def test_a_good_file_is_read(name, good):
    content = fuzz_targets.seed(name, good)
    if content is None:
        content = (kept / name / "good").read_bytes()
    loader = fuzz_targets.loaders[name]
    assert loader.load(fuzz_targets.written(name, content)) is not None


@pytest.mark.parametrize("name", fuzz_targets.loaders)
def test_new_bytes_are_read_or_refused(name, good, tmp_path):
    if find_spec("atheris") is None:
        pytest.skip("atheris has no wheel for this system")
    found = tmp_path / "found"
    found.mkdir()
    content = fuzz_targets.seed(name, good)
    if content is not None:
        (found / "good").write_bytes(content)
    command = [sys.executable, fuzz_targets.__file__, name, str(found), str(kept / name)]
    command = [sys.executable, "-c", apart, *command]
    limits = [
        *repeatable,
        f"-max_total_time={seconds}",
        f"-artifact_prefix={tmp_path}/",
        "-print_final_stats=1",
    ]
    done = subprocess.run(  # noqa: S603
        [*command, *limits], capture_output=True, timeout=seconds + starting_s, check=False
    )
    culprits = {path.name: path.read_bytes()[:2000] for path in tmp_path.glob("*-*")}
    assert done.returncode == 0, (culprits, done.stderr.decode("utf-8", "replace")[-4000:])


def test_what_is_kept_is_small():
    files = [path for path in kept.rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} <= set(fuzz_targets.loaders)
    assert sum(path.stat().st_size for path in files) < most_kept_bytes
