"""Reads the written files again and fails loudly where one is not as promised.

Reads the files of the data set. Does not: share code with what drew them.
"""

from itertools import combinations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

METRIC = "EPSG:32650"
SEATS = {"infant": 10, "small": 15, "large": 20, "mixed": 18}
MAY_TAKE = {
    "infant": {"6_12"},
    "small": {"12_18", "18_24"},
    "large": {"24_36"},
    "mixed": {"18_24", "24_36"},
}
BANDS = ("6_12", "12_18", "18_24", "24_36")
LAYERS = ("districts", "townships", "communities", "new_areas")
TABLES = ("cells", "residents", "facilities", "hosts", "medical")
SIZE_LIMIT = 6_000_000


def load(folder):
    """Every written table by name."""
    data = {name: gpd.read_file(folder / f"{name}.geojson") for name in LAYERS}
    data |= {
        name: pd.read_csv(
            folder / f"{name}.csv", encoding="utf-8-sig", dtype={"township_code": str}
        )
        for name in TABLES
    }
    return {**data, "streets": gpd.read_parquet(folder / "streets.parquet")}


class Findings:
    """Gathers what does not hold; raised once."""

    def __init__(self):
        self.wrong = []

    def __call__(self, holds, message):
        """Note the message unless the promise holds."""
        if not holds:
            self.wrong.append(message)


def check(folder, census, nodes):
    """Raises ValueError with every broken promise of the data set."""
    data, expect = load(folder), Findings()
    points = {
        name: gpd.GeoSeries(gpd.points_from_xy(data[name].lon, data[name].lat), crs="EPSG:4326")
        for name in ("cells", "facilities", "hosts", "medical")
    }
    _check_streets(data, expect)
    _check_zones(data, expect)
    _check_people(data, points, census, expect)
    _check_sites(data, points, nodes, expect)
    _check_facilities(data, points, expect)
    _check_hosts(data, points, expect)
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    expect(size <= SIZE_LIMIT, f"{size} bytes, at most {SIZE_LIMIT}")
    if expect.wrong:
        raise ValueError("the data set is not as promised:\n" + "\n".join(expect.wrong))


def _check_streets(data, expect):
    streets = data["streets"]
    line = streets.geometry.to_numpy()
    xy = shapely.get_coordinates(line)
    expect(streets.crs.to_epsg() == 32650, "streets: CRS")
    expect((shapely.length(line) > 0).all(), "streets: a line without length")
    expect(np.abs(xy - np.round(xy, 1)).max() == 0, "streets: finer than 0.1 m")
    same = pd.Series(shapely.to_wkb(shapely.normalize(line), hex=True))
    expect(not same.duplicated().any(), "streets: repeated lines")
    ends = np.concatenate(
        [shapely.get_coordinates(shapely.get_point(line, end)) for end in (0, -1)]
    )
    spots = pd.DataFrame(np.c_[np.r_[streets.u, streets.v], ends]).drop_duplicates()
    expect(not spots[0].duplicated().any(), "streets: a node with two places")
    area = data["districts"].to_crs(METRIC).union_all()
    reach = area.buffer(2_000).boundary
    points = shapely.line_interpolate_point(reach, np.arange(0, reach.length, 1_000))
    tree = shapely.STRtree(line)
    far = tree.query_nearest(points, return_distance=True, all_matches=False)[1]
    expect(np.median(far) < 1_000, "streets: none around the study area")


def _check_zones(data, expect):
    for name, least in (("districts", 7), ("townships", 80), ("communities", 400)):
        zones = data[name]
        expect(len(zones) >= least, f"{name}: {len(zones)}")
        expect((zones.geom_type == "Polygon").all(), f"{name}: not contiguous")
        expect(zones.geometry.is_valid.all(), f"{name}: invalid polygon")
        expect(shapely.coverage_is_valid(zones.geometry.to_numpy()), f"{name}: gaps or overlaps")
        expect(not zones.iloc[:, 0].duplicated().any(), f"{name}: repeated code")
    expect(len(data["districts"]) == 7, "districts: not seven")
    expect(data["townships"].township_code.str.fullmatch(r"\d{6}9\d\d").all(), "townships: code")
    expect(
        data["communities"].community_code.str.fullmatch(r"\d{6}9\d{5}").all(), "communities: code"
    )
    districts, townships, communities = (
        data[name].to_crs(METRIC) for name in ("districts", "townships", "communities")
    )
    for inner, outer, key in (
        (townships, districts, "district_code"),
        (communities, townships, "township_code"),
    ):
        joined = inner.dissolve(key).geometry
        expect(set(joined.index) == set(outer[key]), f"{key}: zones of one layer without the other")
        apart = joined.reindex(outer[key]).symmetric_difference(
            outer.set_index(key).geometry, align=False
        )
        expect(apart.area.max() < 1, f"{key}: zones do not fill their parent")


