"""Exact merging of demand: cells that a part of the model sees alike become one class."""

import numpy as np


def merge_cells(
    cell: np.ndarray, site: np.ndarray, cells: int, *, merge: bool = True
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Group cells with the same reach set.

    Coverage and service see of a cell only which sites it reaches; its children add up. So the
    merged model has the same plans at the same values.

    Parameters
    ----------
    cell, site
        Pairs within reach, in the order of (cell, site), without repetition.
    cells
        Number of cells.
    merge
        False keeps every cell a class of its own, to test that merging changes nothing.

    Returns
    -------
    tuple of arrays
        Class of each cell, -1 for cells that reach nothing; class and site of each pair of the
        merged demand, in the order of (class, site).
    """
    first = np.searchsorted(cell, np.arange(cells + 1))
    reached = first[1:] - first[:-1]
    class_of_cell = np.full(cells, -1)
    numbers: dict[bytes | int, int] = {}
    representative: list[int] = []
    for i in np.flatnonzero(reached).tolist():
        key = site[first[i] : first[i + 1]].tobytes() if merge else i
        number = numbers.setdefault(key, len(numbers))
        if number == len(representative):
            representative.append(i)
        class_of_cell[i] = number
    chosen = np.array(representative, dtype=np.int64)
    length = reached[chosen]
    before = np.cumsum(length) - length
    taken = np.arange(length.sum()) - np.repeat(before - first[chosen], length)
    return class_of_cell, np.repeat(np.arange(len(chosen)), length), site[taken]


def summed(class_of_cell: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """Return an amount of every cell (first axis) summed over the cells of each class."""
    classes = int(class_of_cell.max(initial=-1)) + 1
    total = np.zeros((classes, *amount.shape[1:]))
    seen = class_of_cell >= 0
    np.add.at(total, class_of_cell[seen], amount[seen])
    return total
