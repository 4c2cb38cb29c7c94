"""A network as plain arrays, to be kept on disk."""

import json
from contextlib import suppress
from importlib.metadata import version

import numpy as np
import shapely
from pyproj import CRS

from siting.cache import Cache, digest, digest_of_code
from siting.inputs.files import sha256_of
from siting.network.network import Network, Travel
from siting.network.reading import read_network
from siting.notes import Note
from siting.scenario import Scenario

libraries = ("numpy", "scipy", "pandas", "shapely", "pyproj", "geopandas", "pyogrio", "osmium")
"""Libraries whose version may change what is read."""


def network_key(scenario: Scenario) -> str:
    """Return a name for everything that the network of a scenario depends on."""
    files = (scenario.inputs.streets, scenario.inputs.townships, scenario.inputs.seats)
    fields = {"inputs", "crs", "seat_zones", "tiers", "walk", "cycle", "drive"}
    return digest(
        "network",
        scenario.model_dump_json(include=fields),
        " ".join(scenario.modes),
        *(sha256_of(scenario.path(name)) for name in files if name),
        *(f"{name} {version(name)}" for name in libraries),
        digest_of_code(),
    )


def read_kept_network(scenario: Scenario, key: str, cache: Cache) -> Network:
    """Return the network that is kept under a key, or else read it and keep it."""
    kept = cache.load(key)
    if kept is not None:
        with suppress(KeyError):  # the arrays are not those of a network
            return _from_arrays(kept)
    network = read_network(scenario)
    cache.keep(key, _to_arrays(network))
    return network


def _to_arrays(network: Network) -> dict[str, np.ndarray]:
    _, vertices, (first_vertex,) = shapely.to_ragged_array(network.lines)
    names = {
        "crs": network.crs.to_wkt(),
        "walking_kph": network.walking_kph,
        "notes": [[note.zh, note.en] for note in network.notes],
        "modes": list(network.travel),
    }
    arrays = {
        "names": np.array(json.dumps(names)),
        "x": network.x,
        "y": network.y,
        "start": network.start,
        "end": network.end,
        "vertices": vertices,
        "first_vertex": first_vertex,
        "highway": network.highway.astype(str),
        "extent": np.frombuffer(shapely.to_wkb(network.extent or shapely.Polygon()), np.uint8),
    }
    for mode, travel in network.travel.items():
        arrays[f"{mode}_forward_ms"] = travel.forward_ms
        arrays[f"{mode}_backward_ms"] = travel.backward_ms
        arrays[f"{mode}_can_stop"] = travel.can_stop
    return arrays


def _from_arrays(arrays: dict[str, np.ndarray]) -> Network:
    names = json.loads(str(arrays["names"]))
    extent = shapely.from_wkb(arrays["extent"].tobytes())
    return Network(
        crs=CRS.from_wkt(names["crs"]),
        x=arrays["x"],
        y=arrays["y"],
        start=arrays["start"],
        end=arrays["end"],
        lines=shapely.from_ragged_array(
            shapely.GeometryType.LINESTRING, arrays["vertices"], (arrays["first_vertex"],)
        ),
        highway=arrays["highway"],
        travel={
            mode: Travel(
                arrays[f"{mode}_forward_ms"],
                arrays[f"{mode}_backward_ms"],
                arrays[f"{mode}_can_stop"],
            )
            for mode in names["modes"]
        },
        walking_kph=names["walking_kph"],
        notes=tuple(Note(zh=zh, en=en) for zh, en in names["notes"]),
        extent=None if extent.is_empty else extent,
    )
