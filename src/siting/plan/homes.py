"""Where the children who are given a place live, and where their places are."""

import numpy as np
import pandas as pd

from siting.inputs import Inputs
from siting.inputs.zones import no_zone
from siting.plan.plan import Plan, of_zone


def served_by_township(plan: Plan, inputs: Inputs) -> pd.DataFrame:
    """Return the additional children of each township at each site.

    Returns
    -------
    pandas.DataFrame
        ``year, township_code, township`` (where they live) ``, site_id, name, site_township``
        (empty outside the study area) ``, <band>`` (children, a column for each age band) ``,
        children`` (of all bands) ``, seconds`` (their way, the mean over the children); a row for
        each planned year, township and site that serves children of it, in the order of the codes
        and ids.
    """
    bands = list(plan.scenario.bands)
    rows = plan.assignment
    townships, sites = inputs.townships, inputs.sites
    home = inputs.cells.set_index("cell_id")["zone"].loc[rows["cell_id"]].to_numpy()
    code = np.where(home != no_zone, townships["township_code"].to_numpy()[home], "")
    keys = [rows["year"], pd.Series(code, rows.index, name="township_code"), rows["site_id"]]
    weighted = (rows["children"] * rows["seconds"]).groupby(keys).sum()
    table = (
        rows.groupby([*keys, "band"])["children"].sum().unstack("band").reindex(columns=bands)
    ).fillna(0.0)
    table = table.assign(children=table.sum(axis=1))
    table = table.assign(seconds=weighted / table["children"]).reset_index()
    named = townships.set_index("township_code")["township"]
    of_site = pd.DataFrame(
        {"name": sites["name"].to_numpy(), "site_township": of_zone(inputs, "township")},
        index=sites["site_id"],
    )
    table.insert(2, "township", table["township_code"].map(named).fillna(""))
    table.insert(4, "name", table["site_id"].map(of_site["name"]))
    table.insert(5, "site_township", table["site_id"].map(of_site["site_township"]))
    return table.rename_axis(columns=None)
