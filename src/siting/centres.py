"""How far guiding centres drive to the childcare institutions around them (区域托育综合服务中心).

Reads the sites of a plan and the streets, gives one table. Does not: choose a centre, or tell which
of them is responsible for an institution.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from siting.inputs import Inputs, no_zone
from siting.network import Network
from siting.reach import nearest_places, no_way
from siting.scenario import Scenario

mode = "drive"
columns = ("year", "township_code", "township", "site_id", "name", "centre_id", "centre", "seconds")


def centre_times(
    scenario: Scenario, network: Network, inputs: Inputs, is_open: Mapping[int, np.ndarray]
) -> pd.DataFrame:
    """Return the drive from the nearest centre to each open childcare institution.

    Centres are the open sites of the tiers that guide others (``guides_others``); the
    institutions are the other open sites with classes, as far as they lie in the study area.

    Parameters
    ----------
    is_open
        Year -> whether each site of the inputs is open.

    Returns
    -------
    pandas.DataFrame
        ``year, township_code, township, site_id, name, centre_id, centre, seconds`` (whole;
        missing, and the centre empty, where none arrives within a day), by year, township and
        site. Without rows where no centre is open, or cars have no times in the network.
    """
    sites = inputs.sites
    guiding = [name for name, tier in scenario.tiers.items() if tier.guides_others]
    taught = [name for name, tier in scenario.tiers.items() if tier.class_kinds]
    guides = sites["tier"].isin(guiding).to_numpy()
    guided = sites["tier"].isin(taught).to_numpy() & ~guides & (sites["zone"] != no_zone).to_numpy()
    found = []
    for year, opened in is_open.items():
        centres, others = sites[guides & opened], sites[guided & opened]
        if not len(centres) or mode not in network.travel:
            continue
        to_xy, from_xy = (table[["x", "y"]].to_numpy(dtype=float) for table in (others, centres))
        seconds, nearest = nearest_places(scenario, network, to_xy, from_xy, mode, to_place=False)
        reached = seconds != no_way
        named = {
            "centre_id": np.array([*centres["site_id"], ""], dtype=object)[nearest],
            "centre": np.array([*centres["name"], ""], dtype=object)[nearest],
        }
        towns = inputs.townships[["township_code", "township"]].iloc[others["zone"]]
        found.append(
            pd.DataFrame(
                {
                    "year": year,
                    **{name: towns[name].to_numpy() for name in towns},
                    **{name: others[name].to_numpy() for name in ("site_id", "name")},
                    **named,
                    "seconds": pd.array(np.where(reached, seconds, 0), dtype="Int64"),
                }
            )
        )
        found[-1].loc[~reached, "seconds"] = pd.NA
    if not found:
        return pd.DataFrame(columns=list(columns))
    return pd.concat(found).sort_values(["year", "township_code", "site_id"], ignore_index=True)
