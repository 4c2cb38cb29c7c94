"""Drawn towns with medical institutions: staff drive 36 km/h, so 100 m take 10 s."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import shapely

from drawn_town import Town, scenario
from siting.inputs import Inputs
from siting.inputs.zones import zone_of
from siting.network import Network, closed
from siting.scenario import Scenario


def asked(**guidance) -> Scenario:
    """Return the scenario of the drawn towns with guidance within one minute."""
    usual = {"within_minutes": 1.0, "source": "drawn"}
    return scenario(
        drive={"speed_by_highway_kph": {"residential": 36.0}, "source": "drawn"},
        guidance={**usual, **guidance},
    )


@dataclass
class GuidedTown(Town):
    """A drawn town with medical institutions.

    ``medical`` maps letters to the columns that differ from the usual, ``one_way`` holds pairs
    of neighbouring letters between which one drives in that order only.
    """

    medical: dict[str, dict] = field(default_factory=dict)
    one_way: tuple[str, ...] = ()

    def inputs(self) -> Inputs:
        inputs = super().inputs()
        rows = []
        for name, columns in self.medical.items():
            x, y = self.at[name[0]]
            usual = {
                "medical_id": f"m{name}",
                "name": name,
                "township_code": "",
                "kind": "community_health_centre",
                "child_health_staff": np.nan,
                "referral_level": np.nan,
                "x": x,
                "y": y,
            }
            rows.append({**usual, **columns})
        medical = pd.DataFrame(rows)
        x, y = medical["x"].to_numpy(), medical["y"].to_numpy()
        return replace(inputs, medical=medical.assign(zone=zone_of(x, y, inputs.townships)))

    def network(self) -> Network:
        network = super().network()
        if not self.one_way:
            return network
        drive = network.travel["drive"]
        forward, back = drive.forward_ms.copy(), drive.backward_ms.copy()
        for begin, end in self.one_way:
            line = shapely.LineString([self.at[begin], self.at[end]])
            (street,) = np.flatnonzero(shapely.equals(network.lines, line))
            first = shapely.get_coordinates(network.lines[street])[0]
            (back if (first == self.at[begin]).all() else forward)[street] = closed
        drive = replace(drive, forward_ms=forward, backward_ms=back)
        return replace(network, travel={**network.travel, "drive": drive})
