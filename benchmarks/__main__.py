"""Run every benchmark and write docs/benchmarks.md: ``python benchmarks [--quick]``.

The exit code is 1 where a benchmark failed or engines found different answers; a figure that is
missed stands in the page.
"""

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from machine import load_average, machine, own, peers, versions
from report import Part, Setting, document
from rows import Row, missed

here = Path(__file__).parent
order = ("wuhan", "reach", "model", "page", "load")
quick_amounts = ("reach", "model", "load")
"""Benchmarks that know a quick amount; the others are the same."""


def main() -> int:
    """Run the benchmarks asked for, one after the other."""
    there = [name for name in order if (here / f"{name}.py").exists()]
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure, and write the page.")
    parser.add_argument("name", nargs="*", choices=(*there, []), help="default: all")
    parser.add_argument("--quick", action="store_true", help="a few cases: about 17 minutes")
    parser.add_argument("--out", type=Path, default=here.parent / "docs" / "benchmarks.md")
    asked = parser.parse_args()
    setting = Setting(
        date=f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        command=" ".join(["python benchmarks", *asked.name, *["--quick"] * asked.quick]),
        machine=machine(),
        load=load_average(),
        versions=versions((*own, *peers)),
    )
    parts = []
    for name in asked.name or there:
        parts.append(run(name, quick=asked.quick))
        asked.out.write_text(document(setting, parts), encoding="utf-8", newline="\n")
    print(f"page: {asked.out}")
    differ = any(row.get("equal") is False for part in parts for row in part.rows)
    return 1 if differ or any(part.failed for part in parts) else 0


def run(name: str, *, quick: bool) -> Part:
    """Run one benchmark, showing its rows as they come."""
    command = [sys.executable, str(here / f"{name}.py")]
    command += ["--quick"] if quick and name in quick_amounts else []
    rows: list[Row] = []
    began = monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:  # noqa: S603
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if line.startswith("{"):
                rows.append(json.loads(line))
    return Part(name, monotonic() - began, process.returncode not in (0, missed), rows)


if __name__ == "__main__":
    raise SystemExit(main())
