"""Values as the page takes them: finite numbers, None where there is none."""

from collections.abc import Iterable
from typing import Any

import numpy as np

Content = dict[str, Any]


def plain(value: float, digits: int = 6) -> float | None:
    """Return a figure to some digits after the point, None where there is none."""
    return round(float(value), digits) if np.isfinite(value) else None


def plain_list(column: Iterable[float], digits: int = 6) -> list[float | None]:
    """Return figures to some digits after the point, None where there is none."""
    return [plain(value, digits) for value in column]
