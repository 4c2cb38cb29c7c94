"""How far a plan is proven, stage by stage, in plain words.

Reads what each stage reached, gives sentences. Does not: prove anything.
"""

from siting.model import Stage
from siting.plan import Plan
from siting.plan.finished_run import FinishedRun
from siting.plan.plan_record import StageRecord
from siting.review.sentences import written
from siting.review.words import words
from siting.solver import Status

cny_per_wan = 10_000


def proof_sentences(plan: Plan | FinishedRun, lang: str) -> list[str]:
    """Return what is proven of a plan: the whole, its cost, and whether the clock had a part.

    The first sentence names each stage that is not proven optimal, with its gap.
    """
    word = words(lang)
    told = [_statement(plan, lang), *_cost(plan.stages, lang)]
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
    word = words(lang)
    name = stage_name(stage.name, lang)
    if lang == "en":
        name = name[0].lower() + name[1:]
    if stage.gap is None:
        return word["stage_without_bound"].format(stage=name)
    return word["stage_within"].format(stage=name, gap=written("gap", stage.gap, lang))


def stage_name(name: str, lang: str) -> str:
    """Return what people call a stage such as ``shortfall-1``."""
    kind, _, priority = name.partition("-")
    return words(lang)[f"stage_{kind}"].format(priority=priority)


def _cost(stages: tuple[Stage, ...] | tuple[StageRecord, ...], lang: str) -> list[str]:
    """Return what is said of the cost and its bounds, where some stage is that of the cost."""
    word = words(lang)
    for stage in stages:
        if stage.name == "cost" and stage.objective is not None and stage.bound is not None:
            value, bound = (_money(amount, lang) for amount in (stage.objective, stage.bound))
            key = "cost_proven" if value == bound else "cost_bound"
            told = [word[key].format(value=value, bound=bound)]
            if stage.checked_bound is not None:
                checked = _money(stage.checked_bound, lang)
                key = "floor_checked" if checked == bound else "floor_between"
                told.append(word[key].format(checked=checked))
            return told
    return []


def _money(wan: float, lang: str) -> str:
    return written("money", cny_per_wan * wan, lang)