def _check_people(data, points, census, expect):
    cells, residents, townships = data["cells"], data["residents"], data["townships"]
    expect(len(cells) >= 20_000, f"cells: {len(cells)}")
    expect((cells.residents > 0).all(), "cells: no people")
    expect(not cells.cell_id.duplicated().any(), "cells: repeated id")
    expect(not cells.duplicated(["lon", "lat"]).any(), "cells: repeated point")
    for layer in ("townships", "communities"):
        hits = data[layer].sindex.query(points["cells"], "intersects")[0]
        expect(
            (np.bincount(hits, minlength=len(cells)) == 1).all(),
            f"cells: not in exactly one of {layer}",
        )
    cell, zone = townships.sindex.query(points["cells"], "intersects")
    people = cells.residents.iloc[cell].groupby(townships.township_code.to_numpy()[zone]).sum()
    district = people.groupby(people.index.str[:6]).sum()
    placed = census.set_index("district_code").placed
    expect((district - placed).abs().max() < 0.5, "cells: district totals")
    base = residents[residents.year == 2020].set_index("township_code").residents
    expect((base - people).abs().max() < 1.5, "residents: 2020 is not the sum of the cells")
    expect((census.placed + census.left_out == census.census).all(), "census: does not add up")
    expect(len(residents) == 3 * len(townships), "residents: not three years a township")
    expect(residents.residents.dtype.kind == "i", "residents: not whole numbers")


def _check_sites(data, points, nodes, expect):
    tree = cKDTree(nodes[["x", "y"]].to_numpy())
    area = data["districts"].union_all()
    for name, least in (("facilities", 420), ("hosts", 550), ("medical", 40)):
        table, spots = data[name], points[name]
        metres = spots.to_crs(METRIC)
        expect(len(table) >= least, f"{name}: {len(table)}")
        expect(not table.iloc[:, 0].duplicated().any(), f"{name}: repeated id")
        expect(not table.name.duplicated().any(), f"{name}: repeated name")
        expect(table.name.str.endswith("示意").all(), f"{name}: a name without 示意")
        expect(spots.within(area).all(), f"{name}: outside the study area")
        far = tree.query(np.c_[metres.x, metres.y])[0]
        expect(far.max() <= 60, f"{name}: {far.max():.0f} m from a street node")
    spots = pd.concat([data[name][["lon", "lat"]] for name in ("facilities", "hosts", "medical")])
    expect(not spots.duplicated().any(), "sites: two at one point")


def _places(table):
    return sum(size * table[f"{kind}_classes"] for kind, size in SEATS.items())


def _fits(row):
    """Hall: no group of age bands has more children than the places that may take any of them."""
    for size in range(1, len(BANDS) + 1):
        for group in combinations(BANDS, size):
            children = sum(getattr(row, f"enrolled_{band}") for band in group)
            room = sum(
                SEATS[kind] * getattr(row, f"{kind}_classes")
                for kind in SEATS
                if MAY_TAKE[kind] & set(group)
            )
            if children > room:
                return False
    return True


