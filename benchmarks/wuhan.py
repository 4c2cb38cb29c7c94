"""Measure the default study: time and memory of a run, of importing, size of the page.

Hands over the figures to reach, and a row that tells what share of the run each step takes.
Seconds depend on the machine.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

from rows import at_most, hand_over, missed

project = Path(__file__).parents[1]
imports_timed = 5


def import_seconds() -> float:
    """Return what `import siting` takes beyond an empty Python, the least of a few of each."""
    taken = []
    for code in ("pass", "import siting"):
        times = []
        for _ in range(imports_timed):
            began = monotonic()
            subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
            times.append(monotonic() - began)
        taken.append(min(times))
    return taken[1] - taken[0]


def main() -> int:
    """Run the study once and tell its figures."""
    reached = [at_most("import siting, s", import_seconds(), 0.3)]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "siting", "run", str(project / "scenarios/wuhan.yaml")]
        began = monotonic()
        options = ["--no-cache", "--out", folder]
        subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        seconds = monotonic() - began
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        out = Path(folder)
        plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
        page_mb = (out / "review.html").stat().st_size / 1e6
    steps = run["seconds"] | run["stage_seconds"]
    shares = {step: round(taken / seconds, 3) for step, taken in steps.items()}
    hand_over({"case": "wuhan", "engine": "siting", "seconds": seconds, "shares": shares})
    reached += [
        at_most("wuhan: run, s", seconds, 60),
        at_most("wuhan: peak memory of the run, MB", peak_mb, 3000),
        at_most("wuhan: gap of the plan", plan["gap"], 0.01),
        at_most("wuhan: review page, MB", page_mb, 5),
    ]
    return 0 if all(reached) else missed


if __name__ == "__main__":
    raise SystemExit(main())
