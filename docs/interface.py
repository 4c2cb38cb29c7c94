"""Write docs/reference/python.md: every public name, described by its docstring."""

import re
from dataclasses import is_dataclass
from functools import cached_property, reduce
from importlib import import_module
from inspect import cleandoc, getdoc, isclass, isfunction
from pathlib import Path

from pydantic import BaseModel

docs = Path(__file__).parent
head = """# Python interface

The tables of names are written by `make docs`, with the first line of each docstring; the whole
docstrings are read when this site is built, and `help(siting.run)` shows them anywhere. Tables are
pandas frames; what has a place is a GeoPandas frame. Units are in the names: `_s` seconds, `_m`
metres, `_kph` kilometres an hour, `_cny` yuan.
"""
modules = {
    "siting": "What most need: from a scenario to a study, and each step of it.",
    "siting.alternatives": "More than one answer; [More than one answer](../alternatives.md) tells "
    "how they are meant.",
    "siting.clashes": "Why a target cannot be met; [Why not](../why-not.md) tells how it is found.",
    "siting.review.figures": "Maps and charts of a study for a report or a notebook, as matplotlib "
    "figures. Each takes `study.findings`.",
}

tasks = (
    ("plan a scenario, all steps", "siting.run", ""),
    ("save page, workbook, report, tables and layers", "siting.Study.save", "siting.run"),
    ("look at a plan in a notebook", "siting.Study.map", "siting.run"),
    ("open a finished run, solving nothing", "siting.open_run", ""),
    ("see which sites open, expand or close", "siting.Plan.sites", "siting.choose_sites"),
    ("know the figures of today", "siting.measure_today", ""),
    ("know the figures of a plan by township", "siting.Indicators.of", "siting.run"),
    ("go step by step, or change a table on the way", "siting.read_inputs", ""),
    ("know who is how far from what", "siting.measure_reach", ""),
    ("draw the area within 15 minutes of a place", "siting.isochrones", ""),
    ("check a plan again from the tables", "siting.check_plan", ""),
    ("know why there is no plan, and what would mend it", "siting.clashes.explain", ""),
    ("know why a soft target is missed", "siting.clashes.shortcomings", ""),
    ("find other plans of nearly the same cost", "siting.alternatives.near_optimal", ""),
    ("know what each coverage costs", "siting.alternatives.frontier", ""),
    ("know what one more unit of a target costs", "siting.alternatives.price", ""),
    ("put plans side by side", "siting.compare", ""),
    ("solve a textbook location problem", "siting.locate", ""),
    ("draw a map for a report", "siting.review.figures.township_map", ""),
)
"""What one wants to do, the name that does it, and what gives that where it is no function."""
read_most = ("Indicators", "Inputs", "Plan", "Reach", "Study")
"""Classes whose tables come first."""
variable_names = {"Indicators": "figures", "InputError": "error"}
"""Class -> what a value of it is called in the tables, where not by the class."""
reference = re.compile(r":\w+:`~?([\w.]+)`")


def text() -> str:
    """Return the page."""
    return "\n".join([head, task_table(), *(section(name, what) for name, what in modules.items())])


def task_table() -> str:
    """Return what one wants to do, beside the name that does it."""
    rows = ["## What does what", "", "| I want to | use |", "|---|---|"]
    for task, name, giver in tasks:
        first_line(found(name))
        given = f" of what `{giver}` gives" if giver else ""
        rows.append(f"| {task} | `{name}`{given} |")
    return "\n".join([*rows, ""])


def found(path: str) -> object:
    """Return what a dotted name stands for."""
    module = next(name for name in sorted(modules, reverse=True) if path.startswith(f"{name}."))
    return reduce(getattr, path.removeprefix(f"{module}.").split("."), import_module(module))


def first_line(thing: object) -> str:
    """Return the first sentence of a docstring, for a cell of a table."""
    return cell((getdoc(thing) or "").split("\n\n")[0])


