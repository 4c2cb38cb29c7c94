"""The page of a run of the benchmarks: rows that were handed over -> docs/benchmarks.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isclose

Row = Mapping[str, object]


@dataclass(frozen=True)
class Part:
    """What one benchmark handed over.

    Attributes
    ----------
    name
        The benchmark: the name of its file.
    seconds
        How long it ran.
    failed
        Whether it ended before its end.
    rows
        Measured rows and figures to reach, in the order they came.
    """

    name: str
    seconds: float
    failed: bool
    rows: Sequence[Row]


@dataclass(frozen=True)
class Setting:
    """When, where and how the benchmarks ran; ``versions`` is None where nothing is installed."""

    date: str
    command: str
    machine: str
    load: str
    versions: Mapping[str, str | None] = field(default_factory=dict)


titles = {
    "wuhan": "The default study",
    "reach": "Travel times, isochrones and reading of OpenStreetMap files",
    "model": "Location problems",
    "page": "The review page",
    "load": "Many and large studies",
}
engines = {
    "siting": "siting",
    "siting_one_thread": "siting, one thread",
    "siting_places": "siting, to places by way of their doors",
    "ego_graph": "networkx `ego_graph` (the isochrone example of osmnx)",
    "networkx": "networkx `single_source_dijkstra`",
    "scipy": "scipy `csgraph.dijkstra`, 16 sites at once",
    "rustworkx": "rustworkx, without a cutoff",
    "pandana": "pandana",
    "buffers": "union of street buffers (shapely)",
    "osmnx": "osmnx `graph_from_xml`",
    "highs-merged": "HiGHS alone, equal demand merged",
    "highs": "HiGHS alone",
    "explore": "geopandas `explore` (Folium): the same layers as a map alone",
    "spopt": "spopt, with HiGHS through PuLP",
}
cases = {
    "walk-20k": "1,000 walks of 15 minutes, 20,000 nodes",
    "walk-200k": "1,000 walks of 15 minutes, 200,000 nodes",
    "walk-2m": "1,000 walks of 15 minutes, 2 million nodes",
    "drive-200k": "200 drives of 15 minutes, 200,000 nodes",
    "isochrones-200k": "1,000 isochrones of a walk of 15 minutes",
    "pbf-reykjavik": "streets of Reykjavík from an `.osm.pbf`",
    "cover-100k": "maximal covering, 100 sites, 100,000 points, p = 20",
    "cover-1m": "maximal covering, 100 sites, 1 million points, p = 20",
    "cover-20m": "maximal covering, 100 sites, 20 million points, p = 20",
    "wuhan-2000": "maximal covering, central Wuhan, 2,000 candidates, p = 50",
    "wuhan-10000": "maximal covering, central Wuhan, 10,000 candidates, p = 100",
    "streets-1000-p50": "maximal covering, drawn streets, 1,000 sites, p = 50",
    "streets-1000-p100": "maximal covering, drawn streets, 1,000 sites, p = 100",
    "grid-map": "page of 500 sites, 20,000 cells, 20,200 pieces of street",
    "spopt-3000": "maximal covering, 3,000 points and sites, p = 20",
}
proven = ("optimal", "within_gap")
least_ready_s = 3.0
"""Seconds that making the graph or compiling takes, from which on they are told."""
opening = """\
# Benchmarks

Written by `{command}`; the file is not edited by hand. Seconds depend on the machine; read the
ratios: how many times as long another engine takes as `siting` in the same run. Every engine gets
the same instance, in a process of its own; making its graph and compiling come before the seconds
and are told beside the answer where they take long. Whether the answers agree is checked in the
same run; an engine that ended without proof is said to have found the same value, or another.
rustworkx is measured without a cutoff: it searches the whole network from each site, and what lies
beyond the limit is thrown away.

| | |
|---|---|
| date (UTC) | {date} |
| machine | {machine} |
| load average at the start (1, 5, 15 minutes) | {load} |
| versions | {versions} |

