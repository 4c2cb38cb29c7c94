"""Townships ranked against targets, on drawn towns worked by hand."""

from dataclasses import replace

import pandas as pd
import pytest

import checked_town
import small_study
from drawn_town import Town
from planned_town import asked, due, tiers
from siting import run
from siting.indicators import rank_overall, rank_townships, target_results
from siting.plan import choose_sites, sites_of_plan
from siting.plan.today import sites_today

letters = list("abcde")
usual = tiers()["institution"]
everywhere = (
    "per_thousand",
    "inclusive_share",
    "township_coverage",
    "community_coverage",
    "population_coverage",
    "enrolment",
    "new_area",
)


def town(*targets, **changes):
    """Return five townships, one around each letter, d without people and c without places.

    a and b have as many places a resident, and each has room for all its takers of 24-36 months.
    """
    values = {
        "people": {"a": 300.0, "b": 600.0, "c": 300.0, "d": 0.0, "e": 900.0},
        "facilities": {
            "a": {"large_classes": 1, "enrolled_24_36": 10},
            "b": {"large_classes": 2, "inclusive": False},
            "d": {"large_classes": 1},
            "e": {"mixed_classes": 1},
        },
        "borders": (2.5, 7.5, 12.5, 17.5),
        "asked": asked(
            *targets,
            years=(2025,),
            tiers={**tiers(), "institution": {**usual, "counts_in": everywhere}},
            drive={"speed_by_highway_kph": {"residential": 36.0}, "source": "drawn"},
            guidance={"within_minutes": 1.0, "source": "drawn"},
        ),
    }
    return Town("a----b----c----d----e", **{**values, **changes})


def as_today(drawn):
    return sites_today(drawn.asked, drawn.inputs(), drawn.reach())


def with_open(drawn, opened, served=()):
    """Return the sites with hosts open besides, a large class in each.

    ``served`` has the cell, the site and the children of 24-36 months.
    """
    sites = as_today(drawn)
    names = sites.inputs.sites["site_id"].to_list()
    cells = sites.inputs.cells["cell_id"].to_list()
    state = sites.state.copy()
    state.loc[[names.index(site) for site in opened], ["open", "large_classes"]] = [True, 1]
    band = sites.scenario.bands.index("24-36")
    rows = [(cells.index(cell), names.index(site), band, n) for cell, site, n in served]
    children = pd.DataFrame(rows, columns=["cell", "site", "band", "children"])
    return replace(sites, state=state.infer_objects(), served=children)


def ranked(sites, kind=None):
    """Return the ranking of the only target, or of one kind, by the letters of the townships."""
    table = rank_townships(sites, sites.scenario.targets)
    rows = table if kind is None else table[table["kind"] == kind]
    assert len(rows) == len(letters)
    found = rows.set_index("township_code").sort_index()
    return found.set_axis(letters)


def told(column):
    return [None if pd.isna(value) else value for value in column]


def test_townships_with_the_same_figure_share_a_rank():
    sites = as_today(town(due(2025, "per_thousand", required=25.0)))
    table = rank_townships(sites, sites.scenario.targets)
    assert table["township_code"].to_list() == ["Z0", "Z1", "Z4", "Z2", "Z3"]
    assert told(table["figure"]) == pytest.approx([200 / 3, 200 / 3, 20, 0, None])
    assert told(table["rank"]) == [1, 1, 3, 4, None]
    assert told(table["tied"]) == [2, 2, 1, 1, None]
    assert set(table["ranked"]) == {4}
    assert table["meets"].to_list() == [True, True, False, False, None]
    assert table["reason"].to_list() == ["", "", "", "", "没有常住人口"]
    assert table["reason_en"].to_list() == ["", "", "", "", "no residents"]
    assert set(table["unit"]) == {"per thousand"}
    assert set(table["target"]) == {"per_thousand.2025"}
    assert set(table["year"]) == {2025}


