"""New residential areas as a table: hand-over, places inside, and what is asked."""

import pandas as pd
import pytest

from counted_town import counted_town
from reviewed_town import parts, town
from siting.review.beside import beside_content

figures = ["target", "year", "people", "sites", "places", "per_thousand", "required", "met"]


@pytest.fixture(scope="module")
def findings():
    return parts(counted_town())


def test_an_area_is_held_against_its_target_from_the_hand_over_on(findings):
    table = findings.beside["new_areas"]
    # e is handed over in 2027 and has no host; 500 per thousand of its 100 people are asked.
    assert table[["area_id", "name", "township", "hand_over_year"]].drop_duplicates().shape == (
        1,
        4,
    )
    assert table["township"].tolist() == ["Z1", "Z1"]
    first, second = table[figures].to_dict("records")
    assert pd.isna(first.pop("per_thousand"))
    assert first == {
        "target": "N",
        "year": 2026,
        "people": 100.0,
        "sites": 0,
        "places": 0.0,
        "required": 500.0,
        "met": None,
    }
    assert second == {
        "target": "N",
        "year": 2027,
        "people": 100.0,
        "sites": 0,
        "places": 0.0,
        "per_thousand": 0.0,
        "required": 500.0,
        "met": False,
    }
    (shown,) = beside_content({"new_areas": table})
    assert [row[2] for row in shown["rows"]] == [2027]


def test_without_a_target_the_places_of_all_open_sites_inside_are_told():
    asked = town().asked
    drawn = town()
    drawn.areas = {"b": {"people": 200.0, "hand_over_year": 2025}}
    drawn.asked = asked.model_copy(
        update={"inputs": asked.inputs.model_copy(update={"areas": "areas.geojson"})}
    )
    drawn.hosts["b"] |= {"decision": "forced"}
    findings = parts(drawn)
    (row,) = findings.beside["new_areas"].to_dict("records")
    places = findings.plan.sites.set_index("site_id").loc["cb", "places"]
    assert row["places"] == places > 0
    assert row["per_thousand"] == pytest.approx(1000 * places / 200)
    assert (row["sites"], row["target"], row["met"]) == (1, "", None)
    assert pd.isna(row["required"])


def test_places_inside_are_told_before_the_hand_over_too():
    drawn = counted_town()
    # What stands today at e, where the new area of 2027 is drawn, has 16 half days in 2026 already.
    drawn.facilities["e"] = {"half_classes": 1, "max_classes": 1}
    first, second = parts(drawn).beside["new_areas"].to_dict("records")
    assert first["places"] == second["places"] == 8.0
    assert pd.isna(first["per_thousand"])
    assert second["per_thousand"] == 80.0


def test_a_study_without_new_areas_has_no_rows():
    assert "new_areas" not in parts(town()).beside
