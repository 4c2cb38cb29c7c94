"""The folder of a finished run -> its study, without solving.

Reads what a run left and the input files it names, gives a :class:`~siting.study.Study` that has
passed the check of a plan again. Does not: solve, or take a figure from a file that was changed.
"""

from os import PathLike
from pathlib import Path

from siting.cache import Cache
from siting.errors import DataError, PlanCheckError, Problem
from siting.indicators import measure_sites
from siting.plan import check_plan, held_today, sites_today
from siting.plan.plan_record import again
from siting.plan.reading import read_plan, read_served_alone
from siting.plan.run_folder import plan_document, plan_file
from siting.plan.saved_run import check_as_written, check_told, read_run
from siting.running import read_study
from siting.steps import Report, Steps, no_report
from siting.study import Study


def open_run(
    folder: str | PathLike[str],
    inputs_folder: str | PathLike[str] | None = None,
    report: Report = no_report,
    cache: Cache | None = None,
) -> Study:
    """Read a finished run again: the study as it was saved, nothing solved.

    Parameters
    ----------
    folder
        Where the run was written.
    inputs_folder
        The folder that the scenario names its input files from, where it was moved; none looks
        where the run found them.
    report
        Called with the name of each step as it begins, and with the share of it that is done.
    cache
        Where network and reach are kept from run to run; None keeps nothing.

    Raises
    ------
    DataError
        There is no finished run in the folder, a file of it or an input file is missing or was
        changed, or the plan does not pass its check; with every such file.
    """
    folder = Path(folder)
    seconds: dict[str, float] = {}
    step = Steps(seconds, report)
    step.begin("scenario")
    run = read_run(folder, None if inputs_folder is None else Path(inputs_folder))
    network, inputs, reach = read_study(
        run.scenario, step, cache, run.saved.trial, f"{folder / plan_file}, trial"
    )
    step.begin("today")
    alone = read_served_alone(run, inputs)
    today = sites_today(run.scenario, inputs, reach, alone[run.scenario.base_year])
    step.begin("check")
    plan = read_plan(run, inputs, reach)
    try:
        check_plan(plan, inputs, reach)
    except PlanCheckError as error:
        raise DataError([Problem(str(folder / plan_file), str(error), again)]) from None
    study = Study(
        run.scenario,
        inputs,
        network,
        reach,
        measure_sites(today),
        held_today(today, run.scenario),
        plan,
        run.seconds,
        alone,
    )
    check_told(run, plan_document(plan, inputs, study.provisions, study.notes))
    check_as_written(folder)
    step.end()
    return study
