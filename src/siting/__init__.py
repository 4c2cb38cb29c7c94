"""Plan childcare places and service points so that a district reaches its targets.

Reads a scenario and the files that it names, gives a study: the plan with its proof, its figures,
and what people look at. Does not: go online, except to fetch streets when asked to, or set anything
up when it is imported.

The map of the package, each part importing only from those before it::

    errors.py      the error tree
    notes.py       what was left out or assumed, in both languages
    notebook.py    values as a notebook shows them
    cache.py       results kept on disk
    folder.py      files put in place together, or none
    named_file.py  whether a file can be read at all
    spreadsheet.py workbooks -> rows of cells
    new_book.py    cells -> workbooks in which no text becomes a formula
    policies/      the policy documents that come with it, clause by clause (YAML)
    scenario/      what the planner asks
    target_names.py  what targets are called
    inputs/        files -> checked tables
    network/       streets -> arrays
    reach/         who is how far from what
    derived/       tables that are made rather than read
    demand.py      who would use a place
    indicators/    figures and targets, the same for today and for a plan
    changed_targets.py  targets of a document that a scenario changes
    view_counts.py what the tables beside the plan hold of a provision, in counts
    carrying.py    what of a scenario carries a provision that is no target
    provisions.py  policy documents clause by clause
    base_year.py   published figures of today against the tables
    tracked.py     figures that are held against targets, and not planned for
    guidance.py    which medical institution may guide which site
    staffing.py    the child-health staff that townships need and have
    referral.py    how far it is to medical institutions of each level
    centres.py     how far guiding centres drive to the institutions around them
    solver/        linear programs with proven answers
    model/         the planning model and its solution
    location/      the textbook location problems
    plan/          the answer, checked; rounds and inspections
    alternatives/  further plans, frontiers, prices, robustness
    clashes/       why not, and what would repair it
    comparison/    plans side by side, and what the choice comes to
    review/        what people look at
    comparing.py   comparisons of studies and of run folders
    steps.py       who is told of each step
    study_figures.py  a scenario with everything computed from it
    study.py       what it answers, and the files of its run
    running.py     the order of the steps
    finished.py    a finished run, read again
    checking.py    everything wrong with a scenario, before anything is solved
    model_file.py  the planning model for other solvers
    placing.py     the page to place sites that have an address only
    template/      the folder that a new study begins with
    doctor.py      known cases against the installed solver
    terminal.py    what a terminal is told
    command_help.py  what the help says, in both languages
    arguments.py   words of the command line
    in_chinese/    what is wrong, in Chinese
    cli.py         what each does, and exit codes
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from siting.cache import Cache
    from siting.comparing import Comparison, compare
    from siting.derived import read_inputs
    from siting.errors import (
        DataError,
        DistrustError,
        InputError,
        NoPlanError,
        OutputError,
        PlanCheckError,
        Problem,
        ScenarioError,
        SitingError,
        SolverError,
    )
    from siting.finished import open_run
    from siting.indicators import Indicators
    from siting.inputs import Inputs
    from siting.location.textbook import Location, locate
    from siting.network import Network, read_network
    from siting.notes import Note
    from siting.plan import Plan, check_plan, choose_sites, measure_today
    from siting.reach import Reach, isochrones, measure_reach
    from siting.running import run
    from siting.scenario import Scenario, load
    from siting.study import Study

home_of_name = {
    "Cache": "siting.cache",
    "Comparison": "siting.comparing",
    "DataError": "siting.errors",
    "DistrustError": "siting.errors",
    "Indicators": "siting.indicators",
    "InputError": "siting.errors",
    "Inputs": "siting.inputs",
    "Location": "siting.location.textbook",
    "Network": "siting.network",
    "NoPlanError": "siting.errors",
    "Note": "siting.notes",
    "OutputError": "siting.errors",
    "Plan": "siting.plan",
    "PlanCheckError": "siting.errors",
    "Problem": "siting.errors",
    "Reach": "siting.reach",
    "Scenario": "siting.scenario",
    "ScenarioError": "siting.errors",
    "SitingError": "siting.errors",
    "SolverError": "siting.errors",
    "Study": "siting.study",
    "check_plan": "siting.plan",
    "choose_sites": "siting.plan",
    "compare": "siting.comparing",
    "isochrones": "siting.reach",
    "load": "siting.scenario",
    "locate": "siting.location.textbook",
    "measure_reach": "siting.reach",
    "measure_today": "siting.plan",
    "open_run": "siting.finished",
    "read_inputs": "siting.derived",
    "read_network": "siting.network",
    "run": "siting.running",
}
"""Public names and where they are defined; loaded when first used, so that importing is quick."""

__all__ = [
    "Cache",
    "Comparison",
    "DataError",
    "DistrustError",
    "Indicators",
    "InputError",
    "Inputs",
    "Location",
    "Network",
    "NoPlanError",
    "Note",
    "OutputError",
    "Plan",
    "PlanCheckError",
    "Problem",
    "Reach",
    "Scenario",
    "ScenarioError",
    "SitingError",
    "SolverError",
    "Study",
    "check_plan",
    "choose_sites",
    "compare",
    "isochrones",
    "load",
    "locate",
    "measure_reach",
    "measure_today",
    "open_run",
    "read_inputs",
    "read_network",
    "run",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (any public object)
    if name not in home_of_name:
        raise AttributeError(f"module 'siting' has no attribute '{name}'")
    return getattr(import_module(home_of_name[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
