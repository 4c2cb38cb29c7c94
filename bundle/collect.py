"""Collect a folder for a PC without internet: wheels, example, workbook, pages, start files.

`make bundle` calls it; docs/bundle.md tells what for. Wheels of other platforms are fetched by pip
by the markers of the lock, which pip itself would only hold against the machine it runs on.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement

project = Path(__file__).parents[1]
here = Path(__file__).parent
pythons = ("3.11", "3.12", "3.13", "3.14")
by_preference = ("3.13", "3.12", "3.14", "3.11")
"""Which of several installed ones is taken first (assumption: neither newest nor oldest)."""
manylinux = ("2_28", "2_27", "2_26", "2_24", "2_17", "2_12", "2_5")
tags = {
    "windows": ("win_amd64",),
    "linux": tuple(f"manylinux_{version}_x86_64" for version in manylinux),
    "macos": ("macosx_14_0_arm64",),
}
"""Platform -> the tags of wheels that fit it; Windows and Linux on x86-64, macOS 14 on Apple's
processors."""
markers = {
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
}
machines = {"windows": "AMD64", "linux": "x86_64", "macos": "arm64"}
carried = {
    "scenarios/wuhan.yaml": "example/scenarios/wuhan.yaml",
    "data/wuhan": "example/data/wuhan",
    "docs/scenario.schema.json": "example/docs/scenario.schema.json",
    "LICENSE": "LICENSE",
    "bundle/start.py": "start.py",
    **{
        f"bundle/{name}.{ending}": f"{name}.{ending}"
        for name in ("start", "check", "place")
        for ending in ("bat", "sh")
    },
    "bundle/no_python.txt": "no_python.txt",
    "bundle/README.txt": "README.txt",
}
"""File or folder of the project -> where it stands in the bundle."""


def locked(platform: str, python: str) -> list[str]:
    """Return the locked requirements that hold on a platform, such as ``numpy==2.4.6``."""
    environment = {
        **markers[platform],
        "platform_machine": machines[platform],
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    lines = (here / "lock.txt").read_text(encoding="utf-8").splitlines()
    asked = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return [
        f"{each.name}{each.specifier}"
        for each in asked
        if each.marker is None or each.marker.evaluate(environment)
    ]


def pip(*arguments: str) -> None:
    """Run pip of this environment."""
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True)


def fetch_wheels(folder: Path, platform: str, python: str) -> None:
    """Fetch the locked wheels for a platform and a Python."""
    fitting = [part for tag in tags[platform] for part in ("--platform", tag)]
    only = ("--only-binary=:all:", "--no-deps", "--implementation", "cp")
    aimed = (*fitting, "--python-version", python)
    pip("download", *only, *aimed, "--dest", str(folder), *locked(platform, python))


def write_pages(folder: Path) -> None:
    """Build the site of the documents."""
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-W", "-n", "--keep-going", "-b", "html"]
    with TemporaryDirectory() as read:
        subprocess.run([*sphinx, "-d", read, str(project / "docs"), str(folder)], check=True)


def collect(out: Path, platforms: list[str], versions: list[str], pages: Path | None) -> None:
    """Write the bundle into a folder that is not there yet."""
    out.mkdir(parents=True)
    if pages is None:
        write_pages(out / "docs")
    else:
        shutil.copytree(pages, out / "docs")
    wheels = out / "wheels"
    pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(project))
    for platform in platforms:
        for python in versions:
            print(f"{platform}, Python {python}", flush=True)
            fetch_wheels(wheels, platform, python)
    for source, target in carried.items():
        (out / target).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (project / source).is_dir() else shutil.copy2
        copy(project / source, out / target)
    with (project / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]
    contents = {
        "siting": version,
        "platforms": {platform: machines[platform] for platform in platforms},
        "pythons": versions,
    }
    (out / "contents.json").write_text(json.dumps(contents, indent=1) + "\n", encoding="utf-8")
    named = "".join(f"{each}\r\n" for each in by_preference if each in versions)
    (out / "pythons.txt").write_bytes(named.encode("ascii"))  # start.bat reads it
    example = ("example/workbook", "--from", "example/scenarios/wuhan.yaml")
    for made in (("study",), example):
        subprocess.run([sys.executable, "-m", "siting", "init", *made], check=True, cwd=out)
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    print(f"{out}: {len(list(wheels.iterdir()))} wheels, {size / 1e6:,.0f} MB in all")


def main() -> None:
    """Read what is asked for and collect it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=project / "dist" / "siting-bundle")
    parser.add_argument("--platforms", nargs="+", choices=tags, default=["windows"])
    parser.add_argument("--pythons", nargs="+", choices=pythons, default=list(pythons))
    parser.add_argument("--pages", type=Path, help="docs/ as built already, by make docs")
    options = parser.parse_args()
    if options.out.exists():
        parser.error(f"{options.out} exists already: remove it, or name another with --out")
    collect(options.out, options.platforms, options.pythons, options.pages)


if __name__ == "__main__":
    main()
