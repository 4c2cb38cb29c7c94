"""Whole numbers as short text: seven bits a byte, gzipped, base64.

A number n is written as the unsigned 2n (n >= 0) or -2n - 1, in groups of seven bits, lowest
first, with the eighth bit set on all but the last.
"""

import base64
import gzip

import numpy as np


def pack_numbers(numbers: np.ndarray) -> str:
    """Return whole numbers as text; the same numbers give the same text."""
    return pack_bytes(_variable_bytes(numbers.astype(np.int64)))


def pack_bytes(content: bytes) -> str:
    """Return bytes as text, gzipped."""
    return base64.b64encode(gzip.compress(content, compresslevel=9, mtime=0)).decode()


def _variable_bytes(numbers: np.ndarray) -> bytes:
    left = np.where(numbers >= 0, 2 * numbers, -2 * numbers - 1).astype(np.uint64)
    groups = []
    used = [np.ones(len(left), dtype=bool)]
    while True:
        low = (left & np.uint64(127)).astype(np.uint8)
        left = left >> np.uint64(7)
        more = left > 0
        groups.append(np.where(more, low | np.uint8(128), low))
        if not more.any():
            break
        used.append(more)
    return np.stack(groups, axis=1)[np.stack(used, axis=1)].tobytes()
