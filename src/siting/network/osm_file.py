"""OpenStreetMap files (.osm.pbf, .osm and their compressed forms), read by pyosmium.

The only file that knows how pyosmium opens a file and what it raises.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from siting.errors import DataError, Problem
from siting.inputs.files import check_file

if TYPE_CHECKING:
    import osmium

endings = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")


def is_osm_file(path: Path) -> bool:
    """Return whether a file is an OpenStreetMap file by its name."""
    return path.name.lower().endswith(endings)


Box = tuple[float, float, float, float]
"""West, south, east, north in degrees of WGS-84."""


class OsmFile:
    """Reads one kind of element at a time, so that their order in the file does not matter.

    Nodes must be read before ways: the ways then know where their nodes are.
    """

    def __init__(self, path: Path) -> None:
        import osmium

        check_file(path)
        if not path.stat().st_size:
            raise DataError([Problem(str(path), "the file is empty", "download it again")])
        self.path = path
        locations = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
        locations.ignore_errors()
        self._locations = locations

    def box(self) -> Box | None:
        """Return the box that the head of the file says it holds; None where it says nothing."""
        import osmium

        with self._clear_errors(), osmium.io.Reader(str(self.path), osmium.osm.NOTHING) as reader:
            held = reader.header().box()
        if not held.valid():
            return None
        south_west, north_east = held.bottom_left, held.top_right
        return south_west.lon, south_west.lat, north_east.lon, north_east.lat

    def nodes(self, *filters: Any) -> Iterator["osmium.osm.Node"]:  # noqa: ANN401
        """Return the nodes that pass the filters, and note where every node is."""
        return self._elements("NODE", self._locations, *filters)

    def ways(self, *filters: Any) -> Iterator["osmium.osm.Way"]:  # noqa: ANN401
        """Return the ways that pass the filters."""
        return self._elements("WAY", self._locations, *filters)

    def relations(self, *filters: Any) -> Iterator["osmium.osm.Relation"]:  # noqa: ANN401
        """Return the relations that pass the filters."""
        return self._elements("RELATION", *filters)

    def ways_and_relations(
        self,
        *filters: Any,  # noqa: ANN401
    ) -> Iterator["osmium.osm.Way | osmium.osm.Relation"]:
        """Return both in one go, as they stand in the file."""
        return self._elements("WAY RELATION", self._locations, *filters)

    def _elements(self, kinds: str, *handlers: Any) -> Iterator[Any]:  # noqa: ANN401
        import osmium

        wanted = osmium.osm.NOTHING
        for kind in kinds.split():
            wanted |= getattr(osmium.osm, kind)
        with self._clear_errors(), osmium.io.Reader(str(self.path), wanted) as reader:
            yield from osmium.OsmFileIterator(reader, *handlers)

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        import osmium

        try:
            yield
        except (osmium.InvalidLocationError, RuntimeError, OSError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise DataError(
                [
                    Problem(
                        str(self.path),
                        f"cannot be read as an OpenStreetMap file: {reason}",
                        "download it again, whole; OpenStreetMap files hold no XML entities",
                    )
                ]
            ) from None


def tags_among(element: Any, keys: Iterable[str]) -> tuple[tuple[str, str], ...]:  # noqa: ANN401
    """Return the tags of an element under some keys, in the order of these."""
    value_of = element.tags.get
    return tuple((key, value) for key in keys if (value := value_of(key)) is not None)
