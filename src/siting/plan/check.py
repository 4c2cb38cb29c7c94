"""The independent check: a plan against the tables, without the model."""

from siting.inputs import Inputs
from siting.plan.plan import Plan
from siting.reach import Reach


def check_plan(plan: Plan, inputs: Inputs, reach: Reach) -> None:
    """Re-check a plan from the tables."""
