"""Files -> checked tables in one metric CRS.

Reads the files that a scenario names, gives :class:`Inputs`. Does not: know streets, travel
times or the solver, or change what it read.
"""

from siting.inputs.host_limits import places
from siting.inputs.sites import free_places
from siting.inputs.study_inputs import Inputs, Made, join_inputs, read_inputs
from siting.inputs.study_tables import Tables, read_tables
from siting.inputs.zones import no_zone

__all__ = [
    "Inputs",
    "Made",
    "Tables",
    "free_places",
    "join_inputs",
    "no_zone",
    "places",
    "read_inputs",
    "read_tables",
]
