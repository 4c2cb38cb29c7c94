"""Seats of the zones: named places of OpenStreetMap, and the municipality each lies in.

Reads an .osm.pbf, gives a table. Does not: draw zones.
"""

import osmium
import pandas as pd
import shapely
from crop import EAST, NORTH, SOUTH, WEST, in_box

PLACES = {"city", "town", "village", "suburb"}
MUNICIPALITY, CITY_DISTRICT = "6", "9"  # admin_level in Iceland
RURAL_BELOW = 1_000  # people by the tag `population` (assumption)

CODES = {
    "Reykjavíkurborg": "0000",
    "Kópavogsbær": "1000",
    "Seltjarnarnesbær": "1100",
    "Garðabær": "1300",
    "Hafnarfjarðarkaupstaður": "1400",
    "Mosfellsbær": "1604",
}
"""Municipality -> its number in the tables of Statistics Iceland."""


def read_areas(source):
    """Municipalities and city districts that touch the box: `level, name, geometry`."""
    box = shapely.box(WEST, SOUTH, EAST, NORTH)
    key = osmium.filter.KeyFilter("boundary")
    make = osmium.geom.WKBFactory()
    found = []
    for area in osmium.FileProcessor(str(source)).with_areas(key).with_filter(key):
        if not area.is_area() or area.tags.get("boundary") != "administrative":
            continue
        level = area.tags.get("admin_level")
        if level in (MUNICIPALITY, CITY_DISTRICT):
            shape = shapely.from_wkb(make.create_multipolygon(area))
            if shape.intersects(box):
                found.append({"level": level, "name": area.tags["name"], "geometry": shape})
    return pd.DataFrame(found).sort_values(["level", "name"])


def read_places(source):
    """Cities, towns, villages and suburbs mapped as a point in the box."""
    nodes = osmium.FileProcessor(str(source), osmium.osm.NODE)
    return pd.DataFrame(
        {
            "township": node.tags["name"],
            "lon": node.lon,
            "lat": node.lat,
            "population": node.tags.get("population"),
        }
        for node in nodes.with_filter(osmium.filter.KeyFilter("place"))
        if node.tags["place"] in PLACES and in_box(node.lon, node.lat)
    )


def make_seats(source):
    """Seats by code: named places, and the city districts of Reykjavík that none is named after.

    A place belongs to the municipality it lies in; its code is the number of the municipality
    and a running number in the order of the names.

    Raises ValueError where a place lies in none of the municipalities.
    """
    areas, places = read_areas(source), read_places(source)
    districts = areas[(areas["level"] == CITY_DISTRICT) & ~areas["name"].isin(places["township"])]
    inside = shapely.point_on_surface(districts["geometry"].to_numpy())
    more = pd.DataFrame(
        {"township": districts["name"], "lon": shapely.get_x(inside), "lat": shapely.get_y(inside)}
    )
    seats = pd.concat([places, more], ignore_index=True)
    points = shapely.points(seats["lon"], seats["lat"])
    for area in areas[areas["level"] == MUNICIPALITY].itertuples():
        seats.loc[shapely.contains(area.geometry, points), "district"] = area.name
    seats["district_code"] = seats["district"].map(CODES)
    if seats["district_code"].isna().any():
        raise ValueError("a place lies in none of the municipalities")
    seats = seats.sort_values(["district_code", "township"], ignore_index=True)
    number = seats.groupby("district_code").cumcount() + 1
    seats["township_code"] = seats["district_code"] + number.map("{:02d}".format)
    is_rural = pd.to_numeric(seats["population"]) < RURAL_BELOW
    seats["area_type"] = is_rural.map({True: "rural", False: "urban"})
    seats[["lon", "lat"]] = seats[["lon", "lat"]].round(6)
    columns = ["township_code", "township", "district_code", "district", "area_type", "lon", "lat"]
    return seats[columns]
