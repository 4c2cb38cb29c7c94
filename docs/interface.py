"""Write docs/reference/python.md: every public name, described by its docstring."""

from dataclasses import is_dataclass
from importlib import import_module
from inspect import isclass
from pathlib import Path

from pydantic import BaseModel

docs = Path(__file__).parent
head = """# Python interface

The names are listed by `make docs`; what they do is read from their docstrings when this site is
built. Tables are pandas frames; what has a place is a GeoPandas frame. Units are in the names:
`_s` seconds, `_m` metres, `_kph` kilometres an hour, `_cny` yuan.
"""
modules = {
    "siting": "What most need: from a scenario to a study, and each step of it.",
    "siting.alternatives": "More than one answer; [More than one answer](../alternatives.md) tells "
    "how they are meant.",
    "siting.clashes": "Why a target cannot be met; [Why not](../why-not.md) tells how it is found.",
    "siting.review.figures": "Maps and charts of a study for a report or a notebook, as matplotlib "
    "figures. Each takes `study.findings`.",
}


def text() -> str:
    """Return the page."""
    return "\n".join([head, *(section(name, what) for name, what in modules.items())])


def section(name: str, what: str) -> str:
    """Return the section of a module."""
    module = import_module(name)
    named = [(word, getattr(module, word)) for word in module.__all__]
    parts = [f"## {name}", what, ""]
    for title, is_class in (("Functions", False), ("Values", True)):
        entries = [entry(f"{name}.{w}", thing) for w, thing in named if isclass(thing) is is_class]
        if entries:
            parts += [f"### {title} of {name}", "", "```{eval-rst}", *entries, "```", ""]
    return "\n".join(parts)


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
