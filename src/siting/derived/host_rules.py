"""Candidates made by rules, from the rows of other tables."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from pyproj import CRS, Transformer
from scipy.spatial import KDTree

from siting.derived.made_rows import with_figures
from siting.errors import DataError, Problem
from siting.inputs.columns import Column, Table
from siting.notes import Note
from siting.scenario import Scenario
from siting.scenario.made_sites import Condition, HostRule

same_place_m = 1.0
"""A site of the same tier this near to a unit is the unit itself: coordinates copied from one
table to another (assumption)."""
most_named = 10
"""Rows named in a note; all are counted."""


class RuleHosts(NamedTuple):
    """What rules make.

    Attributes
    ----------
    candidates
        For each rule its candidates, with the columns of the hosts table.
    groups
        ``site_id`` of a row of ``hosts`` -> the exclusive group that it shares with the
        candidates made of it, for those that had none of their own.
    notes
        For each rule how many candidates it made, which rows were sites already, which are
        decided, which have no coordinates, and which lack a value that it asks for.
    """

    candidates: list[pd.DataFrame]
    groups: dict[str, str]
    notes: tuple[Note, ...]


def rule_hosts(
    scenario: Scenario, rows: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], crs: CRS
) -> RuleHosts:
    """Make a candidate of every row that fulfils all conditions of a rule.

    A candidate is named ``<id of the row>-<id of the rule>``. It takes the figures of the rule;
    what the row says besides (name, address, coordinates, staff children, ...) stays. A row is
    not made a candidate where it is a site already: where a site of the rule's tier has the
    row's id, or stands within :data:`same_place_m` of it, or an earlier rule of the same tier
    made it. Rules see the tables as they are given, not what other rules make.

    A row of ``hosts`` and what is made of it are the same rooms: at most one of them opens, and
    the plan is free to choose. Where something is decided about the row already, no candidate is
    made of it.

    Parameters
    ----------
    scenario
        With the rules, and where they stand.
    rows
        ``facilities`` and ``hosts``, and ``medical`` if the study has it, in the form of the
        dictionary; WGS-84, NaN where coordinates are missing.
    tables
        Entry of the data dictionary of each of them.
    crs
        Metric CRS of the study.

    Raises
    ------
    DataError
        A rule names a table that the study does not have, a column that the table does not have,
        or compares a column with what it cannot hold.
    """
    problems = [
        problem
        for i, rule in enumerate(scenario.host_rules)
        for problem in _rule_problems(i, rule, rows, tables, scenario)
    ]
    if problems:
        raise DataError(problems)
    sites = pd.concat(
        [rows[name][["site_id", "tier", "lon", "lat"]] for name in ("facilities", "hosts")]
    )
    made, notes = [], []
    groups: dict[str, str] = {}
    made_before: dict[tuple[str, str], set[str]] = {}
    for rule in scenario.host_rules:
        table, tier = rows[rule.table], rule.made_host.tier
        unit = table[tables[rule.table].key[0]]
        fits, empty = _fits(table, rule.where, tables[rule.table])
        placed = table[["lon", "lat"]].notna().all(axis=1).to_numpy()
        is_site = _is_site(table, unit, sites[sites["tier"] == tier], crs)
        before = made_before.setdefault((tier, rule.table), set())
        is_site |= unit.isin(before).to_numpy()
        decided = _decided(table, rule)
        chosen = fits & placed & ~is_site & ~decided
        before.update(unit[chosen])
        candidates = table[chosen].assign(site_id=unit[chosen] + f"-{rule.id}")
        if rule.table == "hosts":
            group = _groups(table[chosen])
            candidates["exclusive_group"] = group
            groups |= dict(zip(unit[chosen], group, strict=True))
        made.append(with_figures(candidates, rule.made_host, tables["hosts"]))
        is_new = ~is_site & ~decided
        left_out = (
            unit[fits & is_site],
            unit[fits & ~is_site & decided],
            unit[fits & is_new & ~placed],
            unit[empty & is_new],
        )
        notes.append(_note(rule, int(chosen.sum()), *left_out))
    return RuleHosts(made, groups, tuple(notes))


def _decided(table: pd.DataFrame, rule: HostRule) -> np.ndarray:
    """Return for each row whether it is a host about which something is decided."""
    if rule.table != "hosts":
        return np.zeros(len(table), dtype=bool)
    return (table["decision"] != "free").to_numpy()


def _groups(hosts: pd.DataFrame) -> pd.Series:
    """Return the exclusive group of each host, one named after it where it has none."""
    own = hosts["exclusive_group"]
    return own.where(own != "", "同一用房 " + hosts["site_id"])


def _rule_problems(
    i: int,
    rule: HostRule,
    rows: Mapping[str, pd.DataFrame],
    tables: Mapping[str, Table],
    scenario: Scenario,
) -> Iterator[Problem]:
    if rule.table not in rows or rows[rule.table].empty:
        yield Problem(
            scenario.place("host_rules", i, "table"),
            f"the rule '{rule.id}' looks at {rule.table}, and the study has none",
            f"name the table under inputs.{rule.table}, or remove the rule",
        )
        return
    columns = {column.name: column for column in tables[rule.table].columns}
    for j, condition in enumerate(rule.where):
        place = ("host_rules", i, "where", j)
        column = columns.get(condition.column)
        if column is None:
            yield Problem(
                scenario.place(*place, "column"),
                f"the table {rule.table} has no column '{condition.column}'",
                f"use one of {', '.join(columns)}",
            )
        else:
            yield from _comparison_problems(condition, column, place, scenario)


def _comparison_problems(
    condition: Condition, column: Column, place: tuple[str | int, ...], scenario: Scenario
) -> Iterator[Problem]:
    is_number = column.type in ("whole", "number")
    if condition.is_one_of is None and not is_number:
        key = "at_least" if condition.above is None else "above"
        yield Problem(
            scenario.place(*place, key),
            f"the column '{column.name}' holds words, not numbers",
            "use is_one_of",
        )
    elif condition.is_one_of is not None and is_number:
        yield Problem(
            scenario.place(*place, "is_one_of"),
            f"the column '{column.name}' holds numbers, not words",
            "use at_least or above",
        )
    elif condition.is_one_of is not None:
        allowed = ("yes", "no") if column.type == "yes_no" else tuple(column.choices)
        strangers = [word for word in condition.is_one_of if allowed and word not in allowed]
        if strangers:
            yield Problem(
                scenario.place(*place, "is_one_of"),
                f"the column '{column.name}' never holds {', '.join(strangers)}",
                f"use some of {', '.join(allowed)}",
            )


def _fits(
    rows: pd.DataFrame, where: tuple[Condition, ...], table: Table
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each row whether it fulfils every condition, and whether only empties stop it."""
    types = {column.name: column.type for column in table.columns}
    fulfilled, possible = np.ones((2, len(rows)), dtype=bool)
    for condition in where:
        values = rows[condition.column]
        if types[condition.column] == "yes_no":
            values = values.map({True: "yes", False: "no"})
        empty = values.isna() | (values == "")
        if condition.is_one_of is not None:
            meets = values.isin(condition.is_one_of)
        elif condition.at_least is not None:
            meets = values >= condition.at_least
        else:
            meets = values > condition.above
        fulfilled &= meets.to_numpy()
        possible &= (meets | empty).to_numpy()
    return fulfilled, possible & ~fulfilled


