"""The words of the command line.

The home of argparse. Does not: do what they ask for, hold the texts of the help
(:mod:`siting.command_help`), or say in Chinese what is wrong with them.
"""

import argparse
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from siting import command_help
from siting.command_help import word_help

Namespace = argparse.Namespace
languages = ("zh", "en")
language_variable = "SITING_LANG"
"""Environment variable that names the language of every command that does not ask for one."""
most_margin_km = 100.0
"""Farthest that streets are fetched beyond a place (assumption: more is taken for metres)."""
most_alternatives = 20
"""More would not be told apart, and each takes a search of its own (assumption)."""


chinese_piece = re.compile("(?:[!-~]+|[^ -~])[，。；：、）”]* *")
"""What stays on one line: a word of letters or one Chinese character, with what closes it."""


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


class LanguageError(UsageError):
    """The environment names a language that there is not, so that no language is known."""


class Parser(argparse.ArgumentParser):
    """Raises what is wrong instead of printing it, and names the word that was likely meant.

    Its help is in the language given, ``zh`` or ``en``.
    """

    def __init__(self, *, lang: str, **settings: Any) -> None:  # noqa: ANN401
        formatter = _ChineseHelp if lang == "zh" else argparse.HelpFormatter
        super().__init__(formatter_class=formatter, add_help=False, **settings)
        self.lang = lang
        self._positionals.title = command_help.positionals.text(lang)
        self._optionals.title = command_help.options.text(lang)
        self.add_argument("-h", "--help", action="help", help=command_help.help_shown.text(lang))

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the words."""
        told = " ".join(self.format_usage().split())
        usage = told.removeprefix(command_help.usage.text(self.lang))
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


class _ChineseHelp(argparse.HelpFormatter):
    """Says in Chinese how a command is written, and breaks lines at the width they take up."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        prefix = command_help.usage.zh if prefix is None else prefix
        super().add_usage(usage, actions, groups, prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines, taken = [""], 0
        for piece in chinese_piece.findall(text):
            needed = sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in piece)
            if taken and taken + needed > width:
                lines, taken = [*lines, ""], 0
            lines[-1] += piece
            taken += needed
        return [line.rstrip() for line in lines]

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


def language_of(words: Iterable[str]) -> str:
    """Return the language that a command asks for, whatever else is wrong with it.

    Where it asks for none, it is that of the environment, or else Chinese.
    """
    named = os.environ.get(language_variable, "").strip()
    lang, before = named if named in languages else "zh", ""
    for word in words:
        asked = word if before == "--lang" else word.removeprefix("--lang=")
        lang = asked if asked in languages and (before == "--lang" or asked != word) else lang
        before = word
    return lang


def options_of(words: Sequence[str] | None) -> Namespace:
    """Return what the words of a command ask for; none stands for those of the process.

    Raises
    ------
    UsageError
        A word is unknown, missing or has a value that it cannot have.
    LanguageError
        The environment names a language that there is not.
    """
    words = sys.argv[1:] if words is None else words
    named = os.environ.get(language_variable, "").strip()
    if named and named not in languages:
        what = f"the environment variable {language_variable} is neither zh nor en: {named!r}"
        raise LanguageError(what, "siting", f"{language_variable}=zh|en")
    return parser(language_of(words)).parse_args(words)


