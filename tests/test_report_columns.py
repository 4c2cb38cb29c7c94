"""Widths of the columns of the report's tables, worked by hand."""

import pytest

from siting.review.report.columns import Column, letter_cm, margins_cm, widths_cm


def widths(shares, rows, whole_cm):
    columns = [Column("", share) for share in shares]
    return widths_cm(columns, rows[0], rows[1:], whole_cm)


def test_columns_have_their_share_where_their_words_fit():
    assert widths((1, 3), [["No.", "a few words"], ["A", "x"]], 16.0) == pytest.approx([4, 12])


def test_a_long_word_takes_room_from_those_with_most_to_spare():
    rows = [["Required", "a", "a"]]
    needed = 8 * letter_cm + margins_cm
    least = letter_cm + margins_cm
    found = widths((1, 4, 5), rows, 10.0)
    assert found[0] == pytest.approx(needed)
    assert sum(found) == pytest.approx(10.0)
    assert (found[1] - least) / (found[2] - least) == pytest.approx((4 - least) / (5 - least))


@pytest.mark.parametrize("text", ["中文名称在每个字后都可以换行", "a" * 64, "a-b/c-d-e-f-g-h-i"])
def test_what_may_be_broken_asks_for_no_room(text):
    assert widths((1, 9), [["", ""], [text, "x"]], 10.0) == pytest.approx([1, 9])


def test_where_nothing_fits_everyone_has_its_share():
    assert widths((1, 1), [["abcdefghij", "abcdefghij"]], 4.0) == pytest.approx([2, 2])
