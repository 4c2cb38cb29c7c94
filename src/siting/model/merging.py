"""Exact merging of demand: cells that every siting stage sees alike become one class."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class DemandClasses:
    """Demand cells grouped by everything the siting stages see of them.

    Attributes
    ----------
    class_of_cell
        Class of each cell.
    under3
        Under-3s of each class.
    additional
        Classes x bands: children who want a place and have none.
    covered_today
        Whether each class reaches a site that stays open and counts for coverage.
    demand_class, site
        The pairs within reach, in the order of (class, site).
    """

    class_of_cell: np.ndarray
    under3: np.ndarray
    additional: np.ndarray
    covered_today: np.ndarray
    demand_class: np.ndarray
    site: np.ndarray

    def __len__(self) -> int:
        return len(self.under3)


def merge_cells(
    cell: np.ndarray,
    site: np.ndarray,
    under3: np.ndarray,
    additional: np.ndarray,
    covered_today: np.ndarray,
    *,
    merge: bool = True,
) -> DemandClasses:
    """Group cells with the same reach set and the same coverage today.

    The siting stages see of a cell only which sites it reaches, whether it is covered today,
    and its children, which add up; so the merged model has the same plans at the same values.

    Parameters
    ----------
    cell, site
        Pairs within reach, in the order of (cell, site), without repetition.
    under3, additional, covered_today
        Of each cell.
    merge
        False keeps every cell a class of its own, to test that merging changes nothing.
    """
    cells = len(under3)
    first = np.searchsorted(cell, np.arange(cells + 1))
    numbers: dict[tuple[bytes, bool], int] = {}
    class_of_cell = np.arange(cells)
    if merge:
        for i in range(cells):
            key = (site[first[i] : first[i + 1]].tobytes(), bool(covered_today[i]))
            class_of_cell[i] = numbers.setdefault(key, len(numbers))
    classes, representative = np.unique(class_of_cell, return_index=True)
    reached = first[representative + 1] - first[representative]
    before = np.cumsum(reached) - reached
    taken = np.arange(reached.sum()) - np.repeat(before - first[representative], reached)
    summed = np.zeros((len(classes), additional.shape[1]))
    np.add.at(summed, class_of_cell, additional)
    return DemandClasses(
        class_of_cell=class_of_cell,
        under3=np.bincount(class_of_cell, weights=under3, minlength=len(classes)),
        additional=summed,
        covered_today=covered_today[representative],
        demand_class=np.repeat(np.arange(len(classes)), reached),
        site=site[taken],
    )
