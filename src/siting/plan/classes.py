"""The classes of each site, today and in every planned year."""

import numpy as np
import pandas as pd

from siting.inputs import Inputs
from siting.inputs.dictionary import classes_column
from siting.plan.plan import Plan, of_zone, today_table


def classes_by_site(plan: Plan, inputs: Inputs) -> pd.DataFrame:
    """Return the classes of each site by kind.

    Returns
    -------
    pandas.DataFrame
        ``site_id, name, tier, township_code, township`` (empty outside the study area) ``,
        class_kind, classes_today, classes_<year>`` (of each planned year) ``, places_today,
        places_<year>`` (places of the classes, whatever they count for), a row for each site and
        kind of which it has a class at some time, in the order of the sites and kinds.
    """
    scenario, sites = plan.scenario, inputs.sites
    states = {"today": today_table(scenario, inputs)}
    states |= {str(year): plan.year(year).state for year in scenario.years}
    parts = []
    for order, (name, kind) in enumerate(scenario.class_kinds.items()):
        classes = {
            when: state[classes_column(name)].to_numpy(dtype=int)
            * state["open"].to_numpy(dtype=bool)
            for when, state in states.items()
        }
        part = pd.DataFrame(
            {
                "site_id": sites["site_id"].to_numpy(),
                "name": sites["name"].to_numpy(),
                "tier": sites["tier"].to_numpy(),
                "township_code": of_zone(inputs, "township_code"),
                "township": of_zone(inputs, "township"),
                "class_kind": name,
                **{f"classes_{when}": number for when, number in classes.items()},
                **{f"places_{when}": number * kind.size for when, number in classes.items()},
                "site": np.arange(len(sites)),
                "kind": order,
            }
        )
        parts.append(part[np.any([number > 0 for number in classes.values()], axis=0)])
    table = pd.concat(parts).sort_values(["site", "kind"], ignore_index=True)
    return table.drop(columns=["site", "kind"])
