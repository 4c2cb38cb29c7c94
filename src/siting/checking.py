"""Everything wrong with a scenario and its files, before anything is solved.

Reads a scenario, gives notes. Does not: plan.
"""

from siting.base_year import base_year_check, base_year_notes, compared_note
from siting.derived import read_inputs
from siting.errors import DataError, InputError, Problem, in_order
from siting.inputs import Inputs
from siting.model import ceilings_of, check_ceilings, pose_problem
from siting.network import read_network
from siting.notes import Note
from siting.plan import count_today
from siting.reach import Reach, measure_reach
from siting.referral import referral_notes
from siting.scenario import Scenario


def check(scenario: Scenario) -> tuple[Note, ...]:
    """Read everything that a scenario names and solve nothing.

    Returns
    -------
    tuple of Note
        What was left out or repaired on the way, and targets that no plan can meet.

    Raises
    ------
    InputError
        With the problems of all files at once, or else those of the arithmetic.
    """
    problems: list[Problem] = []
    network = None
    try:
        network = read_network(scenario)
    except InputError as error:
        problems += error.problems
    try:
        inputs = read_inputs(scenario, network)
    except InputError as error:
        problems += error.problems
    if problems or network is None:
        raise DataError(in_order(dict.fromkeys(problems)))
    reach = measure_reach(scenario, network, inputs)
    problem = pose_problem(scenario, inputs, reach)
    check_ceilings(problem)
    out_of_reach = (
        Note(
            zh=f"怎样选点都达不到的目标：{above.note.zh}",
            en=f"a target out of reach whatever is chosen: {above.note.en}",
        )
        for above in ceilings_of(problem)
    )
    shown = (*_base_year(scenario, inputs, reach), *referral_notes(scenario, network, inputs))
    return (*inputs.notes, *network.notes, *reach.notes, *shown, *out_of_reach)


def _base_year(scenario: Scenario, inputs: Inputs, reach: Reach) -> tuple[Note, ...]:
    """Return how the published figures of today compare with the tables."""
    if scenario.published is None:
        return ()
    table = base_year_check(scenario, inputs, count_today(scenario, inputs, reach))
    return (*compared_note(scenario, table), *base_year_notes(scenario, inputs, table))
