"""Open sites + tables -> figures: one place for today, for a plan, for a peer's plan.

Reads the tables, the reach, the demand, the state of every site and who is served where; gives
:class:`Indicators`, target results, spending and the ranking of townships. Does not: know a model
or a solver, or take a figure from one.
"""

from siting.indicators.achieved import (
    Tally,
    TargetResult,
    TargetResults,
    tally,
    target_results,
)
from siting.indicators.children import children_of_cells, children_of_sites, prevailing
from siting.indicators.counting import (
    count_required,
    group_share,
    places_counted,
    sites_required,
    zone_of_township,
    zones_asked,
)
from siting.indicators.indicators import (
    Indicators,
    children_in_new_places,
    measure,
    measure_sites,
)
from siting.indicators.nearest_site import counted_sites, nearest_site_table, worst_served
from siting.indicators.new_areas import new_area_table
from siting.indicators.ranking import rank_overall, rank_townships
from siting.indicators.served_share import served_share
from siting.indicators.sharing import shared_facilities
from siting.indicators.site_services import served_column, site_services
from siting.indicators.sites_in_year import SitesInYear
from siting.indicators.spending import discounted_cny, spending

__all__ = [
    "Indicators",
    "SitesInYear",
    "Tally",
    "TargetResult",
    "TargetResults",
    "children_in_new_places",
    "children_of_cells",
    "children_of_sites",
    "count_required",
    "counted_sites",
    "discounted_cny",
    "group_share",
    "measure",
    "measure_sites",
    "nearest_site_table",
    "new_area_table",
    "places_counted",
    "prevailing",
    "rank_overall",
    "rank_townships",
    "served_column",
    "served_share",
    "shared_facilities",
    "site_services",
    "sites_required",
    "spending",
    "tally",
    "target_results",
    "worst_served",
    "zone_of_township",
    "zones_asked",
]
