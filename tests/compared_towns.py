"""Plans of one street that differ in ways that can be worked by hand, as runs in folders.

::

    a--b--c--d--e      300 m apart; 90 people at each of b, c, d, e, 30 of them under three

Five minutes on foot lead to the next corner, so a site covers its own and those beside it.
Opening costs 1, 2, 3 and 4 万元 at b, c, d, e; the cheapest class has 15 places for ages 12-24
months and costs 1.5 万元. Five children of that age at each corner want a place.

==== ============ ======== ======= ======
plan asks for     opens    万元     covers
==== ============ ======== ======= ======
two  two sites    b, c      6.0    90
far  two, not c   b, d      7.0    120
all  three sites  b, c, d  10.5    120
==== ============ ======== ======= ======
"""

from dataclasses import replace

from drawn_town import Town, scenario, target
from siting.plan import choose_sites, measure_today, today_targets
from siting.study import Study
from small_study import with_lon_lat


def street(at_least=2, hosts="bcde", **changes):
    count = target("tier_count", at_least=at_least, tiers=("institution",))
    changes = {"targets": ({**count, "id": "N"},), **changes}
    fixed_cny = {mark: 10_000.0 * (n + 1) for n, mark in enumerate("bcde")}
    return Town(
        "a--b--c--d--e",
        dict.fromkeys("bcde", 90.0),
        hosts={mark: {"fixed_cost_cny": fixed_cny[mark]} for mark in hosts},
        borders=(7.5,),
        asked=scenario(**changes),
    )


def study_of(town, inputs=None):
    inputs = inputs or placed(town.inputs())
    network, reach = town.network(), town.reach()
    today = (figure(town.asked, inputs, reach) for figure in (measure_today, today_targets))
    return Study(
        town.asked, inputs, network, reach, *today, choose_sites(town.asked, inputs, reach)
    )


def placed(inputs):
    """Return inputs whose sites have the longitude and latitude of their corners."""
    return replace(inputs, sites=with_lon_lat(inputs.sites))


def two(**changes):
    return study_of(street(name="两处", **changes))


def far(**changes):
    return study_of(street(hosts="bde", name="远处", **changes))


def three(**changes):
    return study_of(street(at_least=3, name="三处", **changes))
