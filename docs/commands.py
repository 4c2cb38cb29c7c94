"""Write docs/reference/commands.md from the parser of the command line."""

import argparse
from pathlib import Path

from siting.arguments import parser

docs = Path(__file__).parent
head = """# Command line

Made from the parser (`src/siting/arguments.py`) by `make docs`. `siting COMMAND --help` prints the
same in the terminal, and `siting --version` the version. `python -m siting` is the same command.
`--lang` may stand before the command too; what is wrong with a command is told in that language.

| exit code | meaning |
|---:|---|
| 0 | a plan was found, or what was asked for was done |
| 1 | the solver cannot be believed or the memory does not suffice; a case of `doctor` is wrong |
| 2 | the scenario, a file or a word of the command is wrong |
| 3 | a hard target cannot be met: it is proven that there is no plan |
| 4 | no plan was found in the time given |
| 130 | stopped with Ctrl-C; earlier results are as they were |
"""


def text() -> str:
    """Return the page."""
    whole = parser()
    commands = next(
        action
        for action in whole._actions  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )
    meaning = {choice.dest: choice.help or "" for choice in commands._choices_actions}  # noqa: SLF001
    sections = [section(name, meaning[name], commands.choices[name]) for name in commands.choices]
    return "\n".join([head, *sections])


def section(name: str, meaning: str, command: argparse.ArgumentParser) -> str:
    """Return the section of a command."""
    actions = [
        action
        for action in command._actions  # noqa: SLF001
        if not isinstance(action, argparse._HelpAction)  # noqa: SLF001
    ]
    words = [usage(action) for action in sorted(actions, key=lambda a: bool(a.option_strings))]
    lines = [f"## {name}", sentence(meaning), "", "```text", " ".join(["siting", name, *words])]
    lines.append("```")
    if actions:
        lines += ["", "| word | meaning | default |", "|---|---|---|"]
        lines += [
            f"| `{spelt(action)}` | {cell(action.help or '')} | {default(action)} |"
            for action in actions
        ]
    return "\n".join([*lines, ""])


def spelt(action: argparse.Action) -> str:
    """Return a word as it is written, with what follows it."""
    value = "" if action.nargs == 0 else value_of(action)
    return " ".join(filter(None, [*action.option_strings[-1:], value]))


def value_of(action: argparse.Action) -> str:
    """Return what stands for a value."""
    if action.choices:
        return "{" + ",".join(map(str, action.choices)) + "}"
    return str(action.metavar or action.dest.upper())


def usage(action: argparse.Action) -> str:
    """Return a word as the usage of its command shows it."""
    word = spelt(action)
    if action.nargs == "+":
        word = f"{word} [{word} ...]"
    return word if action.required and action.nargs != "?" else f"[{word}]"


def default(action: argparse.Action) -> str:
    """Return what holds where a word is left out."""
    if action.required and action.nargs != "?":
        return "(needed)"
    if action.nargs == 0:
        return "off"
    if action.default == argparse.SUPPRESS:  # that of the same word before the command
        return f"`{parser().get_default(action.dest)}`"
    return "" if action.default in (None, 0) else f"`{action.default}`"


def sentence(phrase: str) -> str:
    """Return a phrase with a capital and a full stop."""
    return f"{phrase[:1].upper()}{phrase[1:]}."


def cell(phrase: str) -> str:
    """Return a text that stands in a cell of a table."""
    return phrase.replace("|", "\\|")


if __name__ == "__main__":
    path = docs / "reference" / "commands.md"
    path.write_text(text(), encoding="utf-8", newline="\n")
