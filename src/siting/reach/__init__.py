"""Network x places -> travel seconds, and isochrones to draw.

Reads a network and the tables of a study, gives :class:`Reach`. Does not: decide what is
covered (that takes open sites), or use polygons for anything but drawing.
"""

from siting.reach.isochrones import isochrones
from siting.reach.kept import measure_kept_reach
from siting.reach.reach import Reach, measure_reach, off_street, site_limits_s

__all__ = [
    "Reach",
    "isochrones",
    "measure_kept_reach",
    "measure_reach",
    "off_street",
    "site_limits_s",
]
