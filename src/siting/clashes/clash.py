"""Which requirements clash: an irreducible set, found by leaving each out in turn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from siting.clashes.leaving_out import Clock, Feasibility, too_large
from siting.clashes.requirements import (
    Requirement,
    closing_may_help,
    requirements_of,
    sees_reach,
)
from siting.model import Ceiling, SitingProblem, ceilings_of

test_share = 0.25
"""Share of the time left that a test may use."""
most_clashes = 5
"""Clashes that are looked for."""


@dataclass(frozen=True)
class Clash:
    """Requirements that no plan meets together, while one exists without any one of them.

    Attributes
    ----------
    requirements
        In the order of the scenario; those ``undecided`` may not belong to the set. Empty where
        nothing was shown to clash.
    proven
        Whether it is proven that no plan meets them all: by the solver, or by arithmetic.
    ceiling
        The arithmetic by which the one requirement cannot be met whatever the others are.
    """

    requirements: tuple[Requirement, ...]
    proven: bool
    ceiling: Ceiling | None = None

    @property
    def irreducible(self) -> bool:
        """Whether every requirement was shown to be needed for the clash."""
        return self.proven and not any(r.undecided for r in self.requirements)

    @property
    def sees_phasing(self) -> bool:
        """Whether phasing can be left out of it.

        Beside a budget on capital or subsidies it cannot: what closes early would give its cost
        back.
        """
        targets = [requirement.target for requirement in self.requirements if requirement.target]
        return not any(t.kind == "budget" and t.spent_on != "running" for t in targets)

    @property
    def ids(self) -> frozenset[str]:
        """Ids of the requirements."""
        return frozenset(requirement.id for requirement in self.requirements)


def find_clash(problem: SitingProblem, time_limit_s: float = 60.0) -> Clash:
    """Return requirements that clash.

    A target above what every site together could reach clashes by itself, with the facilities and
    candidates there are. Otherwise every requirement is left out in turn, first in groups, on the
    mixed-integer model; where no plan exists without it, it stays out. What remains is
    irreducible if every test was decided in its time.

    Parameters
    ----------
    time_limit_s
        Clock time for all tests together; each may use a share of what is left.

    Returns
    -------
    Clash
        Without requirements where a plan exists, or where time ended before a clash was proven.

    References
    ----------
    Chinneck and Dravnieks 1991, ORSA Journal on Computing 3:157-168 (deletion filter).
    """
    clashes, _ = find_clashes(problem, Feasibility(problem), Clock(time_limit_s), most=1)
    return clashes[0] if clashes else Clash((), proven=False)


def find_clashes(
    problem: SitingProblem, feasibility: Feasibility, clock: Clock, most: int = most_clashes
) -> tuple[tuple[Clash, ...], bool]:
    """Return clashes that share no target, as far as the time goes.

    Returns
    -------
    tuple of Clash
        In the order found.
    bool
        Whether a plan was found without their targets; otherwise more may clash.
    """
    requirements = requirements_of(problem)
    by_id = {requirement.id: requirement for requirement in requirements}
    ground = feasibility.ground(()).problem
    undecided = replace(
        ground.sites,
        must_open=np.zeros_like(ground.sites.must_open),
        group=np.full_like(ground.sites.group, ""),
    )
    loose = replace(ground, sites=undecided)
    found = [
        Clash((replace(by_id[c.target.key], note=c.note, places=c.places),), True, c)
        for c in ceilings_of(loose)
        if c.target.hard
    ][:most]
    left_out = {requirement.id for clash in found for requirement in clash.requirements}
    exists = None
    while len(found) < most and clock.left_s > 0:
        exists = feasibility.plan_exists(left_out, clock.left_s / 2)
        if exists is not False:
            break
        clash = _shrink(problem, requirements, left_out, feasibility, clock)
        found.append(clash)
        hit = {r.id for r in clash.requirements if r.kind == "target"} or clash.ids
        if not hit - left_out:
            break
        left_out |= hit
    return tuple(found), exists is True


def _shrink(
    problem: SitingProblem,
    requirements: Sequence[Requirement],
    left_out: set[str],
    feasibility: Feasibility,
    clock: Clock,
) -> Clash:
    """Leave out what is not needed for a clash; see :func:`find_clash`."""
    out = set(left_out)
    kept: dict[str, Requirement] = {}

    def leave_out(group: list[Requirement]) -> None:
        group = [requirement for requirement in group if requirement.id not in out]
        if not group:
            return
        exists = None
        if not any(too_large(problem, requirement) for requirement in group):
            ids = out | {requirement.id for requirement in group}
            exists = feasibility.plan_exists(ids, clock.left_s * test_share)
        if exists is False:
            out.update(requirement.id for requirement in group)
        elif len(group) == 1:
            kept[group[0].id] = replace(group[0], undecided=exists is None)
        else:
            middle = len(group) // 2
            leave_out(group[:middle])
            leave_out(group[middle:])

    def of_kind(*kinds: str) -> list[Requirement]:
        return [requirement for requirement in requirements if requirement.kind in kinds]

    leave_out(of_kind("excluded"))
    leave_out(of_kind("exclusive"))
    leave_out(of_kind("host_limits"))
    leave_out(of_kind("decision"))
    leave_out(of_kind("target"))
    remaining = [r.target for r in kept.values() if r.target]
    if any(closing_may_help(target) for target in remaining):
        leave_out(of_kind("closing"))
    if any(target.kind in sees_reach for target in remaining):
        leave_out(of_kind("reach"))
    if Clash(tuple(kept.values()), proven=True).sees_phasing:
        leave_out(of_kind("phasing"))
    return Clash(tuple(r for r in (kept.get(r.id) for r in requirements) if r), proven=True)
