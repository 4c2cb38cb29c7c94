"""Halves of the last digit of an amount are rounded up, in every document alike."""

import pytest

from siting.review.report.words import report_words
from siting.review.report.writing import Writing
from siting.review.rounding import half_up
from siting.review.sentences import written


@pytest.mark.parametrize(
    ("value", "digits", "told"),
    [(1974.55, 1, "1974.6"), (1974.549, 1, "1974.5"), (2.5, 0, "3"), (1e9, 1, "1000000000.0")],
)
def test_halves_are_rounded_up(value, digits, told):
    assert str(half_up(value, digits)) == told


def test_parts_of_a_sum_add_up_where_their_digits_do():
    pen = Writing("zh", report_words("zh"))
    parts = (19_745_500.0, 1_008_000.0, 33_605_000.0, 650_000.0)
    assert [pen.figure("wan", part) for part in parts] == ["1,974.6", "100.8", "3,360.5", "65.0"]
    assert pen.figure("wan", sum(parts)) == "5,500.9"
    assert pen.figure("money", sum(parts)) == "5,500.9万元"
    assert written("money", 25_000.0, "zh") == "3万元"
