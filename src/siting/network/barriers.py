"""Barriers on streets: the last metre before one is closed to the modes that it stops."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from shapely.ops import substring

from siting.network.access import barred_modes
from siting.network.streets import Streets

stub_m = 1.0
"""Length of the closed piece of a street on either side of a barrier (assumption); a third of
the street where it is shorter than three of them."""


@dataclass(frozen=True)
class CutStreets:
    """Streets with the metres before barriers as lines of their own.

    Attributes
    ----------
    lines, ends, tags_of
        As in :class:`~siting.network.streets.Streets`.
    closed_to
        Mode -> whether a barrier closes each line to it.
    """

    lines: np.ndarray
    ends: np.ndarray
    tags_of: np.ndarray
    closed_to: Mapping[str, np.ndarray]


def cut_at_barriers(streets: Streets, modes: Sequence[str]) -> CutStreets:
    """Divide the streets that meet a barrier which stops one of the modes."""
    barred = {node: barred_modes(tags) for node, tags in streets.barriers.items()}
    stopping = np.array(
        [node for node, stopped in barred.items() if not stopped.isdisjoint(modes)], dtype=np.int64
    )
    touches = np.isin(streets.ends, stopping)
    cut = touches.any(axis=1)
    new_node = int(streets.ends.max(initial=0)) + 1
    lines, ends, stopped = [], [], []
    tags_of: list[int] = []
    for i in np.flatnonzero(cut):
        line, (start, end) = streets.lines[i], streets.ends[i].tolist()
        if not line.length:
            lines.append(line)
            ends.append((start, end))
            stopped.append(barred.get(start, frozenset()) | barred.get(end, frozenset()))
            tags_of.append(int(streets.tags_of[i]))
            continue
        stub = min(stub_m, line.length / 3)
        begin, finish = 0.0, line.length
        if touches[i, 0]:
            lines.append(substring(line, 0, stub))
            ends.append((start, new_node))
            stopped.append(barred[start])
            begin, start, new_node = stub, new_node, new_node + 1
        if touches[i, 1]:
            finish -= stub
            lines.append(substring(line, finish, line.length))
            ends.append((new_node, end))
            stopped.append(barred[end])
            end, new_node = new_node, new_node + 1
        lines.append(substring(line, begin, finish))
        ends.append((start, end))
        stopped.append(frozenset())
        tags_of += [int(streets.tags_of[i])] * (len(lines) - len(tags_of))
    whole = np.count_nonzero(~cut)
    return CutStreets(
        lines=np.r_[streets.lines[~cut], np.array(lines, dtype=object)],
        ends=np.r_[streets.ends[~cut], np.array(ends, dtype=np.int64).reshape(-1, 2)],
        tags_of=np.r_[streets.tags_of[~cut], np.array(tags_of, dtype=np.int64)],
        closed_to={
            mode: np.r_[np.zeros(whole, dtype=bool), [mode in modes for modes in stopped]].astype(
                bool
            )
            for mode in modes
        },
    )