def _is_site(table: pd.DataFrame, unit: pd.Series, sites: pd.DataFrame, crs: CRS) -> np.ndarray:
    """Return for each row whether one of the sites has its id or its place."""
    is_site = unit.isin(sites["site_id"]).to_numpy(copy=True)
    xy, row = _on_map(table, crs)
    site_xy, _ = _on_map(sites, crs)
    if len(xy) and len(site_xy):
        is_site[row[KDTree(site_xy).query(xy)[0] <= same_place_m]] = True
    return is_site


def _on_map(table: pd.DataFrame, crs: CRS) -> tuple[np.ndarray, np.ndarray]:
    """Return the metric coordinates of the rows that have any, and their positions."""
    to_metric = Transformer.from_crs(4326, crs, always_xy=True)
    xy = np.c_[to_metric.transform(table["lon"].to_numpy(), table["lat"].to_numpy())]
    row = np.flatnonzero(np.isfinite(xy).all(axis=1))
    return xy[row], row


def _note(
    rule: HostRule,
    made: int,
    already: pd.Series,
    decided: pd.Series,
    unplaced: pd.Series,
    empty: pd.Series,
) -> Note:
    zh = f"规则 {rule.id}（{rule.clause}）：由 {rule.table} 表得候选点位{made}处"
    en = f"rule {rule.id} ({rule.clause}): {made} candidates from the table {rule.table}"
    for rows, told_zh, told_en in (
        (already, "已是同类点位", "are sites of that tier already"),
        (decided, "已有决定，未另作候选", "are decided already and were not made candidates"),
        (unplaced, "无坐标，未采用", "have no coordinates and were left out"),
        (empty, "条件栏为空，视为不符合", "have an empty cell where the rule asks"),
    ):
        if len(rows):
            listed = ", ".join(rows.head(most_named))
            zh += f"；{len(rows)}处{told_zh}：{listed}"
            en += f"; {len(rows)} {told_en}: {listed}"
    source = rule.made_host.source
    return Note(zh=f"{zh}（指标依据：{source}）", en=f"{en} (source of the figures: {source})")
