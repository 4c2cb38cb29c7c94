"""How far under-3s live from the nearest open site, and where the worst-served tenth live."""

import numpy as np
import pandas as pd

from siting.indicators.sites_in_year import SitesInYear
from siting.inputs import Inputs, no_zone

worst_share = 0.1
"""Share of the under-3s who are the worst served."""
rounding = 1e-9
"""What sums of under-3s may lack of a share: binary fractions."""


def counted_sites(sites: SitesInYear) -> np.ndarray:
    """Return whether each site is open, takes residents, and counts in population coverage."""
    table = sites.inputs.sites
    counted = table["tier"].isin(sites.scenario.tiers_counted_in("population_coverage"))
    return sites.is_open & counted.to_numpy() & table["opens_to_residents"].to_numpy(dtype=bool)


def worst_served(seconds: np.ndarray, under3: np.ndarray) -> np.ndarray:
    """Return the under-3s of each cell who are of the worst-served tenth.

    These are the tenth who live farthest; of cells equally far, each has the same share in it.

    Parameters
    ----------
    seconds
        Of each cell to the nearest site; infinite where there is no way.
    under3
        Of each cell.
    """
    times, at = np.unique(seconds, return_inverse=True)
    there = np.bincount(at, weights=under3, minlength=len(times))
    farther = there.sum() - np.cumsum(there)
    taken = np.clip(worst_share * there.sum() - farther, 0.0, there)
    share = np.divide(taken, there, out=np.zeros_like(there), where=there > 0)
    return under3 * share[at]


def nearest_site_table(inputs: Inputs, year: int, seconds: np.ndarray) -> pd.DataFrame:
    """Return how far the under-3s of the area, its districts and townships live from a site.

    Parameters
    ----------
    year
        Year of the under-3s.
    seconds
        Of each cell to the nearest site that counts; infinite where there is no way.

    Returns
    -------
    pandas.DataFrame
        ``year, level`` (area, district, township) ``, code, name, under3``; ``median_s,
        worst_decile_s``: the least whole seconds within which at least half and nine tenths of
        the under-3s arrive, missing where fewer do or nobody lives; ``worst_mean_s``: mean of the
        worst-served tenth of the zone itself, those without a way left out;
        ``worst_under3``: under-3s of the zone who are of the worst-served tenth of the area;
        ``no_way``: under-3s whom no way leads to a site.
    """
    cells, townships = inputs.cells, inputs.townships
    inside = (cells["zone"] != no_zone).to_numpy()
    zone = cells["zone"].to_numpy()[inside]
    seconds, under3 = seconds[inside], cells[f"under3_{year}"].to_numpy(dtype=float)[inside]
    worst = worst_served(seconds, under3)
    rows = []
    for level, codes, names in (
        ("area", pd.Series("", index=townships.index), pd.Series("", index=townships.index)),
        ("district", townships["district_code"], townships["district"]),
        ("township", townships["township_code"], townships["township"]),
    ):
        code_of_cell = codes.to_numpy()[zone]
        for code, name in sorted(dict(zip(codes, names, strict=True)).items()):
            here = code_of_cell == code
            figures = _figures(seconds[here], under3[here])
            rows.append((year, level, code, name, *figures, worst[here].sum()))
    told = ["under3", "median_s", "worst_decile_s", "worst_mean_s", "no_way", "worst_under3"]
    return pd.DataFrame(rows, columns=["year", "level", "code", "name", *told])


def _figures(seconds: np.ndarray, under3: np.ndarray) -> tuple[float, ...]:
    """Return under-3s, median, ninth decile, mean of the worst tenth, and those without a way."""
    total = under3.sum()
    if total <= 0:
        return 0.0, np.nan, np.nan, np.nan, 0.0
    order = np.argsort(seconds, kind="stable")
    arrived = np.cumsum(under3[order]) / total
    at = np.searchsorted(arrived, np.array([0.5, 1 - worst_share]) - rounding)
    median, decile = seconds[order][at]
    worst = worst_served(seconds, under3)
    far = (worst > 0) & np.isfinite(seconds)
    mean = float(seconds[far] @ worst[far] / worst[far].sum()) if far.any() else np.nan
    found = (median, decile, mean)
    without = float(under3[np.isinf(seconds)].sum())
    return float(total), *(float(s) if np.isfinite(s) else np.nan for s in found), without
