"""Streets from OpenStreetMap by the name of a place: the only file that goes online."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from siting.errors import DataError, OutputError, Problem
from siting.folder import run_folder
from siting.network.access_rules import barrier_keys, rule_keys
from siting.notes import Note

if TYPE_CHECKING:
    import networkx as nx

default_margin_m = 3000.0
"""Streets are fetched this far beyond the place (assumption: a 15-minute walk and its detours)."""
suffixes = (".graphml", ".gpkg")
licence = "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"


def fetch_streets(
    place: str,
    path: Path,
    *,
    margin_m: float = default_margin_m,
    overpass_url: str | None = None,
    nominatim_url: str | None = None,
    timeout_s: float = 180.0,
) -> tuple[Note, ...]:
    """Fetch every street of a place from OpenStreetMap and save it as GraphML or GeoPackage.

    Ways keep their direction and the tags that the access rules read, and are joined into one
    edge only where these agree. The file is written whole or not at all; if anything fails, an
    earlier file stays.

    Parameters
    ----------
    place
        Name as OpenStreetMap knows it, such as 瓯海区, 温州市; it must have a boundary there.
    path
        File to write, ``.graphml`` or ``.gpkg``.
    margin_m
        How far beyond the boundary streets are fetched.
    overpass_url, nominatim_url
        Servers to ask; the public ones if not given.
    timeout_s
        Longest wait for an answer.

    Returns
    -------
    tuple of Note
        What was fetched, when, and under which licence.

    Raises
    ------
    DataError
        There is no such place, it has no boundary or no streets, or a server does not answer.
    OutputError
        The file has another ending, or cannot be written.
    """
    if path.suffix.lower() not in suffixes:
        raise OutputError(
            [Problem(str(path), "streets are saved as GraphML or GeoPackage", "end in .graphml")]
        )
    asked = datetime.now(UTC).date().isoformat()
    with _asking(place, overpass_url, nominatim_url, timeout_s):
        graph = _graph_of(place, margin_m)
    graph.graph.update(place=place, fetched=asked, licence=licence)
    _save(graph, path)
    return (
        Note(
            zh=f"{path.name}：{place}及其外{margin_m / 1000:g}公里的道路{len(graph.edges):,}条，"
            f"取自OpenStreetMap（{asked}）；{licence}",
            en=f"{path.name}: {len(graph.edges):,} streets of {place} and {margin_m / 1000:g} km "
            f"beyond, from OpenStreetMap ({asked}); {licence}",
        ),
    )


def _graph_of(place: str, margin_m: float) -> "nx.MultiDiGraph":
    import osmnx

    boundary = osmnx.geocode_to_gdf(place)
    wider = boundary.to_crs(boundary.estimate_utm_crs()).buffer(margin_m).to_crs(4326)
    graph = osmnx.graph_from_polygon(
        wider.iloc[0],
        simplify=False,
        retain_all=True,
        truncate_by_edge=True,
        custom_filter='["highway"]',
    )
    return osmnx.simplify_graph(
        graph,
        node_attrs_include=["barrier"],
        edge_attrs_differ=sorted(rule_keys),
        remove_rings=False,
    )


@contextmanager
def _asking(
    place: str, overpass_url: str | None, nominatim_url: str | None, timeout_s: float
) -> Iterator[None]:
    """Set osmnx up for one question, put it back as it was, and say clearly what went wrong."""
    import osmnx
    import requests
    from requests import exceptions

    settings = osmnx.settings
    wanted = {
        # Raw tags and one edge a way: the access rules decide who may go which way.
        "all_oneway": True,
        "use_cache": False,
        "requests_timeout": timeout_s,
        "useful_tags_way": sorted({*rule_keys, "name", "route"}),
        "useful_tags_node": sorted({*barrier_keys, "highway"}),
        "overpass_url": overpass_url or settings.overpass_url,
        "nominatim_url": nominatim_url or settings.nominatim_url,
    }
    before = {name: getattr(settings, name) for name in wanted}
    look_up = socket.getaddrinfo  # osmnx replaces it when it asks Overpass
    try:
        for name, value in wanted.items():
            setattr(settings, name, value)
        yield
    except (exceptions.MissingSchema, exceptions.InvalidSchema, exceptions.InvalidURL) as error:
        raise DataError(
            [
                Problem(
                    f"fetching {place}",
                    f"the address of the server is wrong: {error}",
                    "write it whole, such as https://overpass-api.de/api",
                )
            ]
        ) from None
    except requests.RequestException as error:
        server = str(error.request.url).split("?")[0] if error.request else ""
        raise DataError(
            [
                Problem(
                    f"fetching {place}",
                    f"the server does not answer: {server} ({type(error).__name__})",
                    "check the connection, wait a few minutes, or name another server",
                )
            ]
        ) from None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise DataError(
            [
                Problem(
                    f"fetching {place}",
                    f"OpenStreetMap gave no streets: {_first_line(error)}",
                    "write the name as openstreetmap.org finds it, with its city, and check there "
                    "that it has a boundary; or try again later",
                )
            ]
        ) from None
    finally:
        socket.getaddrinfo = look_up
        for name, value in before.items():
            setattr(settings, name, value)


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}, {text[0][:200]}" if text else type(error).__name__


def _save(graph: "nx.MultiDiGraph", path: Path) -> None:
    """Write a graph beside its place and move it there when it is whole."""
    import osmnx
    from pyogrio.errors import DataSourceError

    with run_folder(path.parent) as new:
        try:
            if path.suffix.lower() == ".graphml":
                osmnx.save_graphml(graph, new / path.name)
            else:
                osmnx.save_graph_geopackage(graph, new / path.name, directed=True)
        except DataSourceError as error:
            raise OutputError(
                [Problem(str(path), f"cannot be written: {error}", "choose another folder")]
            ) from None
