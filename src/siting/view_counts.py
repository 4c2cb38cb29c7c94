"""What the tables beside the plan hold of a provision, in counts: reached, short, not told.

Reads a provision and finished tables, gives words. Does not: compute a figure of the tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from siting.inputs import Inputs
from siting.notes import Note
from siting.scenario import Scenario
from siting.scenario.profile import Provision

opened = ("open", "convert", "expand")
"""Actions by which a plan carries out what a host or tier stands for."""
of_sites: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "own_staff": lambda sites: sites["staff_children"] > 0,
    "joint": lambda sites: sites["joint_with"] != "",
    "committed": lambda sites: sites["decision"] == "committed",
}
"""View of some sites -> which these are."""


@dataclass(frozen=True)
class Counts:
    """What a table holds of a provision.

    Attributes
    ----------
    note
        In words.
    state
        met where all that is asked for is carried out, short where a figure is below what is
        asked or differs from the published one, untold where what is asked cannot be held against
        anything.
    """

    note: Note
    state: Literal["met", "shown", "short", "untold"] = "shown"


def counts_of(
    view: str,
    provision: Provision,
    scenario: Scenario,
    inputs: Inputs,
    sites: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
) -> Counts | None:
    """Return what a view of a provision holds; None where nothing in it is to be counted.

    Parameters
    ----------
    sites
        ``site_id, action`` of the sites of the plan.
    tables
        Tables beside the plan by name, of those that have rows.
    """
    if view == "committed":
        return _committed(scenario, inputs.sites, sites)
    if view in of_sites:
        return Counts(sites_told(of_sites[view](inputs.sites), inputs.sites, sites, scenario))
    table = tables.get(_table_of.get(view, view))
    if view not in _counted or table is None:
        return None
    return _counted[view](provision, table, inputs)


def sites_told(
    these: pd.Series, table: pd.DataFrame, planned: pd.DataFrame, scenario: Scenario
) -> Note:
    """Return how many of some sites stand today, are candidates, and are acted on.

    Where some of these offer no places, also how many do.

    Parameters
    ----------
    these
        Which rows of the table are meant.
    table
        ``site_id, status, tier`` of all sites.
    planned
        ``site_id, action`` of the sites of the plan.
    """
    told = table[these]
    existing = int((told["status"] == "existing").sum())
    acted = told[told["site_id"].isin(_acted_on(planned))]
    having = sum(bool(scenario.tiers[tier].class_kinds) for tier in acted["tier"])
    zh = f"现有{existing}处，候选{len(told) - existing}处，方案实施{len(acted)}处"
    en = f"{existing} existing, {len(told) - existing} candidates, {len(acted)} acted on"
    if having < len(acted):
        zh, en = f"{zh}（其中设托位的{having}处）", f"{en} ({having} of them with places)"
    return Note(zh=zh, en=en)


def _acted_on(planned: pd.DataFrame) -> pd.Series:
    return planned["site_id"][planned["action"].isin(opened)]


def _committed(scenario: Scenario, table: pd.DataFrame, planned: pd.DataFrame) -> Counts:
    """Return whether the committed sites that can open by the last planned year are carried out."""
    these, last_year = of_sites["committed"](table), scenario.years[-1]
    due = table["site_id"][these & ~(table["from_year"] > last_year)]
    lacking = int((~due.isin(_acted_on(planned))).sum())
    told = sites_told(these, table, planned, scenario)
    if due.empty:
        return Counts(told)
    if lacking:
        zh, en = f"到{last_year}年未实施{lacking}处", f"{lacking} not by {last_year}"
    else:
        zh, en = f"到{last_year}年应开办的全部实施", f"all that are due by {last_year}"
    note = Note(zh=f"{told.zh}，{zh}", en=f"{told.en}; {en}")
    return Counts(note, "short" if lacking else "met")


def _of_three(reached: int, short: int, untold: int, words: tuple[Note, Note, Note]) -> Note:
    """Return three counts with their words, leaving out what is none."""
    told = [
        (count, word) for count, word in zip((reached, short, untold), words, strict=True) if count
    ]
    return Note(
        zh="、".join(f"{word.zh}{count}" for count, word in told),
        en=", ".join(f"{count} {word.en}" for count, word in told),
    )


def _held(met: pd.Series, words: tuple[Note, Note, Note]) -> tuple[Note, bool]:
    """Return how many are met, missed or neither, and whether any is missed."""
    reached, short = int((met == True).sum()), int((met == False).sum())  # noqa: E712
    return _of_three(reached, short, len(met) - reached - short, words), short > 0


_reached = (
    Note(zh="达到", en="reached"),
    Note(zh="未达到", en="not reached"),
    Note(zh="未填报或不可比", en="not told or not comparable"),
)


def _tracked(provision: Provision, table: pd.DataFrame, _inputs: Inputs) -> Counts | None:
    names = {indicator.name for indicator in provision.indicators}
    rows = table[table["indicator"].isin(names) & table["required"].notna()]
    if rows.empty:
        return None
    note, short = _held(rows["met"], _reached)
    told = rows["met"].map(lambda value: isinstance(value, bool | np.bool_)).any()
    return Counts(
        Note(
            zh=f"{len(names)}项指标有{len(rows)}个年度数要求，{note.zh}",
            en=f"{len(names)} indicators, {len(rows)} yearly figures asked for: {note.en}",
        ),
        "short" if short else "shown" if told else "untold",
    )


def _staffing(_provision: Provision, table: pd.DataFrame, inputs: Inputs) -> Counts:
    year = table["year"].max()
    words = (
        Note(zh="足额", en="have them"),
        Note(zh="不足", en="have too few"),
        Note(zh="未填报", en="not told"),
    )
    rows = table[table["year"] == year]
    note, short = _held(rows["met"], words)
    zh = f"{year}年{len(rows)}家基层医疗卫生机构，{note.zh}"
    en = f"{len(rows)} primary institutions in {year}: {note.en}"
    without = len(inputs.townships) - rows["township_code"].nunique()
    if without:
        zh = f"{zh}；另有{without}个乡镇(街道)没有基层医疗卫生机构"
        en = f"{en}; {without} townships have no primary institution"
    return Counts(Note(zh=zh, en=en), "short" if short or without else "shown")


def _base_year(_provision: Provision, table: pd.DataFrame, _inputs: Inputs) -> Counts:
    words = (
        Note(zh="在允许范围内", en="within tolerance"),
        Note(zh="超出允许范围", en="above tolerance"),
        Note(zh="无法复现", en="not reproducible"),
    )
    within = table["within"].astype(object).where(table["reproducible"].astype(bool), None)
    note, short = _held(within, words)
    return Counts(
        Note(
            zh=f"公布数{len(table)}项，{note.zh}", en=f"{len(table)} published figures: {note.en}"
        ),
        "short" if short else "shown",
    )


def _new_areas(_provision: Provision, table: pd.DataFrame, _inputs: Inputs) -> Counts:
    year = table["year"].max()
    rows = table[table["year"] == year]
    areas = rows.drop_duplicates("area_id")
    handed_over = rows[rows["hand_over_year"] <= year]
    due = handed_over["area_id"].nunique()
    short = (rows["met"] == False).any()  # noqa: E712
    lacking = rows.loc[rows["met"] == False, "area_id"].nunique()  # noqa: E712
    places = handed_over.groupby("area_id")["places"].max().sum()
    zh = f"{len(areas)}处，到{year}年交付{due}处"
    en = f"{len(areas)}, of which {due} handed over by {year}"
    if due:
        zh, en = f"{zh}，内有托位{places:.0f}个", f"{en} with {places:.0f} places"
    if short:
        zh, en = f"{zh}，未达到{lacking}处", f"{en}; {lacking} short of what is asked"
    return Counts(Note(zh=zh, en=en), "short" if short else "shown")


def _hubs(_provision: Provision, table: pd.DataFrame, inputs: Inputs) -> Counts:
    all_of_them, having = len(inputs.townships), table["township_code"].nunique()
    zh = f"{all_of_them}个乡镇(街道)中{having}个有载体机构，已列出"
    en = f"{having} of {all_of_them} townships have an institution, shown"
    return Counts(Note(zh=zh, en=en), "short" if having < all_of_them else "shown")


def _signed(provision: Provision, table: pd.DataFrame, _inputs: Inputs) -> Counts:
    rows = table[table["kind"].isin(provision.guides)] if provision.guides else table
    sites, children = int(rows["sites"].sum()), float(rows["children"].sum())
    return Counts(
        Note(
            zh=f"{len(rows)}家医疗机构签约{sites}家机构，在托婴幼儿{children:.0f}名",
            en=f"{len(rows)} medical institutions have signed {sites} sites with "
            f"{children:.0f} children",
        )
    )


_table_of = {"staffing": "institution_staffing"}
"""View -> the table in which it is counted, where that has another name."""
_counted: dict[str, Callable[[Provision, pd.DataFrame, Inputs], Counts | None]] = {
    "tracked": _tracked,
    "staffing": _staffing,
    "base_year": _base_year,
    "new_areas": _new_areas,
    "hubs": _hubs,
    "signed": _signed,
}
"""View -> what is counted in its table."""
