"""Maps and charts: what they say, that they change nothing around them, that bytes are equal."""

from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from planned_town import asked as asked_of_years
from planned_town import due
from siting.review import figures
from siting.review.figures import (
    cost_chart,
    coverage_map,
    places_chart,
    png,
    township_map,
    years_chart,
)
from siting.review.figures.lettering import Lettering, box, cut, lettering
from siting.review.figures.townships import class_edges
from siting.review.figures.words import figure_texts
from test_architecture import imported
from test_page import hostile, parts, town

every = (township_map, coverage_map, cost_chart, places_chart, years_chart)


@pytest.fixture(scope="module")
def usual():
    return parts(town())


def said(figure):
    """Return every text of a figure."""
    figure.draw_without_rendering()
    found = []
    for axes in figure.axes:
        found += [text.get_text() for text in axes.findobj(mpl.text.Text)]
    return [text for text in [*found, *(text.get_text() for text in figure.texts)] if text]


def test_a_map_says_what_it_shows(usual):
    texts = said(township_map(usual))
    assert "5分钟人口覆盖率 · 方案（2025）" in texts
    assert "内部工作图，未经审图" in texts
    assert "示意" not in texts
    assert {"新增（1）", "改建增设（1）", "保持（1）"} <= set(texts)
    assert {"N", "Z0", "Z1", "Z2"} <= set(texts)
    assert any(text.endswith((" m", " km")) for text in texts)
    assert "街道 © OpenStreetMap contributors (ODbL)" in texts


def test_a_map_of_today_is_without_the_plan(usual):
    # The base year is planned for here too, so that today is another scenario's.
    earlier = usual.scenario.model_copy(update={"base_year": 2024})
    texts = said(township_map(replace(usual, scenario=earlier), year=2024))
    assert "5分钟人口覆盖率 · 现状（2024）" in texts
    assert "保持（1）" in texts
    assert not any(text.startswith(("新增", "改建")) for text in texts)


def test_shades_are_those_of_the_figures(usual):
    # Coverage 1 in Z0 (a, b, c), 1 in Z1 (d), 0 in Z2 (e).
    axes = township_map(usual, sites=False).axes[0]
    shades = next(c for c in axes.collections if isinstance(c, PathCollection)).get_facecolors()
    colors = [to_hex(shade) for shade in shades]
    assert colors[0] == colors[1] != colors[2]


def test_illustrative_data_is_marked():
    figure = township_map(parts(town(illustrative=True)), lang="en")
    assert {"illustrative", "Internal working map, not reviewed (未经审图)"} <= set(said(figure))


def test_the_coverage_map_counts_children(usual):
    area = usual.plan.indicators.area
    texts = said(coverage_map(usual))
    assert f"可达且有位\n（共{area['served']:,.0f}人）" in texts
    assert f"可达但满员\n（共{area['reachable_full']:,.0f}人）" in texts
    assert f"不可达\n（共{area['unreachable']:,.0f}人）" in texts


def test_charts_have_their_figures(usual):
    assert "5.0" in said(cost_chart(usual))
    texts = said(years_chart(usual))
    assert f"{usual.plan.indicators.area['places_per_thousand']:.2f}" in texts
    texts = said(places_chart(usual))
    assert {"Z0", "Z1", "Z2", "目标 30"} <= set(texts)


def test_years_and_what_each_asks():
    drawn = town()
    drawn.asked = asked_of_years(
        due(2025, "per_thousand", required=20.0), due(2027, "per_thousand", required=60.0)
    )
    findings = parts(drawn)
    texts = said(years_chart(findings))
    assert {"2025", "2027"} <= set(texts)
    assert "3.0" in said(cost_chart(findings)) or len(findings.plan.costs) == 2


def test_equal_figures_equal_bytes(usual):
    for draw in every:
        first, again = png(draw(usual), dpi=60), png(draw(usual), dpi=60)
        assert first == again
        assert b"matplotlib" not in first.lower()


def test_settings_stay_as_they_are_and_pyplot_is_left_alone(usual):
    before = dict(mpl.rcParams)
    for draw in every:
        png(draw(usual), dpi=40)
    assert dict(mpl.rcParams) == before
    names = {name for path in Path(figures.__file__).parent.glob("*.py") for name in imported(path)}
    assert "matplotlib.figure" in names
    assert not [name for name in names if "pyplot" in name or "pylab" in name]


def test_hostile_names_are_drawn_as_text():
    texts = [*hostile.values(), "$x^2$ \\frac", "\x00\x07", "☃\U0001f600"]
    drawn = parts(town(names=texts[:3]))
    zones = drawn.inputs.townships
    for i in range(0, len(texts), 3):
        few = (texts + texts)[i : i + 3]
        named = replace(drawn.inputs, townships=zones.assign(township=few, district=few[0]))
        plan = drawn.plan.indicators
        table = plan.table.assign(name=[few[0], few[0], *few])
        plan.table["name"] = table["name"]
        for draw in (township_map, places_chart):
            shown = said(draw(replace(drawn, inputs=named)))
            for text in few:
                assert any(lettering().shown(cut(text)) == one for one in shown), text


def test_what_no_font_has_stands_as_a_box():
    without = Lettering(("DejaVu Sans",), frozenset(map(ord, "abc ")))
    assert not without.has_chinese
    assert without.shown("a托b") == f"a{box}b"
    assert without.shown("a\nb") == "a b"


def test_a_machine_without_chinese_says_so(monkeypatch, usual):
    bare = lettering(("No such font",))
    for module in ("lettering", "picture", "townships", "ground"):
        name = f"siting.review.figures.{module}.lettering"
        monkeypatch.setattr(name, lambda: bare, raising=False)
    texts = said(township_map(usual))
    assert any(text.startswith("No Chinese font found") for text in texts)
    assert any(box in text for text in texts)


@pytest.mark.parametrize(
    ("values", "is_share", "edges"),
    [
        ([0.0, 0.5, 1.0], True, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        ([2.0, 2.0, 2.0], False, None),
        ([np.nan], False, [0.0, 1.0]),
        ([*range(1, 20), 500.0], False, [0, 5, 10, 15, 20, np.inf]),
    ],
)
def test_edges_are_round_and_hold_every_value(values, is_share, edges):
    found = class_edges(np.array(values, dtype=float), is_share=is_share)
    if edges is not None:
        assert found.tolist() == pytest.approx(edges)
    known = [value for value in values if np.isfinite(value)]
    assert all(found[0] - 1e-9 <= value <= found[-1] + 1e-9 for value in known)
    assert (np.diff(found) > 0).all()


def test_unknown_indicators_years_and_languages_are_refused(usual):
    with pytest.raises(ValueError, match="places_per_thousand"):
        township_map(usual, "cost")
    with pytest.raises(KeyError):
        township_map(usual, year=2031)
    with pytest.raises(ValueError, match="'fr'"):
        coverage_map(usual, lang="fr")


def test_every_text_has_both_languages():
    for key, (chinese, english) in figure_texts.items():
        assert chinese, key
        assert english, key
