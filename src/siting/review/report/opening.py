"""Cover, contents, summary, and the chapter on background and basis."""

from siting.indicators import TargetResult
from siting.notes import most_named
from siting.provisions import wording
from siting.review.idle_places import idle_sentence
from siting.review.report.columns import Column
from siting.review.report.draft import Draft
from siting.review.report.proof import proof_told
from siting.review.report.proposal import summary_sentences
from siting.review.report.targets import targets_sentence

hash_digits = 16


def cover(draft: Draft, title: str) -> None:
    """Write the cover: what is planned, where, for when, and what must be known of it."""
    paper, scenario, word = draft.paper, draft.scenario, draft.pen.word
    paper.line("CoverTitle", title)
    if title != word["report"]:
        paper.line("CoverKind", word["report"])
    lines = [
        draft.say("report_area", names=districts(draft)),
        draft.say("report_years", base=scenario.base_year, years=draft.years()),
        draft.say("report_hash", hash=draft.findings.plan.plan_hash[:hash_digits]),
    ]
    for line in lines:
        paper.line("CoverLine", line)
    if scenario.illustrative:
        paper.line("CoverMark", word["report_illustrative"])
    paper.line("CoverMark", word["report_maps"])
    paper.page_break()


def contents(draft: Draft) -> None:
    """Write the contents on a page of their own."""
    draft.paper.front_heading("contents")
    draft.paper.contents()
    draft.paper.page_break()


def abstract(draft: Draft) -> None:
    """Write what the plan achieves, costs and proves, before all detail."""
    draft.paper.front_heading("abstract")
    draft.paper.sentences(*summary_sentences(draft))
    draft.paper.sentences(targets_sentence(draft))
    draft.paper.bullets(missed_targets_of(draft))
    if idle := idle_sentence(draft.findings, draft.pen.lang):
        draft.paper.sentences(idle)
    draft.paper.sentences(*proof_told(draft))
    if draft.scenario.illustrative:
        draft.paper.sentences(draft.pen.word["illustrative_text"])
    draft.paper.page_break()


def missed_targets_of(draft: Draft) -> list[str]:
    """Return a line for each target that the plan misses, of alike years together."""
    years: dict[tuple[TargetResult, str], list[int]] = {}
    first: dict[tuple[str, str], TargetResult] = {}
    for result in draft.findings.plan.targets:
        if not result.met:
            told = _missed(draft, result)
            same = first.setdefault((result.target.id, told), result)
            years.setdefault((same, told), []).append(result.target.year)
    return [
        draft.say(
            "target_missed",
            id=result.target.id,
            name=draft.target_name(result),
            years=draft.pen.join([str(year) for year in of_one]),
            result=told,
        )
        for (result, told), of_one in years.items()
    ]


def _missed(draft: Draft, result: TargetResult) -> str:
    """Return what a missed target asks for, what is reached, and where it falls short."""
    pen = draft.pen
    told = pen.say(
        "target_reached",
        required=pen.counted(result, result.required, result.required_count),
        achieved=pen.counted(result, result.achieved, result.achieved_count),
    )
    if result.target.hard:
        told += pen.word["target_missed_hard"]
    if result.missing_in:
        where = pen.say("target_missing_in", names=draft.named(result.missing_in))
        told += pen.word["semicolon"] + where
    return told + pen.word["full_stop"]


def background(draft: Draft) -> None:
    """Write what is planned for, and on what basis."""
    paper, pen, scenario = draft.paper, draft.pen, draft.scenario
    paper.heading(1, "background")
    paper.heading(2, "scope")
    today, last = draft.findings.today, draft.last
    paper.sentences(
        pen.say(
            "scope_text",
            names=districts(draft),
            townships=len(draft.findings.inputs.townships),
            base=today.year,
            residents=pen.figure("count", today.area["residents"]),
            under3=pen.figure("count", today.area["under3"]),
            years=draft.years(),
        ),
        pen.say(
            "scope_last",
            year=last.year,
            residents=pen.figure("count", last.area["residents"]),
            under3=pen.figure("count", last.area["under3"]),
        ),
        pen.word["seat_zones_text"] if scenario.inputs.seats is not None else "",
    )
    paper.heading(2, "policies")
    table = paper.number("table")
    if scenario.profiles:
        paper.sentences(pen.say("policy_some", table=table, annex=draft.annexes["provisions"]))
        paper.bullets(
            pen.say(
                "policy_line",
                title=profile.title,
                number=profile.number,
                place=profile.place,
                count=len(profile.provisions),
            )
            for profile in scenario.profiles
        )
    else:
        paper.sentences(pen.say("policy_none", table=table))
    _basis_table(draft)
    paper.heading(2, "data")
    if scenario.sources:
        paper.sentences(pen.word["data_text"])
        paper.bullets(scenario.sources)
    else:
        paper.sentences(pen.word["data_none"])


def districts(draft: Draft) -> str:
    """Return the districts of the study area, the first of them where there are many."""
    names = list(dict.fromkeys(draft.findings.inputs.townships["district"]))
    if len(names) <= most_named:
        return draft.pen.join(names)
    return draft.say("scope_districts", names=draft.pen.join(names[:most_named]), count=len(names))


def _basis_table(draft: Draft) -> None:
    """Write the clause and the sentence behind each target, once for all its years."""
    word = draft.pen.word
    first = {result.target.id: result for result in reversed(draft.findings.plan.targets)}
    rows = []
    for name in dict.fromkeys(result.target.id for result in draft.findings.plan.targets):
        target = first[name].target
        quoted = word["quoted"].format(sentence=target.sentence) if target.sentence else ""
        in_lang = wording(draft.scenario, target, draft.pen.lang)
        read = word["reading"] + in_lang.reading if in_lang.reading else ""
        told = "\n".join(filter(None, (quoted, read))) or word["no_sentence"]
        force = in_lang.strength or word["hard" if target.hard else "soft"]
        rows.append([name, draft.target_name(first[name]), force, in_lang.clause, told])
    columns = [
        Column(word["number"], 1.2),
        Column(word["target"], 3.0),
        Column(word["strength" if draft.scenario.profiles else "force"], 1.2),
        Column(word["basis"], 3.6),
        Column(word["sentence"], 7.0),
    ]
    draft.paper.table(word["basis_table"], columns, rows)
