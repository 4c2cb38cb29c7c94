"""The words of the command line.

The home of argparse. Does not: do what they ask for.
"""

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

Namespace = argparse.Namespace
most_margin_km = 100.0
"""Farthest that streets are fetched beyond a place (assumption: more is taken for metres)."""
most_alternatives = 20
"""More would not be told apart, and each takes a search of its own (assumption)."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; ``command`` says which command was named."""
    whole = argparse.ArgumentParser(
        prog="siting",
        description="Plan childcare places so that a district reaches its targets.",
        epilog="exit codes: 0 plan found, 1 what the solver told cannot be believed or the memory "
        "does not suffice, 2 scenario or data wrong, 3 a hard target cannot be met, "
        "4 no plan in the time given",
    )
    whole.add_argument("--version", action="version", version=version("siting"))
    commands = whole.add_subparsers(required=True, dest="command", metavar="COMMAND")

    _add_run(commands)
    _add_review(commands)
    _add_compare(commands)
    export = commands.add_parser(
        "export", help="write the planning model as a file for other solvers; solves nothing"
    )
    export.add_argument("scenario", type=Path, metavar="SCENARIO")
    export.add_argument("--out", type=Path, required=True, metavar="F", help="F.mps or F.lp")
    export.add_argument(
        "--stage", metavar="NAME", help="objective, such as cost (default: that of the first stage)"
    )
    export.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")

    init = commands.add_parser("init", help="write the folder that a new study begins with")
    init.add_argument("folder", type=Path, metavar="DIR")
    init.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")

    check = commands.add_parser("check", help="list every problem of a scenario; solves nothing")
    check.add_argument("scenario", type=Path, metavar="SCENARIO")
    check.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")

    place = commands.add_parser(
        "place", help="draw a page to place sites that have an address only"
    )
    place.add_argument("scenario", type=Path, metavar="SCENARIO")
    place.add_argument("--out", type=Path, default=Path("place.html"), metavar="F", help="the page")
    place.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the page")

    policy = commands.add_parser("policy", help="the encoded policy documents and their clauses")
    policy.add_argument("profile", nargs="?", metavar="ID", help="a profile, or a file of your own")
    policy.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")

    commands.add_parser("schema", help="print the JSON Schema of scenarios, for editors")

    doctor = commands.add_parser(
        "doctor",
        help="try known cases on the installed solver, print versions; exit 1 if one is wrong",
    )
    doctor.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")

    fetch = commands.add_parser("fetch", help="fetch streets from OpenStreetMap; goes online")
    fetch.add_argument("place", metavar="PLACE", help="such as '瓯海区, 温州市'")
    fetch.add_argument("--out", type=Path, required=True, metavar="F", help=".graphml or .gpkg")
    fetch.add_argument(
        "--margin-km",
        type=_margin_km,
        default=3.0,
        metavar="KM",
        help="how far beyond the boundary of the place (default: 3, for 15 minutes on foot; a "
        "drive of 15 minutes needs about 25)",
    )
    fetch.add_argument("--overpass", metavar="URL", help="another Overpass server")
    fetch.add_argument("--nominatim", metavar="URL", help="another Nominatim server")
    fetch.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    return whole


def _add_run(commands: "Commands") -> None:
    run = commands.add_parser("run", help="solve scenarios and write plan, tables, layers, page")
    run.add_argument(
        "scenario",
        nargs="+",
        type=Path,
        metavar="SCENARIO",
        help="scenario (.yaml) or filled workbook (.xlsx)",
    )
    run.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="folder of the run (default: results/NAME; with several scenarios, DIR/NAME)",
    )
    run.add_argument("--time-limit", type=float, metavar="S", help="seconds for all siting stages")
    run.add_argument("--gap", type=float, metavar="G", help="relative gap asked of each stage")
    run.add_argument(
        "--why", action="store_true", help="say why soft targets fall short (takes up to 30 s)"
    )
    run.add_argument(
        "--from-trial",
        type=Path,
        metavar="FILE",
        help="take up a trial (试算) exported from the review page: its switched sites are "
        "decided, its minutes and walking speed taken, and all is solved and proven anew",
    )
    run.add_argument(
        "--alternatives",
        type=_count,
        default=0,
        metavar="N",
        help="also look for N plans that cost little more and differ, each a run of its own",
    )
    run.add_argument(
        "--frontier", action="store_true", help="also tell the least cost of each coverage"
    )
    run.add_argument(
        "--no-cache", action="store_true", help="compute network and travel times afresh"
    )
    run.add_argument("--geoparquet", action="store_true", help="write the layers as GeoParquet too")
    run.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")


def _add_compare(commands: "Commands") -> None:
    compare = commands.add_parser(
        "compare", help="draw a page that puts finished runs side by side"
    )
    compare.add_argument(
        "folder",
        nargs="+",
        type=Path,
        metavar="DIR",
        help="folder of a finished run; one alone is compared with its alternatives",
    )
    compare.add_argument(
        "--out", type=Path, default=Path("compare.html"), metavar="F", help="the page"
    )
    compare.add_argument("--title", metavar="TEXT", help="heading (default: names of the plans)")
    compare.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the page")


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= most_alternatives:
        raise argparse.ArgumentTypeError(f"{text!r} is not 1 to {most_alternatives}")
    return int(text)


def _add_review(commands: "Commands") -> None:
    review = commands.add_parser(
        "review", help="draw page and layers of a finished run again; solves nothing"
    )
    review.add_argument("folder", type=Path, metavar="DIR", help="folder of the run")
    review.add_argument("--title", metavar="T", help="title (default: the name of the scenario)")
    review.add_argument(
        "--tiles",
        choices=("tianditu", "amap"),
        help="write a second page too, review_NAME.html, that may ask this online map",
    )
    review.add_argument(
        "--inputs",
        type=Path,
        metavar="DIR",
        help="folder of the scenario and its input files, where they were moved",
    )
    review.add_argument(
        "--geoparquet", action="store_true", help="write the layers as GeoParquet too"
    )
    review.add_argument(
        "--no-cache", action="store_true", help="compute network and travel times afresh"
    )
    review.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")


def _margin_km(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= most_margin_km:
        raise argparse.ArgumentTypeError(f"{text!r} is not 0 to {most_margin_km:g} km")
    return value
