"""Exact reduction: children whom the facilities of today serve whatever the plan does."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Settled:
    """Children settled before solving, and who is left.

    Attributes
    ----------
    served
        ``cell, site, band, children`` by position.
    left
        Cells x bands: children still to be served.
    """

    served: pd.DataFrame
    left: np.ndarray


def settle(
    cell: np.ndarray,
    site: np.ndarray,
    additional: np.ndarray,
    free: dict[tuple[int, ...], np.ndarray],
    takes: np.ndarray,
) -> Settled:
    """Serve children at facilities that have room for everyone who could ever come.

    A facility whose free places hold all the children within its reach, of every set of age
    bands (Hall's condition), never turns one away. Serving those children there takes nothing
    from anybody else, so some best plan does so, and they need not be in the model. Every
    child settled makes room elsewhere, so the search is repeated until nothing changes.

    It holds where no target asks that particular places be filled.

    Parameters
    ----------
    cell, site
        Pairs within reach, in the order of (cell, site).
    additional
        Cells x bands: children who want a place and have none.
    free
        Set of bands -> free places of each site today for children of these bands.
    takes
        Sites x bands: whether the classes of today take a band.
    """
    left = additional.copy()
    found: list[pd.DataFrame] = []
    sites = len(takes)
    while True:
        could_come = np.column_stack(
            [
                np.bincount(site, weights=left[cell, band], minlength=sites) * takes[:, band]
                for band in range(takes.shape[1])
            ]
        )
        holds = could_come.sum(axis=1) > 0
        for bands, places in free.items():
            holds &= could_come[:, bands].sum(axis=1) <= np.maximum(places, 0.0)
        if not holds.any():
            break
        for band in range(takes.shape[1]):
            pair = holds[site] & takes[site, band] & (left[cell, band] > 0)
            settled_cell, first = np.unique(cell[pair], return_index=True)
            found.append(
                pd.DataFrame(
                    {
                        "cell": settled_cell,
                        "site": site[pair][first],
                        "band": band,
                        "children": left[settled_cell, band],
                    }
                )
            )
            left[settled_cell, band] = 0.0
    return Settled(pd.concat(found, ignore_index=True) if found else no_service(), left)


def no_service() -> pd.DataFrame:
    """Return a table of nobody served."""
    columns = {"cell": np.int64, "site": np.int64, "band": np.int64, "children": np.float64}
    return pd.DataFrame({name: np.empty(0, dtype) for name, dtype in columns.items()})
