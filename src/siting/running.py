"""The order of the steps, from a scenario file to a study.

The only file that knows it. Reads a scenario, gives a :class:`~siting.study.Study`. Does not:
write a file.
"""

from collections.abc import Callable, Sequence
from functools import partial
from os import PathLike
from pathlib import Path

from siting.base_year import base_year_check, base_year_notes
from siting.cache import Cache
from siting.derived import read_inputs
from siting.indicators import measure_sites
from siting.inputs import Inputs
from siting.inputs.switched import take_up_trial
from siting.network import Network, network_key, read_kept_network, read_network
from siting.notes import Note
from siting.plan import choose_sites, held_today, sites_today
from siting.reach import Reach, measure_kept_reach, measure_reach
from siting.scenario import Scenario, load
from siting.scenario.trial import Trial, read_trial, tried
from siting.steps import Report, Steps, no_report
from siting.study import Study


def run(
    scenario: Scenario | str | PathLike[str],
    report: Report = no_report,
    cache: Cache | None = None,
    *,
    from_trial: str | PathLike[str] | None = None,
    notify: Callable[[Sequence[Note]], None] | None = None,
    allow_outside: bool = False,
) -> Study:
    """Read, reach, plan: everything but the files.

    Parameters
    ----------
    scenario
        A scenario, or the path of its file.
    report
        Called with the name of each step as it begins, and with the share of it that is done.

    cache
        Where network and reach are kept from run to run; None keeps nothing.
    from_trial
        A trial exported from the review page of the scenario: its minutes and walking speed are
        taken, its switched sites are decided, and everything is solved and proven anew.
    notify
        Called before the plan is solved with what differs between the published figures of today
        and the tables, if anything does.
    allow_outside
        Whether a scenario that is read from its file may name files outside the study folder; see
        :func:`siting.load`.

    Raises
    ------
    InputError
        The scenario, a file it names or the trial cannot be used; with every problem of its
        phase.
    """
    seconds: dict[str, float] = {}
    step = Steps(seconds, report)
    step.begin("scenario")
    asked = (
        scenario if isinstance(scenario, Scenario) else load(scenario, allow_outside=allow_outside)
    )
    trial = None if from_trial is None else read_trial(Path(from_trial), asked)
    if trial is not None:
        asked = tried(asked, trial)
    network, inputs, reach = read_study(asked, step, cache, trial, str(from_trial))
    step.begin("today")
    there = sites_today(asked, inputs, reach)
    today, held = measure_sites(there), held_today(there, asked)
    differing = base_year_notes(asked, inputs, base_year_check(asked, inputs, today))
    if notify is not None and differing:
        notify(differing)
    step.begin("plan")
    plan = choose_sites(asked, inputs, reach, report)
    step.end()
    return Study(
        asked, inputs, network, reach, today, held, plan, seconds, {asked.base_year: there.served}
    )


def read_study(
    scenario: Scenario,
    step: Steps,
    cache: Cache | None,
    trial: Trial | None = None,
    trial_place: str = "",
) -> tuple[Network, Inputs, Reach]:
    """Read everything that a scenario names, and who reaches what.

    Parameters
    ----------
    trial
        Its switched sites are decided; the scenario has its minutes and speed already.
    trial_place
        How messages call the file of the trial.

    Raises
    ------
    InputError
        A file cannot be used; with every problem of its phase.
    """
    step.begin("network")
    key = network_key(scenario)
    network = read_kept_network(scenario, key, cache) if cache else read_network(scenario)
    step.begin("inputs")
    inputs = read_inputs(scenario, network)
    if trial is not None:
        inputs = take_up_trial(inputs, trial, trial_place)
    step.begin("reach")
    progress = partial(step.report, "reach")
    reach = (
        measure_kept_reach(scenario, network, inputs, progress, key, cache)
        if cache
        else measure_reach(scenario, network, inputs, progress)
    )
    return network, inputs, reach
