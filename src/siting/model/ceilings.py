"""Arithmetic that no siting can beat, told before solving."""

from siting.errors import Problem, ScenarioError
from siting.model.problem import SitingProblem
from siting.scenario.targets import Fill, PerThousand


def check_ceilings(problem: SitingProblem) -> None:
    """Refuse a fill of new places that the other figures of the scenario forbid.

    New places are filled by takers who have no place today. If the per-thousand target asks for
    N new places and there are C such children, their mean fill cannot exceed C / N, wherever the
    places are. A soft per-thousand target sets no ceiling, because it may give way; facilities
    that close release children and places, so there is none where some may.

    Raises
    ------
    ScenarioError
        The fill asked for lies above that ceiling; the message gives the arithmetic.
    """
    scenario, sites = problem.scenario, problem.sites
    found = []
    for fill in scenario.targets:
        if not isinstance(fill, Fill) or fill.spare_only_site or sites.may_close.any():
            continue
        for density in scenario.targets_of(fill.year):
            if not isinstance(density, PerThousand) or not density.hard:
                continue
            tiers = scenario.tiers_of(density)
            if not tiers <= scenario.tiers_of(fill):
                continue
            counted = sites.of_tiers(tiers) & sites.inside
            townships = problem.inputs.townships[f"residents_{fill.year}"]
            before = float((sites.classes_today[counted] @ problem.counted).sum())
            needed = density.required * float(townships.sum()) / 1000 - before
            demand = problem.demand[problem.states_in(fill.year)[0]]
            today = demand.under(sites.exists)
            children = float(today.additional[:, problem.band_of >= 0].sum())
            if needed <= 0 or fill.required * needed <= children:
                continue
            found.append(
                Problem(
                    scenario.place("targets", scenario.targets.index(fill)),
                    f"{fill.id}: a fill of {fill.required:.0%} cannot be reached: "
                    f"{density.id} asks for "
                    f"{density.required:g} places per thousand of {townships.sum():,.0f} "
                    f"residents, {needed:,.0f} more than today, and at this take-up only "
                    f"{children:,.0f} "
                    f"under-3s want a place and have none; the mean fill is at most "
                    f"{children / needed:.1%}",
                    f"ask for a fill of at most {children / needed:.1%}, lower {density.id}, or "
                    "correct under3_share and take_up",
                )
            )
    if found:
        raise ScenarioError(found)