def _check_facilities(data, points, expect):
    table, townships = data["facilities"], data["townships"]
    places = _places(table)
    enrolled = table[[f"enrolled_{band}" for band in BANDS]].sum(axis=1)
    classes = table[[f"{kind}_classes" for kind in SEATS]].sum(axis=1)
    expect(all(_fits(row) for row in table.itertuples()), "facilities: more children than places")
    expect((enrolled / places).between(0.2, 0.9).all(), "facilities: fill outside 20-90 %")
    expect(0.4 <= enrolled.sum() / places.sum() <= 0.6, "facilities: fill outside 40-60 % overall")
    expect((table.max_classes >= classes).all(), "facilities: more classes than the most")
    can = table.max_classes > classes
    expect(0.2 <= can.mean() <= 0.4, "facilities: share that can expand")
    expect(((table.expand_cost_cny > 0) == can).all(), "facilities: expansion cost")
    nursery = table[table.tier == "kindergarten"]
    odd = nursery[["infant_classes", "small_classes", "mixed_classes"]].to_numpy()
    expect((odd == 0).all(), "facilities: a kindergarten with other than large classes")
    share = places[table.inclusive == "yes"].sum() / places.sum()
    expect(0.62 <= share <= 0.72, f"facilities: inclusive share {share:.2f}")
    people = data["residents"].query("year == 2025").residents.sum()
    rate = places.sum() / people * 1_000
    expect(4.68 <= rate <= 4.78, f"facilities: {rate:.2f} places per thousand")
    bare = len(townships) - len(
        _townships_with(data, points["facilities"][table.tier == "institution"])
    )
    expect(
        0.08 <= bare / len(townships) <= 0.15, f"facilities: {bare} townships without institution"
    )


def _townships_with(data, spots):
    zone = data["townships"].sindex.query(spots, "intersects")[1]
    return set(data["townships"].township_code.to_numpy()[zone])


def _check_hosts(data, points, expect):
    table, areas = data["hosts"], data["new_areas"]
    expect(table.host.nunique() >= 6, "hosts: kinds")
    expect(table.max_classes.between(1, 8).all(), "hosts: classes")
    expect((table.staff_children > 0).sum() == 3, "hosts: not three with staff children")
    expect((table.staff_children[table.host != "employer"] == 0).all(), "hosts: staff children")
    expect(((table.host == "kindergarten") == (table.action == "convert")).all(), "hosts: action")
    expect(((table.host == "kindergarten") == (table.tier == "kindergarten")).all(), "hosts: tier")
    without = len(data["townships"]) - len(_townships_with(data, points["hosts"]))
    expect(1 <= without <= 2, f"hosts: {without} townships without any")
    expect(len(areas) == 2, "new areas: not two")
    area = data["districts"].union_all()
    new_homes = table.host == "new_residential_area"
    for here in areas.itertuples():
        expect(here.geometry.within(area), f"{here.area_id}: outside the study area")
        inside = new_homes & points["hosts"].within(here.geometry)
        room = table.max_classes[inside].sum() * SEATS["small"]
        expect(room >= here.people / 100, f"{here.area_id}: room for {room} places inside")


def summary(folder, census):
    """What was built, in a few lines."""
    data = load(folder)
    facilities, residents = data["facilities"], data["residents"]
    places = _places(facilities)
    enrolled = facilities[[f"enrolled_{band}" for band in BANDS]].sum()
    spots = gpd.GeoSeries(gpd.points_from_xy(facilities.lon, facilities.lat), crs="EPSG:4326")
    served = _townships_with(data, spots[facilities.tier == "institution"])
    any_host = _townships_with(
        data, gpd.GeoSeries(gpd.points_from_xy(data["hosts"].lon, data["hosts"].lat))
    )
    names = data["townships"].set_index("township_code").township
    by_year = residents.assign(code=residents.township_code.str[:6]).pivot_table(
        index="code", columns="year", values="residents", aggfunc="sum", margins=True
    )
    lines = [
        census.to_string(index=False),
        by_year.to_string(),
        " ".join(f"{name} {len(table)}" for name, table in data.items()),
        data["townships"].area_type.value_counts().to_string(),
        f"places {places.sum()} enrolled {enrolled.sum()} {enrolled.to_dict()}",
        f"inclusive {places[facilities.inclusive == 'yes'].sum() / places.sum():.3f}",
        f"by tier {places.groupby(facilities.tier).sum().to_dict()}",
        f"classes {facilities[[f'{kind}_classes' for kind in SEATS]].sum().to_dict()}",
        "without institution: "
        + ", ".join(names[code] for code in names.index if code not in served),
        "without candidate: "
        + ", ".join(names[code] for code in names.index if code not in any_host),
        data["hosts"].host.value_counts().to_string(),
        data["medical"].groupby(["kind", "level"]).size().to_string(),
        "\n".join(
            f"{path.name} {path.stat().st_size}"
            for path in sorted(folder.iterdir())
            if path.is_file()
        ),
    ]
    return "\n\n".join(lines)
