"""Make the environment from the wheels beside this file, without a network, and run a study.

A workbook or scenario given as argument is planned; the results stand beside it. The environment
variable SITING_DO asks for something else to be done with it: check, or place, which draws the page
to place its sites. Without an argument the environment is made and tried. Runs on the standard
library of any Python, so that it can say what is wrong with it.
"""

import json
import os
import platform
import shutil
import struct
import subprocess
import sys
import venv
import webbrowser
from pathlib import Path

here = Path(__file__).resolve().parent
systems = {"Windows": "windows", "Linux": "linux", "Darwin": "macos"}


def say(zh: str, en: str) -> None:
    """Print a line in both languages."""
    print(f"{zh}\n{en}\n", flush=True)


def refuse(zh: str, en: str) -> None:
    """End with a line in both languages."""
    say(zh, en)
    raise SystemExit(2)


def own_folder() -> Path:
    """Return where programs of this user keep their data."""
    if platform.system() == "Windows":
        return Path(os.environ["LOCALAPPDATA"])
    if platform.system() == "Darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def environment(contents: dict) -> Path:
    """Return the Python of the environment, made if it is not there yet."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    system = systems.get(platform.system(), platform.system())
    here_is = f"Python {version}, {system} {platform.machine()}, {8 * struct.calcsize('P')} bit"
    fits = version in contents["pythons"] and struct.calcsize("P") == 8
    if not fits or contents["platforms"].get(system) != platform.machine():
        held = f"Python {', '.join(contents['pythons'])}, " + "; ".join(
            f"{name} {machine}, 64 bit" for name, machine in contents["platforms"].items()
        )
        refuse(
            f"本文件夹适用于 {held}；这台电脑上是 {here_is}。请安装适用的 Python，再打开一次。",
            f"This folder is for {held}; this is {here_is}. Install a Python that fits and start "
            "again.",
        )
    folder = own_folder() / "siting" / f"{contents['siting']}-python{version}"
    python = folder / ("Scripts/python.exe" if system == "windows" else "bin/python")
    finished = folder / "complete"
    if not finished.exists():
        say(
            f"第一次使用，正在准备（几分钟）：{folder}", f"First use, preparing (minutes): {folder}"
        )
        venv.create(folder, clear=True, with_pip=True)
        install = ["-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check"]
        wheels = ["--find-links", str(here / "wheels"), f"siting=={contents['siting']}"]
        if subprocess.run([python, *install, *wheels], check=False).returncode:
            shutil.rmtree(folder, ignore_errors=True)
            refuse(
                "安装没有完成，原因见上。文件夹可能没有复制完整，请重新复制后再试。",
                "The installation failed for the reason above. The folder may be copied in part; "
                "copy it again.",
            )
        finished.write_text("", encoding="utf-8")
    return python


def run(python: Path, study: Path) -> int:
    """Plan a study and open its page."""
    results = study.parent / f"{study.stem}-成果"
    return shown([python, "-m", "siting", "run", study, "--out", results], results / "review.html")


def check(python: Path, study: Path) -> int:
    """List what is wrong with a study."""
    return subprocess.run([python, "-m", "siting", "check", study], check=False).returncode


def place(python: Path, study: Path) -> int:
    """Open the page to place the sites of a study that have no coordinates."""
    page = study.parent / f"{study.stem}-标点.html"
    page.unlink(missing_ok=True)  # none is drawn where every site has its coordinates
    return shown([python, "-m", "siting", "place", study, "--out", page], page)


def shown(command: list, page: Path) -> int:
    """Run a command and open the page that it drew."""
    ended = subprocess.run(command, check=False).returncode
    if ended == 0 and page.exists():
        webbrowser.open(page.as_uri())
    return ended


doing = {"run": run, "check": check, "place": place}


def main() -> int:
    """Make the environment, then run what was given."""
    contents = json.loads((here / "contents.json").read_text(encoding="utf-8"))
    python = environment(contents)
    given = [Path(argument).resolve() for argument in sys.argv[1:]]
    do = doing[os.environ.get("SITING_DO", "run")]
    if given:
        return max(do(python, study) for study in given)
    ended = subprocess.run([python, "-m", "siting", "doctor"], check=False).returncode
    say(
        "准备好了。请把填好的工作簿（如 study\\study.xlsx）先拖到 check 文件上检查，"
        "再拖到 start 文件上规划；只有地址的点位用 place 文件。"
        "看示例则拖 example\\scenarios\\wuhan.yaml。",
        "Ready. Drop a filled workbook (such as study\\study.xlsx) on the file check first, then "
        "on start; place is for sites that have an address only. The example is "
        "example\\scenarios\\wuhan.yaml.",
    )
    return ended


if __name__ == "__main__":
    raise SystemExit(main())
