"""A study of Jinan with everything that the planning model plans.

The streets and people are those of the data folder beside the project (OpenStreetMap, ODbL;
GHS-POP), everything else is drawn with a seed: 40 square townships, 160 square communities, five
years, existing and candidate institutions, kindergarten classes, service points, guidance
stations and comprehensive centres at street nodes. All drawn figures are assumptions. Runs where
``../shared/data/jinan`` is present.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from siting.scenario import Scenario

data = Path(__file__).parents[2] / "shared" / "data" / "jinan"
years = (2026, 2027, 2028, 2029, 2030)
base_year = 2025
drawn = "assumption: drawn for this benchmark"


def write_study(
    folder: Path,
    candidates: int,
    planned: tuple[int, ...] = years,
    *,
    one_in: int = 1,
    cell_count: int | None = None,
) -> Scenario:
    """Write the files of the study into a folder and return its scenario.

    Parameters
    ----------
    one_in
        Which cells are kept: one in so many, with that many times its people.
    cell_count
        Cells in all, where more are wanted than there are: each is split evenly into cells
        drawn within 50 m of it.
    """
    rng = np.random.default_rng(1)
    cells = pd.read_csv(data / "population.csv").rename(columns={"people": "residents"})
    cells = cells.iloc[::one_in].reset_index(drop=True)
    cells["residents"] *= one_in
    if cell_count is not None:
        cells = _split(cells, cell_count)
    cells.insert(0, "cell_id", [f"J{i:06}" for i in range(len(cells))])
    cells.to_csv(folder / "cells.csv", index=False)
    townships = _squares(cells, 8, 5, "township", "37010{:04}")
    townships["district_code"] = np.where(np.arange(len(townships)) < 20, "370101", "370102")
    townships["district"] = townships["district_code"]
    townships["area_type"] = np.where(np.arange(len(townships)) % 4 == 0, "rural", "urban")
    townships.to_file(folder / "townships.geojson")
    communities = _squares(cells, 16, 10, "community", "37010{:04}000")
    at = communities.geometry.representative_point()
    communities["township_code"] = [
        townships["township_code"][townships.contains(point)].iloc[0] for point in at
    ]
    communities["community_code"] = [
        f"{town}{i:03}" for i, town in enumerate(communities["township_code"])
    ]
    communities.to_file(folder / "communities.geojson")
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(cells["lon"], cells["lat"]), crs=4326)
    home = points.sjoin(townships[["township_code", "geometry"]]).groupby(level=0)
    people = cells["residents"].groupby(home["township_code"].first()).sum()
    people = people.reindex(townships["township_code"]).fillna(0)
    growth = {year: 1.01 ** (year - base_year) for year in (base_year, *planned)}
    pd.concat(
        [
            people.mul(factor)
            .rename_axis("township_code")
            .reset_index(name="residents")
            .assign(year=year, left_behind=lambda t: np.floor(t["residents"] * 0.001))
            for year, factor in growth.items()
        ]
    ).to_csv(folder / "residents.csv", index=False)
    nodes = gpd.read_file(data / "nodes.shp").set_crs(4326, allow_override=True)
    inside = nodes[nodes.within(townships.union_all())]
    existing, points_today, medical, new_areas = 60, 20, 50, 2
    total = existing + points_today + candidates + medical + new_areas
    chosen = inside.iloc[rng.choice(len(inside), total, replace=False)].geometry
    lon, lat = np.round(chosen.x.to_numpy(), 6), np.round(chosen.y.to_numpy(), 6)
    _write_facilities(folder, rng, lon, lat, existing, points_today)
    at_hosts = slice(existing + points_today, existing + points_today + candidates)
    _write_hosts(folder, rng, lon[at_hosts], lat[at_hosts])
    at_medical = slice(at_hosts.stop, at_hosts.stop + medical)
    pd.DataFrame(
        {
            "medical_id": [f"M{i:03}" for i in range(medical)],
            "name": "卫生服务中心",
            "lon": lon[at_medical],
            "lat": lat[at_medical],
            "kind": "community_health_centre",
            "child_health_staff": rng.integers(2, 6, medical),
        }
    ).to_csv(folder / "medical.csv", index=False)
    pd.DataFrame(
        {
            "area_id": [f"A{i}" for i in range(new_areas)],
            "name": "新居住区",
            "lon": lon[-new_areas:],
            "lat": lat[-new_areas:],
            "area_ha": 60.0,
            "people": 3000,
            "hand_over_year": [planned[0], planned[-1]],
        }
    ).to_csv(folder / "areas.csv", index=False)
    return _scenario(planned).placed_in(folder)


def _split(cells: pd.DataFrame, count: int) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    parts = np.bincount(np.arange(count) % len(cells), minlength=len(cells))
    split = cells.loc[cells.index.repeat(parts)].reset_index(drop=True)
    split["residents"] /= np.repeat(parts, parts)
    degrees = 50 / 111_000  # north-south; a little less from west to east
    split[["lon", "lat"]] += rng.uniform(-degrees, degrees, (count, 2)).round(6)
    return split


def _squares(
    cells: pd.DataFrame, columns: int, rows: int, name: str, code: str
) -> gpd.GeoDataFrame:
    west, south = cells["lon"].min() - 0.01, cells["lat"].min() - 0.01
    east, north = cells["lon"].max() + 0.01, cells["lat"].max() + 0.01
    x, y = np.linspace(west, east, columns + 1), np.linspace(south, north, rows + 1)
    boxes = [
        shapely.box(x[i], y[j], x[i + 1], y[j + 1]) for i in range(columns) for j in range(rows)
    ]
    codes = [code.format(i) for i in range(len(boxes))]
    return gpd.GeoDataFrame({f"{name}_code": codes, name: codes}, geometry=boxes, crs=4326)


def _write_facilities(
    folder: Path,
    rng: np.random.Generator,
    lon: np.ndarray,
    lat: np.ndarray,
    existing: int,
    points_today: int,
) -> None:
    large, small = rng.integers(1, 4, existing), rng.integers(0, 3, existing)
    institutions = pd.DataFrame(
        {
            "site_id": [f"F{i:03}" for i in range(existing)],
            "name": "托育机构",
            "lon": lon[:existing],
            "lat": lat[:existing],
            "tier": "institution",
            "host": "house",
            "inclusive": np.where(rng.random(existing) < 0.55, "yes", "no"),
            "large_classes": large,
            "small_classes": small,
            "enrolled_24_36": (large * 20 * rng.uniform(0.3, 0.9, existing)).astype(int),
            "enrolled_12_18": (small * 15 * rng.uniform(0.2, 0.6, existing)).astype(int),
            "max_classes": large + small + rng.integers(0, 3, existing),
            "expand_cost_cny": rng.integers(4, 9, existing) * 1_000.0,
            "running_cost_cny": rng.integers(9, 15, existing) * 1_000.0,
        }
    )
    here = slice(existing, existing + points_today)
    points = pd.DataFrame(
        {
            "site_id": [f"P{i:03}" for i in range(points_today)],
            "name": "驿站",
            "lon": lon[here],
            "lat": lat[here],
            "tier": "point",
            "host": "house",
            "inclusive": "yes",
            "max_classes": 0,
            "expand_cost_cny": 0.0,
        }
    )
    pd.concat([institutions, points]).to_csv(folder / "facilities.csv", index=False)


def _write_hosts(folder: Path, rng: np.random.Generator, lon: np.ndarray, lat: np.ndarray) -> None:
    count = len(lon)
    tier = rng.choice(
        ["institution", "kindergarten", "point", "station", "centre", "employer"],
        count,
        p=[0.5, 0.2, 0.12, 0.1, 0.02, 0.06],
    )
    has_places = ~np.isin(tier, ["point", "station"])
    staff = np.where(tier == "employer", rng.integers(20, 80, count), 0)
    hosts = pd.DataFrame(
        {
            "site_id": [f"C{i:05}" for i in range(count)],
            "name": "候选",
            "lon": lon,
            "lat": lat,
            "tier": np.where(tier == "employer", "institution", tier),
            "host": "house",
            "inclusive": np.where(rng.random(count) < 0.7, "yes", "no"),
            "action": np.where(tier == "kindergarten", "convert", "open"),
            "max_classes": np.where(has_places, rng.integers(2, 7, count), 0),
            "fixed_cost_cny": np.where(has_places, rng.integers(10, 60, count), 5) * 10_000.0,
            "place_cost_cny": np.where(has_places, rng.integers(5, 20, count), 0) * 1_000.0,
            "running_cost_cny": np.where(has_places, rng.integers(9, 15, count), 0) * 1_000.0,
            "subsidy_cny": np.where(has_places, 5_000.0, 0.0),
            "staff_children": staff,
            "surplus_3_6": np.where(
                tier == "kindergarten", rng.integers(0, 90, count).astype(str), ""
            ),
            "decision": np.where(rng.random(count) < 0.01, "committed", "free"),
            "from_year": np.where(rng.random(count) < 0.1, str(years[1]), ""),
            "exclusive_group": np.where(
                rng.random(count) < 0.05, rng.integers(0, 10, count).astype(str), ""
            ),
        }
    )
    hosts.loc[hosts["decision"] == "committed", "exclusive_group"] = ""
    hosts.loc[hosts["tier"] == "kindergarten", "decision"] = "free"
    hosts.to_csv(folder / "hosts.csv", index=False)


def _scenario(planned: tuple[int, ...]) -> Scenario:
    asked = []

    def ask(name: str, kind: str, figures: list[float] | float | None, **fields: object) -> None:
        due = fields.pop("due", planned)
        for i, year in enumerate(due):  # type: ignore[arg-type]
            figure = figures[i] if isinstance(figures, list) else figures
            told = {} if figure is None else {"required": figure}
            asked.append(
                {"id": name, "kind": kind, "year": year, "hard": False, "clause": drawn}
                | told
                | fields
            )

    steps = len(planned)
    last = (planned[-1],)
    ask("places", "per_thousand", np.linspace(1.5, 4.0, steps).tolist(), hard=True)
    ask("floor", "per_thousand", 0.5, within="township", due=last, priority=3)
    ask("inclusive", "inclusive_share", np.linspace(0.5, 0.65, steps).tolist())
    ask("townships", "township_coverage", np.linspace(0.3, 0.55, steps).tolist())
    ask("communities", "community_coverage", 0.3, sharing="reach", due=last, priority=2)
    ask("near", "population_coverage", np.linspace(0.4, 0.7, steps).tolist())
    ask("left", "population_coverage", 0.6, group="left_behind", due=last, priority=2)
    ask("points", "population_coverage", 0.2, tiers=("point", "station"), due=last, priority=2)
    ask("enrolled", "enrolment", 0.08, due=last, priority=2)
    ask("filled", "fill", 0.4, due=last, priority=2)
    ask("stations", "zone_count", None, tiers=("station",), zone="district", due=last, priority=2)
    ask("centre", "tier_count", None, tiers=("centre",), at_least=1, at_most=3, due=last, hard=True)
    ask("new", "new_area", 10.0, priority=2)
    ask("signed", "pairing", 0.9, due=last, priority=3)
    ask("money", "budget", 60_000_000.0, priority=1)
    with_places = ["per_thousand", "inclusive_share", "population_coverage", "enrolment"]
    counted = [*with_places, "township_coverage", "community_coverage", "new_area"]
    kinds = ("infant", "small", "large", "mixed")
    tiers = {
        "institution": {"label": "托育机构", "class_kinds": kinds, "counts_in": tuple(counted)},
        "kindergarten": {
            "label": "幼儿园托班",
            "class_kinds": ("large",),
            "counts_in": tuple(with_places),
            "from_months": 24,
            "needs_surplus": True,
        },
        "point": {"label": "驿站", "counts_in": ("community_coverage",)},
        "station": {"label": "指导站", "counts_in": ()},
        "centre": {
            "label": "托育综合服务中心",
            "class_kinds": kinds,
            "counts_in": tuple(counted),
            "least_places": 60,
        },
    }
    tiers["institution"]["can_close"] = True
    files = ("townships.geojson", "communities.geojson", "residents.csv", "cells.csv")
    return Scenario.model_validate(
        {
            "name": "济南（示意）",
            "illustrative": True,
            "crs": "EPSG:32650",
            "base_year": base_year,
            "years": planned,
            "inputs": {
                "streets": str(data / "edges.shp"),
                "missing_crs": "EPSG:4326",
                **{name.split(".")[0]: name for name in files},
                "facilities": "facilities.csv",
                "hosts": "hosts.csv",
                "areas": "areas.csv",
                "medical": "medical.csv",
            },
            "children": {
                "under3_share": {
                    year: 0.021 - 0.0004 * (year - base_year) for year in (base_year, *planned)
                },
                "under3_source": drawn,
                "take_up": {"0-6": 0.0, "6-12": 0.06, "12-18": 0.12, "18-24": 0.24, "24-36": 0.39},
                "take_up_source": drawn,
            },
            "walk": {"speed_kph": 3.6, "source": drawn},
            "class_kinds": {
                "infant": {"label": "乳儿班", "size": 10, "bands": ("6-12",)},
                "small": {"label": "托小班", "size": 15, "bands": ("12-18", "18-24")},
                "large": {"label": "托大班", "size": 20, "bands": ("24-36",)},
                "mixed": {"label": "混合编班", "size": 18, "bands": ("18-24", "24-36")},
            },
            "class_kinds_source": "国卫人口发〔2019〕58号",
            "tiers": {name: {"limit_minutes": 15.0, **tier} for name, tier in tiers.items()},
            "hosts": {"house": {"label": "用房"}},
            "costs": {"counted": ("capital", "running"), "discount_rate": 0.03, "source": drawn},
            "guidance": {"within_minutes": 30.0, "jurisdiction": "district", "source": drawn},
            "targets": tuple(asked),
            "objectives": ("shortfall", "cost"),
            "solver": {"gap": 0.005, "time_limit_s": 180.0, "threads": 2},
        }
    )
