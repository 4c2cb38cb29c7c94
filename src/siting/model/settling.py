"""Exact reduction: children whom the facilities of today serve whatever the plan does."""

import numpy as np
import pandas as pd

from siting.inputs import free_places


def settle(
    pairs: tuple[np.ndarray, np.ndarray],
    additional: np.ndarray,
    could_come: np.ndarray,
    undecided: np.ndarray,
    classes: tuple[np.ndarray, np.ndarray, np.ndarray],
    enrolled: np.ndarray,
    *,
    settles: bool = True,
) -> tuple[pd.DataFrame, np.ndarray]:
    """Serve children at facilities that have room for everyone who could ever come.

    A facility whose free places hold all the children within its reach, of every set of age
    bands (Hall's condition), never turns one away. Serving those children there takes nothing
    from anybody else, so some best plan does so, and they need not be in the model. Every
    child settled makes room elsewhere, so the search is repeated until nothing changes.

    It holds where no target asks that particular places be filled, or children be enrolled in
    particular tiers.

    Parameters
    ----------
    pairs
        Cells and sites within reach, in the order of (cell, site).
    additional, could_come
        Cells x bands: children who want a place and have none, and with those who could be
        released by facilities that close.
    undecided
        Cells x bands: whether their number depends on what is chosen, so that they are not
        settled.
    classes
        Sites x kinds: classes of the facilities that stay; places of a class of each kind; kinds
        x bands, whether a kind takes a band.
    enrolled
        Sites x bands.
    settles
        False settles nobody.

    Returns
    -------
    tuple
        ``cell, site, band, children`` by position, and cells x bands: children still to be
        served.
    """
    cell, site = pairs
    today, size, kind_takes = classes
    takes = today @ kind_takes > 0
    free = free_places(today, size, kind_takes, enrolled)
    left = additional.copy()
    coming = could_come.copy()
    found: list[pd.DataFrame] = []
    sites, bands = takes.shape
    while settles and bands:
        could = np.column_stack(
            [
                np.bincount(site, weights=coming[cell, band], minlength=sites) * takes[:, band]
                for band in range(bands)
            ]
        )
        fixed = np.where(undecided, 0.0, left)
        some = np.column_stack(
            [
                np.bincount(site, weights=fixed[cell, band], minlength=sites) * takes[:, band]
                for band in range(bands)
            ]
        )
        holds = some.sum(axis=1) > 0
        for chosen, places in free.items():
            holds &= could[:, chosen].sum(axis=1) <= np.maximum(places, 0.0)
        if not holds.any():
            break
        for band in range(bands):
            pair = holds[site] & takes[site, band] & (fixed[cell, band] > 0)
            settled_cell, first = np.unique(cell[pair], return_index=True)
            children = fixed[settled_cell, band]
            found.append(
                pd.DataFrame(
                    {
                        "cell": settled_cell,
                        "site": site[pair][first],
                        "band": band,
                        "children": children,
                    }
                )
            )
            left[settled_cell, band] -= children
            coming[settled_cell, band] -= children
    return (pd.concat(found, ignore_index=True) if found else no_service()), left


def no_service() -> pd.DataFrame:
    """Return a table of nobody served."""
    columns = {"cell": np.int64, "site": np.int64, "band": np.int64, "children": np.float64}
    return pd.DataFrame({name: np.empty(0, dtype) for name, dtype in columns.items()})
