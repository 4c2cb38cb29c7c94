"""Every rule that a plan is held against, in order."""

from siting.errors import PlanCheckError
from siting.inputs import Inputs
from siting.plan.check.costs import reckon_steps
from siting.plan.check.facts import Facts, planned_states
from siting.plan.check.form import check_form
from siting.plan.check.guidance import check_guidance
from siting.plan.check.proof import check_claims, check_values
from siting.plan.check.results import check_results, reckon_targets
from siting.plan.check.service import check_service
from siting.plan.check.sites import check_sites
from siting.plan.check.tables import check_tables
from siting.plan.plan import Plan
from siting.reach import Reach


def check_plan(plan: Plan, inputs: Inputs, reach: Reach) -> None:
    """Re-check a plan from the tables.

    A plan without tables is checked for what it claims only.

    Raises
    ------
    PlanCheckError
        With every rule that the plan breaks: limits and decisions of sites, nothing undone later,
        children within demand, reach and places of their age in every year under every trend,
        guidance by its rules, hard targets met, results, costs, tables and stages as reckoned
        again, and no claim beyond what values and bounds give.
    """
    found = [*check_claims(plan), *_check_content(plan, Facts(plan.scenario, inputs, reach))]
    if found:
        raise PlanCheckError("the plan does not pass its check: " + "; ".join(found))


def _check_content(plan: Plan, facts: Facts) -> list[str]:
    content = plan.content
    if content is None:
        return []
    unreadable = check_form(content, facts)
    if unreadable:
        return unreadable
    states = planned_states(plan, facts)
    years = [planned for planned in states if planned.trend is None]
    steps = reckon_steps(facts, years)
    reckoned = reckon_targets(plan.scenario, states, steps)
    return [
        *check_sites(facts, years),
        *(what for planned in states for what in check_service(planned)),
        *(what for planned in years for what in check_guidance(planned)),
        *check_results(plan.scenario, content, reckoned),
        *check_values(plan, facts, states, steps, reckoned),
        *check_tables(content, facts, years, steps),
    ]
