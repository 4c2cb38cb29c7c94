"""The default study's data: what its README promises."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import siting
from siting.inputs import dictionary, places
from siting.inputs.tables import read_table
from siting.inputs.zones import read_zones

folder = Path(__file__).parents[1] / "data" / "wuhan"
scenario = Path(__file__).parents[1] / "scenarios" / "wuhan.yaml"
grid = Path(__file__).parents[2] / "shared" / "data" / "wuhan" / "population_grid.csv"
made = ["townships", "communities", "new_areas"]


@pytest.fixture(scope="module")
def asked():
    return siting.load(scenario)


@pytest.fixture(scope="module")
def inputs(asked):
    return siting.read_inputs(asked)


def table(name):
    return pd.read_csv(folder / f"{name}.csv", dtype={"township_code": str})


def test_counts(inputs):
    sites = inputs.sites
    candidates = sites[sites["status"] == "candidate"]
    assert len(inputs.townships) >= 80
    assert len(inputs.communities) >= 400
    assert (sites["status"] == "existing").sum() >= 300
    assert len(candidates) >= 500
    assert candidates["host"].nunique() >= 6
    assert len(inputs.cells) >= 20_000
    assert len(table("medical")) >= 40
    assert (table("medical")["child_health_staff"] > 0).all()
    assert len(gpd.read_file(folder / "new_areas.geojson")) == 2
    hosts = table("hosts")
    with_staff_children = hosts[hosts["staff_children"] > 0]
    assert set(with_staff_children["host"]) == {"employer"}
    assert len(with_staff_children) == 3


def test_committed_size():
    files = [path for path in folder.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 6_000_000


def test_enrolled_are_about_half_of_the_places(asked, inputs):
    existing = inputs.sites[inputs.sites["status"] == "existing"]
    enrolled = existing.filter(like="enrolled_").to_numpy().sum()
    assert 0.4 <= enrolled / places(existing, asked).sum() <= 0.6


def test_townships_are_contiguous_and_do_not_overlap(inputs):
    shapes = inputs.townships.geometry
    assert (shapes.geom_type == "Polygon").all()
    union = shapes.union_all()
    assert union.area == pytest.approx(shapes.area.sum(), rel=1e-6)


def test_residents_are_the_census_less_what_is_left_out():
    residents = table("residents")
    by_year = residents.groupby("year")["residents"].sum()
    # Census of 1 November 2020 of the seven districts less those who live outside the clip.
    assert by_year[2020] == 6_401_972 - 422_697
    assert by_year[2025] == pytest.approx(by_year[2020] * 13_809_100 / 12_326_518, abs=97)


def test_every_file_fits_the_data_dictionary(asked, inputs):
    assert len(read_table(folder / "medical.csv", dictionary.medical).frame) == len(
        table("medical")
    )
    areas = read_zones(folder / "new_areas.geojson", dictionary.areas, inputs.crs).frame
    assert areas["people"].tolist() == [12_000, 18_000]


def test_new_areas_and_medical_institutions_can_be_planned_with(asked, inputs):
    files = {
        "areas": "../data/wuhan/new_areas.geojson",
        "medical": "../data/wuhan/medical.csv",
    }
    named = asked.model_copy(update={"inputs": asked.inputs.model_copy(update=files)})
    found = siting.read_inputs(named.placed_in(scenario.parent))
    assert len(found.medical) == len(table("medical"))
    new = found.cells.set_index("cell_id").loc[["area-N1", "area-N2"]]
    assert new["residents_2025"].tolist() == [0, 0]
    assert new["residents_2027"].tolist() == [12_000, 18_000]
    for year in (2025, 2027):
        of_zones = [
            np.bincount(cells["zone"], cells[f"residents_{year}"])
            for cells in (found.cells, inputs.cells)
        ]
        assert of_zones[0] == pytest.approx(of_zones[1])
    hosts = found.sites[found.sites["host"] == "new_residential_area"]
    assert set(hosts["area"]) >= {0, 1}


@pytest.mark.parametrize("name", ["facilities", "hosts", "medical"])
def test_made_up_sites_say_so(name):
    assert table(name)["name"].str.contains("示意").all()


@pytest.mark.parametrize("name", made)
def test_made_up_zones_say_so(name):
    layer = gpd.read_file(folder / f"{name}.geojson")
    column = {"townships": "township", "communities": "community", "new_areas": "name"}[name]
    assert layer[column].str.contains("示意").all()


def test_streets_reach_beyond_the_study_area(inputs):
    streets = gpd.read_parquet(folder / "streets.parquet").to_crs(inputs.crs)
    edge = shapely.get_coordinates(inputs.townships.union_all().simplify(500).exterior)
    tree = shapely.STRtree(np.asarray(streets.geometry))
    outward = inputs.townships.union_all()
    beyond = streets[~streets.intersects(outward)]
    assert beyond.length.sum() > 100_000
    near = tree.query(shapely.points(edge), predicate="dwithin", distance=900)[0]
    assert len(np.unique(near)) > 0.8 * len(edge)


@pytest.mark.skipif(not grid.exists(), reason=f"no independent population grid at {grid}")
def test_people_fit_an_independent_grid(inputs):
    # data/wuhan/README.md: correlation 0.62 over squares of 1 km where either has people.
    other = pd.read_csv(grid)
    points = gpd.GeoSeries(gpd.points_from_xy(other["lon"], other["lat"]), crs=4326)
    points = points.to_crs(inputs.crs)
    inside = points.within(inputs.townships.union_all()).to_numpy()
    theirs = by_square(points.x[inside], points.y[inside], other["people"][inside])
    ours = by_square(inputs.cells["x"], inputs.cells["y"], inputs.cells["residents_2025"])
    both = pd.concat([ours, theirs], axis=1).fillna(0.0)
    assert both.corr().iloc[0, 1] == pytest.approx(0.617, abs=0.01)


def by_square(x, y, people):
    square = [np.floor(np.asarray(x) / 1000), np.floor(np.asarray(y) / 1000)]
    return pd.Series(np.asarray(people)).groupby(square).sum()