def cell(told: str) -> str:
    """Return the first sentence of some lines of a docstring."""
    sentence = re.split(r"(?<=\.) (?=[A-Z])", " ".join(told.split()), maxsplit=1)[0]
    return reference.sub(r"`\1`", sentence).replace("|", "\\|")


def section(name: str, what: str) -> str:
    """Return the section of a module."""
    module = import_module(name)
    named = [(word, getattr(module, word)) for word in module.__all__]
    parts = [f"## {name}", what, "", "| name | what it does or is |", "|---|---|"]
    parts += [f"| `{name}.{word}` | {first_line(thing)} |" for word, thing in named]
    parts.append("")
    for word, thing in sorted(named, key=lambda each: each[0] not in read_most):
        parts += members_table(name, word, thing)
    for title, is_class in (("Functions", False), ("Values", True)):
        entries = [entry(f"{name}.{w}", thing) for w, thing in named if isclass(thing) is is_class]
        if entries:
            parts += [f"### {title} of {name}", "", "```{eval-rst}", *entries, "```", ""]
    return "\n".join(parts)


def members_table(module: str, word: str, thing: object) -> list[str]:
    """Return what a class has: its values, figures computed when asked for, and functions."""
    if not isclass(thing):
        return []
    shown = variable_names.get(word, word.lower())
    rows = []
    for names, what in told_attributes(thing):
        rows.append(f"| {', '.join(f'`{shown}.{name}`' for name in names)} | {what} |")
    members = members_of(thing)
    for is_called in (False, True):
        rows += [
            f"| [`{shown}.{name}{'()' if is_called else ''}`](#{module}.{word}.{name}) "
            f"| {first_line(member)} |"
            for name, member in members.items()
            if isfunction(member) is is_called
        ]
    if not rows:
        return []
    keys = ["And every [key of a scenario](scenario.md), by its name.", ""]
    head = [f"### What {module}.{word} has", "", *(keys if issubclass(thing, BaseModel) else ())]
    return [*head, "| name | what it does or is |", "|---|---|", *rows, ""]


def parts_of(thing: type) -> list[type]:
    """Return a class and what it is made of in siting; an error adds only what is its own."""
    if issubclass(thing, Exception):
        return [thing]
    return [each for each in reversed(thing.__mro__) if each.__module__.startswith("siting.")]


def members_of(thing: type) -> dict[str, object]:
    """Return public methods and properties by name, in the order of the code."""
    return {
        name: member
        for part in parts_of(thing)
        for name, member in vars(part).items()
        if not name.startswith("_")
        and not hasattr(BaseModel, name)
        and (isfunction(member) or isinstance(member, property | cached_property))
    }


def told_attributes(thing: type) -> list[tuple[list[str], str]]:
    """Return the attributes that a docstring tells of, those told together as one."""
    told = []
    for part in parts_of(thing):
        _, _, after = cleandoc(part.__doc__ or "").partition("\nAttributes\n----------\n")
        for names, what in re.findall(r"^(\S.*)\n((?: .*\n?|\n(?= ))+)", after, re.MULTILINE):
            told.append((names.split(", "), cell(what.split("\n\n")[0])))
    return told


def entry(path: str, thing: object) -> str:
    """Return the directive that describes a name."""
    if not isclass(thing):
        return f".. autofunction:: {path}\n"
    if issubclass(thing, Exception):
        return f".. autoexception:: {path}\n"
    # What siting gives is not made by its caller: its attributes tell more than a signature.
    given = is_dataclass(thing) or issubclass(thing, BaseModel)
    lines = [f".. autoclass:: {path}{'()' if given else ''}", "   :members:"]
    if issubclass(thing, BaseModel):
        lines.append(f"   :exclude-members: {', '.join([*thing.model_fields, 'model_config'])}")
    elif any(base.__module__.startswith("siting.") for base in thing.__bases__):
        lines.append("   :inherited-members:")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    path = docs / "reference" / "python.md"
    path.write_text(text(), encoding="utf-8", newline="\n")
