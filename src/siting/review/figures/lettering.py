"""Text in figures: a font that has Chinese, and no mark-up in what comes from data."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.legend import Legend
from matplotlib.text import Text

chinese_fonts = ("Microsoft YaHei", "SimHei", "Hiragino Sans GB", "Noto Sans CJK SC")
"""Fonts with Chinese on Windows, macOS and Linux; the first that is there is used."""
fallback = "DejaVu Sans"
"""Comes with matplotlib."""
box = "□"
"""What stands for a character that no font has."""
no_font = f"No Chinese font found ({', '.join(chinese_fonts)}): Chinese text is shown as boxes."
ink, soft = "#1d2733", "#5a6875"
most_characters = 24
"""Characters of a name from data; a longer one ends with an ellipsis."""


@dataclass(frozen=True)
class Lettering:
    """Fonts that are there, in the order tried, and the characters that they have."""

    families: tuple[str, ...]
    characters: frozenset[int]

    @property
    def has_chinese(self) -> bool:
        """Whether a font with Chinese was found."""
        return self.families != (fallback,)

    def font(self, size: float, weight: str = "normal") -> FontProperties:
        """Return the font in a size, points."""
        return FontProperties(family=list(self.families), size=size, weight=weight)

    def shown(self, text: str) -> str:
        """Return a text of one line as it can be set."""
        text = " ".join(text.split())
        return "".join(
            mark if ord(mark) in self.characters and unicodedata.category(mark)[0] != "C" else box
            for mark in text
        )


@cache
def lettering(fonts: tuple[str, ...] = chinese_fonts) -> Lettering:
    """Return the lettering of this machine.

    Parameters
    ----------
    fonts
        Names of fonts, the best first.
    """
    found = [name for name in fonts if _path(name)][:1]
    families = (*found, fallback)
    characters: set[int] = set()
    for name in families:
        characters |= set(get_font(_path(name)).get_charmap())
    return Lettering(families, frozenset(characters))


def _path(name: str) -> Any:  # noqa: ANN401  (a path that knows its face)
    """Return the file of a font, None where it is not there."""
    try:
        return fontManager.findfont(FontProperties(family=name), fallback_to_default=False)
    except ValueError:
        return None


def write(
    where: Axes | Figure,
    x: float,
    y: float,
    text: str,
    size: float = 7.5,
    **how: Any,  # noqa: ANN401
) -> Text:
    """Write a text into axes or a figure, verbatim: dollar signs make no formula."""
    letters = lettering()
    font = letters.font(size, how.pop("weight", "normal"))
    how = {"color": ink, "parse_math": False, "fontproperties": font, **how}
    return where.text(x, y, letters.shown(text), **how)


def cut(name: str) -> str:
    """Return a name from data, too long a one with an ellipsis."""
    return name if len(name) <= most_characters else name[: most_characters - 1] + "…"


def legend(axes: Axes, handles: list[Any], title: str, top: float, columns: int = 1) -> Legend:
    """Add a legend to axes without a frame, its top at a height of 0 to 1."""
    letters = lettering()
    for handle in handles:
        lines = handle.get_label().splitlines()
        handle.set_label("\n".join(letters.shown(line) for line in lines))
    drawn = Legend(
        axes,
        handles,
        [handle.get_label() for handle in handles],
        loc="upper left",
        bbox_to_anchor=(0.0, top),
        borderaxespad=0.0,
        frameon=False,
        prop=letters.font(7.0),
        title=letters.shown(title),
        title_fontproperties=letters.font(7.5, "bold"),
        alignment="left",
        handlelength=1.6,
        labelspacing=0.45,
        ncols=columns,
    )
    for text in (*drawn.get_texts(), drawn.get_title()):
        text.set_parse_math(False)
        text.set_color(ink)
    axes.add_artist(drawn)
    return drawn
