"""A second real case: the streets and people of Jinan, from files to a proven plan.

Runs where the data folder is present: ``../shared/data/jinan`` beside the project (OpenStreetMap
roads, ODbL; GHS-POP population). 40 square townships, 20 facilities and 500 candidates at
street nodes are drawn with a fixed seed.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import siting
from drawn_town import scenario, target

data = Path(__file__).parents[2] / "shared" / "data" / "jinan"
pytestmark = pytest.mark.skipif(not data.exists(), reason=f"no data folder {data}")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jinan")
    cells = pd.read_csv(data / "population.csv").rename(columns={"people": "residents"})
    cells.insert(0, "cell_id", [f"J{i:05}" for i in range(len(cells))])
    cells.to_csv(folder / "cells.csv", index=False)
    townships = squares(cells, columns=8, rows=5)
    townships.to_file(folder / "townships.geojson")
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(cells["lon"], cells["lat"]), crs=4326)
    at = points.sjoin(townships).groupby(level=0)["township_code"].first()
    residents = cells.groupby(at)["residents"].sum()
    residents = residents.reindex(townships["township_code"]).fillna(0)
    table = residents.rename_axis("township_code").reset_index(name="residents").assign(year=2025)
    table.to_csv(folder / "residents.csv", index=False)
    write_sites(folder, townships)
    asked = scenario(
        inputs={
            "streets": str(data / "edges.shp"),
            "missing_crs": "EPSG:4326",
            "townships": "townships.geojson",
            "residents": "residents.csv",
            "cells": "cells.csv",
            "facilities": "facilities.csv",
            "hosts": "hosts.csv",
        },
        children={
            "under3_share": {2025: 0.02},
            "under3_source": "assumption",
            "take_up": {"0-12": 0.0, "12-24": 0.12, "24-36": 0.24},
            "take_up_source": "assumption",
        },
        tiers={
            "institution": {
                "label": "托育机构",
                "limit_minutes": 15.0,
                "class_kinds": ("small", "large", "mixed"),
                "counts_in": (
                    "per_thousand",
                    "inclusive_share",
                    "township_coverage",
                    "population_coverage",
                ),
            }
        },
        targets=(
            target("per_thousand", required=5.0),
            target("inclusive_share", required=0.6),
            target("township_coverage", required=0.5, hard=False),
            target("population_coverage", required=0.7, hard=False),
        ),
        objectives=("shortfall", "cost"),
        solver={"gap": 0.01, "time_limit_s": 120.0},
    )
    return siting.run(asked.placed_in(folder))


def squares(cells, columns, rows):
    west, south = cells["lon"].min() - 0.01, cells["lat"].min() - 0.01
    east, north = cells["lon"].max() + 0.01, cells["lat"].max() + 0.01
    x, y = np.linspace(west, east, columns + 1), np.linspace(south, north, rows + 1)
    boxes = [
        shapely.box(x[i], y[j], x[i + 1], y[j + 1]) for i in range(columns) for j in range(rows)
    ]
    codes = [f"37010{i:04}" for i in range(len(boxes))]
    return gpd.GeoDataFrame(
        {
            "township_code": codes,
            "township": codes,
            "district_code": "370100",
            "district": "济南",
            "area_type": "urban",
        },
        geometry=boxes,
        crs=4326,
    )


def write_sites(folder, townships):
    nodes = gpd.read_file(data / "nodes.shp").set_crs(4326, allow_override=True)
    inside = nodes[nodes.within(townships.union_all())]
    rng = np.random.default_rng(1)
    chosen = inside.iloc[rng.choice(len(inside), 520, replace=False)].geometry
    sites = pd.DataFrame(
        {
            "site_id": [f"S{i:03}" for i in range(520)],
            "name": "济南",
            "lon": chosen.x.to_numpy(),
            "lat": chosen.y.to_numpy(),
            "tier": "institution",
            "host": "house",
            "inclusive": np.where(rng.random(520) < 0.6, "yes", "no"),
            "max_classes": rng.integers(2, 7, 520),
        }
    )
    existing, candidates = sites.iloc[:20], sites.iloc[20:]
    existing.assign(large_classes=2, enrolled_24_36=16, expand_cost_cny=8_000.0).to_csv(
        folder / "facilities.csv", index=False
    )
    candidates.assign(
        action="open",
        fixed_cost_cny=rng.integers(10, 60, 500) * 10_000,
        place_cost_cny=rng.integers(5, 20, 500) * 1_000,
    ).to_csv(folder / "hosts.csv", index=False)


def test_jinan_gets_a_proven_plan(study):
    assert study.plan.status in ("optimal", "within_gap")
    assert study.plan.gap <= 0.01
    hard = [r for r in study.plan.targets if r.target.hard]
    assert all(result.met for result in hard)


def test_jinan_counts_what_it_read(study):
    assert len(study.inputs.cells) == 15_655
    assert study.inputs.cells["residents_2025"].sum() == pytest.approx(1_462_343, rel=1e-4)
    assert study.network.nodes > 12_000
