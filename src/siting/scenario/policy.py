"""What a scenario takes from policy profiles: their targets, some of them changed."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from siting.errors import Problem, ScenarioError
from siting.scenario.guidance import MedicalKind
from siting.scenario.profile import (
    Profile,
    Provision,
    in_force,
    provision_of,
    read_profile,
)
from siting.scenario.strict import Strict, Word, Year

Figure = float | dict[Year, float]
"""A figure for every year, or one for each."""


class TargetChange(Strict):
    """What a scenario changes of a target of a profile."""

    hard: bool | None = None
    """Whether a plan that misses it is no plan."""
    priority: Annotated[int, Field(ge=1, le=9)] | None = None
    """Priority of a soft target."""
    required: Figure | None = None
    """Another figure, or one for each year."""
    at_least: int | dict[Year, int] | None = None
    """Fewest sites."""
    at_most: int | dict[Year, int] | None = None
    """Most sites."""
    tiers: tuple[Word, ...] | None = None
    """Tiers whose sites count."""
    kinds: tuple[MedicalKind, ...] | None = None
    """Kinds of medical institutions that guide."""
    inclusive_only: bool | None = None
    """Whether only inclusive sites count."""
    reading: str | None = None
    """Why it was changed, shown with the target."""


class Policy(Strict):
    """Which documents are planned for."""

    profiles: tuple[str, ...] = Field(min_length=1)
    """Profiles that come with the package, by name, and files of the planner's own, relative to
    the scenario (.yaml)."""
    without: tuple[str, ...] = ()
    """Provisions or targets that are left out, by id."""
    changes: dict[str, TargetChange] = Field(default_factory=dict)
    """Id of a target -> what is changed of it; a figure by year stays until the next one. A target
    of the scenario with the same id takes its place altogether."""


def read_profiles(policy: Policy, folder: Path) -> tuple[Profile, ...]:
    """Read the profiles of a scenario, in the order it names them.

    Raises
    ------
    ScenarioError
        A profile is missing or wrong.
    """
    return tuple(read_profile(name, folder) for name in policy.profiles)


def policy_targets(
    policy: Policy,
    profiles: tuple[Profile, ...],
    years: tuple[int, ...],
    tiers: set[str],
    written: set[str],
    place: str,
) -> list[dict[str, Any]]:
    """Return the targets that profiles ask for in the planned years, with the scenario's changes.

    Parameters
    ----------
    tiers
        Tiers of the scenario.
    written
        Ids of the scenario's own targets, which take the place of others of the same id.
    place
        Where the policy stands in the scenario, for messages.

    Raises
    ------
    ScenarioError
        Two profiles use an id, a changed or left-out id is none of theirs, or a tier is missing.
    """
    found: list[dict[str, Any]] = []
    problems = [
        Problem(place, f"the profile {name} stands twice", "name it once")
        for name in sorted({n for n in policy.profiles if policy.profiles.count(n) > 1})
    ]
    home: dict[str, str] = {}
    known: set[str] = set()
    for profile in profiles:
        for provision in profile.provisions:
            for name in {provision.id, *provision.target_ids}:
                if home.setdefault(name, profile.id) != profile.id:
                    what = f"{home[name]} and {profile.id} both have a provision {name}"
                    problems.append(Problem(place, what, "rename it in the file of your own"))
                known.add(name)
        in_force = profile.targets(years)
        if years and not in_force and any(provision.targets for provision in profile.provisions):
            what = f"no target of {profile.id} is due in the planned years or before them"
            problems.append(Problem(place, what, "plan for later years, or leave the profile out"))
        for provision, target in in_force:
            if not {provision.id, target["id"]} & set(policy.without) and (
                target["id"] not in written
            ):
                change = policy.changes.get(target["id"], TargetChange())
                changed = _changed(target, change)
                problems += _missing_tiers(profile, provision, changed, tiers, place)
                found.append(changed)
    taken = {target["id"] for target in found}
    for name in [*policy.without, *policy.changes]:
        if name not in known:
            what = f"no profile has a provision or target {name}"
            problems.append(Problem(place, what, "see 'siting policy ID' for the ids"))
        elif name in policy.changes and name not in taken:
            what = f"changes of {name} change nothing: no target of it is taken from a profile"
            problems.append(Problem(place, what, "leave the change out"))
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return found


def _changed(target: dict[str, Any], change: TargetChange) -> dict[str, Any]:
    told = change.model_dump(exclude_none=True)
    for key in ("required", "at_least", "at_most"):
        if isinstance(told.get(key), dict):
            figure = in_force(told.pop(key), target["year"])
            told |= {} if figure is None else {key: figure}
    return {**target, **told}


def _missing_tiers(
    profile: Profile, provision: Provision, target: dict[str, Any], tiers: set[str], place: str
) -> list[Problem]:
    return [
        Problem(
            place,
            f"{profile.id} {provision.id} ({provision.title}) counts sites of the tier '{tier}', "
            "which the scenario does not have",
            f"add it under tiers, or leave {provision.id} out (policy.without)",
        )
        for tier in target.get("tiers", ())
        if tier not in tiers
    ]


def with_policy_targets(
    values: dict[str, Any], folder: Path, place: str
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a scenario file with the targets of its policy after its own.

    A target of its own that belongs to a provision (:func:`siting.scenario.profile.provision_of`)
    has the sentence of it, and its clause where it names none. What is wrong in the rest of the
    values is left to be found later.

    Returns
    -------
    tuple
        The values, and the profile of each target taken, by its id.

    Raises
    ------
    ScenarioError
        As :func:`policy_targets` and :func:`read_profiles`.
    """
    own = values.get("targets") or ()
    years, tiers = values.get("years"), values.get("tiers")
    try:
        policy = Policy.model_validate(values["policy"], strict=True)
    except ValidationError:
        return values, {}
    if not isinstance(years, tuple) or not isinstance(tiers, dict) or not isinstance(own, tuple):
        return values, {}
    planned = tuple(year for year in years if isinstance(year, int))
    written = {str(target.get("id")) for target in own if isinstance(target, dict)}
    profiles = read_profiles(policy, folder)
    taken = policy_targets(policy, profiles, planned, set(tiers), written, place)
    home = {
        name: profile.id
        for profile in profiles
        for provision in profile.provisions
        for name in provision.target_ids
    }
    whose = {str(target["id"]): home[str(target["id"])] for target in taken}
    return {**values, "targets": (*(_quoting(target, profiles) for target in own), *taken)}, whose


def _quoting(target: Any, profiles: tuple[Profile, ...]) -> Any:  # noqa: ANN401  (as written)
    """Return a target with what the provision says that it belongs to."""
    belongs = provision_of(profiles, str(target["id"])) if _has_id(target) else None
    if belongs is None:
        return target
    profile, provision = belongs
    told = {
        "clause": f"{profile.number}，{provision.clause}",
        "sentence": provision.sentence,
    }
    return target | {key: value for key, value in told.items() if not target.get(key)}


def _has_id(target: Any) -> bool:  # noqa: ANN401  (as written)
    return isinstance(target, dict) and "id" in target
