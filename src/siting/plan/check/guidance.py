"""The check of who guides whom: by the rules of the guidance, from the tables."""

import pandas as pd

from siting.inputs import no_zone
from siting.plan.check.facts import PlannedState, named, rounding_s
from siting.scenario.guidance import Guidance

rounding = 1e-9
"""What binary fractions may take from a whole number of sites."""


def check_guidance(planned: PlannedState) -> list[str]:
    """Return the rules on guidance that a plan breaks in a year."""
    facts, guides = planned.facts, planned.guides
    rules, medical = facts.scenario.guidance, facts.inputs.medical
    if guides.empty:
        return []
    if rules is None or medical is None:
        return [f"{planned}: sites are guided without rules of guidance"]
    site = planned.sites.loc[guides["site"]].reset_index(drop=True)
    guide = medical.iloc[guides["medical"]].reset_index(drop=True)
    found = [
        f"{planned}, {named(site['site_id'][broken])}: {what}"
        for broken, what in (
            (~site["open"], "is guided and is closed"),
            (~site["inside"], "is guided outside the study area"),
            (~site["tier"].isin(facts.scenario.guided_tiers), "is of a tier that is not guided"),
            (_again(planned, site, guide), "has several guides"),
            (~guide["kind"].isin(rules.kinds), "is guided by a kind of institution that does not"),
            (_elsewhere(planned, site, guide, rules), "lies outside the jurisdiction of its guide"),
            (~_within_limit(planned, guide, rules), "is farther from its guide than the limit"),
        )
        if broken.any()
    ]
    staff = guide["child_health_staff"].astype(float).fillna(1.0)
    each = guide["kind"].map(lambda kind: _rule(rules, kind, "institutions_per_staff"))
    load = guide.assign(sites=1, most=staff * each.astype(float) + rounding)
    load = load.groupby("medical_id").agg(sites=("sites", "sum"), most=("most", "first"))
    busy = load.index[load["sites"] > load["most"]]
    if len(busy):
        found.append(f"{planned}, {named(busy)}: guides more sites than its staff can")
    return found


def _rule(rules: Guidance, kind: str, name: str) -> object:
    """Return a rule for a kind of institution: its own, or else that of all."""
    own = [getattr(told, name) for each, told in rules.by_kind.items() if each == kind]
    return next((told for told in own if told is not None), getattr(rules, name))


def _again(planned: PlannedState, site: pd.DataFrame, guide: pd.DataFrame) -> pd.Series:
    """Return which pairs are of a site that has another guide for the same target."""
    found = pd.Series(False, index=site.index)
    named = {t.kinds for t in planned.facts.scenario.targets if t.kind == "pairing" and t.kinds}
    others = guide["kind"].map(lambda kind: not any(kind in kinds for kinds in named))
    for of_role in (others, *(guide["kind"].isin(kinds) for kinds in named)):
        found |= of_role & site["site_id"].where(of_role).duplicated(keep=False)
    return found


def _elsewhere(
    planned: PlannedState, site: pd.DataFrame, guide: pd.DataFrame, rules: Guidance
) -> pd.Series:
    """Return which pairs cross the border of a jurisdiction."""
    told = guide["kind"].map(lambda kind: _rule(rules, kind, "jurisdiction"))
    townships = planned.facts.inputs.townships.reset_index(drop=True)
    codes = townships["township_code"]
    lies_in = guide["zone"].where(guide["zone"] != no_zone).map(codes)
    responsible = guide["township_code"].where(guide["township_code"] != "", lies_in)
    there = site["zone"].where(site["inside"]).map(codes)
    district = dict(zip(codes, townships["district_code"], strict=True))
    of_district = told == "district"
    responsible = responsible.mask(of_district, responsible.map(district))
    there = there.mask(of_district, there.map(district))
    return (told != "area") & ((responsible != there) | there.isna())


def _within_limit(planned: PlannedState, guide: pd.DataFrame, rules: Guidance) -> pd.Series:
    """Return which pairs are on a way within the limit."""
    ways, guides = planned.facts.reach.guidance, planned.guides
    if ways is None:
        return pd.Series(False, index=range(len(guides)))
    table = pd.DataFrame({"site": ways.site, "medical": ways.medical, "seconds": ways.seconds})
    pairs = guides[["site", "medical"]].merge(table, on=["site", "medical"], how="left")
    minutes = guide["kind"].map(lambda kind: _rule(rules, kind, "within_minutes"))
    return pairs["seconds"] <= minutes.astype(float) * 60 + rounding_s
