"""The folder for a PC without internet: its lock, its contents, its start file."""

import json
import os
import runpy
import shutil
import subprocess
import sys
import tomllib
import webbrowser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import small_study
from torture import full

project = Path(__file__).parents[1]
collect = runpy.run_path(str(project / "bundle" / "collect.py"))
python = f"{sys.version_info.major}.{sys.version_info.minor}"
unshare = shutil.which("unshare")
on_linux = pytest.mark.skipif(
    sys.platform != "linux" or unshare is None,
    reason="a bundle is installed with the network off on Linux only",
)


@pytest.mark.parametrize("platform", collect["tags"])
@pytest.mark.parametrize("version", collect["pythons"])
def test_the_lock_holds_what_the_package_needs(platform, version):
    locked = {
        canonicalize_name(Requirement(line).name): Requirement(line)
        for line in collect["locked"](platform, version)
    }
    with (project / "pyproject.toml").open("rb") as file:
        needed = map(Requirement, tomllib.load(file)["project"]["dependencies"])
    for each in needed:
        (pinned,) = locked[canonicalize_name(each.name)].specifier
        assert pinned.operator == "=="
        assert each.specifier.contains(pinned.version), each


def test_every_python_that_the_package_names_is_collected():
    with (project / "pyproject.toml").open("rb") as file:
        named = tomllib.load(file)["project"]["classifiers"]
    prefix = "Programming Language :: Python :: 3."
    versions = [name.split(" :: ")[-1] for name in named if name.startswith(prefix)]
    assert tuple(versions) == collect["pythons"]
    for path in (project / "bundle").glob("*.bat"):
        start = path.read_bytes()
        assert start == start.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), path
    assert sorted(collect["by_preference"]) == versions


def test_the_start_file_looks_for_the_pythons_that_the_folder_holds():
    lines = (project / "bundle" / "start.bat").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "3.1" in line] == []  # the versions stand in pythons.txt
    loop = lines.index('for /f "usebackq" %%v in ("%~dp0pythons.txt") do if not defined PYTHON (')
    assert lines[loop + 1].startswith("  py -%%v -c ")
    assert lines[loop + 1].endswith("&& set PYTHON=py -%%v")
    told = lines.index("if defined PYTHON goto run")
    assert lines.index('type "%~dp0pythons.txt"') > told > loop


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """Return the bundle for this machine."""
    folder = tmp_path_factory.mktemp("stick") / "bundle"
    pages = tmp_path_factory.mktemp("pages")  # tests/test_docs_site.py builds the true ones
    (pages / "index.html").write_text("<p>siting</p>", encoding="utf-8")
    command = [sys.executable, str(project / "bundle" / "collect.py"), "--out", str(folder)]
    command += ["--platforms", "linux", "--pythons", python, "--pages", str(pages)]
    subprocess.run(command, check=True)  # noqa: S603
    return folder


