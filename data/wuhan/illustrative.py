"""Illustrative (示意) facilities, hosts, medical institutions and new residential areas.

Reads cells and townships, gives tables of sites that no one should mistake for real ones.
Does not: draw zones, place people, write files.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from zones import METRIC, RURAL_BELOW_PER_KM2, inside

SIZES = {"infant": 10, "small": 15, "large": 20, "mixed": 18}  # 国卫人口发〔2019〕58号
PLACES_PER_THOUSAND = 4.73  # of the residents of 2025: the national figure of that year, about 4.73
OFFSET_M = (8, 35)  # a site lies this far from its street node
WITHOUT_INSTITUTION = 11  # townships
WITHOUT_HOST = 2  # of them the most thinly peopled

# host: (about how many, most classes, fixed cost, cost of a place), yuan of 2024; all assumptions.
HOST_KINDS = {
    "kindergarten": (175, 4, (40_000, 120_000), (4_000, 9_000)),
    "community_centre": (160, 4, (80_000, 250_000), (8_000, 15_000)),
    "health_institution": (65, 3, (100_000, 250_000), (9_000, 16_000)),
    "employer": (60, 4, (100_000, 300_000), (10_000, 18_000)),
    "idle_state_owned": (130, 8, (200_000, 600_000), (12_000, 22_000)),
    "new_residential_area": (30, 6, (250_000, 500_000), (16_000, 30_000)),
}
HOST_NAMES = {
    "kindergarten": "幼儿园",
    "community_centre": "社区中心",
    "health_institution": "医疗卫生机构",
    "employer": "用人单位",
    "idle_state_owned": "闲置国有用房",
    "new_residential_area": "新建居住区",
}
STAFF_CHILDREN = (36, 24, 18)  # of three employers


class Places:
    """Draws points beside street nodes, each node used at most once."""

    def __init__(self, cells, townships, rng):
        self.cells = cells
        self.townships = townships
        self.rng = rng
        self.free = cells.local.to_numpy().copy()
        self.home = cells.township_code.to_numpy()

    def draw(self, township, within=None):
        """lon, lat of a point in the township (in its polygon `within`, metres, if given)."""
        open_here = self.free & (self.home == township)
        if within is not None:
            open_here &= shapely.contains_xy(within, self.cells.x, self.cells.y)
        rows = np.flatnonzero(open_here)
        weight = np.sqrt(self.cells.residents.to_numpy()[rows])
        zone = self.townships.geometry[self.townships.township_code == township].iloc[0]
        for row in self.rng.choice(rows, len(rows), replace=False, p=weight / weight.sum()):
            angle, far = self.rng.uniform(0, 2 * np.pi), self.rng.uniform(*OFFSET_M)
            x = self.cells.x.iloc[row] + far * np.cos(angle)
            y = self.cells.y.iloc[row] + far * np.sin(angle)
            if within is not None and not shapely.contains_xy(within, x, y):
                continue
            spot = gpd.GeoSeries([shapely.Point(x, y)], crs=METRIC).to_crs("EPSG:4326").iloc[0]
            spot = shapely.Point(round(spot.x, 6), round(spot.y, 6))
            if zone.contains(spot):
                self.free[row] = False
                return spot.x, spot.y
        raise ValueError(f"no free street node in township {township}")


def describe_townships(townships, residents, cells, density, rng):
    """What drawing needs of every township: short name, people, supply, exceptions."""
    people = residents[residents.year == 2025].set_index("township_code").residents
    middle = np.average(cells[["x", "y"]], axis=0, weights=cells.residents)
    homes = cells.groupby("township_code")[["x", "y"]].mean().reindex(townships.township_code)
    far_km = np.hypot(*(homes.to_numpy() - middle).T) / 1_000
    table = pd.DataFrame(
        {
            "township_code": townships.township_code,
            "short": townships.township.str.removesuffix(" 示意"),
            "people": people.reindex(townships.township_code).to_numpy(),
            "density": density,
            "far_km": far_km,
            "supply": np.exp(-far_km / 18) * rng.lognormal(0, 0.35, len(townships)),
        }
    )
    thin = np.argsort(density, kind="stable")
    table["no_host"] = False
    table.loc[thin[:WITHOUT_HOST], "no_host"] = True
    bare = rng.lognormal(0, 0.5, len(table)) * far_km
    bare[thin[0]], bare[thin[1]] = np.inf, 0  # one township with neither, one with a facility
    table["no_institution"] = False
    table.loc[np.argsort(-bare, kind="stable")[:WITHOUT_INSTITUTION], "no_institution"] = True
    return table


def _shares(weight, total, rng):
    """Whole numbers of about `total` in all, proportional to weight."""
    wanted = weight / weight.sum() * total
    return np.floor(wanted + rng.uniform(0, 1, len(weight))).astype(int)


def draw_facilities(about, places, rng):
    """Existing facilities with classes, enrolled children and room to expand."""
    weight = (about.people * about.supply).to_numpy()
    institutions = np.where(about.no_institution, 0, np.maximum(1, _shares(weight, 335, rng)))
    kindergartens = _shares(weight, 140, rng)
    rows = []
    for here, many, few in zip(about.itertuples(), institutions, kindergartens, strict=True):
        for tier, count, word in (
            ("institution", many, "托育园"),
            ("kindergarten", few, "幼儿园托班"),
        ):
            for number in range(1, count + 1):
                lon, lat = places.draw(here.township_code)
                name = f"{here.short} {word} {number:02d} 示意"
                rows.append({"name": name, "lon": lon, "lat": lat, "tier": tier})
    table = pd.DataFrame(rows)
    table.insert(0, "site_id", [f"F{number:04d}" for number in range(1, len(table) + 1)])
    one = table.tier == "institution"
    kinds = ["commercial", "community_centre", "health_institution", "employer"]
    table["host"] = np.where(
        one, rng.choice(kinds, len(table), p=[0.66, 0.2, 0.07, 0.07]), "kindergarten"
    )
    likely = np.where(table.host == "commercial", 0.56, 0.82)
    table["inclusive"] = np.where(rng.random(len(table)) < likely, "yes", "no")
    _draw_classes(
        table, one.to_numpy(), round(PLACES_PER_THOUSAND * about.people.sum() / 1_000), rng
    )
    _draw_enrolled(table, rng)
    _draw_expansion(table, rng)
    table["opened_year"] = np.where(
        one, rng.integers(2014, 2026, len(table)), rng.integers(2020, 2026, len(table))
    )
    return table


def count_places(table):
    """Places of every facility: class size x classes."""
    return sum(size * table[f"{kind}_classes"] for kind, size in SIZES.items())


def _draw_classes(table, one, wanted, rng):
    """Classes by kind, large classes added or taken until the wanted places are met."""
    size = len(table)
    table["infant_classes"] = np.where(one, rng.choice(3, size, p=[0.68, 0.27, 0.05]), 0)
    table["small_classes"] = np.where(one, rng.choice(4, size, p=[0.05, 0.4, 0.38, 0.17]), 0)
    table["large_classes"] = np.where(one, rng.choice([1, 2, 3], size, p=[0.55, 0.33, 0.12]), 1)
    table["large_classes"] += np.where(one, 0, rng.choice(3, size, p=[0.4, 0.4, 0.2]))
    table["mixed_classes"] = np.where(one, rng.choice(3, size, p=[0.4, 0.4, 0.2]), 0)
    for row in rng.permutation(np.tile(np.arange(size), 4)):
        missing = wanted - count_places(table).sum()
        if abs(missing) <= SIZES["large"]:
            return
        if missing > 0 and table.at[row, "large_classes"] < 4:
            table.at[row, "large_classes"] += 1
        elif missing < 0 and table.at[row, "large_classes"] > 1:
            table.at[row, "large_classes"] -= 1
    raise ValueError("the wanted places were not met")


def _draw_enrolled(table, rng):
    """Children by age band: seats of every class are filled one by one by a child it may take."""
    bands = ["6_12", "12_18", "18_24", "24_36"]
    counts = np.zeros((len(table), 4), int)
    for row, here in enumerate(table.itertuples()):
        seats = {kind: size * getattr(here, f"{kind}_classes") for kind, size in SIZES.items()}
        total = sum(seats.values())
        fill = 0.2 + 0.7 * rng.beta(1.9, 2.5)
        children = int(np.clip(round(fill * total), np.ceil(0.2 * total), np.floor(0.9 * total)))
        chosen = rng.permutation(np.repeat(list(seats), list(seats.values())))
        eager = np.where(chosen == "infant", 0.35, np.where(chosen == "small", 0.75, 1.0))
        order = np.argsort(-(eager * rng.random(total)), kind="stable")
        for kind in chosen[order][:children]:
            young = rng.random()
            band = {"infant": 0, "small": 1 if young < 0.3 else 2, "large": 3}.get(
                kind, 2 if young < 0.35 else 3
            )
            counts[row, band] += 1
    for column, band in enumerate(bands):
        table[f"enrolled_{band}"] = counts[:, column]


def _draw_expansion(table, rng):
    """Most classes (three in ten may add one to three) and the cost of an added place."""
    now = table[[f"{kind}_classes" for kind in SIZES]].sum(axis=1)
    more = np.where(rng.random(len(table)) < 0.3, rng.integers(1, 4, len(table)), 0)
    table["max_classes"] = now + more
    cost = rng.integers(12, 31, len(table)) * 500
    table["expand_cost_cny"] = np.where(more > 0, cost, 0)


def draw_new_areas(about, cells, townships, rng):
    """Two rectangles of new housing (metres) in townships of middling density, with people."""
    wanted = about[(about.density > RURAL_BELOW_PER_KM2) & (about.far_km > 7)].sort_values(
        "density"
    )
    rows = []
    for number, (people, year, half) in enumerate(
        ((12_000, 2026, (420, 300)), (18_000, 2027, (520, 360))), 1
    ):
        here = wanted.iloc[3 * number]
        zone = (
            townships[townships.township_code == here.township_code].to_crs(METRIC).geometry.iloc[0]
        )
        mine = cells[(cells.township_code == here.township_code) & cells.local]
        for row in rng.permutation(len(mine)):
            x, y = mine.x.iloc[row], mine.y.iloc[row]
            box = shapely.box(x - half[0], y - half[1], x + half[0], y + half[1])
            nodes = shapely.contains_xy(box, mine.x, mine.y).sum()
            if zone.contains(box.buffer(60)) and nodes >= 6:
                break
        else:
            raise ValueError(f"no room for a new area in {here.short}")
        rows.append(
            (f"N{number}", f"{here.short} 新建居住区 示意", people, year, here.township_code, box)
        )
    columns = ["area_id", "name", "people", "hand_over_year", "township_code", "geometry"]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), crs=METRIC)


def draw_medical(about, places, rng):
    """Community health centres in nine of ten townships, hospitals, district maternal homes."""
    rows = []
    for here in about.itertuples():
        first = here.Index == about.index[about.short.str[:2] == here.short[:2]][0]
        wanted = (
            [("community_health_centre", "", "社区卫生服务中心", (2, 6))]
            if rng.random() < 0.9
            else []
        )
        if first:
            wanted.append(("maternal_child", "", "妇幼保健院", (8, 20)))
        if rng.random() < 0.25:
            wanted.append(("hospital", "2", "二级医院", (3, 8)))
        if rng.random() < 0.15:
            wanted.append(("hospital", "3", "三级医院", (6, 15)))
        for kind, level, word, staff in wanted:
            lon, lat = places.draw(here.township_code)
            rows.append(
                (
                    f"{here.short} {word} 示意",
                    lon,
                    lat,
                    kind,
                    level,
                    int(rng.integers(*staff, endpoint=True)),
                )
            )
    columns = ["name", "lon", "lat", "kind", "level", "child_health_staff"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(0, "medical_id", [f"M{number:03d}" for number in range(1, len(table) + 1)])
    return table


def draw_hosts(about, new_areas, places, rng):
    """Candidate hosts; more where little is supplied, none in two townships, two in a new area."""
    weight = np.where(about.no_host, 0, about.people / np.sqrt(about.supply))
    rows = []
    for kind, (wanted, *_) in HOST_KINDS.items():
        counts = _shares(weight, wanted, rng)
        for here, count in zip(about.itertuples(), counts, strict=True):
            inner = new_areas[new_areas.township_code == here.township_code]
            spots = [None] * count
            if kind == "new_residential_area" and len(inner):
                spots = [inner.geometry.iloc[0]] * 2 + spots
            for number, within in enumerate(spots, 1):
                lon, lat = places.draw(here.township_code, within)
                name = f"{here.short} {HOST_NAMES[kind]} {number:02d} 示意"
                rows.append({"name": name, "lon": lon, "lat": lat, "host": kind})
                rows[-1]["planned"] = within is not None
    table = pd.DataFrame(rows)
    table.insert(0, "site_id", [f"H{number:04d}" for number in range(1, len(table) + 1)])
    converts = table.host == "kindergarten"
    table.insert(4, "tier", np.where(converts, "kindergarten", "institution"))
    table["action"] = np.where(converts, "convert", "open")
    table["inclusive"] = np.where(
        rng.random(len(table)) < np.where(table.host == "employer", 0.6, 0.85), "yes", "no"
    )
    _draw_limits_and_costs(table, rng)
    roomy = (table.host == "employer") & (table.max_classes >= 3)
    employers = table.index[roomy].to_numpy()
    table["staff_children"] = 0
    table.loc[rng.choice(employers, len(STAFF_CHILDREN), replace=False), "staff_children"] = (
        STAFF_CHILDREN
    )
    return table


def _draw_limits_and_costs(table, rng):
    """Most classes, areas, storey and costs by kind of host."""
    most, fixed, place = (
        table.host.map({kind: row[column] for kind, row in HOST_KINDS.items()})
        for column in (1, 2, 3)
    )
    table["max_classes"] = rng.integers(1, most, endpoint=True)
    # A host planned with a new area is as large as its kind allows.
    table["max_classes"] = table.max_classes.mask(table.pop("planned"), most)
    table["area_m2"] = (table.max_classes * rng.uniform(150, 240, len(table))).round().astype(int)
    table["storey"] = rng.choice([1, 2, 3], len(table), p=[0.62, 0.28, 0.1])
    table["outdoor_area_m2"] = (
        (table.max_classes * rng.uniform(35, 80, len(table))).round().astype(int)
    )
    for column, span, step in (("fixed_cost_cny", fixed, 5_000), ("place_cost_cny", place, 500)):
        low, high = np.array(span.tolist()).T
        table[column] = ((low + (high - low) * rng.random(len(table))) / step).round().astype(
            int
        ) * step


def in_zone(table, zones):
    """Row of the zone that holds each site, -1 outside all."""
    return inside(table[["lon", "lat"]].set_axis(["x", "y"], axis=1), zones)
