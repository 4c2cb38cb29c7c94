"""Sites of several plans: which plans act at them, and whether alike."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from siting.inputs.dictionary import classes_column
from siting.plan.finished_run import FinishedRun

same_place_degrees = 1e-4
"""Sites of one id are taken for one where they lie at most so far apart, about ten metres."""
told = ("site_id", "name", "tier", "host", "township_code", "township", "district", "lon", "lat")


def site_table(runs: Mapping[str, FinishedRun]) -> pd.DataFrame:
    """Return the sites of several plans.

    Parameters
    ----------
    runs
        Letter of a plan -> its run.

    Returns
    -------
    pandas.DataFrame
        ``site_id, name, tier, host, township_code, township, district, lon, lat`` of the first
        plan that has it; ``acting``, the letters of the plans that do something there; ``alike``,
        whether all plans do the same, in the same years; and for each letter ``A_action`` (empty
        where a candidate does not open) ``, A_places_before, A_places``, the places today and in
        its last year, ``A_done``, the action of each year and the places it adds (``2025 open
        +15; 2027 expand +18``) and ``A_like``, the first plan that does the same. Sites by id.
    """
    tables = {label: run.sites.set_index("site_id") for label, run in runs.items()}
    known = pd.concat(run.sites for run in runs.values()).drop_duplicates("site_id")
    sites = known[list(told)].sort_values("site_id", ignore_index=True)
    ids = sites["site_id"]
    does = {}
    for label, run in runs.items():
        table = tables[label].reindex(ids)
        action = [text if isinstance(text, str) else "" for text in table["action"]]
        steps = _done(run)
        done = [steps.get(site, "") for site in ids]
        sites[f"{label}_action"] = action
        for column in ("places_before", "places"):
            sites[f"{label}_{column}"] = table[column].fillna(0).to_numpy(dtype=int)
        sites[f"{label}_done"] = done
        does[label] = list(zip(action, _classes(run, table), done, strict=True))
    acted = {label: ~sites[f"{label}_action"].isin(["", "keep"]) for label in runs}
    letters = np.array([np.where(mask, label, "") for label, mask in acted.items()], dtype=object)
    sites["acting"] = letters.sum(axis=0)
    for label, own in does.items():
        like = np.full(len(sites), label, dtype=object)
        for earlier in reversed([name for name in does if name < label]):
            same = [one == other for one, other in zip(own, does[earlier], strict=True)]
            like = np.where(same, earlier, like)
        sites[f"{label}_like"] = like
    last = [f"{label}_like" for label in runs]
    sites["alike"] = (sites[last] == next(iter(runs))).all(axis=1)
    first = [*told, "acting", "alike"]
    return sites[first + [column for column in sites if column not in first]]


def _classes(run: FinishedRun, table: pd.DataFrame) -> list[dict[str, int]]:
    """Return the classes of each site, kind -> number; plans may have different kinds."""
    kinds = list(run.scenario.class_kinds)
    numbers = table[[classes_column(kind) for kind in kinds]].fillna(0).to_numpy(dtype=int)
    return [
        {kind: int(number) for kind, number in zip(kinds, row, strict=True) if number}
        for row in numbers
    ]


def _done(run: FinishedRun) -> dict[str, str]:
    """Return what is done at each site acted on, year by year."""
    rows = run.actions.sort_values(["site_id", "year"])
    steps: dict[str, list[str]] = {}
    for row in rows.to_dict("records"):
        added = f" {row['places_added']:+d}" if row["places_added"] else ""
        steps.setdefault(str(row["site_id"]), []).append(f"{row['year']} {row['action']}{added}")
    return {site: "; ".join(texts) for site, texts in steps.items()}


def told_otherwise(runs: Mapping[str, FinishedRun]) -> list[str]:
    """Return the ids of sites that runs tell differently: another name, tier, host or place."""
    first: dict[str, dict[str, Any]] = {}
    other = set()
    for run in runs.values():
        for row in run.sites.to_dict("records"):
            known = first.setdefault(str(row["site_id"]), row)
            moved = max(abs(row[axis] - known[axis]) for axis in ("lon", "lat"))
            same = all(row[column] == known[column] for column in ("name", "tier", "host"))
            if not same or moved > same_place_degrees:
                other.add(str(row["site_id"]))
    return sorted(other)
