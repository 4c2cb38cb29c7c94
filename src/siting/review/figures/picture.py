"""An empty figure, what stands on every one of them, and its bytes."""

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from siting.review.figures.lettering import lettering, no_font, soft, write

width_in = 6.3
"""Width of a figure: that of the text of an A4 page."""
dots_per_inch = 180
packed_by = 3
"""How hard a picture is packed: more takes longer and gains a twentieth."""


def empty_figure(height_in: float) -> Figure:
    """Return a figure of the usual width on white."""
    figure = Figure(figsize=(width_in, height_in), facecolor="white")
    FigureCanvasAgg(figure)
    if not lettering().has_chinese:
        write(figure, 0.005, 0.005, "", size=5.5).set_text(no_font)
    return figure


def plain_axes(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Add axes with two thin lines and small figures at a place in inches."""
    high = figure.get_figheight()
    axes = figure.add_axes((left / width_in, bottom / high, width / width_in, height / high))
    axes.set_facecolor("white")
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set(color="#b9c3cc", linewidth=0.7)
    axes.grid(visible=False)
    axes.tick_params(
        labelsize=7, labelcolor=soft, color="#b9c3cc", width=0.7, length=3,
        labelfontfamily=list(lettering().families),
    )  # fmt: skip
    return axes


def png(figure: Figure, dpi: int = dots_per_inch) -> bytes:
    """Return a figure as the bytes of a PNG file; equal figures give equal bytes.

    Parameters
    ----------
    dpi
        Dots per inch.
    """
    stream = BytesIO()
    figure.savefig(
        stream,
        format="png",
        dpi=dpi,
        metadata={"Software": None},
        pil_kwargs={"compress_level": packed_by},
    )
    return stream.getvalue()
