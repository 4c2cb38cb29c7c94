"""What a benchmark hands over: JSON lines, measured and to be reached, and memory of its own.

A measured row has ``case, engine`` and mostly ``seconds``, ``peak_mb`` and ``equal`` (whether the
answer is that of the other engines); a figure has ``figure, value, asked, reached``. Everything
else in a row is told as it stands. ``report.py`` makes a page of them.
"""

import json
import resource
from collections.abc import Callable
from multiprocessing import get_context

Row = dict[str, object]
missed = 3
"""Exit code of a benchmark that ran, and missed a figure or found answers that differ."""


def hand_over(row: Row) -> None:
    """Print a row as a line of JSON."""
    rounded = {key: round(v, 5) if isinstance(v, float) else v for key, v in row.items()}
    print(json.dumps(rounded), flush=True)


def figure(name: str, value: float, asked: str, reached: bool) -> bool:
    """Hand over a figure to reach, and return whether it is reached."""
    is_reached = bool(reached)
    hand_over({"figure": name, "value": round(value, 4), "asked": asked, "reached": is_reached})
    return is_reached


def at_most(name: str, value: float, most: float) -> bool:
    """Hand over a figure that is to be no larger than another, and return whether it is not."""
    return figure(name, value, f"<= {most:g}", value <= most)


def peak_mb() -> float:
    """Return the most memory this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_own_process(work: Callable[..., Row], *asked: object) -> Row:
    """Return the row of some work that is done in a new process, with the memory it took."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(there, work, asked))
    process.start()
    there.close()
    row: Row = here.recv()
    process.join()
    return row


def _send(pipe: object, work: Callable[..., Row], asked: tuple[object, ...]) -> None:
    row = work(*asked)
    pipe.send({"peak_mb": round(peak_mb())} | row)  # type: ignore[attr-defined]
