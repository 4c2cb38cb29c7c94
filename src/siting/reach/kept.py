"""Reach as plain arrays, to be kept on disk."""

import json
from collections.abc import Callable
from importlib.metadata import version

import numpy as np

from siting.cache import Cache, digest, digest_of_code
from siting.inputs import Inputs
from siting.network import Network
from siting.notes import Note
from siting.reach.reach import Reach, measure_reach
from siting.scenario import Scenario

libraries = ("numpy", "scipy", "numba", "shapely")
"""Libraries whose version may change what is measured."""


def measure_kept_reach(
    scenario: Scenario,
    network: Network,
    inputs: Inputs,
    report: Callable[[float], None],
    network_key: str,
    cache: Cache,
) -> Reach:
    """Return the reach that is kept for the same network and places, or else measure and keep it.

    Parameters
    ----------
    network_key
        Name of everything that the network depends on.
    """
    base = f"residents_{scenario.base_year}"
    key = digest(
        "reach",
        network_key,
        *(inputs.cells[column].to_numpy() for column in ("x", "y", base)),
        *(inputs.sites[column].to_numpy() for column in ("x", "y")),
        json.dumps([inputs.cells["cell_id"].tolist(), inputs.sites["site_id"].tolist()]),
        json.dumps(inputs.sites["tier"].tolist()),
        *(f"{name} {version(name)}" for name in libraries),
        digest_of_code(),
    )
    kept = cache.load(key)
    if kept is not None:
        return _from_arrays(kept)
    reach = measure_reach(scenario, network, inputs, report)
    cache.keep(key, _to_arrays(reach))
    return reach


def _to_arrays(reach: Reach) -> dict[str, np.ndarray]:
    names = {"notes": [[note.zh, note.en] for note in reach.notes], "modes": list(reach.cell_leg_m)}
    return {
        "names": np.array(json.dumps(names)),
        "cell": reach.cell,
        "site": reach.site,
        "seconds": reach.seconds,
        "site_leg_m": reach.site_leg_m,
        "at_edge": reach.at_edge,
        **{f"{mode}_leg_m": leg_m for mode, leg_m in reach.cell_leg_m.items()},
    }


def _from_arrays(arrays: dict[str, np.ndarray]) -> Reach:
    names = json.loads(str(arrays["names"]))
    return Reach(
        cell=arrays["cell"],
        site=arrays["site"],
        seconds=arrays["seconds"],
        cells=len(arrays["at_edge"]),
        sites=len(arrays["site_leg_m"]),
        cell_leg_m={mode: arrays[f"{mode}_leg_m"] for mode in names["modes"]},
        site_leg_m=arrays["site_leg_m"],
        at_edge=arrays["at_edge"],
        notes=tuple(Note(zh=zh, en=en) for zh, en in names["notes"]),
    )
