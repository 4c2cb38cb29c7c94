"""Measure the default study: time and memory of a run, of importing, size of the page.

Prints one JSON line a figure: ``figure, value, unit, at_most`` (the figure to reach). Figures
of seconds depend on the machine; the stages are also given as shares of the run.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

project = Path(__file__).parents[1]
imports_timed = 5


def told(figure: str, value: float, unit: str, at_most: float | None = None) -> None:
    """Print a figure."""
    row = {"figure": figure, "value": round(value, 4), "unit": unit, "at_most": at_most}
    print(json.dumps({key: value for key, value in row.items() if value is not None}))


def import_seconds() -> float:
    """Return what `import siting` takes beyond an empty Python, the median of a few."""
    taken = []
    for code in ("pass", "import siting"):
        times = []
        for _ in range(imports_timed):
            began = monotonic()
            subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
            times.append(monotonic() - began)
        taken.append(sorted(times)[imports_timed // 2])
    return taken[1] - taken[0]


def main() -> None:
    """Run the study once and tell its figures."""
    told("import siting", import_seconds(), "s", 0.3)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "siting", "run", str(project / "scenarios/wuhan.yaml")]
        began = monotonic()
        subprocess.run([*command, "--out", folder], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        seconds = monotonic() - began
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        out = Path(folder)
        plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
        page_mb = (out / "review.html").stat().st_size / 1e6
    told("run", seconds, "s", 60)
    told("peak memory", peak_mb, "MB", 3000)
    told("gap", plan["gap"], "share", 0.01)
    told("page", page_mb, "MB", 5)
    for step, taken in (run["seconds"] | run["stage_seconds"]).items():
        told(f"share of the run: {step}", taken / seconds, "share")


if __name__ == "__main__":
    main()
