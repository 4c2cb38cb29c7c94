"""Published figures of today against those of drawn towns, counted by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

import small_study
from drawn_town import Town, scenario, target
from siting import run
from siting.base_year import base_year_check, base_year_notes, columns, compared_note
from siting.cli import main
from siting.plan import count_today, measure_today
from siting.review.beside import beside_content

# 20 places for 1,680 people, a third of them under three, in one of two townships.
counted = {
    "residents": 1680.0,
    "under3": 560.0,
    "places": 20.0,
    "institutions": 1.0,
    "enrolled": 10.0,
    "places_per_thousand": 20 / 1.68,
    "inclusive_share": 1.0,
    "township_coverage": 0.5,
    "demand_share": 1 / 3,
}


def checked(figures, town=small_study.town, tolerance=0.05):
    told = {"published": {"source": "公报", "tolerance": tolerance, "figures": figures}}
    asked = scenario(**{**town.asked.model_dump(), **told})
    inputs = town.inputs()
    today = count_today(asked, inputs, town.reach())
    table = base_year_check(asked, inputs, today)
    return table, base_year_notes(asked, inputs, table), asked


def test_figures_that_agree():
    table, notes, asked = checked(counted)
    assert list(table.columns) == list(columns)
    assert dict(zip(table["figure"], table["counted"], strict=True)) == pytest.approx(counted)
    assert table["difference"].abs().max() < 1e-9
    assert table["within"].all()
    assert table["reproducible"].all()
    assert set(table["note"]) == {""}
    assert notes == ()
    (note,) = compared_note(asked, table)
    assert note.en == "figures of today (公报): 9 published, 9 within 5.00% of the tables"


def test_counting_needs_nobody_served():
    town = small_study.town
    inputs, reach = town.inputs(), town.reach()
    solved, figures = (
        measure_today(town.asked, inputs, reach),
        count_today(town.asked, inputs, reach),
    )
    assert [figures.area[name] for name in counted if name in figures.area] == [
        solved.area[name] for name in counted if name in figures.area
    ]


@pytest.mark.parametrize(
    ("residents", "within"), [(1600.0, True), (1599.0, False), (1769.0, False), (1768.0, True)]
)
def test_a_difference_is_a_share_of_the_published_figure(residents, within):
    # 1,680 is 5 % above 1,600, and 5 % of 1,768.4 below that.
    (row,) = checked({"residents": residents})[0].to_dict("records")
    assert row["difference"] == pytest.approx(1680 - residents)
    assert (row["within"], row["note"]) == (within, "" if within else "above tolerance")


def test_growth_of_residents_is_that_of_the_years_between():
    town = replace(
        small_study.town,
        asked=scenario(
            years=(2026, 2029),
            children={
                **small_study.town.asked.children.model_dump(),
                "under3_share": dict.fromkeys((2025, 2026, 2029), 1 / 3),
            },
            targets=({**target("per_thousand", required=0.1), "year": 2029},),
            published={"source": "公报", "figures": {"residents_growth": 100.0}},
        ),
    )
    inputs = town.inputs()
    later = inputs.townships["residents_2025"] + [140.0, 180.0]
    inputs = replace(inputs, townships=inputs.townships.assign(residents_2029=later))
    today = count_today(town.asked, inputs, town.reach())
    (row,) = base_year_check(town.asked, inputs, today).to_dict("records")
    # 320 more people in the four years from 2025 to 2029.
    assert row["counted"] == pytest.approx(80.0)
    assert row["note"] == "above tolerance"


def test_without_years_between_there_is_no_growth():
    (row,) = checked({"residents_growth": 100.0})[0].to_dict("records")
    assert np.isnan(row["counted"])
    assert row["note"] == "nothing to count"


def test_differences_are_told():
    table, notes, _ = checked({"places": 40.0, "inclusive_share": 0.6, "residents": 1680})
    assert table["note"].tolist() == ["", "above tolerance", "above tolerance"]
    assert [note.zh for note in notes] == [
        "现状核对（公报）：托位数公布40，按表计算20，相差超过5.00%",
        "现状核对（公报）：普惠托位占比公布60.00%，按表计算100.00%，相差超过5.00%",
    ]
    assert notes[0].en == (
        "figures of today (公报): places: published 40, counted 20, more than 5.00% apart"
    )


# Thirteen townships, eleven of them with an institution: 84.615... %.
letters = "abcdefghijklm"
thirteen = Town(
    letters,
    dict.fromkeys(letters, 30),
    facilities={letter: {"large_classes": 1} for letter in letters[:11]},
    borders=tuple(i + 0.5 for i in range(12)),
)


@pytest.mark.parametrize(
    ("share", "reproducible"),
    [
        (0.7957, False),
        (0.8462, True),
        (0.8461, False),
        (0.846, True),
        (0.85, True),
        (0.8, False),
        (11 / 13, True),
        (0.0, True),
        (1.0, True),
    ],
)
def test_a_share_of_townships_is_that_of_a_whole_number(share, reproducible):
    (row,) = checked({"township_coverage": share}, thirteen)[0].to_dict("records")
    assert row["reproducible"] is reproducible
    assert row["counted"] == pytest.approx(11 / 13)


def test_a_share_that_cannot_be_is_told_and_is_no_error():
    table, notes, asked = checked({"township_coverage": 0.7957}, thirteen, tolerance=0.1)
    assert table["note"].tolist() == ["not reproducible"]
    assert [note.en for note in notes] == [
        "figures of today (公报): townships with an institution: published 79.57% is not "
        "reproducible: no whole number of 13 townships gives it; the nearest, 10, gives 76.92%; "
        "counted 84.62%"
    ]
    assert "13个乡镇(街道)中没有整数个可得此数，最接近的10个为76.92%" in notes[0].zh
    assert "1 published, 0 within" in compared_note(asked, table)[0].en
    table, notes, _ = checked({"township_coverage": 0.7957}, thirteen)
    assert table["note"].tolist() == ["not reproducible"]
    assert len(notes) == 1
    (shown,) = beside_content({"base_year": table})[0]["rows"]
    assert shown[4:] == [None, "not reproducible"]


def test_facilities_beyond_the_area_and_without_places_are_not_counted():
    town = Town(
        "a--b--c",
        {"a": 300, "b": 300},
        facilities={"a": {}, "b": {"large_classes": 1, "enrolled_24_36": 4}, "c": {}},
    )
    inputs = town.inputs()
    inputs.sites.loc[2, ["zone", "large_classes", "enrolled_24_36"]] = (-1, 2, 9)
    asked = scenario(published={"source": "公报", "figures": {"institutions": 1, "enrolled": 4}})
    table = base_year_check(asked, inputs, count_today(asked, inputs, town.reach()))
    assert table["counted"].tolist() == [1, 4]


def test_where_there_is_nothing_to_divide_by():
    town = Town("a--b", {"a": 300}, hosts={"b": {}})
    table, (note,), _ = checked({"inclusive_share": 0.6}, town)
    assert table["counted"].isna().all()
    assert table[["within", "note"]].values.tolist() == [[False, "nothing to count"]]
    assert note.en.endswith("published 60.00%, the tables give none")


def test_without_published_figures_there_is_nothing_to_check():
    town = small_study.town
    inputs = town.inputs()
    table = base_year_check(town.asked, inputs, count_today(town.asked, inputs, town.reach()))
    assert table.empty
    assert base_year_notes(town.asked, inputs, table) == compared_note(town.asked, table) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"figures": {"residents": 5}},
        {"source": "a", "figures": {"people": 5}},
        {"source": "a", "figures": {"township_coverage": 79.57}},
        {"source": "a", "figures": {"residents": -1}},
        {"source": "a", "tolerance": 5, "figures": {}},
        {"source": "a"},
    ],
)
def test_a_block_that_is_wrong_is_refused(wrong):
    with pytest.raises(ValidationError):
        scenario(published=wrong)


def published_in(path):
    with path.open("a", encoding="utf-8") as file:
        file.write(
            "published: {source: 公报, figures: {residents: 1680, township_coverage: 0.7957}}\n"
        )


def test_check_tells_it_before_any_plan(folder, capsys):
    published_in(folder / "town.yaml")
    assert main(["check", str(folder / "town.yaml"), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "figures of today (公报): 2 published, 1 within 5.00% of the tables" in shown
    assert "no whole number of 2 townships gives it; the nearest, 2, gives 100.00%" in shown


def test_a_run_tells_it_before_it_solves(folder, monkeypatch):
    published_in(folder / "town.yaml")
    happened = []

    def solved(*_):
        happened.append("solved")
        raise RuntimeError

    monkeypatch.setattr("siting.running.choose_sites", solved)
    with pytest.raises(RuntimeError):
        run(folder / "town.yaml", notify=lambda notes: happened.append([n.en for n in notes]))
    (told,), after = happened
    assert "published 79.57% is not reproducible" in told
    assert after == "solved"


def test_a_run_writes_and_tells_it(folder):
    published_in(folder / "town.yaml")
    study = run(folder / "town.yaml")
    study.save(folder / "out")
    table = pd.read_csv(folder / "out" / "base_year.csv", encoding="utf-8-sig")
    assert table["within"].tolist() == ["yes", "no"]
    assert table["reproducible"].tolist() == ["yes", "no"]
    assert np.isclose(table["difference"], [0.0, 0.5 - 0.7957]).all()
    rows = (folder / "out" / "base_year.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[1].startswith("residents,1680,1680,0,yes,yes")
    assert rows[2].startswith("township_coverage,0.7957,0.5,-0.2957,no,no,")
    told = [note.zh for note in study.notes if note.zh.startswith("现状核对")]
    assert ["无法复现" in note for note in told] == [True]
    assert '"现状核对' in (folder / "out" / "plan.json").read_text(encoding="utf-8")
