"""Compiling with numba; importing this loads it, which takes a second."""

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function that runs without the interpreter's lock.

    What was compiled is kept beside the source or in the user's cache; where neither can be
    written, it is compiled afresh in every process.
    """
    try:
        return njit(nogil=True, cache=True)(function)
    except RuntimeError:
        return njit(nogil=True)(function)
