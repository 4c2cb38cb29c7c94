"""Published figures of today against those counted from the tables.

Reads the scenario's published figures, the tables and the figures of today, gives one table and
notes. Does not: change a table, or say which of two figures is right.
"""

from decimal import Decimal

import numpy as np
import pandas as pd

from siting.indicators import Indicators
from siting.inputs import Inputs, no_zone, places
from siting.inputs.dictionary import enrolled_column
from siting.notes import Note
from siting.scenario import Scenario

figures = {
    "residents": ("常住人口", "residents"),
    "under3": ("3岁以下婴幼儿", "under-3s"),
    "places": ("托位数", "places"),
    "institutions": ("托育机构数", "institutions"),
    "enrolled": ("在托婴幼儿", "enrolled children"),
    "places_per_thousand": ("每千人口托位数", "places per thousand residents"),
    "inclusive_share": ("普惠托位占比", "inclusive share of places"),
    "township_coverage": ("乡镇(街道)覆盖率", "townships with an institution"),
    "demand_share": ("有托育需求的占比", "share of under-3s who want a place"),
    "residents_growth": ("预计常住人口年均增长", "expected growth of residents a year"),
}
"""Figure -> what people call it."""
columns = ("figure", "published", "counted", "difference", "within", "reproducible", "note")
shares = ("inclusive_share", "township_coverage", "demand_share")
"""Figures that are shares."""
ratios = ("places_per_thousand", *shares)
"""Figures that are no counts."""
decimals = 6
"""Decimals to which ratios are written."""
least_decimals = 2
"""Decimals to which a share is taken to be published at least: whole per cents (assumption)."""
rounding = 1e-9
"""What binary fractions may take from a figure at the edge of what is let pass."""


def base_year_check(scenario: Scenario, inputs: Inputs, today: Indicators) -> pd.DataFrame:
    """Hold the published figures of today against those counted from the tables.

    Parameters
    ----------
    today
        Figures of the base year; of these, those that hang on nobody's choice of a place.

    Returns
    -------
    pandas.DataFrame
        ``figure, published, counted`` (people, places, institutions, per thousand, or a share;
        missing where there is nothing to divide by) ``, difference`` (counted - published) ``,
        within`` (whether it is at most the tolerance x the published figure) ``, reproducible``
        (False for a share of townships that no whole number of them gives, however it is rounded
        to the decimals published) ``, note`` (above tolerance, not reproducible, nothing to
        count; a figure that is not reproducible is not called above tolerance), a row for each
        published figure. Enrolled children, places and institutions are those of facilities of
        today in the study area; an institution has at least one place. The share in demand is
        the take-up of the base year over all under-3s; the growth of residents is that of the
        tables from the base year to the last planned year, divided by the years between
        (missing where these are the same).
    """
    published = scenario.published
    if published is None:
        return pd.DataFrame(columns=list(columns))
    counted, townships = _counted(scenario, inputs, today), len(inputs.townships)
    rows = []
    for figure, told in published.figures.model_dump(exclude_none=True).items():
        difference = counted[figure] - told
        within = abs(difference) <= published.tolerance * told + rounding * max(told, 1.0)
        reproducible = figure != "township_coverage" or _is_share_of(told, townships)
        words = {
            "nothing to count": np.isnan(difference),
            "above tolerance": reproducible and not (within or np.isnan(difference)),
            "not reproducible": not reproducible,
        }
        note = "; ".join(word for word, is_so in words.items() if is_so)
        rows.append((figure, told, counted[figure], difference, bool(within), reproducible, note))
    return pd.DataFrame(rows, columns=list(columns))


def base_year_notes(scenario: Scenario, inputs: Inputs, table: pd.DataFrame) -> tuple[Note, ...]:
    """Return what tells of differences above the tolerance and of figures not reproducible.

    Parameters
    ----------
    table
        As :func:`base_year_check` gives it.
    """
    published = scenario.published
    if published is None:
        return ()
    notes = []
    for row in table.to_dict("records"):
        figure, told, counted = row["figure"], row["published"], row["counted"]
        zh, en = figures[figure]
        if not row["reproducible"]:
            notes.append(_not_reproducible(zh, en, told, counted, len(inputs.townships)))
        elif not row["within"]:
            notes.append(_difference(zh, en, figure, told, counted, published.tolerance))
    return tuple(
        Note(
            zh=f"现状核对（{published.source}）：{note.zh}",
            en=f"figures of today ({published.source}): {note.en}",
        )
        for note in notes
    )


