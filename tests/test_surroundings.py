"""Facilities beyond the border: those that may cover, those too far off, and none at all."""

import pandas as pd
import shapely

from drawn_town import Town, origin, scenario
from siting.inputs.surroundings import surroundings
from siting.inputs.zones import no_zone

town = Town("a", {"a": 1})
inside = {"site_id": "in", "status": "existing", "tier": "institution", "zone": 0}


def notes(*metres_east, asked=town.asked):
    """Return the notes about facilities so far east of the border of the drawn town."""
    townships = town.townships()
    border = shapely.bounds(townships.geometry.iloc[0])[2]
    rows = [{**inside, "x": border - 10, "y": origin[1]}]
    for metres in metres_east:
        rows.append({**rows[0], "site_id": f"F{metres}", "x": border + metres, "zone": no_zone})
    return [note.en for note in surroundings(pd.DataFrame(rows), townships, asked, "f.csv")]


def test_the_longest_way_is_that_of_the_fastest_street():
    """Five minutes at 3.6 km/h are 300 m, at 5.4 km/h 450 m."""
    assert town.asked.longest_way_m("institution") == 300
    fast = {**town.asked.walk.model_dump(), "speed_by_highway_kph": {"steps": 5.4}}
    assert scenario(walk=fast).longest_way_m("institution") == 450


def test_a_facility_within_the_longest_way_may_cover():
    (only,) = notes(299)
    assert only.startswith("f.csv: 1 facilities lie outside the study area; they may cover")


def test_a_facility_beyond_it_is_named():
    both, far = notes(299, 301)
    assert "2 facilities lie outside" in both
    assert far.startswith("f.csv: 1 facilities are so far from the study area that nobody")
    assert far.endswith("check their coordinates: F301")


def test_no_facility_outside_is_asked_for():
    (only,) = notes()
    assert "there is no facility outside the study area; those within 0.3 km" in only