A load average above 0.5 at the start means that other work ran on the machine: the figures are then
worse, and less even, than on a quiet one.
"""


def document(setting: Setting, parts: Iterable[Part]) -> str:
    """Return the page in Markdown."""
    there = ", ".join(f"{name} {told}" for name, told in setting.versions.items() if told)
    absent = [name for name, told in setting.versions.items() if told is None]
    blocks = [
        opening.format(
            command=setting.command,
            date=setting.date,
            machine=setting.machine,
            load=setting.load,
            versions=there,
        )
    ]
    if absent:
        blocks.append(f"Not installed, and not measured: {', '.join(absent)}.\n")
    return "\n".join([*blocks, *map(_section, parts)])


def _section(part: Part) -> str:
    """Return the section of one benchmark: engines side by side, then the figures to reach."""
    title = titles.get(part.name, part.name)
    lines = [f"## {title}", f"`python benchmarks/{part.name}.py`, {part.seconds:.0f} s.", ""]
    if part.failed:
        lines += ["**It ended before its end; what it had handed over by then stands here.**", ""]
    lines += [f"Not measured: {row['case']}, {row['skipped']}.\n" for row in part.rows
              if "skipped" in row]  # fmt: skip
    compared = _compared(part.rows)
    if compared:
        lines += [
            "| case | engine | seconds | / siting | memory, MB | answer |",
            "|---|---|---:|---:|---:|---|",
            *compared,
            "",
        ]
    figures = [row for row in part.rows if "figure" in row]
    if figures:
        lines += ["| figure | measured | asked | reached |", "|---|---:|---:|---|"]
        lines += [
            f"| {row['figure']} | {_digits(row['value'])} | {_sign(row['asked'])} "
            f"| {'yes' if row['reached'] else '**no**'} |"
            for row in figures
        ]
        lines.append("")
    return "\n".join(lines)


def _compared(rows: Sequence[Row]) -> list[str]:
    """Return a line of the table for each engine of the cases that several engines answered."""
    by_case: dict[object, list[Row]] = {}
    for row in rows:
        if "engine" in row and "seconds" in row:
            by_case.setdefault(row["case"], []).append(row)
    lines = []
    for case, same in by_case.items():
        if len(same) == 1:
            continue
        own = next((_number(row["seconds"]) for row in same if row["engine"] == "siting"), None)
        title = cases.get(str(case), str(case))
        for place, row in enumerate(same):
            seconds, engine = _number(row["seconds"]), str(row["engine"])
            cells = (
                title if place == 0 else "",
                engines.get(engine, engine),
                _digits(seconds),
                _ratio(row, seconds, own),
                _digits(row.get("peak_mb")),
                _answer(row, same),
            )
            lines.append(f"| {' | '.join(cells)} |")
    return lines


def _ratio(row: Row, seconds: float, own: float | None) -> str:
    """Return how many times as long; more than that, where a proof was not reached in the time."""
    if own is None or own <= 0:
        return "–"
    unfinished = row["engine"] != "siting" and _is_open(row)
    return f"{'> ' if unfinished else ''}{_digits(seconds / own)}"


def _is_open(row: Row) -> bool:
    """Say whether a solver told a status, and that it proved nothing."""
    return "status" in row and row["status"] not in (*proven, "Optimal Solution Found")


def _is_of_proven(row: Row, same: Sequence[Row]) -> bool:
    """Say whether a row has the value of one that is proven."""
    values = [_number(r["objective"]) for r in same if not _is_open(r) and "objective" in r]
    return any(isclose(_number(row.get("objective")), value, rel_tol=1e-6) for value in values)


def _answer(row: Row, same: Sequence[Row]) -> str:
    """Return whether the answer agrees with the others of its case, and what it is of.

    An engine that ended without proof agrees with nobody: it found the value that others proved,
    or another one.
    """
    told = ["–" if row.get("equal") is None else "agrees" if row["equal"] else "**differs**"]
    if row.get("objective") is not None:
        told.append(f"{_number(row['objective']):,.0f}")
    if _is_open(row):
        gap = row.get("gap")
        if row.get("equal"):
            told[0] = f"found {'the same' if _is_of_proven(row, same) else 'another'} value"
        told.append("not proven" if gap is None or _number(gap) > 1 else f"gap {_number(gap):.1%}")
    if "iou_median" in row:
        told.append(f"median overlap {row['iou_median']}")
    if _number(row.get("ready_s", 0)) >= least_ready_s:
        told.append(f"made ready in {_digits(row['ready_s'])} s")
    if "page_mb" in row:
        told.append(f"{_digits(row['page_mb'])} MB")
        others = int(_number(row["asks_others"]))
        told.append(f"asks for {others} files of others as it opens" if others else "opens offline")
    if "sample" in row:
        told.append(f"scaled from {row['sample']} sites")
    return ", ".join(told)


def _number(value: object) -> float:
    return float(str(value))


def _digits(value: object) -> str:
    """Return a number with three digits, or all those before the point."""
    if value is None:
        return "–"
    number = _number(value)
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"


def _sign(asked: object) -> str:
    return str(asked).replace("<=", "≤").replace(">=", "≥")
