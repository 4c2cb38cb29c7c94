"""Measure a large study: 2,000 candidates, 100,000 cells, five years, and its files.

Runs where the data of :mod:`jinan` is. Hands over a row with the sizes of what it wrote, and the
figures to reach. The study runs in a process of its own, as ``siting run`` does;
its solver stops after a quarter of an hour, since memory is what is measured here, and a
plan stopped so still has its proven gap.

    python benchmarks/load.py [CANDIDATES CELLS] [--quick]
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

from jinan import data, write_study
from rows import at_most, hand_over, missed

most_mb = 4096
solver_s = 900
quick, quick_solver_s = (100, 20_000), 180
goals = ("places", "inclusive", "townships", "near", "money")
"""Targets of the study of Jinan that are asked for here, in every year."""
deliverables = ("plan.json", "plan.gpkg", "review.html", "review.xlsx", "review.docx")


def main() -> int:
    """Run the study once and tell its figures."""
    parser = argparse.ArgumentParser(description="Measure a large study.")
    parser.add_argument("size", nargs="*", type=int, help="candidates and cells")
    parser.add_argument("--quick", action="store_true", help="a smaller study")
    asked = parser.parse_args()
    candidates, cells = asked.size or (quick if asked.quick else (2_000, 100_000))
    if not data.exists():
        hand_over({"case": "load", "skipped": "the data of Jinan is not there"})
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study = write_study(folder, candidates, cell_count=cells)
        study = study.model_copy(
            update={"targets": tuple(goal for goal in study.targets if goal.id in goals)}
        ).placed_in(folder)
        study = study.with_solver(time_limit_s=quick_solver_s if asked.quick else solver_s)
        path, out = folder / "study.json", folder / "out"
        path.write_text(study.model_dump_json(), encoding="utf-8")
        began = monotonic()
        ran = subprocess.run([sys.executable, __file__, "--run", path, out], check=False)  # noqa: S603
        if ran.returncode == missed:
            hand_over({"case": "load", "skipped": "no plan was found in the time given"})
            return missed
        ran.check_returncode()
        seconds = monotonic() - began
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
        sizes = {name: os.path.getsize(out / name) / 1e6 for name in deliverables}  # noqa: PTH202
    case = f"{candidates:,} candidates, {cells:,} cells, 5 years"
    told = {"seconds": seconds, "gap": plan["gap"], "megabytes": sizes}
    hand_over({"case": case, "engine": "siting", "peak_mb": round(peak_mb), **told})
    return 0 if at_most(f"{case}: peak memory, MB", peak_mb, most_mb) else missed


def run(path: Path, out: Path) -> None:
    """Run the study and write its files, telling the memory taken after each step."""
    import siting

    def step(name: str, share: float = 0.0) -> None:
        if not share:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{monotonic() - began:7.1f} s {peak:7.0f} MB before {name}", file=sys.stderr)

    began = monotonic()
    asked = siting.Scenario.model_validate_json(path.read_text(encoding="utf-8"))
    study = siting.run(asked.placed_in(path.parent), report=step)
    if not study.plan.status.has_plan:
        raise SystemExit(missed)
    step("files")
    study.save(out)
    step("the end")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        raise SystemExit(main())
