"""Which community shares which facility where it has none of its own (共用网点)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from siting.indicators.counting import zones_asked
from siting.indicators.sites_in_year import SitesInYear
from siting.inputs import Inputs
from siting.reach import site_limits_s
from siting.scenario import Target
from siting.scenario.targets import CommunityCoverage

rounding = 1e-9
"""What binary fractions may take from a share of the residents."""
columns = {
    "target": "object",
    "year": "int64",
    "community_code": "object",
    "community": "object",
    "township": "object",
    "residents": "float64",
    "site_id": "object",
    "site": "object",
    "seconds": "int64",
    "others": "int64",
}
"""Column of the table of shared facilities -> its type."""


def shared_pairs(sites: SitesInYear, target: CommunityCoverage) -> pd.DataFrame:
    """Return the open sites that enough residents of a community reach for it to share them.

    Parameters
    ----------
    target
        With ``sharing`` by reach; ``shared_below`` says which communities may share.

    Returns
    -------
    pandas.DataFrame
        ``community, site`` (positions) ``, seconds`` (within which the share of its residents
        that the target asks for arrives), in the order of both.
    """
    inputs, reach = sites.inputs, sites.reach
    home = inputs.cells["community"].to_numpy()
    people = inputs.cells[f"residents_{sites.scenario.base_year}"].to_numpy(dtype=float)
    total = community_residents(inputs, sites.scenario.base_year)
    needed = target.shared_by * total * (1 - rounding)
    may_share = (total > 0) if target.shared_below is None else (total < target.shared_below)
    usable = sites.counts(target) & inputs.sites["opens_to_residents"].to_numpy(dtype=bool)
    near = reach.pairs_within(site_limits_s(sites.scenario, inputs.sites))
    near &= usable[reach.site] & (home[reach.cell] >= 0)
    near[near] = may_share[home[reach.cell[near]]]
    pairs = pd.DataFrame(
        {
            "community": home[reach.cell[near]],
            "site": reach.site[near],
            "seconds": reach.seconds[near],
            "people": people[reach.cell[near]],
        }
    ).sort_values(["community", "site", "seconds"], ignore_index=True)
    arrived = pairs.groupby(["community", "site"])["people"].cumsum()
    enough = (arrived > 0) & (arrived >= needed[pairs["community"]])
    first = pairs[enough].drop_duplicates(["community", "site"])
    return first[["community", "site", "seconds"]].reset_index(drop=True)


def community_residents(inputs: Inputs, year: int) -> np.ndarray:
    """Return the residents of each community, as far as they live in one."""
    home = inputs.cells["community"].to_numpy()
    people = inputs.cells[f"residents_{year}"].to_numpy(dtype=float)
    number = 0 if inputs.communities is None else len(inputs.communities)
    return np.bincount(home[home >= 0], weights=people[home >= 0], minlength=number)


def shared_facilities(sites: SitesInYear, targets: Sequence[Target]) -> pd.DataFrame:
    """Return which community without a facility of its own shares which one.

    Parameters
    ----------
    targets
        Those that let communities share are read, others are left out.

    Returns
    -------
    pandas.DataFrame
        One row for each such target and community that is covered by sharing alone:
        ``target`` (id) ``, year, community_code, community, township, residents`` (of the base
        year, by which the share is reckoned) ``, site_id, site`` (the nearest that it can share)
        ``, seconds`` (within which the share of its residents asked for arrives) ``, others``
        (further ones that it could share), in the order of the targets and communities.
    """
    inputs = sites.inputs
    parts = [pd.DataFrame(columns=list(columns)).astype(columns)]
    communities = inputs.communities
    for target in targets:
        if target.kind != "community_coverage" or target.sharing != "reach" or communities is None:
            continue
        own = inputs.sites["community"].to_numpy()[sites.counts(target)]
        asked = np.setdiff1d(zones_asked(inputs, target).index, own)
        pairs = shared_pairs(sites, target)
        pairs = pairs[pairs["community"].isin(asked)]
        nearest = pairs.sort_values(["community", "seconds", "site"]).drop_duplicates("community")
        at, site = nearest["community"].to_numpy(), nearest["site"].to_numpy()
        townships = inputs.townships.set_index("township_code")["township"]
        part = pd.DataFrame(
            {
                "target": target.id,
                "year": sites.year,
                "community_code": communities["community_code"].to_numpy()[at],
                "community": communities["community"].to_numpy()[at],
                "township": communities["township_code"].map(townships).to_numpy()[at],
                "residents": community_residents(inputs, sites.scenario.base_year)[at],
                "site_id": inputs.sites["site_id"].to_numpy()[site],
                "site": inputs.sites["name"].to_numpy()[site],
                "seconds": nearest["seconds"].to_numpy(),
                "others": pairs.groupby("community")["site"].size().to_numpy() - 1,
            }
        )
        parts.append(part.astype(columns))
    return pd.concat(parts[1:] or parts, ignore_index=True)
