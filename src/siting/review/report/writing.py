"""Figures as they are written in sentences and tables."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from siting.indicators import TargetResult
from siting.review.report.words import report_words
from siting.review.rounding import half_up

wan, yi, million = 1e4, 1e8, 1e6


@dataclass(frozen=True)
class Writing:
    """Texts and figures of a report in one language.

    Attributes
    ----------
    lang
        ``zh`` or ``en``.
    word
        Texts by name.
    """

    lang: str
    word: dict[str, str]

    def say(self, key: str, **slots: object) -> str:
        """Return a text with its slots filled; what is filled in is not looked at again."""
        return self.word[key].format(**slots)

    def join(self, parts: list[str]) -> str:
        """Return parts of a sentence as a list."""
        return self.word["list_comma"].join(parts)

    def figure(self, kind: str, value: Any, digits: int | None = None) -> str:  # noqa: ANN401
        """Return a value as its kind is written: count, decimal, share, money, wan, ...

        A missing one is a dash.
        """
        if value is None or (isinstance(value, float) and not np.isfinite(value)):
            return self.word["nothing"]
        return getattr(self, f"_{kind}")(value, *(() if digits is None else (digits,)))

    def _text(self, value: object) -> str:
        return str(value)

    def _year(self, value: float) -> str:
        return f"{value:.0f}"

    def _count(self, value: float) -> str:
        return f"{round(value) + 0:,}"

    def _decimal(self, value: float, digits: int = 2) -> str:
        return f"{value:,.{digits}f}"

    def _share(self, value: float, digits: int = 1) -> str:
        return f"{value * 100:.{digits}f}%"

    def _money(self, value: float, further: int = 0) -> str:
        if self.lang == "en":
            return f"CNY {half_up(value / million, 2 + further):,} million"
        if abs(value) >= yi:
            return f"{half_up(value / yi, 2 + further):,}亿元"
        return f"{half_up(value / wan, 1 + further):,}万元"

    def _wan(self, value: float, digits: int = 1) -> str:
        return f"{half_up(value / wan, digits):,}"

    def _speed(self, value: float) -> str:
        metres = f"{value * 1000 / 60:.0f}"
        if self.lang == "en":
            return f"{value:g} km/h ({metres} m/min)"
        return f"{value:g}公里/小时（{metres}米/分钟）"

    def _minutes(self, value: float) -> str:
        return f"{value:g}{' ' if self.lang == 'en' else ''}{self.word['minutes_unit']}"

    def _class(self, value: int) -> str:
        return f"{value}{' ' if self.lang == 'en' else ''}{self.word['places_unit']}"

    def _truth(self, value: bool) -> str:
        return self.word["yes" if value else "no"]

    def _seconds(self, value: float) -> str:
        return f"{value / 60:.1f}"

    def target_figure(self, result: TargetResult, value: float | None) -> str:
        """Return a figure of a target, with digits enough to tell a missed one from required."""
        if value is None or not np.isfinite(value):
            return self.word["nothing"]
        unit = result.target.unit
        if unit == "sites":
            return self._count(value)

        def write(value: float, further: int) -> str:
            if unit == "CNY":
                return self._money(value, further)
            if unit == "share":
                return self._share(value, 1 + further)
            return self._decimal(value, 2 + further)

        return write(value, result.further_digits(write))

    def counted(self, result: TargetResult, value: float | None, count: int | None) -> str:
        """Return a figure of a target with the number of things that it counts, where it does."""
        told = self.target_figure(result, value)
        if count is None or result.target.unit != "share":
            return told
        return f"{told}（{count}）" if self.lang == "zh" else f"{told} ({count})"

    def bounded(self, result: TargetResult) -> str:
        """Return what a target requires, with the most that it allows where it bounds both."""
        told = self.counted_below(result, result.required, result.required_count)
        most = result.required_upper
        if most is None or most == result.required:
            return told
        return f"{told}–{self.target_figure(result, most)}"

    def counted_below(self, result: TargetResult, value: float | None, count: int | None) -> str:
        """Return the same for a narrow cell, the number on a line of its own."""
        return self.counted(result, value, count).replace("（", "\n（").replace(" (", "\n(")


def writing(lang: str) -> Writing:
    """Return the writing of a language.

    Raises
    ------
    ValueError
        The language is unknown.
    """
    return Writing(lang, report_words(lang))