@pytest.mark.parametrize(
    ("kind", "figures", "ranks", "meets"),
    [
        ("inclusive_share", [1, 0, None, 1, 1], [1, 4, None, 1, 1], [1, 0, None, 1, 1]),
        ("township_coverage", [1, 1, 0, 1, 1], [1, 1, 5, 1, 1], [1, 1, 0, 1, 1]),
        ("population_coverage", [1, 1, 0, None, 1], [1, 1, 4, None, 1], [1, 1, 0, None, 1]),
        # In a 10 are enrolled and 6.67 served, in b 33.33 are served, in e a class of 18.
        ("enrolment", [1 / 6, 1 / 6, 0, None, 0.06], [1, 1, 4, None, 3], [1, 1, 0, None, 0]),
    ],
)
def test_shares_of_today(kind, figures, ranks, meets):
    required = 0.1 if kind == "enrolment" else 0.7
    rows = ranked(as_today(town(due(2025, kind, required=required))))
    assert told(rows["figure"]) == pytest.approx(figures)
    assert told(rows["rank"]) == ranks
    assert rows["meets"].to_list() == [None if m is None else bool(m) for m in meets]
    assert (rows["reason"] != "").to_list() == [rank is None for rank in ranks]


def test_figures_that_differ_by_rounding_share_a_rank():
    # 0.1 + 0.2 against 0.3 children, of as many under-3s.
    drawn = town(due(2025, "enrolment", required=0.1), facilities={}, hosts={"a": {}, "b": {}})
    drawn.people = dict.fromkeys(letters, 300.0)
    served = [("a", "ca", 0.1), ("a", "ca", 0.2), ("b", "cb", 0.3)]
    rows = ranked(with_open(drawn, ["ca", "cb"], served))
    assert rows["figure"].iloc[0] != rows["figure"].iloc[1]
    assert told(rows["rank"]) == [1, 1, 3, 3, 3]
    assert told(rows["tied"]) == [2, 2, 3, 3, 3]


def test_new_places_on_average_and_by_site():
    hosts = {mark: {"max_classes": 2} for mark in ("a", "b", "bb", "c")}
    served = [("a", "ca", 10.0), ("b", "cb", 20.0)]
    opened = ["ca", "cb", "cbb"]
    fill = due(2025, "fill", required=0.5)
    rows = ranked(with_open(town(fill, facilities={}, hosts=hosts), opened, served))
    assert told(rows["figure"]) == [0.5, 0.5, None, None, None]
    assert rows["meets"].to_list() == [True, True, None, None, None]
    assert set(rows["reason_en"][2:]) == {"no new places that are to be filled"}
    by_site = {**fill, "within": "site"}
    rows = ranked(with_open(town(by_site, facilities={}, hosts=hosts), opened, served))
    assert told(rows["figure"]) == [0.5, 0.5, None, None, None]
    assert rows["meets"].to_list() == [True, False, None, None, None]
    spared = {**by_site, "spare_only_site": True}
    rows = ranked(with_open(town(spared, facilities={}, hosts=hosts), opened, served))
    assert told(rows["figure"]) == [None, 0.5, None, None, None]


def test_numbers_of_sites():
    children = due(2025, "zone_count", children_per_site=100.0)
    rows = ranked(as_today(town({**children, "tiers": ("institution",)})))
    assert rows["figure"].to_list() == [1, 1, 0, 1, 1]
    assert told(rows["rank"]) == [1, 1, 5, 1, 1]
    assert rows["meets"].to_list() == [True, False, False, True, False]
    assert set(rows["unit"]) == {"sites"}
    district = {**due(2025, "zone_count", zone="district"), "tiers": ("institution",)}
    assert set(ranked(as_today(town(district)))["meets"]) == {None}
    for bounds, ranks in (({"at_least": 2}, [1, 1, 5, 1, 1]), ({"at_most": 2}, [2, 2, 1, 2, 2])):
        rows = ranked(as_today(town(due(2025, "tier_count", tiers=("institution",), **bounds))))
        assert told(rows["rank"]) == ranks
        assert set(rows["meets"]) == {None}