def _meant(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"; is it '{near[0]}'?" if near else ""


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= most_alternatives:
        raise argparse.ArgumentTypeError(
            f"a number from 1 to {most_alternatives} expected, found {text!r}"
        )
    return int(text)


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


def parser(lang: str = "zh") -> Parser:
    """Return the parser of the command line; ``command`` says which command was named.

    Parameters
    ----------
    lang
        Language of the help, ``zh`` or ``en``, and of what does not ask for another.
    """
    whole = Parser(
        lang=lang,
        prog="siting",
        description=command_help.description.text(lang),
        epilog=command_help.exit_codes.text(lang),
    )
    whole.add_argument(
        "--version",
        action="version",
        version=version("siting"),
        help=command_help.version_shown.text(lang),
    )
    whole.add_argument(
        "--lang", choices=languages, default=lang, help=command_help.language_before.text(lang)
    )
    commands = whole.add_subparsers(
        required=True,
        dest="command",
        metavar="COMMAND",
        title=command_help.commands.text(lang),
    )
    for name, told in command_help.command_help.items():
        meaning = told.text(lang)
        command = commands.add_parser(name, lang=lang, help=meaning, description=meaning)
        add_words[name](command)
        command.add_argument("--lang", choices=languages, default=argparse.SUPPRESS)
        _explain(command, name)
    return whole


def _explain(command: Parser, name: str) -> None:
    """Give each word of a command its meaning, in the language of the command's help."""
    for action in command._actions:  # noqa: SLF001  (argparse has no door to them)
        if not isinstance(action, argparse._HelpAction):  # noqa: SLF001
            word = action.option_strings[-1] if action.option_strings else action.dest
            action.help = word_help[name][word].text(command.lang)


def _add_run(run: Parser) -> None:
    run.add_argument("scenario", nargs="+", type=Path, metavar="SCENARIO")
    run.add_argument("--allow-outside", action="store_true")
    run.add_argument("--out", type=Path, metavar="DIR")
    run.add_argument("--time-limit", type=float, metavar="S")
    run.add_argument("--gap", type=float, metavar="G")
    run.add_argument("--why", action="store_true")
    run.add_argument("--from-trial", type=Path, metavar="FILE")
    run.add_argument("--alternatives", type=_count, default=0, metavar="N")
    run.add_argument("--frontier", action="store_true")
    run.add_argument("--no-cache", action="store_true")
    run.add_argument("--geoparquet", action="store_true")


def _add_review(review: Parser) -> None:
    review.add_argument("folder", type=Path, metavar="DIR")
    review.add_argument("--title", metavar="T")
    review.add_argument("--tiles", choices=("tianditu", "amap"))
    review.add_argument("--inputs", type=Path, metavar="DIR")
    review.add_argument("--geoparquet", action="store_true")
    review.add_argument("--no-cache", action="store_true")


def _add_compare(compare: Parser) -> None:
    compare.add_argument("folder", nargs="+", type=Path, metavar="DIR")
    compare.add_argument("--out", type=Path, default=Path("compare.html"), metavar="F")
    compare.add_argument("--title", metavar="TEXT")


def _add_export(export: Parser) -> None:
    export.add_argument("scenario", type=Path, metavar="SCENARIO")
    export.add_argument("--allow-outside", action="store_true")
    export.add_argument("--out", type=Path, required=True, metavar="F")
    export.add_argument("--stage", metavar="NAME")


def _add_init(init: Parser) -> None:
    init.add_argument("folder", type=Path, metavar="DIR")
    init.add_argument("--from", type=Path, dest="source", metavar="SCENARIO")


def _add_check(check: Parser) -> None:
    check.add_argument("scenario", type=Path, metavar="SCENARIO")
    check.add_argument("--allow-outside", action="store_true")


def _add_place(place: Parser) -> None:
    place.add_argument("scenario", type=Path, metavar="SCENARIO")
    place.add_argument("--allow-outside", action="store_true")
    place.add_argument("--out", type=Path, default=Path("place.html"), metavar="F")


def _add_policy(policy: Parser) -> None:
    policy.add_argument("profile", nargs="?", metavar="ID")


def _add_nothing(_: Parser) -> None:
    pass


def _add_fetch(fetch: Parser) -> None:
    fetch.add_argument("place", metavar="PLACE")
    fetch.add_argument("--out", type=Path, required=True, metavar="F")
    fetch.add_argument("--margin-km", type=_margin_km, default=3.0, metavar="KM")
    fetch.add_argument("--overpass", metavar="URL")
    fetch.add_argument("--nominatim", metavar="URL")


add_words: Mapping[str, Callable[[Parser], None]] = {
    "run": _add_run,
    "review": _add_review,
    "compare": _add_compare,
    "export": _add_export,
    "init": _add_init,
    "check": _add_check,
    "place": _add_place,
    "policy": _add_policy,
    "schema": _add_nothing,
    "doctor": _add_nothing,
    "fetch": _add_fetch,
}
"""Command -> what gives it its words, beside the language."""
