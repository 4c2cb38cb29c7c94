"""Amounts of money rounded as people and spreadsheets round them: halves up."""

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: float, digits: int) -> Decimal:
    """Return a number to some digits after the point, halves rounded up.

    The number is taken as it is written: 1974.55 is 1974.6, though as a binary number it lies a
    little below.
    """
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
