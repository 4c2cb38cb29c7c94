"""Open sites + tables -> figures: one place for today, for a plan, for a peer's plan.

Reads the tables, the reach, the demand, the state of every site and who is served where; gives
:class:`Indicators`, target results, spending and the ranking of townships. Does not: know a model
or a solver, or take a figure from one.
"""

from siting.indicators.achieved import TargetResult, target_results
from siting.indicators.counting import (
    count_required,
    group_share,
    places_counted,
    sites_required,
    zone_of_township,
    zones_asked,
)
from siting.indicators.indicators import Indicators, children_in_new_places, measure
from siting.indicators.ranking import rank_overall, rank_townships
from siting.indicators.sharing import shared_facilities
from siting.indicators.sites_in_year import SitesInYear
from siting.indicators.spending import discounted_cny, spending

__all__ = [
    "Indicators",
    "SitesInYear",
    "TargetResult",
    "children_in_new_places",
    "count_required",
    "discounted_cny",
    "group_share",
    "measure",
    "places_counted",
    "rank_overall",
    "rank_townships",
    "shared_facilities",
    "sites_required",
    "spending",
    "target_results",
    "zone_of_township",
    "zones_asked",
]
