"""What targets are called, with the minutes, the way of travelling and the tiers they ask for."""

from siting.indicators import TargetResult
from siting.scenario import Scenario, Tier


def limit_minutes(scenario: Scenario, tiers: frozenset[str] = frozenset()) -> str:
    """Return the limits of tiers, or of those that count in coverage: ``15`` or ``10/15``."""
    limits = sorted({tier.limit_minutes for tier in _covering(scenario, tiers)})
    return "/".join(f"{limit:g}" for limit in limits)


def covering_modes(scenario: Scenario, tiers: frozenset[str] = frozenset()) -> list[str]:
    """Return the ways of travelling of tiers, or of those that count in population coverage."""
    return sorted({tier.mode for tier in _covering(scenario, tiers)}, reverse=True)


def _covering(scenario: Scenario, tiers: frozenset[str]) -> list[Tier]:
    counted = tiers or scenario.tiers_counted_in("population_coverage") or set(scenario.tiers)
    return [scenario.tiers[tier] for tier in counted]


def target_name(scenario: Scenario, result: TargetResult, word: dict[str, str]) -> str:
    """Return what a target is called, with its tiers where the target names its own."""
    target = result.target
    tiers = "、".join(scenario.tiers[tier].label for tier in sorted(scenario.tiers_of(target)))
    kind = word[target.kind].format(
        tiers=tiers,
        minutes=limit_minutes(scenario, frozenset(target.tiers)),
        travel="/".join(word[mode] for mode in covering_modes(scenario, frozenset(target.tiers))),
    )
    named = target.tiers and "{tiers}" not in word[target.kind]
    return word["coverage_in"].format(kind=kind, tiers=tiers) if named else kind
