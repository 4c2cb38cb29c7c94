"""The English texts that stand in the code of the package, each slot filled with a mark."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import siting

package = Path(siting.__file__).parent
mark = re.compile("⟦[0-9]+⟧")
phrase = re.compile(r"[A-Za-z⟧'][,;:']{0,2} ['(]?[A-Za-z⟦]")
"""Two words, or a word and a slot."""
chinese = re.compile("[一-鿿、；？]")
word = re.compile("[a-z]{2}")
wrong_calls = ("TypeError", "RuntimeError", "AttributeError")
"""Errors of calls from Python and of the package itself, which stay in English."""


@dataclass(frozen=True)
class EnglishText:
    """A text of the code.

    Attributes
    ----------
    file, line
        Where it stands.
    text
        Itself; ``⟦0⟧`` and so on stand for what is filled in when the program runs.
    """

    file: str
    line: int
    text: str


def english_texts(passed_over):
    """Yield the texts of the package outside some files and folders.

    Documentation, notes (which have their Chinese beside them) and errors of wrong calls are
    left out.
    """
    for file, tree in trees():
        if not file.startswith(tuple(passed_over)):
            for line, text in _below(tree):
                if phrase.search(text) and word.search(mark.sub("", text)):
                    yield EnglishText(file, line, text)


@cache
def trees():
    """Return each file of the package with its syntax tree."""
    return [
        (path.relative_to(package).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(package.rglob("*.py"))
    ]


def names_called(tree):
    """Yield the name of each function and class that a file calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).rsplit(".", 1)[-1]


def _below(node):
    if _is_passed_over(node):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    elif isinstance(node, ast.JoinedStr):
        parts = enumerate(node.values)
        told = (p.value if isinstance(p, ast.Constant) else f"⟦{i}⟧" for i, p in parts)
        yield node.lineno, "".join(told)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _below(part.value)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _below(child)


def _is_passed_over(node):
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        return ast.unparse(node.exc.func) in wrong_calls
    if isinstance(node, ast.IfExp):  # "中文" if is_chinese else "English"
        return any(chinese.search(ast.unparse(arm)) for arm in (node.body, node.orelse))
    return isinstance(node, ast.keyword) and node.arg in ("zh", "en")
