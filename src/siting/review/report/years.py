"""The chapters on years and money: what is done in each, what it costs."""

import pandas as pd

from siting.plan.costs import kinds_told
from siting.review.figures import cost_chart, png, years_chart
from siting.review.report.columns import Column
from siting.review.report.draft import Draft, actions
from siting.review.sentences import places_note
from siting.review.story_content import counted_otherwise

figures_by_year = (
    ("residents", "count"),
    ("under3", "count"),
    ("places", "count"),
    ("places_per_thousand", "decimal"),
    ("inclusive_share", "share"),
    ("townships_covered", "count"),
    ("population_coverage", "share"),
    ("takers", "count"),
    ("served", "count"),
    ("reachable_full", "count"),
    ("unreachable", "count"),
    ("fill_new", "share"),
)
"""Figures of the area that the table by year shows, and how they are written."""


def by_year(draft: Draft) -> None:
    """Write what is done and reached in each planned year."""
    paper, pen, word = draft.paper, draft.pen, draft.pen.word
    plan, years = draft.findings.plan, draft.scenario.years
    paper.heading(1, "years_chapter")
    if len(years) == 1:
        key = "one_year" if len(plan.actions) else "one_year_nothing"
        paper.sentences(pen.say(key, year=years[0]))
    else:
        paper.sentences(
            pen.say(
                "several_years",
                count=len(years),
                actions=paper.number("table"),
                figures=paper.number("table", 2),
            )
        )
    costs = plan.costs.set_index("year")
    paper.bullets(
        _year_sentence(draft, plan.actions[plan.actions["year"] == year], year,
                       float(costs.loc[year, "capital_cny"]))
        for year in years
    )  # fmt: skip
    _actions_table(draft)
    if len(years) > 1:
        _figures_table(draft)
    paper.picture(
        word["figure_years"], png(years_chart(draft.findings, lang=pen.lang)), word["figure_years"]
    )


def _year_sentence(draft: Draft, rows: pd.DataFrame, year: int, cost: float) -> str:
    if rows.empty:
        return draft.say("year_nothing", year=year)
    added = int(rows["places_added"].sum())
    key = "year_done" if added >= 0 else "year_done_less"
    return draft.say(
        key if cost > 0 else f"{key}_free",
        year=year,
        parts=draft.pen.join(draft.done(rows)),
        places=draft.figure("count", abs(added)),
        cost=draft.figure("money", cost),
    )


def _actions_table(draft: Draft) -> None:
    pen, word, plan = draft.pen, draft.pen.word, draft.findings.plan
    costs = plan.costs.set_index("year")["capital_cny"]
    groups = [(str(year), plan.actions[plan.actions["year"] == year], costs[year])
              for year in draft.scenario.years]  # fmt: skip
    if len(groups) > 1:
        groups.append((word["total"], plan.actions, costs.sum()))
    rows = [
        [
            label,
            *(pen.figure("count", (group["action"] == action).sum()) for action in actions),
            pen.figure("count", group["places_added"].sum()),
            pen.figure("wan", cost),
        ]
        for label, group, cost in groups
    ]
    columns = [
        Column(word["year"], 2.0),
        *(Column(word[action], 2.0, numeric=True) for action in actions),
        Column(word["report_places_change"], 2.2, numeric=True),
        Column(word["cost_wan"], 2.6, numeric=True),
    ]
    draft.paper.table(word["actions_table"], columns, rows, last_is_total=len(groups) > 1)


def _figures_table(draft: Draft) -> None:
    pen, word = draft.pen, draft.pen.word
    plan, today = draft.findings.plan, draft.findings.today
    untouched = draft.findings.no_action[draft.last.year]
    states = [
        (pen.say("today_column", year=today.year), today),
        *((str(year), plan.indicators_of(year)) for year in draft.scenario.years),
        (pen.say("report_no_action", year=untouched.year), untouched),
    ]
    rows = [
        [
            draft.figure_name(name),
            *(pen.figure(kind, state.area[name]) for _, state in states),
        ]
        for name, kind in figures_by_year
    ]
    columns = [
        Column(word["figure"], 4.4),
        *(Column(label, min(1.8, 11.6 / len(states)), numeric=True) for label, _ in states),
    ]
    draft.paper.table(word["year_figures_table"], columns, rows)