def offline(*command, **variables):
    """Run a command without a network."""
    return subprocess.run(  # noqa: S603
        [unshare, "--map-root-user", "--net", *map(str, command)],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@on_linux
def test_everything_is_in_the_folder(bundle):
    pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed"]
    found = ["--no-index", "--find-links", bundle / "wheels", "siting"]
    tried = offline(*pip, *found, PIP_CONFIG_FILE=os.devnull, PIP_FIND_LINKS="")
    assert tried.returncode == 0, tried.stderr
    contents = json.loads((bundle / "contents.json").read_text(encoding="utf-8"))
    assert contents["pythons"] == [python]
    assert (bundle / "pythons.txt").read_bytes() == f"{python}\r\n".encode()
    assert (bundle / "study" / "study.xlsx").exists()
    assert (bundle / "example" / "workbook" / "study.xlsx").exists()
    assert (bundle / "docs" / "index.html").exists()
    for name in ("start", "check", "place"):
        assert (bundle / f"{name}.bat").exists()
        assert os.access(bundle / f"{name}.sh", os.X_OK)
    scenario = (bundle / "example" / "scenarios" / "wuhan.yaml").read_text(encoding="utf-8")
    named = [line.split(": ../")[1] for line in scenario.splitlines() if ": ../data" in line]
    assert named
    assert all((bundle / "example" / name).exists() for name in named)


@on_linux
def test_what_is_in_the_folder_runs_without_a_network(bundle, tmp_path):
    installed = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--no-compile", "--target", installed]
    found = ["--no-index", "--find-links", bundle / "wheels", "siting"]
    done = offline(*pip, *found, PIP_CONFIG_FILE=os.devnull, PIP_FIND_LINKS="")
    assert done.returncode == 0, done.stderr
    alone = [sys.executable, "-S", "-m", "siting", "check", small_study.write(tmp_path)]
    ran = offline(*alone, PYTHONPATH=str(installed))
    assert (ran.returncode, "没有问题" in ran.stdout) == (0, True), ran.stderr


@on_linux
@pytest.mark.trust
@pytest.mark.skipif(not full, reason="installing takes minutes: make torture")
def test_the_start_file_makes_an_environment_and_runs_a_study(bundle, tmp_path):
    (tmp_path / "study").mkdir()
    study = small_study.write(tmp_path / "study")
    home = {"XDG_DATA_HOME": str(tmp_path / "home"), "BROWSER": "true"}
    ran = offline("sh", bundle / "start.sh", study, **home)
    assert ran.returncode == 0, ran.stderr
    assert (study.parent / f"{study.stem}-成果" / "review.html").exists()


def start(monkeypatch, tmp_path, contents):
    """Return what the start file makes of a folder with such contents."""
    shutil.copy(project / "bundle" / "start.py", tmp_path)
    (tmp_path / "contents.json").write_text(json.dumps(contents), encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "argv", ["start.py"])
    return runpy.run_path(str(tmp_path / "start.py"))["main"]


stub = """#!/bin/sh
if [ "$1" = -c ]; then shift 2; for fits; do [ "$fits" = {version} ] && exit 0; done; exit 1; fi
echo {version} "$SITING_DO" "${{1##*/}}" "$2"
"""


@pytest.mark.skipif(sys.platform == "win32", reason="start.sh is for the others")
@pytest.mark.parametrize(
    ("installed", "taken"),
    [
        ({"python3": "3.12"}, "3.12"),
        ({"python3": "3.15", "python3.14": "3.14", "python3.11": "3.11"}, "3.14"),
        ({"python3": "3.15"}, "3.15"),  # says which versions fit
    ],
)
@pytest.mark.parametrize(("name", "does"), [("start", ""), ("check", "check"), ("place", "place")])
def test_a_python_that_fits_is_taken_before_a_newer_one(tmp_path, installed, taken, name, does):
    (tmp_path / "bin").mkdir()
    for python_name, version in installed.items():
        path = tmp_path / "bin" / python_name
        path.write_text(stub.format(version=version), encoding="utf-8")
        path.chmod(0o755)
    for each in ("start.sh", f"{name}.sh"):
        shutil.copy(project / "bundle" / each, tmp_path)
    (tmp_path / "pythons.txt").write_bytes(b"3.13\r\n3.12\r\n3.14\r\n3.11\r\n")
    for tool in ("sh", "dirname", "tr"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    ran = subprocess.run(  # noqa: S603
        [shutil.which("sh"), str(tmp_path / f"{name}.sh"), "a (1).xlsx"],
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split(maxsplit=1 + bool(does)) == [
        *filter(None, [taken, does]),
        "start.py a (1).xlsx\n",
    ]


def test_the_other_files_to_drop_a_workbook_on_say_what_is_done_and_go_on_to_the_start_file():
    for name in ("check", "place"):
        lines = (project / "bundle" / f"{name}.bat").read_text(encoding="utf-8").splitlines()
        assert f"set SITING_DO={name}" in lines
        assert lines[-1] == '"%~dp0start.bat" %*'


def test_a_workbook_is_checked_placed_or_planned(monkeypatch, tmp_path):
    contents = {"siting": "0.1.0", "platforms": {}, "pythons": []}
    main = start(monkeypatch, tmp_path, contents)
    done, opened = [], []
    study = tmp_path / "a.xlsx"

    def called(command, **_):
        done.append([str(word) for word in command[3:]])
        if "place" in command:
            command[-1].write_text("", encoding="utf-8")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setitem(main.__globals__, "environment", lambda _: Path("python"))
    monkeypatch.setattr(subprocess, "run", called)
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(sys, "argv", ["start.py", str(study)])
    assert main() == 0
    for what in ("check", "place"):
        monkeypatch.setenv("SITING_DO", what)
        assert main() == 0
    page = tmp_path / "a-标点.html"
    assert done == [
        ["run", str(study), "--out", str(tmp_path / "a-成果")],
        ["check", str(study)],
        ["place", str(study), "--out", str(page)],
    ]
    assert opened == [page.as_uri()]


def test_another_python_is_told(monkeypatch, tmp_path, capsys):
    contents = {"siting": "0.1.0", "platforms": {"windows": "AMD64"}, "pythons": ["3.9"]}
    with pytest.raises(SystemExit) as ended:
        start(monkeypatch, tmp_path, contents)()
    assert ended.value.code == 2
    told = capsys.readouterr().out
    assert "This folder is for Python 3.9, windows AMD64, 64 bit; this is Python" in told
    assert not (tmp_path / "home").exists()


@on_linux
def test_a_folder_copied_in_part_is_told_and_leaves_nothing(monkeypatch, tmp_path, capfd):
    contents = {"siting": "0.1.0", "platforms": {"linux": "x86_64"}, "pythons": [python]}
    (tmp_path / "wheels").mkdir()
    with pytest.raises(SystemExit) as ended:
        start(monkeypatch, tmp_path, contents)()
    assert ended.value.code == 2
    assert "copied in part" in capfd.readouterr().out
    assert list((tmp_path / "home" / "siting").iterdir()) == []
