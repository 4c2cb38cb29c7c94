"""Exact reduction: children whom the facilities of today serve whatever the plan does."""

from dataclasses import dataclass
from itertools import combinations

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
    room_of: dict[tuple[int, ...], np.ndarray],
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
    room_of
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
        for bands, room in room_of.items():
            holds &= could_come[:, bands].sum(axis=1) <= np.maximum(room, 0.0)
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


def free_places(
    classes: np.ndarray, size: np.ndarray, takes: np.ndarray, enrolled: np.ndarray
) -> dict[tuple[int, ...], np.ndarray]:
    """Return for every set of bands the places open to any of them less the children in them.

    Parameters
    ----------
    classes
        Sites x kinds.
    size, takes
        Places of each kind; kinds x bands, whether a kind takes a band.
    enrolled
        Sites x bands.
    """
    bands = takes.shape[1]
    return {
        chosen: classes @ (size * takes[:, chosen].any(axis=1)) - enrolled[:, chosen].sum(axis=1)
        for count in range(1, bands + 1)
        for chosen in combinations(range(bands), count)
    }
