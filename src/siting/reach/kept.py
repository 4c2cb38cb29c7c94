"""Reach as plain arrays, to be kept on disk."""

import json
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version

import numpy as np

from siting.cache import Cache, digest, digest_of_code
from siting.inputs import Inputs
from siting.network import Network
from siting.notes import Note
from siting.reach.reach import Reach, measure_reach
from siting.reach.ways import Ways, guided_sites
from siting.scenario import Scenario

libraries = ("numpy", "scipy", "numba", "shapely")
"""Libraries whose version may change what is measured."""
ways_prefix = "ways_"


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
        *_guidance_parts(scenario, inputs),
        *(f"{name} {version(name)}" for name in libraries),
        digest_of_code(),
    )
    kept = cache.load(key)
    if kept is not None:
        with suppress(KeyError):  # the arrays are not those of a reach
            return _from_arrays(kept)
    reach = measure_reach(scenario, network, inputs, report)
    cache.keep(key, _to_arrays(reach))
    return reach


def _guidance_parts(scenario: Scenario, inputs: Inputs) -> tuple[str | np.ndarray, ...]:
    """Return what the ways of the guidance depend on, beside the sites."""
    guidance, medical = scenario.guidance, inputs.medical
    if guidance is None or medical is None:
        return ("no guidance",)
    in_area = guided_sites(scenario, inputs.sites)
    minutes = guidance.each("within_minutes", medical["kind"])
    rules = [guidance.mode, minutes, medical["medical_id"].tolist()]
    return (json.dumps(rules), in_area, *(medical[axis].to_numpy() for axis in ("x", "y")))


def _to_arrays(reach: Reach) -> dict[str, np.ndarray]:
    names = {"notes": [[note.zh, note.en] for note in reach.notes], "modes": list(reach.cell_leg_m)}
    ways = vars(reach.guidance) if reach.guidance else {}
    return {
        "names": np.array(json.dumps(names)),
        "cell": reach.cell,
        "site": reach.site,
        "seconds": reach.seconds,
        "site_leg_m": reach.site_leg_m,
        "at_edge": reach.at_edge,
        **{f"{mode}_leg_m": leg_m for mode, leg_m in reach.cell_leg_m.items()},
        **{f"{ways_prefix}{name}": array for name, array in ways.items()},
    }


def _from_arrays(arrays: dict[str, np.ndarray]) -> Reach:
    names = json.loads(str(arrays["names"]))
    ways = {
        name.removeprefix(ways_prefix): array
        for name, array in arrays.items()
        if name.startswith(ways_prefix)
    }
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
        guidance=Ways(**ways) if ways else None,
    )
