"""GraphML text -> attributes of the graph, its nodes and its edges."""

from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from siting.errors import DataError, Problem
from siting.inputs.files import check_file

Row = dict[str, str]


class _Reader:
    """Takes what the parser meets; holds no more of the file than the rows."""

    def __init__(self) -> None:
        self.graph: Row = {}
        self.nodes: list[Row] = []
        self.edges: list[Row] = []
        self._name_of_key: Row = {}
        self._row = self.graph
        self._key: str | None = None
        self._text: list[str] = []

    def start(self, tag: str, attributes: Row) -> None:
        if tag == "key":
            self._name_of_key[attributes.get("id", "")] = attributes.get("attr.name", "")
        elif tag == "node":
            self._row = {"id": attributes.get("id", "")}
            self.nodes.append(self._row)
        elif tag == "edge":
            self._row = {end: attributes.get(end, "") for end in ("source", "target")}
            self.edges.append(self._row)
        elif tag == "data":
            self._key, self._text = attributes.get("key", ""), []

    def end(self, tag: str) -> None:
        if tag == "data" and self._key is not None:
            self._row[self._name_of_key.get(self._key, self._key)] = "".join(self._text)
            self._key = None
        elif tag in {"node", "edge"}:
            self._row = self.graph

    def characters(self, text: str) -> None:
        if self._key is not None:
            self._text.append(text)


class _DeclarationError(ValueError):
    """The file brings a document type of its own, with which entities would come."""


def _refuse_declarations(*_: object) -> None:
    raise _DeclarationError("it declares a document type or entities")


def read_graphml(path: Path) -> tuple[Row, list[Row], list[Row]]:
    """Read a GraphML file; every value stays text.

    Returns
    -------
    tuple
        Attributes of the graph; of each node, with ``id``; of each edge, with ``source`` and
        ``target``.

    Raises
    ------
    DataError
        The file is missing, is not whole XML, declares entities (a small file could grow to fill
        the memory), or has no nodes or no edges.
    """
    check_file(path)
    reader, parser = _Reader(), ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.EntityDeclHandler = _refuse_declarations
    parser.buffer_text = True
    again = "save the graph again with osmnx.save_graphml"
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except (ExpatError, ValueError, LookupError, OSError) as error:
        raise DataError(
            [Problem(str(path), f"cannot be read as GraphML: {error}", again)]
        ) from None
    if not reader.nodes or not reader.edges:
        raise DataError([Problem(str(path), "holds no graph with nodes and edges", again)])
    return reader.graph, reader.nodes, reader.edges
