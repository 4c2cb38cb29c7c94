"""A trial (试算): sites switched on and off, other minutes, another walking speed.

It is made on the review page and exported as JSON; a run takes its choices as decided.
"""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from siting.errors import InputError, Problem
from siting.named_file import Hindrance, text_of
from siting.scenario.plain_words import said
from siting.scenario.scenario import Scenario
from siting.scenario.strict import Strict, Word, Year

least_minutes, most_minutes = 5, 20
"""Minutes that can be tried; GB 50180-2018 (2.0.4 to 2.0.6) has circles of 5, 10 and 15."""
steps_m_per_min = (60, 75, 80)
"""Walking speeds in use, metres a minute, beside the scenario's own (see
:class:`siting.scenario.travel.Walk`)."""
largest_file = 10_000_000
"""Bytes of a trial that are read (assumption: thousands of sites take less than one million)."""
made_by = "export it again on the review page of this study (试算, 导出)"


class SwitchedSite(Strict):
    """A site that the trial changes."""

    site_id: str = Field(min_length=1)
    """The site."""
    open: bool
    """Whether the trial has it open."""
    classes: dict[Word, Annotated[int, Field(ge=0, le=1000)]] = Field(default_factory=dict)
    """Class kind -> classes in the trial; a run finds the classes of open sites anew."""


class Trial(Strict):
    """What was changed against a plan."""

    siting_trial: Literal[1]
    """Form of the file."""
    scenario: str
    """Name of the scenario whose page it was made on."""
    plan_hash: str
    """Plan that it started from."""
    year: Year
    """Planned year by which the switched sites are open or closed."""
    minutes: Annotated[int, Field(ge=least_minutes, le=most_minutes)] | None
    """Limit of every tier that is walked to; None leaves each its own."""
    walk_m_per_min: Annotated[float, Field(ge=34, le=133)] | None
    """Walking speed, metres a minute, within the bounds of ``walk.speed_kph``; None leaves it."""
    sites: tuple[SwitchedSite, ...]
    """The sites that were switched; the others are left to the run."""


def kph_of(m_per_min: float) -> float:
    """Return metres a minute as kilometres an hour."""
    return round(m_per_min * 60 / 1000, 6)


def walked(scenario: Scenario, minutes: float | None, speed_kph: float | None) -> Scenario:
    """Return a scenario with other minutes for the tiers that are walked to, or another speed.

    Parameters
    ----------
    minutes, speed_kph
        None leaves them as they are.
    """
    tiers = {
        name: tier.model_copy(update={"limit_minutes": float(minutes)})
        if minutes is not None and tier.mode == "walk"
        else tier
        for name, tier in scenario.tiers.items()
    }
    walk = scenario.walk
    if speed_kph is not None and speed_kph != walk.speed_kph:
        source = f"试算 trial（{speed_kph * 1000 / 60:g} m/min）"
        walk = walk.model_copy(update={"speed_kph": speed_kph, "source": source})
    return scenario.model_copy(update={"tiers": tiers, "walk": walk})


def tried(scenario: Scenario, trial: Trial) -> Scenario:
    """Return a scenario with the minutes and the walking speed of a trial."""
    kph = None if trial.walk_m_per_min is None else kph_of(trial.walk_m_per_min)
    return walked(scenario, trial.minutes, kph)


def read_trial(path: Path, scenario: Scenario) -> Trial:
    """Read a trial of a scenario, strictly.

    Raises
    ------
    InputError
        The file is missing, is no JSON or no trial, or is one of another scenario.
    """
    values = _json_of(path)
    try:
        trial = Trial.model_validate(values, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise InputError(_problem(path, values, detail) for detail in details) from None
    problems = []
    if trial.scenario != scenario.name:
        what = f"is a trial of '{trial.scenario}', and the scenario is '{scenario.name}'"
        problems.append(Problem(f"{path}, scenario", what, "name the scenario it was made for"))
    elif trial.year not in scenario.years:
        planned = ", ".join(map(str, scenario.years))
        what = f"{trial.year} is not planned for ({planned})"
        problems.append(Problem(f"{path}, year", what, made_by))
    seen: set[str] = set()
    for i, site in enumerate(trial.sites):
        for kind in sorted(site.classes.keys() - scenario.class_kinds.keys()):
            place = f"{path}, sites[{i}].classes.{kind}"
            problems.append(Problem(place, "the scenario has no such class kind", made_by))
        if site.site_id in seen:
            what = f"'{site.site_id}' stands twice"
            problems.append(Problem(f"{path}, sites[{i}].site_id", what, "remove one of them"))
        seen.add(site.site_id)
    if problems:
        raise InputError(problems)
    return trial


def _json_of(path: Path) -> Any:  # noqa: ANN401  (JSON values)
    """Return the values of a JSON file without lists of any other kind, repeated keys or NaN."""
    text = text_of(path, largest_file)
    if isinstance(text, Hindrance):
        raise InputError([Problem(str(path), *text)])
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}:{error.colno}"
        raise InputError([Problem(place, f"is not JSON: {error.msg}", made_by)]) from None
    except RecursionError:
        raise InputError([Problem(str(path), "is nested too deep", made_by)]) from None
    except ValueError as error:
        raise InputError([Problem(str(path), f"is not JSON: {error}", made_by)]) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the members of an object, lists as tuples; refuse a key that stands twice."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key '{key}' stands twice in one object")
        found[key] = tuple(value) if isinstance(value, list) else value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _problem(path: Path, values: Any, detail: ErrorDetails) -> Problem:  # noqa: ANN401
    where = ""
    for part in detail["loc"]:
        where += f"[{part}]" if isinstance(part, int) else f".{part}" if where else str(part)
    what, given = said(detail)[0], detail["input"]
    if isinstance(given, str | int | float | bool) and given is not values:
        what += f" (found {given!r:.80})"
    return Problem(f"{path}, {where}" if where else str(path), what, made_by)
