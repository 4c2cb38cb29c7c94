"""订单签约: how many institutions and children each medical institution has signed."""

import pandas as pd

from siting.plan.plan import Plan


def signed_children(plan: Plan) -> pd.DataFrame:
    """Return what each medical institution has signed in the last year that asks for it.

    Returns
    -------
    pandas.DataFrame
        ``medical_id, year, sites, children`` (of all ages, in the places of the last planned
        year, those of own staff too) ``, kind``, by id; without rows where nobody is signed.
    """
    told = plan.guidance
    last = told[told["year"] == told["year"].max()]
    return (
        last.merge(plan.sites[["site_id", "children"]], on="site_id")
        .groupby(["medical_id", "year"], as_index=False)
        .agg(sites=("site_id", "size"), children=("children", "sum"), kind=("kind", "first"))
    )
