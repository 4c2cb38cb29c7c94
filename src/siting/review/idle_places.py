"""New places that stay empty: sites acted on that use less than half of their places.

Reads a plan and what each of its sites does, gives a sentence. Does not: say why.
"""

from siting.review.findings import Findings
from siting.review.words import words

little_used = 0.5
"""Share of its places below which a site is named (assumption)."""
most_named = 5


def idle_places(findings: Findings, lang: str) -> str:
    """Return how many sites acted on use less than half of their places in the last year.

    With the names of the emptiest. Nothing where there is none; sites without places do not count.
    """
    services = findings.services
    year = services["year"].max()
    acted = findings.plan.sites.loc[
        findings.plan.sites["action"].isin(("open", "convert", "expand")), ["site_id", "name"]
    ]
    used = acted.merge(services[services["year"] == year], on="site_id").dropna(subset="fill")
    idle = used[used["fill"] < little_used].sort_values(["fill", "site_id"])
    if idle.empty:
        return ""
    named = idle["name"].head(most_named).tolist()
    word = words(lang)
    return word["idle_places"].format(
        year=year,
        count=f"{len(used):,}",
        idle=f"{len(idle):,}",
        names=("、" if lang == "zh" else ", ").join(named),
    )
