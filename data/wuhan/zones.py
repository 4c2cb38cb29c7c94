"""People at street nodes, and illustrative townships and communities around them.

Reads streets and clipped districts, gives cells, townships, communities, residents.
Does not: know about facilities and hosts.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy import sparse
from scipy.sparse import csgraph

METRIC = "EPSG:32650"
# 武汉市第七次全国人口普查公报（第二号）, 1 November 2020.
CENSUS = {
    "420102": 965_260,
    "420103": 647_932,
    "420104": 666_661,
    "420105": 837_263,
    "420106": 1_092_750,
    "420107": 463_295,
    "420111": 1_728_811,
}
FUNCTIONAL_ZONES = {"东湖高新": 935_146, "东湖风景": 121_161}
CITY_2020 = 12_326_518  # the same document series: the whole city
CITY_LATER = 13_809_100  # 武汉市2024年国民经济和社会发展统计公报, end of 2024
YEARS = (2020, 2025, 2027)

# Assumption: people per metre of street, relative to a residential street.
HOUSING = {
    "residential": 1.0,
    "living_street": 1.0,
    "pedestrian": 0.5,
    "unclassified": 0.4,
    "tertiary": 0.4,
    "secondary": 0.25,
    "primary": 0.1,
}
LEAST_WEIGHT_M = 10.0  # a node with less is no demand cell
TOWNSHIP_PEOPLE = 62_000  # residents of 2020 aimed at
COMMUNITY_PEOPLE = 11_500
RURAL_BELOW_PER_KM2 = 5_000
UNIT_SPACING_M = 160
SIMPLIFY_M = 25


def node_table(streets):
    """Every street node: x, y (m), weight (m of housing street: half of each edge)."""
    start = shapely.get_coordinates(shapely.get_point(streets.geometry.to_numpy(), 0))
    end = shapely.get_coordinates(shapely.get_point(streets.geometry.to_numpy(), -1))
    count = int(max(streets.u.max(), streets.v.max())) + 1
    xy = np.zeros((count, 2))
    xy[streets.u], xy[streets.v] = start, end
    half = streets.length.to_numpy() * streets.highway.map(HOUSING).fillna(0).to_numpy() / 2
    weight = np.bincount(streets.u, half, count) + np.bincount(streets.v, half, count)
    local = np.isin(streets.highway, ("residential", "living_street", "tertiary"))
    quiet = np.bincount(streets.u, local, count) + np.bincount(streets.v, local, count)
    return pd.DataFrame({"x": xy[:, 0], "y": xy[:, 1], "weight": weight, "local": quiet > 0})


def inside(nodes, zones):
    """Row of the zone that holds each node, -1 outside all."""
    row = np.full(len(nodes), -1)
    points = shapely.points(nodes.x, nodes.y)
    node, zone = shapely.STRtree(points).query(zones.geometry.to_numpy(), "intersects")[::-1]
    order = np.lexsort((zone, node))[::-1]  # on a shared edge the first zone wins
    row[node[order]] = zone[order]
    return row


def placed_share(source_nodes, districts, clipped):
    """People of the census placed in the study area and left out, by district."""
    full, part = inside(source_nodes, districts), inside(source_nodes, clipped)
    rows = []
    for row, (code, name) in enumerate(
        zip(districts.district_code, districts.district, strict=True)
    ):
        length = source_nodes.weight[full == row].sum()
        kept = source_nodes.weight[(part == row)].sum()
        placed = round(CENSUS[code] * kept / length)
        rows.append((code, name, CENSUS[code], placed, CENSUS[code] - placed))
    columns = ["district_code", "district", "census", "placed", "left_out"]
    return pd.DataFrame(rows, columns=columns)


def _units(nodes, clipped):
    """Small faces: Voronoi cells of thinned nodes cut by the districts, edges shared."""
    row = inside(nodes, clipped)
    lines = [shapely.boundary(clipped.geometry.to_numpy())]
    for district, shape in enumerate(clipped.geometry):
        xy = nodes.loc[row == district, ["x", "y"]].to_numpy()
        _, first = np.unique(np.floor(xy / UNIT_SPACING_M), axis=0, return_index=True)
        points = shapely.MultiPoint(xy[np.sort(first)])
        edges = shapely.voronoi_polygons(points, extend_to=shape, only_edges=True)
        lines.append([shapely.intersection(edges, shape)])
    noded = shapely.union_all(np.concatenate(lines), grid_size=0.01)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    middle = shapely.point_on_surface(faces)
    frame = pd.DataFrame({"x": shapely.get_x(middle), "y": shapely.get_y(middle)})
    home = inside(frame, clipped)
    faces, frame, home = faces[home >= 0], frame[home >= 0], home[home >= 0]
    order = np.lexsort((frame.y, frame.x))
    return gpd.GeoDataFrame({"district": home[order]}, geometry=faces[order], crs=clipped.crs)


def _neighbours(units):
    """Sparse matrix of faces that share an edge (faces meet at equal vertices)."""
    xy, face = shapely.get_coordinates(units.geometry.to_numpy(), return_index=True)
    _, vertex = np.unique(np.round(xy, 3), axis=0, return_inverse=True)
    vertex = vertex.reshape(-1)
    same = face[1:] == face[:-1]
    ends = np.sort(np.column_stack([vertex[:-1], vertex[1:]])[same], axis=1)
    owner = face[1:][same]
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    ends, owner = ends[order], owner[order]
    pair = (ends[1:] == ends[:-1]).all(axis=1)
    a, b = owner[1:][pair], owner[:-1][pair]
    size = len(units)
    return sparse.csr_array((np.ones(2 * len(a)), (np.r_[a, b], np.r_[b, a])), (size, size))


def _largest_piece(members, graph, load):
    """Boolean: in the connected piece of `members` with the largest load."""
    _, piece = csgraph.connected_components(graph[members][:, members], directed=False)
    return piece == np.bincount(piece, load[members]).argmax()


def _divide(members, parts, graph, xy, load, rng):
    """Lists of members: contiguous parts of about equal load, by repeated bisection."""
    if parts == 1:
        return [members]
    few = parts // 2
    centred = xy[members] - np.average(xy[members], axis=0, weights=load[members])
    spread = (centred * load[members, None]).T @ centred
    axis = np.linalg.eigh(spread)[1][:, -1]
    axis = axis * np.sign(axis[np.abs(axis).argmax()])
    turn = rng.uniform(-0.35, 0.35)
    axis = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ axis
    order = np.argsort(centred @ axis, kind="stable")
    share = few / parts * rng.uniform(0.92, 1.08)
    running = load[members][order].cumsum()
    cut = np.clip(np.searchsorted(running, share * running[-1]), few, len(members) - parts + few)
    here = np.zeros(len(members), bool)
    here[order[:cut]] = True
    here[np.flatnonzero(here)[~_largest_piece(members[here], graph, load)]] = False
    rest = np.flatnonzero(~here)
    here[rest[~_largest_piece(members[rest], graph, load)]] = True
    return _divide(members[here], few, graph, xy, load, rng) + _divide(
        members[~here], parts - few, graph, xy, load, rng
    )


def draw_zones(nodes, clipped, table, rng):
    """Communities with codes and names, nested in townships, nested in districts; metres."""
    units = _units(nodes, clipped)
    graph = _neighbours(units)
    row = inside(nodes, units)
    held = row >= 0
    load = np.bincount(row[held], nodes.weight[held], len(units))
    for district, placed in enumerate(table.placed):
        mine = (units.district == district).to_numpy()
        load[mine] *= placed / load[mine].sum()
    load = load + units.area.to_numpy() * 1e-4  # 100 people a km2, so that empty land counts
    xy = shapely.get_coordinates(units.centroid.to_numpy())
    rows = []
    for district, (code, name) in enumerate(
        zip(clipped.district_code, clipped.district, strict=True)
    ):
        members = np.flatnonzero(units.district == district)
        members = members[_largest_piece(members, graph, load)]
        parts = _divide(members, round(load[members].sum() / TOWNSHIP_PEOPLE), graph, xy, load, rng)
        for number, township in enumerate(_in_reading_order(parts, xy), 1):
            count = max(3, round(load[township].sum() / COMMUNITY_PEOPLE))
            inner = _divide(township, count, graph, xy, load, rng)
            for place, community in enumerate(_in_reading_order(inner, xy), 1):
                short = f"{name.removesuffix('区')}-{number:02d}"
                shape = shapely.coverage_union_all(units.geometry.to_numpy()[community])
                shape = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
                rows.append((code, name, f"{code}9{number:02d}", short, place, shape))
    columns = ["district_code", "district", "township_code", "short", "place", "geometry"]
    zones = gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), crs=clipped.crs)
    zones["community_code"] = zones.township_code + zones.place.map("{:03d}".format)
    zones["community"] = zones.short + zones.place.map("-{:02d} 示意".format)
    zones["township"] = zones.short + " 示意"
    return _lighten(zones.drop(columns=["short", "place"]))


def _in_reading_order(parts, xy):
    """Parts from north to south in bands of 2 km, west to east within a band."""
    middle = [xy[part].mean(axis=0) for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (-(middle[i][1] // 2_000), middle[i][0]))
    return [parts[i] for i in order]


def _lighten(zones):
    """Fewer vertices with edges still shared; WGS-84, six decimals; holes are closed."""
    shapes = shapely.coverage_simplify(zones.geometry.to_numpy(), SIMPLIFY_M)
    light = zones.set_geometry(gpd.GeoSeries(shapes, crs=zones.crs)).to_crs("EPSG:4326")
    rounded = shapely.transform(light.geometry.to_numpy(), lambda xy: np.round(xy, 6))
    return light.set_geometry(gpd.GeoSeries(shapely.normalize(rounded), crs=light.crs))


def merge(zones, columns):
    """Zones merged over equal `columns`, every vertex kept so that edges stay shared."""
    rows = []
    for key, part in zones.groupby(columns, sort=True):
        shape = shapely.coverage_union_all(part.geometry.to_numpy())
        rows.append((*key, shapely.normalize(shape)))
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=[*columns, "geometry"]), crs=zones.crs)


def place_people(nodes, communities, table):
    """Demand cells: node, cell_id, lon, lat, residents, x, y, local, township_code."""
    points = gpd.GeoSeries(gpd.points_from_xy(nodes.x, nodes.y), crs=METRIC).to_crs("EPSG:4326")
    cells = nodes.assign(node=nodes.index, lon=points.x.round(6), lat=points.y.round(6))
    cells = cells[cells.weight >= LEAST_WEIGHT_M]
    row = inside(cells[["lon", "lat"]].set_axis(["x", "y"], axis=1), communities)
    cells, row = cells[row >= 0].copy(), row[row >= 0]
    for column in ("district_code", "township_code", "community_code"):
        cells[column] = communities[column].to_numpy()[row]
    placed = cells.district_code.map(table.set_index("district_code").placed)
    total = cells.groupby("district_code").weight.transform("sum")
    cells["residents"] = (placed * cells.weight / total).round(3)
    cells = cells.drop_duplicates(["lon", "lat"]).reset_index(drop=True)
    cells.insert(0, "cell_id", [f"C{number:05d}" for number in range(1, len(cells) + 1)])
    return cells


def _whole(values, total):
    """Whole numbers with the given sum, by largest remainder."""
    low = np.floor(values).astype(int)
    short = int(total - low.sum())
    low[np.argsort(-(values - low), kind="stable")[:short]] += 1
    return low


def township_residents(cells, table):
    """township_code, year, residents: the census spread, then the city's growth, then held."""
    people = cells.groupby(["district_code", "township_code"]).residents.sum().reset_index()
    years = []
    for year in YEARS:
        factor = 1 if year == 2020 else CITY_LATER / CITY_2020
        for code, part in people.groupby("district_code"):
            placed = table.set_index("district_code").placed[code]
            scaled = part.residents.to_numpy() * placed / part.residents.sum() * factor
            frame = part[["township_code"]].assign(year=year)
            years.append(frame.assign(residents=_whole(scaled, round(placed * factor))))
    return pd.concat(years).sort_values(["township_code", "year"]).reset_index(drop=True)


def finish_townships(communities, residents):
    """Townships with area type: rural below 5,000 residents of 2020 per km2."""
    columns = ["township_code", "township", "district_code", "district"]
    townships = merge(communities, columns)
    people = residents[residents.year == 2020].set_index("township_code").residents
    density = people.reindex(townships.township_code).to_numpy() / (
        townships.to_crs(METRIC).area.to_numpy() / 1e6
    )
    townships["area_type"] = np.where(density < RURAL_BELOW_PER_KM2, "rural", "urban")
    return townships[[*columns, "area_type", "geometry"]], density
