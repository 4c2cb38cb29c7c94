"""Places of an OpenStreetMap file by their tags, and where they are drawn."""

import numpy as np
import pytest

from drawn_osm import as_pbf, tags_of, to_degrees, write_osm
from drawn_town import metre, origin
from siting.errors import DataError
from siting.network.osm_kinds import osm_kinds
from siting.network.osm_places import read_osm_places

places = {
    "a": (0, 0),
    "b": (3, 0),
    "c": (3, 1),
    "d": (1, 1),
    "e": (1, 3),
    "f": (0, 3),
    "k": (7, 7),
    "l": (9, 7),
}
kindergarten = {"amenity": "kindergarten", "name": '小太阳 "一"幼儿园'}
relation = (
    "<relation id='1' version='1'><member type='way' ref='3' role='outer'/>"
    "<member type='way' ref='4' role='outer'/><member type='way' ref='5' role='inner'/>{}"
    "</relation>"
)


@pytest.fixture
def town(tmp_path):
    """Draw a kindergarten as a point, an L-shaped one, one of two outlines, and others."""
    ways = [
        ("abcdefa", kindergarten),
        ("kl", {"amenity": "clinic"}),
        ("abc", {}),
        ("cda", {}),
        ("defd", {}),
        ("zk", {"amenity": "kindergarten"}),
        ("zy", {"amenity": "kindergarten"}),
    ]
    extra = relation.format(tags_of({"type": "multipolygon", "amenity": "kindergarten"}))
    extra += relation.format(tags_of({"type": "site", "amenity": "kindergarten"})).replace(
        "id='1'", "id='2'"
    )
    nodes = {"k": {**kindergarten, "access": "yes"}, "l": {"amenity": "school"}}
    return write_osm(tmp_path / "town.osm", places, ways, nodes, extra)


def at(row):
    x, y = to_degrees.transform(row["lon"], row["lat"], direction="INVERSE")
    return tuple(float(each) for each in np.round((np.array([x, y]) - origin) / metre, 2))


def test_points_outlines_and_multipolygons(town):
    (found,) = read_osm_places(town, [{"amenity": ("kindergarten",)}])
    assert list(found.columns) == ["osm_id", "name", "lon", "lat"]
    assert found["osm_id"].tolist() == ["node/11", "relation/1", "way/1", "way/6", "way/7"]
    assert found["name"].tolist() == [kindergarten["name"], "", kindergarten["name"], "", ""]
    rows = found.set_index("osm_id").to_dict("index")
    assert at(rows["node/11"]) == (7, 7)
    # The trapezium a-b-c-d: a square pair of area 2 about (2, 1/2), a triangle of 1/2 about
    # (2/3, 1/3).
    assert at(rows["relation/1"]) == (1.73, 0.47)
    x, y = at(rows["way/1"])
    assert (0 < x < 3 and 0 < y < 1) or (0 < x < 1 and 0 < y < 3)
    assert at(rows["way/6"]) == (7, 7)
    assert np.isnan(rows["way/7"]["lon"])


def test_every_key_must_match(town):
    both, one_of, none = read_osm_places(
        town,
        [
            {"amenity": ("kindergarten", "school"), "access": ("yes", "no")},
            {"amenity": ("clinic", "school")},
            {"amenity": ("zoo",)},
        ],
    )
    assert both["osm_id"].tolist() == ["node/11"]
    assert one_of["osm_id"].tolist() == ["node/12", "way/2"]
    assert at(one_of.iloc[1]) == (8, 7)
    assert none.empty
    assert none["lon"].dtype == float


@pytest.mark.parametrize("tags", [{}, {"amenity": ()}])
def test_every_place_is_not_asked_for(town, tags):
    with pytest.raises(ValueError, match="at least one key"):
        read_osm_places(town, [{"amenity": ("zoo",)}, tags])


def test_pbf_gives_the_same(town):
    tags = {"amenity": ("kindergarten", "clinic")}
    (found,), (again,) = (read_osm_places(path, [tags]) for path in (town, as_pbf(town)))
    assert found.equals(again)


def test_no_openstreetmap_file(tmp_path):
    (tmp_path / "town.osm").write_text("<html>", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be read as an OpenStreetMap file"):
        read_osm_places(tmp_path / "town.osm", [{"amenity": ("clinic",)}])


def test_kinds_name_every_tag_once():
    pairs = [
        (key, value)
        for kind in osm_kinds.values()
        for key, values in kind.tags.items()
        for value in values
    ]
    assert len(pairs) == len(set(pairs))
    assert all(kind.label for kind in osm_kinds.values())
