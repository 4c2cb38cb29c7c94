"""New places that stay empty: sites acted on that use less than half of their places.

Reads a plan and what each of its sites does, gives counts, the emptiest, and a sentence. Does not:
say why.
"""

from dataclasses import dataclass

from siting.review.findings import Findings
from siting.review.words import words

little_used = 0.5
"""Share of its places below which a site is named (assumption)."""
most_named = 5


@dataclass(frozen=True)
class IdlePlaces:
    """Sites acted on that use less than half of their places in a year.

    Attributes
    ----------
    year
        The last planned one.
    count, idle
        Sites acted on that have places, and those of them that are little used.
    site_ids, names
        The emptiest.
    """

    year: int
    count: int
    idle: int
    site_ids: list[str]
    names: list[str]


def idle_places(findings: Findings) -> IdlePlaces | None:
    """Return the sites acted on that use less than half of their places in the last year.

    None where there is none; sites without places do not count.
    """
    services = findings.services
    year = services["year"].max()
    acted = findings.plan.sites.loc[
        findings.plan.sites["action"].isin(("open", "convert", "expand")), ["site_id", "name"]
    ]
    used = acted.merge(services[services["year"] == year], on="site_id").dropna(subset="fill")
    idle = used[used["fill"] < little_used].sort_values(["fill", "site_id"])
    if idle.empty:
        return None
    named = idle.head(most_named)
    return IdlePlaces(
        int(year), len(used), len(idle), named["site_id"].tolist(), named["name"].tolist()
    )


def idle_sentence(findings: Findings, lang: str) -> str:
    """Return what is said of them, empty where there is none."""
    told = idle_places(findings)
    if told is None:
        return ""
    return words(lang)["idle_places"].format(
        year=told.year,
        count=f"{told.count:,}",
        idle=f"{told.idle:,}",
        names=("、" if lang == "zh" else ", ").join(told.names),
    )
