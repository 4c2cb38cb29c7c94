"""Values as they show themselves in a notebook: small tables of HTML, every text escaped.

Reads texts and figures, gives HTML. Does not: know what they mean, or load anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

frame = "max-width:60em;margin:4px 0;font-size:13px;line-height:1.5"
cell = "padding:2px 12px 2px 0;vertical-align:top;text-align:{align};{wrapping}"
most_marks = 120
"""Characters of a text that are shown; the rest is cut off."""
line_marks = 24
"""Characters of a text that stays on one line."""


class Figure(str):
    """A figure as it is written, which stands to the right."""

    __slots__ = ()


def figure(value: float | None, unit: str, further: int = 0) -> Figure:
    """Return a figure in the unit of a target: CNY, share, sites or per thousand.

    Parameters
    ----------
    further
        Digits after the point beside the usual ones.
    """
    if value is None or value != value:  # noqa: PLR0124  (not a number)
        return Figure("–")
    if unit == "CNY":
        return Figure(f"{value / 10_000:,.{1 + further}f}万元")
    if unit == "share":
        return Figure(f"{value:.{1 + further}%}")
    return Figure(f"{value:.0f}" if unit == "sites" else f"{value:.{2 + further}f}")


def card(title: str | None, facts: Sequence[tuple[str, object]] = (), *tables: str) -> str:
    """Return a heading, some facts below it, and tables made by :func:`table`.

    Parameters
    ----------
    title
        Text of the heading; none leaves it out.
    facts
        What each is called, and its value; those without a value are left out.
    """
    told = [
        f'<span style="margin-right:1.4em">{_text(name)} <b>{_text(value)}</b></span>'
        for name, value in facts
        if value is not None
    ]
    heading = f'<div style="font-weight:600;font-size:15px">{_text(title)}</div>'
    lines = [] if title is None else [heading]
    lines += [f"<div>{''.join(told)}</div>"] if told else []
    return f'<div style="{frame}">{"".join((*lines, *tables))}</div>'


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table: figures to the right, texts to the left, what is missing as a dash.

    Parameters
    ----------
    head
        What each column is called.
    """
    titles = "".join(_cell("th", title) for title in head)
    body = "".join(f"<tr>{''.join(_cell('td', value) for value in row)}</tr>" for row in rows)
    return (
        f'<table style="{frame};border-collapse:collapse">'
        f"<thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"
    )


@dataclass(frozen=True, repr=False)
class PageInNotebook:
    """A page that a notebook shows in a frame of its own, which can reach nothing around it.

    Attributes
    ----------
    page
        A whole HTML page.
    height_px
        Height of the frame.
    """

    page: str
    height_px: int

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.page, quote=True)}" width="100%" '
            f'height="{self.height_px:d}" sandbox="allow-scripts allow-downloads allow-modals" '
            'style="border:1px solid #d5dbe1"></iframe>'
        )


def _cell(tag: str, value: object) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    style = cell.format(
        align="right" if is_number or isinstance(value, Figure) else "left",
        wrapping="white-space:nowrap"
        if len(str(value)) <= line_marks
        else "overflow-wrap:anywhere",
    )
    return f'<{tag} style="{style}">{_text(value)}</{tag}>'


def _text(value: object) -> str:
    """Return a value as text that runs nothing and turns nothing around it."""
    if value is None or value != value:  # noqa: PLR0124  (not a number)
        return "–"
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    text = f"{value:,.10g}" if isinstance(value, int | float) else str(value)
    cut = text if len(text) <= most_marks else f"{text[:most_marks]}…"
    return f"<bdi>{escape(cut)}</bdi>"
