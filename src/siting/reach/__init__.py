"""Network x places -> travel seconds, and isochrones to draw.

Reads a network and the tables of a study, gives :class:`Reach`. Does not: decide what is
covered (that takes open sites), or use polygons for anything but drawing.
"""

from siting.reach.isochrones import isochrones
from siting.reach.kept import measure_kept_reach
from siting.reach.nearest import nearest_places, nearest_site_s
from siting.reach.reach import Reach, measure_reach, off_street, site_limits_s
from siting.reach.walks import Walks, measure_walks
from siting.reach.ways import Ways, guided_sites, measure_ways, no_way, ways_of_rounds

__all__ = [
    "Reach",
    "Walks",
    "Ways",
    "guided_sites",
    "isochrones",
    "measure_kept_reach",
    "measure_reach",
    "measure_walks",
    "measure_ways",
    "nearest_places",
    "nearest_site_s",
    "no_way",
    "off_street",
    "site_limits_s",
    "ways_of_rounds",
]
