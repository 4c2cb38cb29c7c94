"""What the page says: figures, targets, sites and notes as plain values, no text formatted."""

from dataclasses import asdict

from siting.indicators import tally
from siting.review.findings import Findings
from siting.review.idle_places import idle_places
from siting.review.plain_values import Content
from siting.review.proof import proof_sentences
from siting.review.sentences import note_text
from siting.review.site_content import guidance_rows, site_columns
from siting.review.source_content import parameter_rows
from siting.review.story_content import cost_rows, figure_rows, head_content
from siting.review.target_content import (
    overall_ranks,
    provision_rows,
    standing_rows,
    target_rows,
)
from siting.review.township_content import nearest_rows, township_columns
from siting.review.words import words
from siting.target_names import covering_modes, limit_minutes


def page_content(findings: Findings, lang: str, title: str | None = None) -> Content:
    """Return what the page says, without the map layers.

    A value that is to be written in a sentence or cell stands as ``[kind, value]``: the page
    knows how to write each kind.

    Parameters
    ----------
    title
        Heading of the page; the name of the scenario where there is none.
    """
    scenario, inputs, plan = findings.scenario, findings.inputs, findings.plan
    idle = idle_places(findings)
    return {
        "lang": lang,
        "words": words(lang),
        "illustrative": scenario.illustrative,
        "title": scenario.titled(lang) if title is None else title,
        "base_year": findings.today.year,
        "years": list(scenario.years),
        "minutes": limit_minutes(scenario),
        "travel": "/".join(words(lang)[mode] for mode in covering_modes(scenario)),
        "seat_zones": scenario.inputs.seats is not None,
        **head_content(findings),
        "idle_places": None if idle is None else asdict(idle),
        "proof": proof_sentences(plan, lang),
        "tally": asdict(tally(plan.targets)),
        "targets": target_rows(scenario, inputs, findings.today_targets, plan, lang),
        "provisions": provision_rows(findings.provisions, lang),
        "costs": cost_rows(plan),
        "guidance": guidance_rows(inputs, plan),
        "figures": figure_rows(findings),
        "township_count": int(findings.today.area["townships"]),
        "townships": township_columns(findings),
        "nearest": nearest_rows(findings.nearest),
        "ranks": standing_rows(inputs, plan, findings.ranking, lang),
        "overall": overall_ranks(inputs, findings.beside["ranking_overall"]),
        "sites": site_columns(scenario, inputs, plan, findings.services, lang),
        "parameters": parameter_rows(scenario, lang),
        "sources": list(scenario.sources),
        "notes": [note_text(note, lang) for note in findings.notes],
        "stages": [
            [
                *(stage.name, stage.status.value, stage.objective, stage.bound),
                *(stage.unit, stage.gap, stage.checked_bound),
            ]
            for stage in plan.stages
        ],
        "files": sorted(inputs.sha256.items()),
        "plan_hash": plan.plan_hash,
    }
