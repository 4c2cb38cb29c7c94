"""Seats that have a name only, found among the places of OpenStreetMap."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import yaml_text
from drawn_osm import as_pbf, to_degrees, write_osm
from drawn_town import crs, metre, origin, scenario
from siting import load
from siting.derived import read_inputs
from siting.errors import DataError
from siting.inputs.zones import zone_of
from siting.network import read_network
from siting.network.kept import network_key

places = {"a": (0, 0), "b": (20, 0), "p": (0.5, 0), "q": (19, 0), "r": (10, 1)}
seat = {"district_code": "D", "district": "D", "area_type": "urban"}
far = {"x": (200, 0), "y": (202, 0)}
"""A street whose ends lie 20 km from a, by a road from b."""


def degrees(at):
    return to_degrees.transform(*(origin + metre * np.array(at)))


def town(folder, names, **places_named):
    """Write a street of 2 km, what lies east of it, named places, and the seats P and Q."""
    tags = {letter: {"place": "town", "name": name} for letter, name in places_named.items()}
    ways = [(ends, {"highway": "residential"}) for ends in ("ab", "bx", "xy")]
    write_osm(folder / "town.osm", {**places, **far}, ways, tags)
    rows = [
        {"township_code": code, "township": name, **seat, "lon": lon, "lat": lat}
        for code, (name, lon, lat) in zip("PQ", names, strict=True)
    ]
    pd.DataFrame(rows).to_csv(folder / "seats.csv", index=False)
    people = {"township_code": list("PQ"), "year": 2025, "residents": 100}
    pd.DataFrame(people).to_csv(folder / "people.csv", index=False)
    facility = {"site_id": "F", "name": "甲", "tier": "institution", "host": "house"}
    facility |= {"inclusive": "yes", "large_classes": 1, "max_classes": 1, "expand_cost_cny": 0}
    lon, lat = degrees((0, 0))
    pd.DataFrame([{**facility, "lon": lon, "lat": lat}]).to_csv(folder / "sites.csv", index=False)
    return study(folder)


def study(folder, streets="town.osm", **changes):
    inputs = {"seats": "seats.csv", "residents": "people.csv", "facilities": "sites.csv"}
    along = {"kind": "streets", "spacing_m": 100.0, "highways": ("residential",), "source": "drawn"}
    told = scenario(inputs={**inputs, "streets": streets}, population=along, **changes)
    path = folder / "study.yaml"
    path.write_text(yaml_text.of(told), encoding="utf-8")
    return load(path)


def problems(asked):
    with pytest.raises(DataError) as caught:
        read_inputs(asked)
    return [str(problem) for problem in caught.value.problems]


def only_name(name):
    return name, None, None


def zones_of(found):
    """Return the townships at both ends of the street."""
    x, y = (origin + metre * np.array([[0, 0], [20, 0]])).T
    return found.townships["township_code"].to_numpy()[zone_of(x, y, found.townships)].tolist()


def test_a_name_gives_its_place_exactly_or_else_but_for_the_ending(tmp_path):
    """城东街道 is at b, not at r (城东镇); 城西 乡 is no place, but 城西镇 at a is."""
    seats = [only_name("城东街道"), only_name("城西 乡")]
    found = read_inputs(town(tmp_path, seats, q="城东街道", p="城西镇", r="城东镇"))
    assert zones_of(found) == ["Q", "P"]
    assert found.townships["residents_2025"].tolist() == [100, 100]
    assert any("2个驻地没有坐标，按名称取自OpenStreetMap地名" in note.zh for note in found.notes)
    as_pbf(tmp_path / "town.osm")
    again = read_inputs(study(tmp_path, "town.osm.pbf"))
    pd.testing.assert_frame_equal(again.cells, found.cells)


def test_coordinates_that_are_told_stay(tmp_path):
    seats = [("城东街道", *degrees((0, 0))), only_name("城西镇")]
    found = read_inputs(town(tmp_path, seats, p="城东街道", q="城西镇"))
    assert zones_of(found) == ["P", "Q"]
    assert any("1 seats without coordinates were found by name" in n.en for n in found.notes)


def test_names_that_are_unknown_or_ambiguous_are_told_with_their_places(tmp_path):
    asked = town(tmp_path, [only_name("城东街道"), only_name("南山")], q="城东镇", r="城东乡")
    ambiguous, unknown = problems(asked)
    assert ambiguous.startswith("seats.csv, row 2, column lon and lat: 2 places of OpenStreetMap")
    for letter, name in (("q", "城东镇"), ("r", "城东乡")):
        lon, lat = degrees(places[letter])
        assert f"{name} {lon:.5f}, {lat:.5f} (node/" in ambiguous
    assert "row 3" in unknown
    assert "no place of OpenStreetMap is called '南山'" in unknown
    assert "fill in longitude and latitude" in unknown


def test_without_an_openstreetmap_file_coordinates_are_asked_for(tmp_path):
    town(tmp_path, [("城东街道", *degrees((0, 0))), only_name("城西镇")])
    line = shapely.LineString(origin + metre * np.array([[0, 0], [20, 0]]))
    table = gpd.GeoDataFrame({"highway": ["residential"]}, geometry=[line], crs=crs)
    table.to_file(tmp_path / "streets.gpkg")
    (only,) = problems(study(tmp_path, "streets.gpkg"))
    assert "seats.csv, row 3" in only
    assert "streets.gpkg is no OpenStreetMap file" in only
    assert "fill in longitude and latitude" in only


def test_half_a_position_is_refused(tmp_path):
    lon, _ = degrees((0, 0))
    (only,) = problems(town(tmp_path, [("城东", lon, None), only_name("城西")], p="城东", q="城西"))
    assert "seats.csv, row 2, column lon and lat: one of the two is empty" in only


def far_note(network):
    return any("1 streets lie far from the study area; left out" in n.en for n in network.notes)


def test_streets_around_seats_are_read_where_all_have_coordinates(tmp_path):
    """From the seats 5 km of township, 500 m around it and 3 km of margin: x-y is at 20 km."""
    seats = [("城东", *degrees((0, 0))), ("城西", *degrees((20, 0)))]
    near = town(tmp_path, seats)
    network = read_network(near)
    assert far_note(network)
    wide = read_network(study(tmp_path, seat_zones={"within_m": 15_000}))
    assert not far_note(wide)
    first, second = (read_inputs(near, each).townships for each in (network, wide))
    differing = shapely.symmetric_difference(first.geometry.array, second.geometry.array)
    assert shapely.area(differing).max() < 1e-3


def test_streets_are_all_read_where_a_seat_has_only_a_name(tmp_path):
    network = read_network(
        town(tmp_path, [("城东", *degrees((0, 0))), only_name("城西")], q="城西")
    )
    assert not far_note(network)


def test_what_is_kept_of_the_streets_depends_on_the_seats(tmp_path):
    seats = [("城东", *degrees((0, 0))), ("城西", *degrees((20, 0)))]
    key = network_key(town(tmp_path, seats))
    assert network_key(study(tmp_path, seat_zones={"within_m": 15_000})) != key
    assert network_key(town(tmp_path, [("城东", *degrees((0.5, 0))), seats[1]])) != key
    assert network_key(town(tmp_path, seats)) == key