def whole_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table of :func:`base_year_check` with people, places and institutions whole."""
    amounts = table[["published", "counted", "difference"]]
    told = amounts.where(table["figure"].isin(ratios), amounts.round()).astype(object)
    for name in told:
        told[name] = [int(value) if value % 1 == 0 else value for value in told[name]]
    return table.assign(**told)


def written_base_year(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table of :func:`base_year_check` as a file has it: counts are whole."""
    amounts = table[["published", "counted", "difference"]]
    rounded = amounts.round(decimals).where(table["figure"].isin(ratios), amounts.round())
    told = {
        name: [int(value) if value % 1 == 0 else value for value in rounded[name]]
        for name in rounded
    }
    return table.assign(**{name: pd.Series(v, table.index, object) for name, v in told.items()})


def compared_note(scenario: Scenario, table: pd.DataFrame) -> tuple[Note, ...]:
    """Return how many published figures were compared and how many agree; none without any."""
    published = scenario.published
    if published is None:
        return ()
    agree = int((table["within"] & table["reproducible"]).sum())
    within = f"{published.tolerance:.2%}"
    return (
        Note(
            zh=f"现状核对（{published.source}）：公布数据{len(table)}项，{agree}项与表中数据相差不超过{within}",
            en=f"figures of today ({published.source}): {len(table)} published, {agree} within "
            f"{within} of the tables",
        ),
    )


def _counted(scenario: Scenario, inputs: Inputs, today: Indicators) -> dict[str, float]:
    sites = inputs.sites
    here = ((sites["status"] == "existing") & (sites["zone"] != no_zone)).to_numpy()
    enrolled = sites[[enrolled_column(band) for band in scenario.bands]].to_numpy(dtype=float)
    counted = {
        "institutions": float((np.asarray(places(sites, scenario))[here] > 0).sum()),
        "enrolled": float(enrolled[here].sum()),
    }
    area, last_year = today.area, scenario.years[-1]
    years, under3 = last_year - scenario.base_year, float(area["under3"])
    later = float(inputs.townships[f"residents_{last_year}"].sum())
    counted |= {
        "demand_share": float(area["takers"]) / under3 if under3 else np.nan,
        "residents_growth": (later - float(area["residents"])) / years if years else np.nan,
    }
    return {n: counted[n] if n in counted else float(area[n]) for n in figures}


def _is_share_of(share: float, number: int) -> bool:
    """Return whether some whole number of ``number`` is the share, rounded as it is written."""
    return abs(_nearest(share, number) / number - share) <= _half_unit(share) + rounding


def _nearest(share: float, number: int) -> int:
    return min(max(round(share * number), 0), number)


def _half_unit(share: float) -> float:
    """Return half a unit of the last decimal of a share as it is written."""
    exponent = Decimal(repr(share)).normalize().as_tuple().exponent
    decimals = max(-exponent if isinstance(exponent, int) else 0, least_decimals)
    return float(0.5 * 10.0**-decimals)


def _difference(
    zh: str, en: str, figure: str, told: float, counted: float, tolerance: float
) -> Note:
    if np.isnan(counted):
        return Note(
            zh=f"{zh}公布{_shown(figure, told)}，表中数据无从计算",
            en=f"{en}: published {_shown(figure, told)}, the tables give none",
        )
    return Note(
        zh=f"{zh}公布{_shown(figure, told)}，按表计算{_shown(figure, counted)}，"
        f"相差超过{tolerance:.2%}",
        en=f"{en}: published {_shown(figure, told)}, counted {_shown(figure, counted)}, more than "
        f"{tolerance:.2%} apart",
    )


def _not_reproducible(zh: str, en: str, told: float, counted: float, townships: int) -> Note:
    near = _nearest(told, townships)
    share = f"{near / townships:.2%}"
    return Note(
        zh=f"{zh}公布{told:.2%}，无法复现：{townships}个乡镇(街道)中没有整数个可得此数，"
        f"最接近的{near}个为{share}；按表计算{counted:.2%}",
        en=f"{en}: published {told:.2%} is not reproducible: no whole number of {townships} "
        f"townships gives it; the nearest, {near}, gives {share}; counted {counted:.2%}",
    )


def _shown(figure: str, value: float) -> str:
    if figure in shares:
        return f"{value:.2%}"
    return f"{value:.2f}" if figure == "places_per_thousand" else f"{value:,.0f}"