def money(draft: Draft) -> None:
    """Write what is spent by year, by tier and by action."""
    paper, pen, word = draft.paper, draft.pen, draft.pen.word
    costs = draft.findings.plan.costs
    capital, subsidy = float(costs["capital_cny"].sum()), float(costs["subsidy_cny"].sum())
    running = float(costs["running_cny"].iloc[-1])
    paper.heading(1, "money_chapter")
    key = ("money_text" if running > 0 else "money_text_capital") if capital > 0 else (
        "money_none" if running > 0 else "money_none_at_all"
    )  # fmt: skip
    paid = pen.say("money_subsidy", subsidy=pen.figure("money", subsidy)) if subsidy > 0 else ""
    paper.sentences(
        pen.say(
            key,
            capital=pen.figure("money", capital),
            subsidy=paid,
            running=pen.figure("money", running),
            year=draft.last.year,
        )
    )
    _rates(draft)
    if capital == 0 and running == 0:
        return
    parts = kinds_told(draft.findings.plan)
    rows = [
        [str(row["year"]), *(pen.figure("wan", row[f"{part}_cny"]) for part in parts)]
        for row in costs.to_dict("records")
    ]
    if len(rows) > 1:
        sums = [
            word["nothing"] if part == "running" else pen.figure("wan", costs[f"{part}_cny"].sum())
            for part in parts
        ]
        rows.append([word["total"], *sums])
    columns = [
        Column(word["year"], 2.0),
        *(Column(word[f"money_{part}_column"], 3.0, numeric=True) for part in parts),
    ]
    paper.table(word["money_table"], columns, rows, last_is_total=len(rows) > 1)
    if capital > 0:
        _tier_table(draft, capital)
    note = places_note(counted_otherwise(draft.findings), word, pen.lang)
    if note:
        paper.hint(note)
    if len(draft.scenario.years) > 1:
        drawn = png(cost_chart(draft.findings, lang=pen.lang))
        paper.picture(word["figure_costs"], drawn, word["figure_costs"])


def _rates(draft: Draft) -> None:
    """Write the costs of hosts with their sources, or where else costs come from."""
    pen, word = draft.pen, draft.pen.word
    told = []
    for host in draft.scenario.hosts.values():
        for action, cost in host.costs.items():
            parts = [
                pen.say(key, cost=f"{amount:,.0f}元" if pen.lang == "zh" else f"CNY {amount:,.0f}")
                for key, amount in (
                    ("rate_fixed", cost.fixed_cny),
                    ("rate_place", cost.place_cny),
                    ("rate_running", cost.running_cny),
                    ("rate_subsidy", cost.subsidy_cny),
                )
                if amount > 0
            ]
            told.append(
                pen.say(
                    "cost_rate",
                    host=host.called(pen.lang),
                    action=word[action],
                    parts=pen.join(parts) or word["rate_nothing"],
                    source=cost.source,
                )
            )
    draft.paper.sentences(word["cost_rates" if told else "cost_from_tables"])
    draft.paper.bullets(told)


def _tier_table(draft: Draft, capital: float) -> None:
    pen, word = draft.pen, draft.pen.word
    rows_by_action = draft.findings.plan.actions
    spent = rows_by_action.groupby(["tier", "action"], sort=False)["capital_cny"].sum()
    counts = rows_by_action.groupby(["tier", "action"], sort=False).size()
    rows = [
        [
            draft.scenario.tiers[tier].called(pen.lang),
            word[action],
            pen.figure("count", counts[tier, action]),
            pen.figure("wan", spent[tier, action]),
            pen.figure("share", spent[tier, action] / capital),
        ]
        for tier in draft.scenario.tiers
        for action in actions
        if (tier, action) in spent.index
    ]
    rows.append(
        [word["total"], "", pen.figure("count", counts.sum()), pen.figure("wan", spent.sum()),
         pen.figure("share", spent.sum() / capital)]
    )  # fmt: skip
    columns = [
        Column(word["tier"], 4.0),
        Column(word["action"], 2.4),
        Column(word["acted"], 2.0, numeric=True),
        Column(word["cost_wan"], 3.0, numeric=True),
        Column(word["money_share"], 2.0, numeric=True),
    ]
    draft.paper.table(word["money_tier_table"], columns, rows, last_is_total=True)
