"""Rows that are equal, and so can stand for each other."""

import numpy as np
from scipy.sparse import csr_array


def equal_rows(rows: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Return the first row of each kind, and the kind of each row.

    Stored entries count, zeros among them; columns are sorted within each row.
    """
    first, index, data = rows.indptr, rows.indices, rows.data
    kinds: dict[tuple[bytes, bytes], int] = {}
    kind = np.empty(rows.shape[0], dtype=np.intp)
    firsts: list[int] = []
    for row, (begin, end) in enumerate(zip(first[:-1].tolist(), first[1:].tolist(), strict=True)):
        content = index[begin:end].tobytes(), data[begin:end].tobytes()
        kind[row] = kinds.setdefault(content, len(firsts))
        if kind[row] == len(firsts):
            firsts.append(row)
    return np.array(firsts, dtype=np.intp), kind


def transposed(pairs: csr_array) -> csr_array:
    """Return columns as rows, stored zeros kept."""
    return csr_array(pairs.T.tocsr())
