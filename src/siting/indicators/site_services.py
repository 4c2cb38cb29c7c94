"""What each open site does for the children around it, and who has no other."""

import numpy as np
import pandas as pd

from siting.indicators.children import classes_for_residents
from siting.indicators.nearest_site import counted_sites
from siting.indicators.sites_in_year import SitesInYear
from siting.inputs import no_zone, places
from siting.reach import site_limits_s


def served_column(band: str) -> str:
    """Return the column that holds the children of an age band at a site."""
    return f"children_{band.replace('-', '_')}"


def site_services(sites: SitesInYear) -> pd.DataFrame:
    """Return what each open site does in a year.

    Returns
    -------
    pandas.DataFrame
        One row an open site, in the order of the inputs.

        - ``year``, ``site_id``, ``places``
        - ``children_<band>``, ``children``: children there, those enrolled before who stay, the
          additional ones and those of its own staff
        - ``fill``: children / places; missing without places
        - ``under3_within``: under-3s who reach it within its limit
        - ``under3_alone``: of these, under-3s who reach no other open site that counts in
          population coverage; none where it does not count itself
        - ``children_alone``: children there who would reach no other open site with a class for
          their age. Children enrolled beyond the limit are not among them: nobody tells where
          they live.
    """
    scenario, inputs, reach = sites.scenario, sites.inputs, sites.reach
    table = inputs.sites
    demand = sites.demand.under(sites.is_open)
    at_site = demand.enrolled + demand.staff
    served = sites.served
    cell, site, band = (served[name].to_numpy(dtype=int) for name in ("cell", "site", "band"))
    additional = served["children"].to_numpy(dtype=float)
    np.add.at(at_site, (site, band), additional)
    now = places(sites.state, scenario).astype(float)
    within, alone = _under3(sites)
    has_class = classes_for_residents(scenario, inputs, sites.state)
    near = reach.pairs_within(site_limits_s(scenario, table))
    choices = np.zeros((reach.cells, len(scenario.bands)))
    np.add.at(choices, reach.cell[near], has_class[reach.site[near]])
    children_alone = np.zeros(len(table))
    others = choices[cell, band] - has_class[site, band]
    np.add.at(children_alone, site, additional * (others == 0))
    others = choices[demand.cell] - has_class[demand.site]
    np.add.at(children_alone, demand.site, (demand.drawn * (others == 0)).sum(axis=1))
    children = at_site.sum(axis=1)
    found = pd.DataFrame(
        {
            "year": sites.year,
            "site_id": table["site_id"].to_numpy(),
            "places": now,
            **{served_column(name): at_site[:, i] for i, name in enumerate(scenario.bands)},
            "children": children,
            "fill": np.divide(children, now, out=np.full(len(now), np.nan), where=now > 0),
            "under3_within": within,
            "under3_alone": alone,
            "children_alone": children_alone,
        }
    )
    return found[sites.is_open].reset_index(drop=True)


def _under3(sites: SitesInYear) -> tuple[np.ndarray, np.ndarray]:
    """Return for each site the under-3s within its limit, and those who reach no other."""
    inputs, reach = sites.inputs, sites.reach
    table = inputs.sites
    covers = counted_sites(sites)
    inside = (inputs.cells["zone"] != no_zone).to_numpy()
    near = reach.pairs_within(site_limits_s(sites.scenario, table)) & inside[reach.cell]
    cell, site = reach.cell[near], reach.site[near]
    children = sites.demand.under3[cell]
    within = np.bincount(site, weights=children, minlength=len(table))
    choices = np.bincount(cell[covers[site]], minlength=reach.cells)
    only = covers[site] & (choices[cell] == 1)
    return within, np.bincount(site, weights=children * only, minlength=len(table))
