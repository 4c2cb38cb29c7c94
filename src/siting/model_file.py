"""The planning model of a scenario as a file for other solvers.

Reads a scenario, writes LP or MPS. Does not: solve.
"""

from pathlib import Path

from siting.derived import read_inputs
from siting.model import pose_problem, pose_stage
from siting.network import read_network
from siting.reach import measure_reach
from siting.scenario import Scenario
from siting.solver import check_program_file, write_program


def export(scenario: Scenario, path: Path, stage: str | None = None) -> str:
    """Write the planning model of a scenario as a file that other solvers read.

    Parameters
    ----------
    path
        ``.lp`` or ``.mps``.
    stage
        Stage whose objective is written; none takes the first. What earlier stages would reach
        is not held.

    Returns
    -------
    str
        Name of the stage.

    Raises
    ------
    InputError
        The scenario's files cannot be used, it has no such stage, or the file's name ends
        otherwise.
    """
    check_program_file(path)
    network = read_network(scenario)
    inputs = read_inputs(scenario, network)
    reach = measure_reach(scenario, network, inputs)
    program, name = pose_stage(pose_problem(scenario, inputs, reach), stage)
    write_program(program, path)
    return name
