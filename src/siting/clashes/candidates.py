"""One more candidate: where a single new host makes a plan possible, or closes most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from pyproj import Transformer

from siting.clashes.clash import Clash
from siting.clashes.leaving_out import Clock, Feasibility
from siting.clashes.repairs import Repair, Study, plan_found, shortfall_proven, told_cost
from siting.clashes.requirements import concerned
from siting.inputs import Inputs, no_zone
from siting.inputs.dictionary import classes_column, enrolled_column
from siting.model import SitingProblem, pose_problem
from siting.model.ceilings import reachable
from siting.network import Network
from siting.notes import Note
from siting.plan.plan import Plan
from siting.reach import measure_reach, site_limits_s
from siting.scenario import Scenario, Target

most_locations = 60
"""Locations that are held against each other in one model."""
most_far_cells = 300
"""Cells without a site in reach for which the reach of a site there is measured."""
most_gaining = 8
"""Of these, the locations that are kept for coverage."""
least_closed = 1e-4
"""Share of a target that a new candidate closes at least, to be told: the gap of shortfalls."""
new_group = "new candidates"
"""Exclusive group of the new candidates: at most one of them opens."""


@dataclass(frozen=True)
class _Location:
    """A cell in which a new candidate could be, and for which tier."""

    cell: int
    tier: str


def add_candidate(
    problem: SitingProblem,
    study: Study,
    network: Network,
    clashes: Sequence[Clash],
    clock: Clock,
) -> Repair | None:
    """Return the repair by one more candidate, the cheapest of those looked at.

    Locations are the cells in the middle of the people of the townships, communities and areas
    concerned, and those from which a site reaches most under-3s who reach none; all stand in one
    model, of which one may open, with travel times measured on the streets. Where none of them
    makes a plan possible, the one that leaves least missing is told, as not complete.

    A new candidate is like those of its tier: the median of their costs and class limits, and
    the host that most of them are in.
    """
    targets = [r.target for clash in clashes for r in clash.requirements if r.target]
    locations = _locations(problem, study, network, targets)
    if not locations:
        return None
    ids = _new_ids(study.inputs, len(locations))
    everywhere = _with_candidates(study, network, locations, ids)
    posed = pose_problem(everywhere.scenario, everywhere.inputs, everywhere.reach)
    keys = {target.key for target in targets}
    exists = Feasibility(posed).plan_exists((), clock.left_s / 3)
    trial, trial_problem = (everywhere, posed) if exists else _softened(everywhere, posed, keys)
    plan = plan_found(trial, clock.part(0.4), trial_problem)
    chosen = [] if plan is None else [s for s in ids if s in set(plan.actions["site_id"])]
    if not chosen:
        return None
    where = ids.index(chosen[0])
    single = _with_candidates(study, network, locations[where : where + 1], chosen)
    if exists:
        plan = plan_found(single, clock)
        if plan is None:
            return None
        note = _note(problem, single, plan, chosen[0])
        return Repair("candidate", chosen[0], note, plan, single)
    return _closing_most(problem, study, single, chosen[0], keys, clock, decided=exists is False)


def _closing_most(
    problem: SitingProblem,
    study: Study,
    single: Study,
    site_id: str,
    keys: set[str],
    clock: Clock,
    *,
    decided: bool,
) -> Repair | None:
    """Return what one new candidate closes of the shortfall, where that is something.

    Parameters
    ----------
    decided
        Whether it is proven that no location is enough by itself.
    """
    softened, _ = _softened(single, None, keys)
    before, before_problem = _softened(study, problem, keys)
    without = plan_found(before, clock.part(0.5), before_problem)
    plan = plan_found(softened, clock)
    if plan is None or without is None:
        return None
    short, short_without = _short(plan), _short(without)
    if short is None or short_without is None or short >= short_without - least_closed:
        return None
    missed = [r.target.id for r in plan.targets if r.target.key in keys and not r.met]
    note = _note(problem, single, plan, site_id)
    if not missed:
        return Repair("candidate", site_id, note, plan, softened)
    enough = Note(zh="仅此一处还不够", en="not enough by itself")
    if not decided:
        enough = Note(zh="仅此一处够不够未能判定", en="undecided whether it is enough by itself")
    unproven = Note(zh="", en="")
    if not (shortfall_proven(plan) and shortfall_proven(without)):
        unproven = Note(zh="（按找到的方案，未证明最少）", en=" (in plans found, not proven least)")
    note = Note(
        zh=f"{note.zh}；{enough.zh}，{'、'.join(missed)}仍不能达到，缺口由{short_without:.1%}减到"
        f"{short:.1%}{unproven.zh}",
        en=f"{note.en}; {enough.en}: {', '.join(missed)} still short, by {short:.1%} "
        f"rather than {short_without:.1%}{unproven.en}",
    )
    return Repair("candidate", site_id, note, plan, softened, short=short)


def _short(plan: Plan) -> float | None:
    """Return what is missing of the targets of priority 1, as a sum of shares."""
    return next((s.objective for s in plan.stages if s.name == "shortfall-1"), None)


def _softened(
    study: Study, problem: SitingProblem | None, keys: set[str]
) -> tuple[Study, SitingProblem | None]:
    """Return a study in which some targets may fall short, before all others."""
    targets = tuple(
        t.model_copy(update={"hard": False, "priority": 1})
        if t.key in keys
        else (t if t.hard else t.model_copy(update={"priority": 9}))
        for t in study.scenario.targets
    )
    scenario = study.scenario.model_copy(
        update={"targets": targets, "objectives": ("shortfall", "cost")}
    )
    softened = replace(study, scenario=scenario)
    return softened, None if problem is None else replace(problem, scenario=scenario)


def _note(problem: SitingProblem, study: Study, plan: Plan, site_id: str) -> Note:
    sites = study.inputs.sites
    site = sites[sites["site_id"] == site_id].iloc[0]
    tier = problem.scenario.tiers[site["tier"]]
    township = problem.inputs.townships["township"].to_numpy(dtype=str)[site["zone"]]
    cost = told_cost(plan)
    return Note(
        zh=f"增加一处候选载体：{township}（{site['lon']:.5f}，{site['lat']:.5f}）设{tier.called('zh')}，费用和班数"
        f"按同类候选载体的中位数；{cost.zh}",
        en=f"one more candidate: {tier.called('en')} in {township} "
        f"({site['lon']:.5f}, {site['lat']:.5f}), with the median costs and classes of its "
        f"kind; {cost.en}",
    )


def _locations(
    problem: SitingProblem, study: Study, network: Network, targets: Sequence[Target]
) -> list[_Location]:
    inputs = problem.inputs
    found: dict[_Location, None] = {}
    for target in targets:
        if target.kind == "budget":
            continue
        tier = _usual_tier(problem, target)
        if tier is None:
            continue
        if target.kind == "population_coverage":
            for cell in _gaining(problem, study, network, target, tier):
                found.setdefault(_Location(cell, tier))
        _, places = concerned(problem, target)
        zones = _zones_named(inputs, target, places)
        for cell in _middles(inputs, zones, target.year):
            found.setdefault(_Location(cell, tier))
    return list(found)[:most_locations]


def _usual_tier(problem: SitingProblem, target: Target) -> str | None:
    """Return the tier of most candidates that count in a target, or of most sites."""
    tiers = problem.scenario.tiers_of(target)
    of_tiers = problem.sites.of_tiers(tiers)
    for rows in (of_tiers & ~problem.sites.exists, of_tiers):
        names, number = np.unique(problem.sites.tier[rows], return_counts=True)
        if len(names):
            return str(names[number.argmax()])
    return None


def _zones_named(inputs: Inputs, target: Target, places: tuple[str, ...]) -> list[np.ndarray]:
    """Return the cells of each place concerned, or of every township where none is named."""
    cells = inputs.cells
    if target.kind == "new_area" and inputs.areas is not None:
        ids = inputs.areas["area_id"][inputs.areas["name"].isin(places)]
        return [np.flatnonzero(cells["cell_id"] == f"area-{area}") for area in ids]
    if target.kind == "community_coverage" and inputs.communities is not None:
        at = np.flatnonzero(inputs.communities["community"].isin(places))
        return [np.flatnonzero(cells["community"] == community) for community in at]
    names = inputs.townships["township"]
    if target.kind == "zone_count" and target.zone == "district":
        names = inputs.townships["district"]
    at = np.flatnonzero(names.isin(places) if places else np.ones(len(names), dtype=bool))
    return [np.flatnonzero(cells["zone"] == zone) for zone in at]


def _middles(inputs: Inputs, zones: list[np.ndarray], year: int) -> list[int]:
    """Return the cell nearest to the middle of the people of each zone."""
    xy = inputs.cells[["x", "y"]].to_numpy()
    people = inputs.cells[f"residents_{year}"].to_numpy(dtype=float)
    found = []
    for cells in zones:
        if not len(cells) or people[cells].sum() <= 0:
            continue
        middle = np.average(xy[cells], axis=0, weights=people[cells])
        inhabited = cells[people[cells] > 0]
        distance = np.hypot(*(xy[inhabited] - middle).T)
        found.append(int(inhabited[distance.argmin()]))
    return found


def _gaining(
    problem: SitingProblem, study: Study, network: Network, target: Target, tier: str
) -> list[int]:
    """Return cells from which a site reaches most under-3s who reach none, the best first."""
    reached, children = reachable(problem, target)
    if not (children * ~reached).any():
        reached = np.zeros_like(reached)
    far = np.flatnonzero(~reached & (children > 0))
    far = np.sort(far[np.argsort(-children[far], kind="stable")][:most_far_cells])
    locations = [_Location(int(cell), tier) for cell in far]
    ids = _new_ids(study.inputs, len(far))
    there = _with_candidates(study, network, locations, ids)
    sites = there.inputs.sites
    position = pd.Series(range(len(ids)), index=ids).reindex(sites["site_id"]).to_numpy()
    pair = there.reach.pairs_within(site_limits_s(there.scenario, sites))
    number = position[there.reach.site]
    pair &= ~np.isnan(number)
    gains = np.zeros((len(far), len(children)), dtype=bool)
    gains[number[pair].astype(int), there.reach.cell[pair]] = True
    left, found = children * ~reached, []
    for _ in range(min(most_gaining, len(far))):
        gain = gains @ left
        best = int(gain.argmax())
        if gain[best] <= 0:
            break
        found.append(int(far[best]))
        left = left * ~gains[best]
    return found


def _new_ids(inputs: Inputs, count: int) -> list[str]:
    """Return ids for new candidates that no site has."""
    taken = set(inputs.sites["site_id"])
    free = (f"new-{number}" for number in range(1, count + len(taken) + 1))
    return [name for name in free if name not in taken][:count]


def _with_candidates(
    study: Study, network: Network, locations: Sequence[_Location], ids: Sequence[str]
) -> Study:
    """Return a study with new candidates, of which at most one opens, and true travel times."""
    scenario, inputs = study.scenario, study.inputs
    rows = pd.DataFrame(
        [
            _candidate(scenario, inputs, location, name)
            for location, name in zip(locations, ids, strict=True)
        ],
        columns=list(inputs.sites.columns),
    )
    kept = {c: inputs.sites[c].dtype for c in inputs.sites if inputs.sites[c].dtype != object}
    rows = rows.astype(kept)
    sites = pd.concat([inputs.sites, rows], ignore_index=True).sort_values("site_id")
    added = replace(inputs, sites=sites.reset_index(drop=True))
    return Study(scenario, added, measure_reach(scenario, network, added))


def _candidate(
    scenario: Scenario, inputs: Inputs, location: _Location, site_id: str
) -> dict[str, object]:
    """Return the row of a new candidate: the typical one of its tier, in a cell."""
    sites, cell = inputs.sites, inputs.cells.iloc[location.cell]
    of_tier = sites[sites["tier"] == location.tier]
    like = of_tier[of_tier["status"] == "candidate"]
    like = of_tier if like.empty else like
    typical = like.iloc[0].to_dict()
    to_lon_lat = Transformer.from_crs(inputs.crs, 4326, always_xy=True)
    lon, lat = to_lon_lat.transform(cell["x"], cell["y"])
    for column in [name for name in like if name.endswith("_cny")]:
        middle = float(like[column].median())
        typical[column] = 0.0 if np.isnan(middle) else middle
    places = like["most_places"].to_numpy(dtype=float)
    area = no_zone
    if str(cell["cell_id"]).startswith("area-") and inputs.areas is not None:
        ids = [f"area-{name}" for name in inputs.areas["area_id"]]
        area = ids.index(cell["cell_id"])
    return {
        **typical,
        **{classes_column(kind): 0 for kind in scenario.class_kinds},
        **{enrolled_column(band): 0 for band in scenario.bands},
        "site_id": site_id,
        "name": f"新增载体 {site_id}",
        "status": "candidate",
        "host": like["host"].mode().iloc[0],
        "inclusive": True,
        "action": "open",
        "lon": lon,
        "lat": lat,
        "x": cell["x"],
        "y": cell["y"],
        "zone": cell["zone"],
        "community": cell.get("community", no_zone),
        "area": area,
        "max_classes": int(np.ceil(like["max_classes"].median())),
        "most_places": float(np.median(places)),
        "staff_children": 0,
        "opens_to_residents": True,
        "safety": None,
        "decision": "free",
        "from_year": np.nan,
        "exclusive_group": new_group,
        "may_close": False,
    }
