"""How many places a site may have at most, by its area, storey and spare kindergarten places."""

import numpy as np
import pandas as pd

from siting.errors import DataError, Problem
from siting.inputs.decisions import opening
from siting.inputs.dictionary import classes_column
from siting.notes import Note
from siting.scenario import Scenario

rounding_places = 1e-9
"""What binary fractions may take from a whole number of places: 2.3 m2 hold 23 at 0.1 m2 each."""
most_named = 10
"""Sites named in a note; all are counted."""


def places(sites: pd.DataFrame, scenario: Scenario) -> np.ndarray:
    """Return the places of each row: the sum of class size x classes."""
    return sum(
        (
            kind.size * sites[classes_column(name)].to_numpy()
            for name, kind in scenario.class_kinds.items()
        ),
        start=np.zeros(len(sites), dtype=np.int64),
    )


def most_places(sites: pd.DataFrame, scenario: Scenario) -> np.ndarray:
    """Return the largest number of places in all that each site may have.

    Floor area / area a place needs, the same of the outdoor area, both whole and where the row
    tells the area and the scenario the standard; none above the highest storey; where the tier
    needs a surplus, no more than the places left over for ages 3-6, which are none where the row
    does not tell them. What stands today stays allowed.

    Parameters
    ----------
    sites
        ``tier, area_m2, outdoor_area_m2, storey, surplus_3_6``, NaN where not told, and the
        classes of today.

    Returns
    -------
    numpy.ndarray
        Places; infinite where nothing limits them, as for a tier without classes.
    """
    most = np.full(len(sites), np.inf)
    limits = scenario.host_limits
    if limits is not None:
        for column, needed_m2 in (
            ("area_m2", limits.area_m2_per_place),
            ("outdoor_area_m2", limits.outdoor_m2_per_place),
        ):
            if needed_m2 is not None:
                held = sites[column].to_numpy(dtype=float) / needed_m2
                most = np.fmin(most, np.floor(held + rounding_places))
        if limits.highest_storey is not None:
            most[(sites["storey"] > limits.highest_storey).to_numpy()] = 0.0
    needs_surplus = _of_tier(sites, {n: t.needs_surplus for n, t in scenario.tiers.items()})
    surplus = sites["surplus_3_6"].fillna(0).to_numpy(dtype=float)
    most = np.where(needs_surplus, np.minimum(most, surplus), most)
    has_classes = _of_tier(sites, {n: bool(t.class_kinds) for n, t in scenario.tiers.items()})
    return np.where(has_classes, np.maximum(most, places(sites, scenario)), np.inf)


def check_limits(sites: pd.DataFrame, scenario: Scenario, names: tuple[str, str]) -> list[Note]:
    """Tell which sites are limited, and refuse decisions that their limits contradict.

    Parameters
    ----------
    sites
        With ``most_places``.
    names
        How messages call the tables of facilities and hosts.

    Raises
    ------
    DataError
        A host is committed or forced, and cannot hold the smallest class of its tier.
    """
    tiers = scenario.tiers
    sizes = {
        name: [scenario.class_kinds[kind].size for kind in tier.class_kinds] or [0]
        for name, tier in tiers.items()
    }
    least = _of_tier(sites, {n: max(min(sizes[n]), tiers[n].least_places) for n in tiers})
    wanted = sites["max_classes"] * _of_tier(sites, {name: max(of) for name, of in sizes.items()})
    is_host = (sites["status"] == "candidate").to_numpy()
    most = sites["most_places"].to_numpy()
    too_small = is_host & (np.minimum(most, wanted) < least)
    contradicted = sites[too_small & sites["decision"].isin(opening).to_numpy()]
    if len(contradicted):
        raise DataError(
            Problem(
                f"{names[1]}, site_id {site['site_id']}",
                f"is {site['decision']}, and it may hold {min(site['most_places'], most_wanted):g} "
                f"places ({_reasons(site, scenario)}), less than {needed} that its tier "
                f"'{site['tier']}' needs",
                "correct its area, storey, surplus_3_6 or max_classes, or the decision",
            )
            for site, most_wanted, needed in zip(
                contradicted.to_dict("records"),
                wanted[contradicted.index],
                pd.Series(least, sites.index)[contradicted.index],
                strict=True,
            )
        )
    limited = is_host & (most < wanted.to_numpy())
    return [
        *_limited_note(sites["site_id"], limited, limited & too_small, names[1], scenario),
        *_surplus_note(sites, scenario, names),
    ]


def _of_tier(sites: pd.DataFrame, told: dict[str, bool] | dict[str, int]) -> np.ndarray:
    return np.array([told[tier] for tier in sites["tier"]], dtype=type(next(iter(told.values()))))


def _reasons(site: dict, scenario: Scenario) -> str:  # type: ignore[type-arg]
    """Return what limits a host, as its row tells it."""
    told = {
        column: f"{site[column]:g}"
        for column in ("area_m2", "outdoor_area_m2", "storey", "surplus_3_6", "max_classes")
        if not pd.isna(site[column])
    }
    if scenario.tiers[site["tier"]].needs_surplus:
        told.setdefault("surplus_3_6", "empty")
    return ", ".join(f"{column} {value}" for column, value in told.items())


def _limited_note(
    site_id: pd.Series, limited: np.ndarray, none: np.ndarray, name: str, scenario: Scenario
) -> list[Note]:
    if not limited.any():
        return []
    named = site_id[none].head(most_named).to_list()
    more = none.sum() > most_named
    zh = f"，其中{none.sum()}处一个班也办不了：{'、'.join(named)}{'等' if more else ''}"
    en = f"; {none.sum()} of them can hold no class: {', '.join(named)}{', ...' if more else ''}"
    return [
        Note(
            zh=f"{name}：{limited.sum()}处载体按{_limiting(scenario).zh}，可设托位少于所填"
            f"班数{zh if none.any() else ''}",
            en=f"{name}: by {_limiting(scenario).en}, {limited.sum()} hosts "
            f"can hold fewer places than their max_classes{en if none.any() else ''}",
        )
    ]


def _limiting(scenario: Scenario) -> Note:
    """Return what the scenario lets limit a host, in words."""
    limits = scenario.host_limits
    given = {
        ("建筑面积标准", "area"): limits and limits.area_m2_per_place,
        ("室外场地标准", "outdoor area"): limits and limits.outdoor_m2_per_place,
        ("楼层标准", "storey"): limits and limits.highest_storey,
        ("富余学位", "surplus places"): any(t.needs_surplus for t in scenario.tiers.values()),
    }
    words = [word for word, value in given.items() if value]
    return Note(zh="、".join(zh for zh, _ in words), en=", ".join(en for _, en in words))


def _surplus_note(sites: pd.DataFrame, scenario: Scenario, names: tuple[str, str]) -> list[Note]:
    """Return what tells of sites whose surplus is needed and not told, table by table."""
    needs = _of_tier(sites, {n: t.needs_surplus for n, t in scenario.tiers.items()})
    untold = needs & sites["surplus_3_6"].isna().to_numpy()
    notes = []
    for name, status, zh, en in (
        (names[0], "existing", "不再扩班", "they do not grow"),
        (names[1], "candidate", "不能开班", "they open no class"),
    ):
        count = int((untold & (sites["status"] == status)).sum())
        if count:
            notes.append(
                Note(
                    zh=f"{name}：{count}处未填3-6岁富余学位，按无富余计，{zh}",
                    en=f"{name}: {count} sites do not tell their surplus_3_6, which counts as "
                    f"none; {en}",
                )
            )
    return notes
