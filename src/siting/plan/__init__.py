"""The answer: choose, check, save, load.

Reads the tables of a study, gives a :class:`Plan` that has passed a check that does not use the
model. Does not: draw anything, or know the order of a whole study.
"""

from siting.plan.check import check_plan
from siting.plan.choosing import choose_sites
from siting.plan.content import sites_of_plan
from siting.plan.no_action import sites_left_alone
from siting.plan.plan import Plan
from siting.plan.today import count_today, held_today, measure_today, sites_today, today_targets

__all__ = [
    "Plan",
    "check_plan",
    "choose_sites",
    "count_today",
    "held_today",
    "measure_today",
    "sites_left_alone",
    "sites_of_plan",
    "sites_today",
    "today_targets",
]
