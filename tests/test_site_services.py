"""What sites do for the children around them, on drawn towns worked by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from drawn_town import Town
from reviewed_town import two_years
from siting.indicators import children_of_sites, measure_sites, site_services
from siting.plan import sites_left_alone, sites_today


def around(west, east, served=()):
    """Return three letters 300 s apart with 100 under-3s each, a facility at either end.

    Half of the 12-24 and of the 24-36 months olds want a place: 16.67 of each at each letter.
    ``served`` has the cell, the site and the children of 24-36 months.
    """
    town = Town("a--b--c", {"a": 300, "b": 300, "c": 300}, facilities={"a": west, "c": east})
    sites = sites_today(town.asked, town.inputs(), town.reach())
    band = town.asked.bands.index("24-36")
    rows = [("abc".index(cell), "ac".index(site), band, n) for cell, site, n in served]
    return replace(sites, served=pd.DataFrame(rows, columns=["cell", "site", "band", "children"]))


def service(sites, site_id):
    return site_services(sites).set_index("site_id").loc[site_id]


def test_under3s_who_reach_no_other_site():
    west = service(around({"large_classes": 1}, {"mixed_classes": 1}), "ea")
    # a and b reach it, b reaches the other as well.
    assert west["under3_within"] == pytest.approx(200)
    assert west["under3_alone"] == pytest.approx(100)


def test_a_site_that_does_not_count_covers_nobody_alone():
    sites = around({"large_classes": 1, "tier": "kindergarten"}, {"mixed_classes": 1})
    assert service(sites, "ea")["under3_alone"] == 0
    assert service(sites, "ec")["under3_alone"] == pytest.approx(200)


def test_children_by_band_and_fill():
    sites = around(
        {"large_classes": 1, "enrolled_24_36": 6}, {"mixed_classes": 1}, [("b", "a", 2.0)]
    )
    west = service(sites, "ea")
    bands = ["children_0_12", "children_12_24", "children_24_36"]
    assert west[bands].tolist() == pytest.approx([0, 0, 8])
    assert west["children"] == pytest.approx(8)
    assert west["fill"] == pytest.approx(0.4)


def test_children_who_reach_no_other_class_for_their_age():
    enrolled = {"large_classes": 1, "enrolled_24_36": 6}
    # Of the six, three live at b and could go to the mixed class, as the two served from there.
    mixed = around(enrolled, {"mixed_classes": 1}, [("b", "a", 2.0)])
    assert service(mixed, "ea")["children_alone"] == pytest.approx(3)
    # A class for younger children is none for them.
    small = around(enrolled, {"small_classes": 1}, [("b", "a", 2.0)])
    assert service(small, "ea")["children_alone"] == pytest.approx(8)


def test_children_from_beyond_the_limit_are_not_among_them():
    # Only 33.3 of the forty can live at a and b; the others live nobody knows where.
    crowded = around({"large_classes": 2, "enrolled_24_36": 40}, {"mixed_classes": 1})
    west = service(crowded, "ea")
    assert west["children"] == pytest.approx(40)
    assert west["children_alone"] == pytest.approx(50 / 3)


def test_a_closed_site_has_no_row():
    sites = around({"large_classes": 1}, {"mixed_classes": 1})
    closed = replace(sites, state=sites.state.assign(open=[False, True]))
    assert site_services(closed)["site_id"].tolist() == ["ec"]


def test_no_action_is_today_with_the_people_of_the_year():
    drawn = two_years()
    figures = {
        year: measure_sites(sites_left_alone(drawn.asked, drawn.inputs(), drawn.reach(), year)).area
        for year in (2025, 2027)
    }
    # 20 places for 24-36 months; at a and b 20 each want one in 2025, 15 each in 2027. Of the 8
    # enrolled, three quarters are left by then, as births.
    assert figures[2025]["under3"] == pytest.approx(0.4 * 1260)
    assert figures[2027]["under3"] == pytest.approx(0.3 * 1260)
    assert [figures[year]["enrolled_within"] for year in figures] == pytest.approx([8, 6])
    assert [figures[year]["served"] for year in figures] == pytest.approx([20, 20])
    assert [figures[year]["reachable_full"] for year in figures] == pytest.approx([20, 10])
    assert [figures[year]["places"] for year in figures] == [20, 20]


def test_children_of_a_cell_add_up_to_its_takers():
    drawn = two_years()
    sites = sites_today(drawn.asked, drawn.inputs(), drawn.reach())
    cells = children_of_sites(sites).set_axis(sites.inputs.cells["cell_id"])
    parts = ["served", "served_beyond", "staff_at_home", "reachable_full", "unreachable"]
    assert cells[parts].sum(axis=1).tolist() == pytest.approx(cells["takers"].tolist())
    # At e nobody reaches a class; at a those of 12-24 months reach none for their age.
    assert cells.loc["e", "unreachable"] == pytest.approx(cells.loc["e", "takers"])
    assert cells.loc["a", "unreachable"] == pytest.approx(300 * 0.4 / 3 / 2)
