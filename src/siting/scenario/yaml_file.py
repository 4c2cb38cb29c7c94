"""YAML text -> plain values and the place of each; the only file that knows YAML.

YAML 1.2 is read with a smaller vocabulary than the standard has: no tags, no anchors, no
repeated keys. So ``no`` stays a word, ``12:30`` is not 750, and nothing in a file can run.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scanner import Scanner

from siting.errors import Problem, ScenarioError
from siting.named_file import Hindrance, text_of
from siting.scenario.yaml_words import of_brackets, said, told_at_beginning

type_of_tag: dict[str, Callable[[str], object]] = {
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:null": lambda _: None,
}
deepest_nesting = 12
too_deep = "the file nests too deeply"
tagged = "a type named with ! is not read"
directed = "a line that begins with % is not read"
most_bytes = 100_000
"""Largest file (assumption: four times the longest policy document that is shipped; a file of
small keys takes five seconds)."""

full_width_key = re.compile(r"[ \t]*(?:- +)?([A-Za-z_][A-Za-z0-9_]*)：")
"""A key as a Chinese keyboard may write it."""

KeyPath = tuple[str | int, ...]
"""Keys and list positions from the top of a file to a value."""


@dataclass(frozen=True)
class YamlFile:
    """A file as plain values, and where each value stands.

    Attributes
    ----------
    path
        The file.
    values
        Dictionaries, tuples, texts, numbers.
    marks
        Path of keys and list positions -> (line, column), counted from 1.
    """

    path: Path
    values: Any
    marks: dict[KeyPath, tuple[int, int]]

    def place(self, path: KeyPath) -> str:
        """Return ``file:line:column`` of a value, or of the nearest value around it."""
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return f"{self.path}:{line}:{column}"


def read_yaml(path: Path) -> YamlFile:
    """Read a YAML file of plain values.

    Raises
    ------
    ScenarioError
        The file is missing, too large, not UTF-8, no YAML, or uses tags, anchors or a key twice.
    """
    text = text_of(path, most_bytes)
    if isinstance(text, Hindrance):
        raise ScenarioError([Problem(str(path), *text)])
    try:
        reading = YAML(typ="safe", pure=True)
        reading.Scanner = _Scanner
        reading.composer.warn_double_anchors = False  # anchors are refused below
        root = reading.compose(text)
    except MarkedYAMLError as error:
        _refuse_full_width(text, path)
        raise ScenarioError([_not_yaml(error, path)]) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what = f"not valid YAML: the character U+{error.character:04X} cannot stand in a text"
        problem = Problem(f"{path}:{line}", what, "remove it, or save the file as text")
        raise ScenarioError([problem]) from None
    except (YAMLError, RecursionError, ValueError):
        what = "not valid YAML: the file cannot be understood"
        raise ScenarioError([Problem(str(path), what, "mend the file")]) from None
    if isinstance(root, ScalarNode):
        _refuse_full_width(text, path)
    reader = _Reader(path)
    values = reader.value(root, ()) if root is not None else None
    if reader.problems:
        raise ScenarioError(reader.problems)
    return YamlFile(path, values, reader.marks)


def _not_yaml(error: MarkedYAMLError, path: Path) -> Problem:
    """Return what a file that is no YAML has wrong, and where that begins."""
    told = str(error.problem or "")
    mark = error.problem_mark or error.context_mark
    if told_at_beginning.search(told):
        mark = error.context_mark or mark
    place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    if told == too_deep:
        return Problem(place, f"not valid YAML: {too_deep}", "use the keys of the schema")
    if told == tagged:
        remedy = "put a text that begins with ! in quotes, or leave out the type"
        return Problem(place, tagged, remedy)
    if told == directed:
        return Problem(place, directed, "remove the line")
    what, remedy = said(told)
    if of_brackets.match(told) and error.context_mark:
        what += f"; it opens in line {error.context_mark.line + 1}"
    return Problem(place, f"not valid YAML: {what}", remedy)


def _refuse_full_width(text: str, path: Path) -> None:
    """Name the first key with a colon of Chinese writing, in a file that cannot be read."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := full_width_key.match(line):
            place = f"{path}:{number}:{found.end()}"
            raise ScenarioError([Problem(place, *_full_width(found[1]))])


def _full_width(key: str) -> tuple[str, str]:
    return (
        f"a full-width colon (：) stands behind the key '{key}'",
        "write a plain colon and a blank",
    )


class _Scanner(Scanner):
    """Stops at tags, directives and deep brackets: to look through thousands takes minutes."""

    def fetch_flow_collection_start(self, kind: Any, to_push: str) -> None:  # noqa: ANN401
        if len(self.flow_context) > deepest_nesting:
            raise MarkedYAMLError(problem=too_deep, problem_mark=self.reader.get_mark())
        super().fetch_flow_collection_start(kind, to_push)

    def fetch_tag(self) -> None:
        raise MarkedYAMLError(problem=tagged, problem_mark=self.reader.get_mark())

    def fetch_directive(self) -> None:
        raise MarkedYAMLError(problem=directed, problem_mark=self.reader.get_mark())


class _Reader:
    """Walks the node tree once and gathers every problem."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.marks: dict[KeyPath, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def value(self, node: Node, path: KeyPath) -> Any:  # noqa: ANN401  (plain YAML values)
        self.marks.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if id(node) in self.seen or node.anchor:
            self._refuse(node, "anchors (&) and aliases (*) are not read", "write the value out")
            return None
        self.seen.add(id(node))
        if len(path) > deepest_nesting:
            self._refuse(node, too_deep, "use the keys of the schema")
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return tuple(self.value(item, (*path, i)) for i, item in enumerate(node.value))
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        raise TypeError(f"unknown kind of node: {type(node)}")

    def _mapping(self, node: MappingNode, path: KeyPath) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self._scalar(key_node) if isinstance(key_node, ScalarNode) else None
            if key is None:
                self._refuse(key_node, "a key must be a plain word or number", "write a plain key")
                continue
            if found := full_width_key.match(str(key)):
                self._refuse(key_node, *_full_width(found[1]))
                continue
            if key in values:
                self._refuse(key_node, f"the key '{key}' stands twice", "keep one of the two")
                continue
            mark = key_node.start_mark
            self.marks[(*path, key)] = (mark.line + 1, mark.column + 1)
            values[key] = self.value(value_node, (*path, key))
        return values

    def _scalar(self, node: ScalarNode) -> Any:  # noqa: ANN401  (plain YAML values)
        convert = type_of_tag.get(str(node.tag))
        if convert is None:
            tag = str(node.tag).rsplit(":", 1)[-1]
            self._refuse(node, f"a value of type '{tag}' is not read", "write it in quotes")
            return None
        try:
            return convert(node.value)
        except ValueError:
            self._refuse(node, f"'{node.value}' cannot be read as a number", "write a plain one")
            return None

    def _refuse(self, node: Node, what: str, remedy: str) -> None:
        mark = node.start_mark
        place = f"{self.path}:{mark.line + 1}:{mark.column + 1}"
        self.problems.append(Problem(place, what, remedy))