def test_communities_of_a_township():
    # a has two communities, one of them with the facility; no community has its middle in e.
    target = due(2025, "community_coverage", required=0.5)
    rows = ranked(as_today(town(target, community_borders=(1.0, 2.5, 7.5, 12.5))))
    assert told(rows["figure"]) == [0.5, 1, 0, 1, None]
    assert rows["meets"].to_list() == [True, True, False, True, None]
    assert told(rows["rank"]) == [3, 1, 4, 1, None]
    assert rows["reason_en"].iloc[4] == "no communities that count"


def test_new_areas_of_a_township_are_asked_one_by_one():
    # In a 20 places for the 100 people of one area and none for the other; d comes later.
    areas = {
        "a": {"people": 100.0, "hand_over_year": 2025},
        "f": {"people": 300.0, "hand_over_year": 2025},
        "b": {"people": 400.0, "hand_over_year": 2024},
        "d": {"people": 400.0, "hand_over_year": 2026},
    }
    target = due(2025, "new_area", required=50.0)
    drawn = town(
        target, facilities={"a": {"large_classes": 1}, "b": {"large_classes": 1}}, areas=areas
    )
    drawn.picture = "a-f--b----c----d----e"
    rows = ranked(as_today(drawn))
    assert told(rows["figure"]) == [50, 50, None, None, None]
    assert rows["meets"].to_list() == [False, True, None, None, None]
    assert told(rows["tied"]) == [2, 2, None, None, None]


def test_institutions_that_are_guided():
    drawn = town(due(2025, "pairing"), medical={"a": {}})
    sites = as_today(drawn)
    guides = pd.DataFrame({"site": [0, 3], "medical": [0, 0]})
    rows = ranked(replace(sites, guides=guides))
    assert told(rows["figure"]) == [1, 0, None, 0, 1]
    assert told(rows["rank"]) == [1, 3, None, 3, 1]
    assert rows["reason"].iloc[2] == "没有应接受指导的开放机构"


def test_overall_a_rank_among_few_weighs_as_one_among_many():
    one = {"year": 2025, "township": "", "meets": True}
    few = [("a", 1, 2), ("b", 2, 2)]
    many = [("b", 1, 5), ("c", 2, 5), ("d", 3, 5), ("a", 4, 5), ("e", 5, 5)]
    rows = [
        {**one, "township_code": code, "rank": rank, "ranked": ranked_}
        for code, rank, ranked_ in (*few, *many)
    ]
    found = rank_overall(pd.DataFrame(rows)).set_index("township_code")
    # Ahead of a nobody of 1 and 3 of 4; of b the other one and nobody. The mean of ranks would
    # have b (1.5) before a (2.5) and c (2) before a.
    ahead = {"a": 3 / 8, "b": 1 / 2, "c": 1 / 4, "d": 1 / 2, "e": 1}
    assert found["mean_ahead"].to_dict() == pytest.approx(ahead)
    assert found["rank"].to_dict() == {"c": 1, "a": 2, "b": 3, "d": 3, "e": 5}


def test_overall_the_share_of_the_others_ahead_counts():
    targets = (
        due(2025, "per_thousand", required=25.0),
        due(2025, "inclusive_share", required=0.7),
        due(2025, "tier_count", at_least=1, tiers=("institution",)),
        due(2025, "budget", required=1.0),
    )
    # Ranks of a 1 1, b 1 4, c 4 -, d - 1, e 3 1; the number of sites is asked of the area.
    sites = as_today(town(*targets))
    table = rank_townships(sites, targets=sites.scenario.targets)
    assert "budget" not in set(table["kind"])
    found = rank_overall(table)
    assert found["township_code"].to_list() == ["Z0", "Z3", "Z4", "Z1", "Z2"]
    # Of the three others ahead: a 0 0, b 0 3, c 3 -, d - 0, e 2 0.
    assert found["mean_ahead"].to_list() == pytest.approx([0, 0, 1 / 3, 1 / 2, 1])
    assert told(found["rank"]) == [1, 1, 3, 4, 5]
    assert told(found["tied"]) == [2, 2, 1, 1, 1]
    assert found["met"].to_list() == [2, 1, 1, 1, 0]
    assert found["held"].to_list() == [2, 1, 2, 2, 1]
    assert found["ranks"].to_list() == [2, 1, 2, 2, 1]
    alone = rank_overall(table[table["kind"] == "per_thousand"])
    assert told(alone["rank"]) == [1, 1, 3, 4, None]
    assert alone["reason_en"].to_list() == [
        *[""] * 4,
        "no target to be ranked by: without figures, or numbers asked of the area or of districts",
    ]
    assert rank_overall(rank_townships(sites, ())).empty


