"""How far a plan is proven, stage by stage, in plain words.

Reads what each stage reached, gives sentences. Does not: prove anything.
"""

from collections.abc import Iterator
from math import floor

from siting.model import Stage
from siting.plan import Plan
from siting.plan.finished_run import FinishedRun
from siting.plan.plan_record import StageRecord
from siting.review.rounding import half_up
from siting.review.sentences import written
from siting.review.words import words
from siting.solver import Status, proven_tolerance, relative_gap

wan_per_million = 100
rounding_error = 1e-5
"""Of ten times a bound, by which it may lie below the number that it stands for (assumption)."""


def proof_sentences(plan: Plan | FinishedRun, lang: str) -> list[str]:
    """Return what is proven of a plan: the whole, its cost, and whether the clock had a part.

    The first sentence names each stage that is not proven optimal, with its gap.
    """
    word = words(lang)
    told = [_statement(plan, lang), *_cost(plan.stages, lang), *_without_search(plan.stages, lang)]
    return told if plan.reproducible else [*told, word["not_reproducible"]]


def _statement(plan: Plan | FinishedRun, lang: str) -> str:
    word = words(lang)
    short = [stage for stage in plan.stages if stage.status is not Status.OPTIMAL]
    if plan.status is Status.OPTIMAL:
        return word["optimal"]
    clauses = [_clause(stage, lang) for stage in short]
    if len(short) < len(plan.stages):
        clauses.append(word["others_optimal"])
    asked = written("gap", plan.scenario.solver.gap, lang)
    return word[plan.status].format(stages=word["clause_comma"].join(clauses), asked=asked)


def _clause(stage: Stage | StageRecord, lang: str) -> str:
    word, name = words(lang), _named(stage, lang)
    if stage.gap is None:
        return word["stage_without_bound"].format(stage=name)
    return word["stage_within"].format(stage=name, gap=written("gap", stage.gap, lang))


def _named(stage: Stage | StageRecord, lang: str) -> str:
    """Return what a stage is called within a sentence."""
    name = stage_name(stage.name, lang)
    return name if lang == "zh" else name[0].lower() + name[1:]


def stage_name(name: str, lang: str) -> str:
    """Return what people call a stage such as ``shortfall-1``."""
    kind, _, priority = name.partition("-")
    return words(lang)[f"stage_{kind}"].format(priority=priority)


def _cost(stages: tuple[Stage, ...] | tuple[StageRecord, ...], lang: str) -> list[str]:
    """Return what is said of the cost and its bounds, where some stage is that of the cost."""
    word = words(lang)
    for stage in stages:
        if stage.name == "cost" and stage.objective is not None and stage.bound is not None:
            is_best = stage.status is Status.OPTIMAL
            value = _money(float(half_up(stage.objective, 1)), lang)
            bound = value if is_best else _money(_tenths_down(stage.bound), lang)
            told = [
                word["cost_proven" if is_best else "cost_bound"].format(value=value, bound=bound)
            ]
            if stage.checked_bound is not None:
                checked = _money(_tenths_down(stage.checked_bound), lang)
                key = "floor_checked" if checked == bound else "floor_between"
                told.append(word[key].format(checked=checked))
            return told
    return []


def _without_search(
    stages: tuple[Stage, ...] | tuple[StageRecord, ...], lang: str
) -> Iterator[str]:
    """Yield what is said of the other stages whose gap is larger by the bound without a search."""
    word = words(lang)
    clauses = []
    for stage in stages:
        value, bound = stage.objective, stage.checked_bound
        if stage.name == "cost" or value is None or bound is None or stage.gap is None:
            continue
        gap = relative_gap(value, bound)
        told = written("gap", gap, lang)
        if gap > proven_tolerance and told != written("gap", stage.gap, lang):
            name = _named(stage, lang)
            clauses.append(word["gap_without_search"].format(stage=name, gap=told))
    if clauses:
        yield word["without_search"].format(stages=word["clause_comma"].join(clauses))


def _tenths_down(wan: float) -> float:
    """Return a bound to the digit shown, rounded down."""
    return floor(10 * wan + rounding_error) / 10


def _money(wan: float, lang: str) -> str:
    """Return an amount with the digit that tells a bound from the cost."""
    if lang == "en":
        return f"CNY {wan / wan_per_million:,.3f} million"
    return f"{wan:,.1f}万元"
