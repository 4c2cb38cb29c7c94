"""Demand that reaches the same sites, taken as one; importing this loads the compiler."""

import numpy as np
from scipy.sparse import csr_array

from siting.reach.compiled import compiled

key_seed = 20


def merge_rows(reach: csr_array, weight: np.ndarray) -> tuple[csr_array, np.ndarray]:
    """Return the different rows of a matrix, and the weight of all that are equal to each.

    Rows without weight or without entries are left out.

    Parameters
    ----------
    reach
        Demand x sites with sorted columns, each once; what is stored is within reach.
    weight
        Of each row, at least zero.

    Returns
    -------
    The different rows, in the order of their first appearance, and their weights.
    """
    keys = np.random.default_rng(key_seed).integers(0, 1 << 63, reach.shape[1], dtype=np.uint64)
    weight = np.asarray(weight, dtype=float)
    rows, weights = _different(reach.indptr, reach.indices, weight, keys)
    return reach[rows], weights


@compiled
def is_reached(first: np.ndarray, column: np.ndarray, is_open: np.ndarray) -> np.ndarray:
    """Return for each row of a matrix whether it has an entry in an open column."""
    found = np.zeros(len(first) - 1, dtype=np.bool_)
    for row in range(len(found)):
        for entry in range(first[row], first[row + 1]):
            if is_open[column[entry]]:
                found[row] = True
                break
    return found


@compiled
def _different(
    first: np.ndarray, column: np.ndarray, weight: np.ndarray, keys: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the first row of each kind, and the sum of the weights of its kind.

    Rows are looked up in an open hash table by the sum of the keys of their columns, and are the
    same only where every column is.
    """
    rows = len(weight)
    slots = 2
    while slots < 2 * rows:
        slots *= 2
    # Memory that is not touched is not given by the system, so the table costs what is different.
    table = np.zeros(slots, dtype=np.int32)
    row_of = np.empty(rows, dtype=np.int64)
    weight_of = np.empty(rows, dtype=np.float64)
    found = 0
    for row in range(rows):
        begin, end = first[row], first[row + 1]
        if begin == end or not weight[row] > 0:
            continue
        key = np.uint64(0)
        for entry in range(begin, end):
            key += keys[column[entry]]
        slot = np.int64((key ^ (key >> np.uint64(32))) & np.uint64(slots - 1))
        while table[slot] > 0:
            other = row_of[table[slot] - 1]
            shift = first[other] - begin
            same = first[other + 1] - end == shift
            entry = begin
            while same and entry < end:
                same = column[entry] == column[entry + shift]
                entry += 1
            if same:
                weight_of[table[slot] - 1] += weight[row]
                break
            slot = (slot + 1) & (slots - 1)
        if table[slot] == 0:
            row_of[found] = row
            weight_of[found] = weight[row]
            found += 1
            table[slot] = found
    return row_of[:found].copy(), weight_of[:found].copy()