@pytest.fixture(scope="module")
def planned():
    """Return the sites of each planned year of a plan that does everything."""
    drawn = checked_town.town
    inputs, reach = drawn.inputs(), drawn.reach()
    plan = choose_sites(drawn.asked, inputs, reach)
    return plan, sites_of_plan(plan, inputs, reach)


def test_the_sites_of_a_plan_are_those_its_targets_were_held_against(planned):
    plan, years = planned
    again = [
        result
        for year, sites in years.items()
        for result in target_results(sites, plan.scenario.targets_of(year))
    ]
    of_key = {result.target.key: result for result in plan.targets}
    assert len(again) == len(of_key)
    for result in again:
        assert result == of_key[result.target.key]


weights = {
    "per_thousand": "residents",
    "inclusive_share": "places_in_share",
    "township_coverage": "townships",
    "population_coverage": "under3",
    "enrolment": "under3",
    "fill": "places_new",
}


def test_townships_average_to_the_area(planned):
    plan, years = planned
    checked = set()
    for year, sites in years.items():
        people = plan.indicators_of(year).of("township").set_index("code")
        children = people["served"] + people["served_beyond"] + people["staff_at_home"]
        for result in plan.year(year).targets:
            target = result.target
            rows = rank_townships(sites, (target,)).set_index("township_code")
            if target.kind == "tier_count":
                assert rows["figure"].sum() == result.achieved
            if target.kind not in weights or result.required_count or target.id == "left":
                continue
            if target.kind == "fill" and target.within == "site":
                continue
            weight = people[weights[target.kind]].reindex(rows.index)
            total = (rows["figure"] * weight).sum()
            if target.kind == "enrolment":
                assert total == pytest.approx(children.sum())
                unknown = people["staff_children"].sum() - people["staff_at_home"].sum()
                total += unknown
            assert total / weight.sum() == pytest.approx(result.achieved)
            checked.add(target.id)
    assert checked == {"places", "inclusive_share", "covered", "enrolment", "fill"}


def test_as_many_townships_meet_a_target_as_the_area_counts(planned):
    plan, years = planned
    for year, sites in years.items():
        for result in plan.year(year).targets:
            target = result.target
            if target.kind in ("township_coverage", "zone_count") or target.id == "floor":
                rows = rank_townships(sites, (target,))
                assert (rows["meets"] == True).sum() == result.achieved_count  # noqa: E712
                named = set(rows["township"][rows["meets"] == False])  # noqa: E712
                assert named == set(result.missing_in)


def test_the_ranking_of_a_study_and_its_file(tmp_path):
    path = small_study.write(tmp_path)
    study = run(path)
    table = study.ranking
    assert len(table) == 2 * len(study.scenario.targets)
    figures = study.plan.indicators.of("township").set_index("code")
    places = table[table["kind"] == "per_thousand"].set_index("township_code")["figure"]
    assert places.to_dict() == pytest.approx(figures["places_per_thousand"].to_dict())
    assert study.ranking_overall["ranks"].to_list() == [2, 2]
    study.save(tmp_path / "out")
    saved = tmp_path / "out" / "ranking.csv"
    assert saved.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(pd.read_csv(saved)) == list(table)
    assert set(pd.read_csv(saved)["meets"]) <= {"yes", "no"}
    for name in ("cells.csv", "hosts.csv", "residents.csv"):
        rows = pd.read_csv(tmp_path / name, dtype=str)
        rows.sample(frac=1, random_state=1).to_csv(tmp_path / name, index=False)
    pd.testing.assert_frame_equal(run(path).ranking, table)
