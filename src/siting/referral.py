"""How far families drive to medical institutions of each level (母婴安全分级转诊).

Reads the table of medical institutions, the cells and the streets, gives one table. Does not: plan
anything, or tell which institution a family goes to.
"""

import numpy as np
import pandas as pd

from siting.guidance import responsible_zone
from siting.inputs import Inputs, no_zone
from siting.network import Network
from siting.notes import Note
from siting.reach import nearest_places, no_way
from siting.scenario import Scenario

levels = (1, 2, 3)
"""1 township institution, 2 level 2 (二级), 3 tertiary; an institution counts as every lower level,
wherever it lies."""
mode = "drive"
primary_kinds = ("community_health_centre", "township_health_centre")
"""Institutions that carry a township (基层医疗卫生机构)."""
rounding = 1e-9
"""What sums of under-3s may lack of a share: binary fractions."""
columns = (
    "township_code",
    "township",
    "year",
    "level",
    "births_weighted_median_s",
    "worst_decile_s",
    "unreachable_share",
    "nearest_id",
)


def has_levels(inputs: Inputs) -> bool:
    """Return whether some medical institution tells its level of referral."""
    return inputs.medical is not None and bool(inputs.medical["referral_level"].notna().any())


def referral_times(scenario: Scenario, network: Network, inputs: Inputs, year: int) -> pd.DataFrame:
    """Return the drive from each township to the nearest medical institution of each level.

    The drive of a cell is that of :func:`siting.reach.measure_ways`: to the street on foot, along
    the streets in their directions, whole seconds. Cells count by their under-3s: the births of
    three years where these are what is told of them, which else they stand for (assumption). A
    cell that reaches no institution within a day counts as infinitely far.

    Parameters
    ----------
    year
        Year of the under-3s: base year or planned year.

    Returns
    -------
    pandas.DataFrame
        ``township_code, township, year, level`` (1 to 3; institutions of a higher level count
        too) ``, births_weighted_median_s`` (the least whole seconds within which at least half of
        the under-3s arrive) ``, worst_decile_s`` (the same for nine tenths) ``,
        unreachable_share`` (of the under-3s) ``, nearest_id`` (institution of the cell at the
        median), a row for each township and level, in that order. Missing, or an empty text, where
        too few arrive or nobody lives. Without rows where no institution tells its level, or
        cars have no times in the network.
    """
    medical = inputs.medical
    if medical is None or not has_levels(inputs) or mode not in network.travel:
        return pd.DataFrame(columns=list(columns))
    weight = inputs.cells[f"under3_{year}"].to_numpy(dtype=float)
    home = inputs.cells["zone"].to_numpy()
    rows = []
    for level in levels:
        counted = medical[(medical["referral_level"] >= level).to_numpy()]
        seconds, nearest = _nearest(scenario, network, inputs.cells, counted)
        ids = np.array([*counted["medical_id"], ""], dtype=object)
        for zone, code, name in zip(
            range(len(inputs.townships)),
            inputs.townships["township_code"],
            inputs.townships["township"],
            strict=True,
        ):
            here = np.flatnonzero(home == zone)
            told = _of_township(seconds[here], weight[here], ids[nearest[here]])
            rows.append((code, name, year, level, *told))
    table = pd.DataFrame(rows, columns=list(columns))
    whole = ["births_weighted_median_s", "worst_decile_s"]
    table = table.astype(dict.fromkeys(whole, "Int64"))
    return table.sort_values(["township_code", "level"], kind="stable").reset_index(drop=True)


def hub_times(scenario: Scenario, network: Network, inputs: Inputs) -> pd.DataFrame:
    """Return the drive from each township's primary institutions to the nearest hub.

    Hub and spokes as in 青政办字〔2021〕23号: maternal and child health institutions are the hubs,
    primary health institutions carry their township.

    Returns
    -------
    pandas.DataFrame
        ``township_code, township`` (that it is responsible for, empty where none of the area)
        ``, medical_id, name, hub_id, seconds`` (whole; missing, and the hub empty, where none is
        reached within a day), by township and id. Without rows where there is no hub, or cars have
        no times in the network.
    """
    medical = inputs.medical
    shown = ["township_code", "township", "medical_id", "name", "hub_id", "seconds"]
    if medical is None or mode not in network.travel:
        return pd.DataFrame(columns=shown)
    spoke = medical["kind"].isin(primary_kinds).to_numpy()
    hubs = medical[(medical["kind"] == "maternal_child").to_numpy()]
    if not spoke.any() or not len(hubs):
        return pd.DataFrame(columns=shown)
    seconds, nearest = _nearest(scenario, network, medical[spoke], hubs)
    zone = responsible_zone(inputs)[spoke]
    towns = inputs.townships[["township_code", "township"]]
    reached = seconds != no_way
    table = pd.DataFrame(
        {
            **{name: np.where(zone == no_zone, "", towns[name].to_numpy()[zone]) for name in towns},
            "medical_id": medical["medical_id"].to_numpy()[spoke],
            "name": medical["name"].to_numpy()[spoke],
            "hub_id": np.array([*hubs["medical_id"], ""], dtype=object)[nearest],
            "seconds": pd.array(np.where(reached, seconds, 0), dtype="Int64"),
        }
    )
    table.loc[~reached, "seconds"] = pd.NA
    return table.sort_values(["township_code", "medical_id"], ignore_index=True)


def referral_notes(scenario: Scenario, network: Network, inputs: Inputs) -> tuple[Note, ...]:
    """Return what the view assumes, or why there is none."""
    if not has_levels(inputs):
        return ()
    if mode not in network.travel:
        return (
            Note(
                zh="分级转诊：方案设定没有驾车出行，未计算到各级医疗机构的驾车时间；"
                "请填写drive（如其source）",
                en="referral: the scenario has nobody drive, so the drive to medical institutions "
                "of each level was not computed; fill in drive (such as its source)",
            ),
        )
    if scenario.children.under3_from == "births":
        return (
            Note(
                zh="分级转诊：驾车时间按出生人数加权，为现状年及前两年之和",
                en="referral: drives are weighted by the births of the base year and the two "
                "before",
            ),
        )
    return (
        Note(
            zh="分级转诊：驾车时间按3岁以下婴幼儿加权，以其代替出生人数（假设）",
            en="referral: drives are weighted by under-3s, which stand for births (assumption)",
        ),
    )


def _nearest(
    scenario: Scenario, network: Network, cells: pd.DataFrame, counted: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Return the seconds from each place to the nearest institution, and its position."""
    from_xy, to_xy = (table[["x", "y"]].to_numpy(dtype=float) for table in (cells, counted))
    return nearest_places(scenario, network, from_xy, to_xy, mode)


def _of_township(
    seconds: np.ndarray, weight: np.ndarray, nearest_id: np.ndarray
) -> tuple[int | None, int | None, float, str]:
    """Return median, ninth decile, share without a way, and the institution at the median."""
    total = weight.sum()
    if total <= 0:
        return None, None, float("nan"), ""
    reached = np.flatnonzero((seconds != no_way) & (weight > 0))
    order = reached[np.argsort(seconds[reached], kind="stable")]
    arrived = np.cumsum(weight[order]) / total
    # The first cell by which a share of all under-3s has arrived; none is past the end.
    median, decile = np.searchsorted(arrived, np.array([0.5, 0.9]) - rounding)
    unreachable = float(weight[seconds == no_way].sum() / total)
    return (
        int(seconds[order[median]]) if median < len(order) else None,
        int(seconds[order[decile]]) if decile < len(order) else None,
        unreachable,
        str(nearest_id[order[median]]) if median < len(order) else "",
    )
