"""The words of the command line.

The home of argparse. Does not: do what they ask for, or say in Chinese what is wrong with them.
"""

import argparse
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]  # noqa: SLF001

Namespace = argparse.Namespace
languages = ("zh", "en")
most_margin_km = 100.0
"""Farthest that streets are fetched beyond a place (assumption: more is taken for metres)."""
most_alternatives = 20
"""More would not be told apart, and each takes a search of its own (assumption)."""


class UsageError(Exception):
    """A command that is not written as it must be.

    Attributes
    ----------
    command
        The part of the command line that it is about, such as ``siting run``.
    usage
        How it is written.
    """

    def __init__(self, what: str, command: str, usage: str) -> None:
        super().__init__(what)
        self.command = command
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """Raises what is wrong instead of printing it, and names the word that was likely meant."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the words."""
        usage = " ".join(self.format_usage().split()).removeprefix("usage: ")
        raise UsageError(message, self.prog, usage)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
        """Parse the words; the whole parser and each command refuse what they do not know."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            options = [option for action in self._actions for option in action.option_strings]
            told = " ".join(unknown)
            self.error(f"not known: {told}{_meant(unknown[0].partition('=')[0], options)}")
        return known, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401
        if action.choices is not None and value not in action.choices:
            choices = list(map(str, action.choices))
            what = f"'{value}' is none of {', '.join(choices)}{_meant(str(value), choices)}"
            raise argparse.ArgumentError(action, what)


def language_of(words: Iterable[str]) -> str:
    """Return the language that a command asks for, whatever else is wrong with it."""
    lang, before = "zh", ""
    for word in words:
        asked = word if before == "--lang" else word.removeprefix("--lang=")
        lang = asked if asked in languages and (before == "--lang" or asked != word) else lang
        before = word
    return lang


def options_of(words: Sequence[str] | None) -> Namespace:
    """Return what the words of a command ask for.

    Raises
    ------
    UsageError
        A word is unknown, missing or has a value that it cannot have.
    """
    return parser().parse_args(words)


def _meant(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"; is it '{near[0]}'?" if near else ""


def parser() -> Parser:
    """Return the parser of the command line; ``command`` says which command was named."""
    whole = Parser(
        prog="siting",
        description="Plan childcare places so that a district reaches its targets.",
        epilog="exit codes: 0 plan found, 1 what the solver told cannot be believed or the memory "
        "does not suffice, 2 scenario or data wrong, 3 a hard target cannot be met, "
        "4 no plan in the time given",
    )
    whole.add_argument("--version", action="version", version=version("siting"))
    whole.add_argument(
        "--lang", choices=languages, default="zh", help="as behind the command, where it may stand"
    )
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
    _add_lang(export)

    init = commands.add_parser("init", help="write the folder that a new study begins with")
    init.add_argument("folder", type=Path, metavar="DIR")
    _add_lang(init)

    check = commands.add_parser("check", help="list every problem of a scenario; solves nothing")
    check.add_argument("scenario", type=Path, metavar="SCENARIO")
    _add_lang(check)

    place = commands.add_parser(
        "place", help="draw a page to place sites that have an address only"
    )
    place.add_argument("scenario", type=Path, metavar="SCENARIO")
    place.add_argument("--out", type=Path, default=Path("place.html"), metavar="F", help="the page")
    _add_lang(place, "page")

    policy = commands.add_parser("policy", help="the encoded policy documents and their clauses")
    policy.add_argument("profile", nargs="?", metavar="ID", help="a profile, or a file of your own")
    _add_lang(policy)

    schema = commands.add_parser("schema", help="print the JSON Schema of scenarios, for editors")
    _add_lang(schema, "messages; the schema is in English")

    doctor = commands.add_parser(
        "doctor",
        help="try known cases on the installed solver, print versions; exit 1 if one is wrong",
    )
    _add_lang(doctor)

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
    _add_lang(fetch)
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
    _add_lang(run)


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
    _add_lang(compare, "page")


def _add_lang(command: argparse.ArgumentParser, what: str = "output") -> None:
    """Let a command take the language too; left out, it is the one before the command."""
    command.add_argument(
        "--lang", choices=languages, default=argparse.SUPPRESS, help=f"language of the {what}"
    )


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= most_alternatives:
        raise argparse.ArgumentTypeError(
            f"a number from 1 to {most_alternatives} expected, found {text!r}"
        )
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
    _add_lang(review)


def _margin_km(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= most_margin_km:
        raise argparse.ArgumentTypeError(
            f"a number from 0 to {most_margin_km:g} (km) expected, found {text!r}"
        )
    return value
