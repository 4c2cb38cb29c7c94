"""Who is reached, what a plan hangs on, the way to a folder and back: in any town."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyproj import CRS, Geod, Transformer

import small_study
from drawn_town import Town, crs, scenario, target
from random_targets import random_scenarios
from random_town import random_town
from siting.demand import measure_demand
from siting.derived import read_inputs
from siting.errors import DataError
from siting.inputs.coordinates import from_wgs84, to_wgs84
from siting.model import pose_problem, solve_stages
from siting.network import Network, build_network, closed, read_network
from siting.plan.choosing import plan_of
from siting.reach import measure_reach
from siting.scenario import load
from test_finished_run import round_trip
from test_properties import towns
from torture import amount

pytestmark = pytest.mark.trust

fifty = settings(max_examples=amount(50, 1000), derandomize=True)
as_found = settings(fifty, phases=(Phase.explicit, Phase.generate))
"""For what plans each town twice; to make a town that fails smaller would take minutes."""
other_crs = ("EPSG:32649", "EPSG:4547", "EPSG:4548", "EPSG:4526")
"""UTM 49 and Gauss-Krueger at 114, 117 and 114 degrees with its zone in front: the towns are drawn
at 114 degrees in UTM 50."""
marks = "abcdefghijkl"
speed_s = 100
"""Seconds for one character of a drawn town."""


def asking(density=40.0, **changes):
    """Return a scenario whose limits lie between the distances that a drawn town can have."""
    tiers = scenario().model_dump()["tiers"]
    tiers["institution"]["limit_minutes"] = 9.2
    tiers["kindergarten"]["limit_minutes"] = 4.2
    targets = (
        target("per_thousand", required=density, hard=False),
        target("population_coverage", required=0.9, hard=False),
    )
    return scenario(tiers=tiers, targets=targets, **changes)


def solved(asked, inputs, reach):
    return solve_stages(pose_problem(asked, inputs, reach))


def assert_same(one, other, *, same_sites=True):
    """Hold two solutions against each other: status, the value of each stage, what is done."""
    assert one.status is other.status
    values = [{stage.name: stage.objective for stage in each.stages} for each in (one, other)]
    assert values[0] == pytest.approx(values[1], rel=1e-6, abs=1e-6)
    if same_sites:
        assert (one.choice.is_open == other.choice.is_open).all()
        assert (one.choice.classes == other.choice.classes).all()


# --- who is reached -------------------------------------------------------------------------


@dataclass
class OneWayTown(Town):
    """A drawn town in which some streets, by pairs of letters, lead from the first to the second.

    ``away_m`` maps letters to how far north of their street corner people live.
    """

    one_way: tuple[tuple[str, str], ...] = ()
    away_m: tuple[tuple[str, float], ...] = ()

    def network(self) -> Network:
        network = super().network()
        walk = network.travel["walk"]
        forward, back = walk.forward_ms.copy(), walk.backward_ms.copy()
        for begin, end in self.one_way:
            line = shapely.LineString([self.at[begin], self.at[end]])
            (street,) = np.flatnonzero(shapely.equals(network.lines, line))
            first = shapely.get_coordinates(network.lines[street])[0]
            (back if (first == self.at[begin]).all() else forward)[street] = closed
        walk = replace(walk, forward_ms=forward, backward_ms=back)
        return replace(network, travel={**network.travel, "walk": walk})

    def inputs(self):
        inputs = super().inputs()
        cells = inputs.cells
        for mark, metres in self.away_m:
            cells.loc[cells["cell_id"] == mark, "y"] += metres
        return inputs

    def corners(self) -> np.ndarray:
        """Return the seconds from corner to corner, reckoned by Floyd and Warshall."""
        seconds = np.full((len(marks), len(marks)), np.inf)
        np.fill_diagonal(seconds, 0.0)
        for begin, end in self.streets():
            length = np.abs(self.at[begin] - self.at[end]).sum() / 100 * speed_s
            for one, other in ((begin, end), (end, begin)):
                if (other, one) not in self.one_way:
                    seconds[marks.index(one), marks.index(other)] = length
        for k in range(len(marks)):
            seconds = np.minimum(seconds, seconds[:, k : k + 1] + seconds[k])
        return seconds

    def streets(self) -> list[tuple[str, str]]:
        corner = {tuple(xy): mark for mark, xy in self.at.items()}
        ends = [shapely.get_coordinates(line) for line in self.lines()]
        return [(corner[tuple(a)], corner[tuple(b)]) for a, b in ends]


@st.composite
def grids(draw):
    """Draw three streets of four corners, what joins them, and what is one-way or far away."""
    gaps = draw(st.lists(st.integers(1, 3), min_size=3, max_size=3))
    joined = draw(st.lists(st.booleans(), min_size=8, max_size=8))
    joined[draw(st.integers(0, 3))] = joined[4 + draw(st.integers(0, 3))] = True
    rows = []
    for row in range(3):
        corners = marks[4 * row : 4 * row + 4]
        rows.append(corners[0] + "".join("-" * gap + mark for gap, mark in zip(gaps, corners[1:])))
        if row < 2:
            at = np.cumsum([0, *(gap + 1 for gap in gaps)])
            line = [" "] * (at[-1] + 1)
            for place, is_joined in zip(at, joined[4 * row : 4 * row + 4]):
                line[place] = "|" if is_joined else " "
            rows.append("".join(line).rstrip())
    people = draw(st.dictionaries(st.sampled_from(marks), st.integers(1, 20), min_size=3))
    spots = draw(st.permutations(marks))
    town = OneWayTown(
        "\n".join(rows),
        {mark: 30.0 * count for mark, count in sorted(people.items())},
        facilities={spots[0]: {"small_classes": 1, "max_classes": 2}},
        hosts={mark: {"max_classes": 2} for mark in spots[1:4]},
        asked=asking(),
    )
    streets = town.streets()
    chosen = draw(st.lists(st.sampled_from(streets), unique=True, max_size=5))
    turned = draw(st.lists(st.booleans(), min_size=5, max_size=5))
    one_way = [(b, a) if turn else (a, b) for (a, b), turn in zip(chosen, turned)]
    away = draw(st.dictionaries(st.sampled_from(sorted(people)), st.sampled_from((301.0, 5000.0))))
    return replace(town, one_way=tuple(one_way), away_m=tuple(sorted(away.items())))


def far_from_streets(town):
    """Return the letters of the people who live farther from every street than 300 m."""
    streets = shapely.union_all(town.lines())
    cells = town.inputs().cells
    off = shapely.distance(shapely.points(cells["x"], cells["y"]), streets) > 300
    return set(cells["cell_id"][off])


@fifty
@given(grids(), st.sampled_from(("to_site", "from_site")), st.integers(60, 900))
def test_reached_is_who_may_walk_there_in_time_and_nobody_else(town, direction, limit_s):
    tiers = town.asked.model_dump()["tiers"]
    tiers = {"institution": {**tiers["institution"], "direction": direction}}
    tiers["institution"]["limit_minutes"] = limit_s / 60
    town = replace(town, asked=scenario(tiers=tiers), away_m=())
    inputs = town.inputs()
    reach = measure_reach(town.asked, town.network(), inputs)
    found = dict(zip(zip(reach.cell.tolist(), reach.site.tolist()), reach.seconds.tolist()))
    from_to, meant = town.corners(), {}
    for i, cell in enumerate(inputs.cells["cell_id"]):
        for j, site in enumerate(inputs.sites["name"]):
            way = (cell, site) if direction == "to_site" else (site, cell)
            seconds = from_to[marks.index(way[0]), marks.index(way[1])]
            if seconds <= limit_s:
                meant[i, j] = seconds
    assert found == meant


@as_found
@given(grids())
def test_the_unreachable_is_never_covered_nor_served(town):
    town = replace(town, one_way=())
    inputs = town.inputs()
    off = inputs.cells["cell_id"].isin(far_from_streets(town)).to_numpy()
    if off.all():
        with pytest.raises(DataError, match="no demand cell lies within 300 m of a street"):
            town.reach()
        return
    reach = town.reach()
    assert not set(np.flatnonzero(off)) & set(reach.cell.tolist())
    problem = pose_problem(town.asked, inputs, reach)
    plan = plan_of(problem, solve_stages(problem))
    assert not set(plan.assignment["cell_id"]) & set(inputs.cells["cell_id"][off])
    under3 = inputs.cells["under3_2025"].to_numpy()
    reached = np.isin(np.arange(len(off)), reach.cell)
    most = under3[reached].sum() / under3.sum()
    assert plan.indicators.area["population_coverage"] <= most + 1e-9
    takers = measure_demand(town.asked, inputs, reach, 2025).takers.sum(axis=1)
    assert plan.indicators.area["unreachable"] >= takers[off].sum() - 1e-6


# --- what a plan hangs on -------------------------------------------------------------------


class ElsewhereTown(Town):
    """A drawn town in another CRS: every coordinate is projected anew."""

    def elsewhere(self, there: CRS):
        """Return its tables and its network in that CRS."""
        ahead = Transformer.from_crs(crs, there, always_xy=True)
        inputs = self.inputs()

        def moved(table):
            x, y = ahead.transform(table["x"].to_numpy(), table["y"].to_numpy())
            return table.assign(x=x, y=y)

        lines = [
            shapely.transform(line, lambda xy: np.column_stack(ahead.transform(*xy.T)))
            for line in self.lines()
        ]
        asked = self.asked.model_copy(update={"crs": there.to_string()})
        inputs = replace(
            inputs,
            crs=there,
            townships=inputs.townships.to_crs(there),
            cells=moved(inputs.cells),
            sites=moved(inputs.sites),
        )
        streets = np.array(lines, dtype=object)
        return inputs, build_network(streets, np.full(len(lines), "residential"), there, asked)


@as_found
@given(towns(), st.integers(10, 60), st.sampled_from(other_crs))
def test_the_crs_changes_no_plan(town, density, there):
    town = ElsewhereTown(**{**vars(town), "asked": asking(float(density))})
    here = town.reach()
    inputs, network = town.elsewhere(CRS.from_user_input(there))
    reach = measure_reach(town.asked, network, inputs)
    assert reach.seconds == pytest.approx(here.seconds, rel=2e-3, abs=1)
    assert_same(solved(town.asked, town.inputs(), here), solved(town.asked, inputs, reach))


@as_found
@given(towns(), st.integers(10, 60), st.permutations("pqrs"), st.booleans())
def test_ids_of_sites_change_no_figure(town, density, names, in_order):
    town = replace(town, asked=asking(float(density)))
    inputs = town.inputs()
    names = sorted(names) if in_order else names
    of_site = dict(zip(inputs.sites["site_id"], names))
    sites = inputs.sites.assign(site_id=inputs.sites["site_id"].map(of_site))
    renamed = replace(inputs, sites=sites.sort_values("site_id").reset_index(drop=True))
    reach = measure_reach(town.asked, town.network(), renamed)
    # In another order another one of equally good plans may be chosen.
    assert_same(
        solved(town.asked, inputs, town.reach()),
        solved(town.asked, renamed, reach),
        same_sites=in_order,
    )


@as_found
@given(towns(), st.integers(10, 60), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(town, density, chance):
    town = replace(town, asked=asking(float(density)))
    found = []
    with tempfile.TemporaryDirectory() as name:
        asked = load(small_study.write(Path(name), town))
        for _ in range(2):
            network = read_network(asked)
            inputs = read_inputs(asked, network)
            found.append((inputs, solved(asked, inputs, measure_reach(asked, network, inputs))))
            small_study.shuffle(Path(name), chance.randrange(2**32))
    (inputs, plan), (shuffled, other) = found
    pd.testing.assert_frame_equal(shuffled.cells, inputs.cells)
    pd.testing.assert_frame_equal(shuffled.sites, inputs.sites)
    assert_same(plan, other)
    for one, another in zip(plan.served, other.served):
        pd.testing.assert_frame_equal(one, another)


@as_found
@given(st.integers(0, 10**6))
def test_merging_is_exact(seed):
    town = random_town(seed)
    inputs = town.inputs()
    reach = measure_reach(town.asked, town.network(), inputs)
    (asked,) = random_scenarios(town, seed, 1)
    merged, whole = (
        solve_stages(pose_problem(asked, inputs, reach, reduce=reduce)) for reduce in (True, False)
    )
    assert merged.status is whole.status
    if merged.status.has_plan:
        values = [{s.name: s.objective for s in each.stages} for each in (merged, whole)]
        assert values[0] == pytest.approx(values[1], rel=3e-6, abs=3e-6)


# --- there and back -------------------------------------------------------------------------


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
@fifty
@given(lon=st.floats(72.03, 137.81), lat=st.floats(0.85, 55.80))
def test_there_and_back_is_below_a_millimetre(system, lon, lat):
    # All but the last 2.5 km of the box: what the shift takes out of it is not brought back.
    there = from_wgs84(np.array([lon]), np.array([lat]), system)
    back = to_wgs84(*there, system)
    *_, off_m = Geod(ellps="WGS84").inv(lon, lat, back[0][0], back[1][0])
    assert off_m < 1e-3


@as_found
@given(st.integers(0, 10**6))
def test_a_plan_that_passes_the_check_passes_when_read_again(seed):
    with tempfile.TemporaryDirectory() as name:
        round_trip(Path(name) / "out", random_town(seed))
