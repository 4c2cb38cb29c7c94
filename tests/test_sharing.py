"""Which community shares which facility, in a drawn town worked by hand."""

import pytest

from drawn_town import Town, scenario, target
from siting.indicators import shared_facilities, target_results
from siting.plan.today import sites_today

# Communities of 200 m to 400 m: a, b and c in the first, d, e in the second, f in the third.
picture = "ab-c--d-e---f"


def today(**fields):
    """Return the town today: facilities at a and e, walks of at most 5 minutes (300 m)."""
    usual = scenario()
    counts_in = (*usual.tiers["institution"].counts_in, "community_coverage")
    tier = usual.tiers["institution"].model_copy(update={"counts_in": counts_in})
    asked = scenario(
        tiers={"institution": tier},
        inputs={**usual.inputs.model_dump(), "communities": "communities.geojson"},
        targets=(target("community_coverage", required=1.0, **fields),),
    )
    town = Town(
        picture,
        {"a": 90.0, "b": 30.0, "c": 60.0, "d": 30.0, "f": 90.0},
        facilities={"a": {}, "c": {}},
        hosts={"f": {}},
        community_borders=(0.5, 2.5, 4.5, 9.5),
        asked=asked,
    )
    inputs, reach = town.inputs(), town.reach()
    return sites_today(asked, inputs, reach)


def test_a_community_without_a_facility_shares_the_nearest():
    # Communities: a | b | c | d e | f. b is 100 m from a and 200 m from c; d is 300 m from c.
    sites = today(sharing="reach")
    rows = shared_facilities(sites, sites.scenario.targets)
    told = ["target", "year", "community_code", "residents", "site_id", "seconds", "others"]
    assert [tuple(row) for row in rows[told].to_numpy()] == [
        ("community_coverage", 2025, rows["community_code"][0], 30.0, "ea", 100, 1),
        ("community_coverage", 2025, rows["community_code"][1], 30.0, "ec", 300, 0),
    ]
    (result,) = target_results(sites, sites.scenario.targets)
    assert result.achieved == pytest.approx(4 / 5)


def test_only_small_communities_share():
    sites = today(sharing="reach", shared_below=30.0)
    assert shared_facilities(sites, sites.scenario.targets).empty
    assert target_results(sites, sites.scenario.targets)[0].achieved == pytest.approx(2 / 5)


def test_without_sharing_there_is_nothing_to_list():
    sites = today(sharing="inside")
    table = shared_facilities(sites, sites.scenario.targets)
    assert table.empty
    assert "seconds" in table
