"""The chapter on targets: what is required, what is reached, what is missed."""

from siting.indicators import TargetResult, served_share, tally
from siting.provisions import wording
from siting.review.report.columns import Column
from siting.review.report.draft import Draft
from siting.review.sentences import not_due_clause


def targets_sentence(draft: Draft) -> str:
    """Return how many targets there are and how many the plan meets."""
    results = draft.findings.plan.targets
    counted = tally(results)
    hard = sum(result.target.hard for result in results)
    waiting = "targets_due_met" if counted.not_due else "targets_all_met"
    return draft.say(
        "targets_some_met" if counted.missed else waiting,
        all=counted.all,
        hard=hard,
        soft=counted.all - hard,
        met=counted.met,
        missed=counted.missed,
        not_due=not_due_clause(counted.not_due, draft.pen.word),
    )


def targets(draft: Draft, missed: list[str]) -> None:
    """Write every target with what is required, reached today and by the plan.

    Parameters
    ----------
    missed
        A line for each target that is missed.
    """
    paper, pen, plan = draft.paper, draft.pen, draft.findings.plan
    word = pen.word
    paper.heading(1, "targets_chapter")
    paper.sentences(targets_sentence(draft))
    paper.bullets(missed)
    nothing = sum(result.due and result.achieved is None for result in plan.targets)
    paper.sentences(
        pen.say("targets_nothing", count=nothing) if nothing else "", word["targets_hint"]
    )
    rows = [
        [
            result.target.id,
            draft.target_name(result),
            str(result.target.year),
            word["hard" if result.target.hard else "soft"],
            pen.bounded(result),
            pen.counted_below(result, before.achieved, before.achieved_count),
            pen.counted_below(result, result.achieved, result.achieved_count),
            word["not_due" if not result.due else "met" if result.met else "unmet"],
            wording(draft.scenario, result.target, pen.lang).clause,
        ]
        for before, result in zip(draft.findings.today_targets, plan.targets, strict=True)
    ]
    columns = [
        Column(word["number"], 1.2),
        Column(word["target"], 3.0),
        Column(word["year"], 1.1),
        Column(word["force"], 1.0),
        Column(word["required"], 1.7, numeric=True),
        Column(word["today"], 1.7, numeric=True),
        Column(word["plan"], 1.7, numeric=True),
        Column(word["result"], 1.4),
        Column(word["clause"], 3.4),
    ]
    paper.table(word["targets_table"], columns, rows, ditto=(8,), group=0)
    for result in plan.targets:
        if served := _served_beside(draft, result):
            paper.hint(served)


def _served_beside(draft: Draft, result: TargetResult) -> str:
    """Return the share who have a place within reach, of targets that ask who has reach."""
    pen, target = draft.pen, result.target
    year = draft.findings.plan.year(target.year)
    share = served_share(draft.scenario, draft.findings.inputs, year.indicators, target)
    if share is None:
        return ""
    served = pen.say("served_beside", share=pen.figure("share", share))
    return pen.say("served_hint", target=target.id, year=target.year, served=served)
