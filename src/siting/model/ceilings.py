"""Arithmetic that no siting can beat, told before solving."""

from siting.errors import Problem, ScenarioError
from siting.model.problem import SitingProblem


def check_ceilings(problem: SitingProblem) -> None:
    """Refuse a fill of new places that the other figures of the scenario forbid.

    New places are filled by takers who have no place today. If the per-thousand target asks for
    N new places and there are C such children, their mean fill cannot exceed C / N, wherever the
    places are. A soft per-thousand target sets no ceiling, because it may give way.

    Raises
    ------
    ScenarioError
        The fill asked for lies above that ceiling; the message gives the arithmetic.
    """
    scenario = problem.scenario
    by_kind = {target.kind: target for target in scenario.targets}
    fill, density = by_kind.get("fill"), by_kind.get("per_thousand")
    if fill is None or density is None or not density.hard:
        return
    counted = problem.sites.counts["per_thousand"] & problem.sites.inside
    needed = density.required * problem.residents / 1000 - problem.sites.places_today[counted].sum()
    children = float(problem.left.sum())
    if needed <= 0 or fill.required * needed <= children:
        return
    raise ScenarioError(
        [
            Problem(
                scenario.place("targets", scenario.targets.index(fill)),
                f"{fill.id}: a fill of {fill.required:.0%} cannot be reached: "
                f"{density.id} asks for "
                f"{density.required:g} places per thousand of {problem.residents:,.0f} residents, "
                f"{needed:,.0f} more than today, and at this take-up only {children:,.0f} "
                f"under-3s want a place and have none; the mean fill is at most "
                f"{children / needed:.1%}",
                f"ask for a fill of at most {children / needed:.1%}, lower {density.id}, or "
                "correct under3_share and take_up",
            )
        ]
    )
