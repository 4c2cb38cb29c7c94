"""The table of sites: costs of rows and hosts, closing, tiers without classes, where sites lie."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import small_study
from drawn_town import crs, metre, origin
from siting import load
from siting.errors import DataError
from siting.inputs import read_inputs
from siting.scenario import Tier
from siting.scenario.costs import ActionCost


@pytest.fixture
def folder(tmp_path):
    """Write the small town: hosts cb, cd and cf, facility ea with one of two classes."""
    small_study.write(tmp_path)
    return tmp_path


def change(folder, **rows):
    for name in ("hosts", "facilities"):
        table = pd.read_csv(folder / f"{name}.csv", dtype=str).set_index("site_id")
        for site, columns in rows.items():
            if site in table.index:
                for column, value in columns.items():
                    table.loc[site, column] = value
        table.reset_index().to_csv(folder / f"{name}.csv", index=False)


def read(folder, *, costs=None, tiers=None):
    study = load(folder / "town.yaml")
    house = study.hosts["house"].model_copy(update={"costs": costs or {}})
    changes = {"hosts": {"house": house}, "tiers": {**study.tiers, **(tiers or {})}}
    return read_inputs(study.model_copy(update=changes).placed_in(folder))


def problems(folder, **changes):
    with pytest.raises(DataError) as caught:
        read(folder, **changes)
    return [str(problem) for problem in caught.value.problems]


def cost(fixed=0.0, place=0.0, running=0.0, subsidy=0.0):
    return ActionCost(
        fixed_cny=fixed, place_cny=place, running_cny=running, subsidy_cny=subsidy, source="drawn"
    )


money = ["fixed_cost_cny", "place_cost_cny", "running_cost_cny", "subsidy_cny", "close_cost_cny"]
of_house = {
    "open": cost(100, 10, 1, 4),
    "convert": cost(200, 20, 2, 5),
    "expand": cost(300, 30, 3, 6),
    "close": cost(400),
    "keep": cost(running=7),
}


def paid(inputs, site):
    return inputs.sites.set_index("site_id").loc[site, money].tolist()


def test_costs_of_rows_are_those_of_rows(folder):
    change(folder, cb={"running_cost_cny": "11", "subsidy_cny": "0"}, ea={"running_cost_cny": "0"})
    inputs = read(folder, costs={"open": of_house["open"], "keep": of_house["keep"]})
    assert paid(inputs, "cb") == [10_000, 1_000, 11, 0, 0]
    assert paid(inputs, "cd") == [10_000, 1_000, 1, 4, 0]
    assert paid(inputs, "ea") == [0, 1_000, 0, 0, 0]


def test_costs_that_rows_leave_empty_are_those_of_their_host_and_action(folder):
    empty = {"fixed_cost_cny": "", "place_cost_cny": "", "expand_cost_cny": ""}
    change(folder, cb=empty, cd={**empty, "action": "convert"}, cf={"place_cost_cny": ""}, ea=empty)
    inputs = read(folder, costs=of_house)
    assert paid(inputs, "cb") == [100, 10, 1, 4, 0]
    assert paid(inputs, "cd") == [200, 20, 2, 5, 0]
    assert paid(inputs, "cf") == [10_000, 10, 1, 4, 0]
    assert paid(inputs, "ea") == [300, 30, 7, 6, 400]
    without_keep = {action: of for action, of in of_house.items() if action != "keep"}
    assert paid(read(folder, costs=without_keep), "ea") == [300, 30, 3, 6, 400]


def test_columns_of_costs_may_be_absent(folder):
    for name in ("hosts", "facilities"):
        table = pd.read_csv(folder / f"{name}.csv", dtype=str)
        table.drop(columns=[c for c in table if c.endswith("_cny")]).to_csv(
            folder / f"{name}.csv", index=False
        )
    assert paid(read(folder, costs=of_house), "cf") == [100, 10, 1, 4, 0]
    assert problems(folder, costs={"expand": of_house["expand"]}) == [
        "hosts.csv, site_id cb, cd, cf: 3 sites do not tell fixed_cost_cny, and their host "
        "'house' has no costs for open — fill in the column, or the costs of hosts.house, open, "
        "in the scenario",
        "hosts.csv, site_id cb, cd, cf: 3 sites do not tell place_cost_cny, and their host "
        "'house' has no costs for open — fill in the column, or the costs of hosts.house, open, "
        "in the scenario",
    ]


def test_a_facility_that_cannot_grow_needs_no_cost_of_growing(folder):
    change(folder, ea={"expand_cost_cny": ""})
    (only,) = problems(folder)
    assert only.startswith("facilities.csv, site_id ea: 1 sites do not tell expand_cost_cny")
    change(folder, ea={"max_classes": "1"})
    read(folder)


@pytest.mark.parametrize(
    ("can_close", "told", "may_close"),
    [
        (True, "", True),
        (True, "是", True),
        (True, "否", False),
        (False, "", False),
        (False, "是", False),
    ],
)
def test_who_may_close(folder, can_close, told, may_close):
    change(folder, ea={"may_close": told})
    tier = load(folder / "town.yaml").tiers["institution"]
    inputs = read(folder, tiers={"institution": tier.model_copy(update={"can_close": can_close})})
    found = inputs.sites.set_index("site_id")["may_close"]
    assert found.dtype == bool
    assert found.to_dict() == {"cb": False, "cd": False, "cf": False, "ea": may_close}
    notes = [note.zh for note in inputs.notes if "可关停" in note.zh]
    assert len(notes) == (told == "是" and not can_close)


def test_a_facility_outside_the_study_area_never_closes(folder):
    change(folder, ea={"lat": "26.9", "may_close": "yes"})
    tier = load(folder / "town.yaml").tiers["institution"]
    inputs = read(folder, tiers={"institution": tier.model_copy(update={"can_close": True})})
    (site,) = inputs.sites[inputs.sites["site_id"] == "ea"].to_dict("records")
    assert (site["zone"], site["community"], site["may_close"]) == (-1, -1, False)


def test_sites_are_open_to_residents_unless_told(folder):
    change(folder, cb={"opens_to_residents": "否", "staff_children": "12"}, cd={"action": "改建"})
    sites = read(folder).sites.set_index("site_id")
    assert sites["opens_to_residents"].dtype == bool
    assert sites["opens_to_residents"].tolist() == [False, True, True, True]
    assert sites["staff_children"].tolist() == [12, 0, 0, 0]


point = Tier(label="驿站", limit_minutes=5.0, counts_in=("population_coverage",))


def test_sites_of_a_tier_without_classes(folder):
    bare = {"tier": "point", "max_classes": "", "large_classes": "", "enrolled_24_36": ""}
    change(folder, cb={**bare, "place_cost_cny": ""}, ea={**bare, "expand_cost_cny": ""})
    sites = read(folder, tiers={"point": point}).sites.set_index("site_id")
    assert sites.loc[["cb", "ea"], "max_classes"].tolist() == [0, 0]
    assert sites["max_classes"].dtype == "int64"
    assert sites.loc["cb", "fixed_cost_cny"] == 10_000
    change(folder, cb={"fixed_cost_cny": ""})
    (only,) = problems(folder, tiers={"point": point})
    assert "site_id cb: 1 sites do not tell fixed_cost_cny" in only


def test_what_does_not_fit_the_tier(folder):
    change(folder, cb={"tier": "point"}, cd={"max_classes": ""}, ea={"tier": "point"})
    assert [text.split(" — ")[0] for text in problems(folder, tiers={"point": point})] == [
        "facilities.csv, site_id ea: 1 sites have max_classes, and their tier runs no classes",
        "hosts.csv, site_id cd: 1 sites have max_classes empty or 0, and their tier runs classes",
        "hosts.csv, site_id cb: 1 sites have max_classes, and their tier runs no classes",
        "facilities.csv, site ea: has large classes, which its tier 'point' does not run",
    ]


def test_a_facility_of_a_tier_with_classes_has_one_today(folder):
    change(folder, ea={"large_classes": "0", "enrolled_24_36": "0"})
    (only,) = problems(folder)
    assert "facilities.csv, site ea: has no class today" in only
    change(folder, ea={"large_classes": "3"})
    (only,) = problems(folder)
    assert "site ea: has 3 classes today and a max_classes of 2" in only


def test_communities_and_new_areas_of_sites_and_cells(folder):
    def box(west, east):
        x, y = origin + metre * pd.Series([west, -3]).to_numpy()
        return shapely.box(x, y, origin[0] + metre * east, origin[1] + metre)

    # b stands at 3, c at 6 and d at 9; the second community begins at 4 and ends at 8.
    codes = {"community_code": ["S1", "S2"], "community": ["一", "二"], "township_code": "Z0"}
    gpd.GeoDataFrame(codes, geometry=[box(-1, 4), box(4, 8)], crs=crs).to_file(
        folder / "communities.geojson"
    )
    new = {"area_id": ["N1"], "name": ["新居"], "people": [0], "hand_over_year": [2025]}
    gpd.GeoDataFrame(new, geometry=[box(8.5, 9.5)], crs=crs).to_file(folder / "areas.geojson")
    path = folder / "town.yaml"
    named = "inputs:\n  communities: communities.geojson\n  areas: areas.geojson\n"
    path.write_text(path.read_text("utf-8").replace("inputs:\n", named, 1), "utf-8")
    inputs = read(folder)
    sites = inputs.sites.set_index("site_id")
    assert sites["community"].to_dict() == {"cb": 0, "cd": -1, "cf": 0, "ea": 0}
    assert sites["area"].to_dict() == {"cb": -1, "cd": 0, "cf": -1, "ea": -1}
    cells = inputs.cells.set_index("cell_id")
    assert cells["community"].to_dict() == {
        **dict.fromkeys("abef", 0),
        "c": 1,
        "d": -1,
        "area-N1": -1,
    }
