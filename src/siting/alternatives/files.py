"""What alternatives and a frontier leave in the folder of a run."""

import json
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from siting.alternatives.near_optimal import Alternatives
from siting.plan.run_folder import alternatives_file, write_shown, write_text


def alternative_folder(number: int) -> str:
    """Return the name of the folder that holds an alternative as a run; the first is 1."""
    return f"alternative-{number}"


def write_alternatives(alternatives: Alternatives, folder: Path) -> None:
    """Write alternatives.json and alternatives.csv.

    The alternatives themselves are runs of their own, in the folders that the first names.
    """
    numbered = list(enumerate(alternatives.found, 1))
    document = {
        "note": asdict(alternatives.note),
        "ended": alternatives.ended,
        "found": [
            {
                "folder": alternative_folder(number),
                "plan_hash": one.plan.plan_hash,
                "status": one.status,
                "value": one.value,
                "bound": one.bound,
                "gap": one.gap,
                "unit": one.unit,
                "note": asdict(one.note),
            }
            for number, one in numbered
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    write_text(folder / alternatives_file, text + "\n")
    changes = [one.changes.assign(alternative=number) for number, one in numbered]
    if changes:
        table = pd.concat(changes, ignore_index=True)
        first = ["alternative"]
        columns = first + [column for column in table if column not in first]
        write_shown({"alternatives": table[columns]}, folder)


def write_frontier(frontier: pd.DataFrame, folder: Path) -> None:
    """Write frontier.csv; see :func:`siting.alternatives.frontier`."""
    write_shown({"frontier": frontier}, folder)
