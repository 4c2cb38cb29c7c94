"""What the terminal shows: progress and the summary of a run; the only file that knows rich.

Reads a finished study, prints. Does not: compute a figure.
"""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from siting.alternatives import Alternatives
from siting.clashes import explanation_lines
from siting.errors import printable
from siting.indicators import TargetResult
from siting.notes import Note, written_gap
from siting.study import Study
from siting.target_names import target_name

words = {
    "zh": {
        "scenario": "读取方案设定",
        "inputs": "读取数据",
        "network": "读取路网",
        "reach": "计算出行时间",
        "today": "计算现状",
        "plan": "准备规划模型",
        "model": "建立规划模型",
        "shortfall": "求解：目标缺口最小",
        "cost": "求解：投资最少",
        "served": "求解：服务儿童最多",
        "check": "独立核验方案",
        "alternatives": "求解：备选方案",
        "frontier": "求解：各覆盖率的最低费用",
        "files": "写出成果",
        "target": "目标",
        "force": "性质",
        "required": "要求",
        "today_value": "现状",
        "achieved": "方案",
        "result": "结果",
        "met": "达到",
        "missed": "未达到",
        "not_due": "尚未到期",
        "hard": "约束",
        "soft": "预期",
        "optimal": "已证明最优",
        "within_gap": "已证明与最优值相差不超过 {gap}",
        "feasible": "可行，与最优值的差距 {gap}",
        "infeasible": "约束性目标不能同时达到（已证明），没有方案；请放宽约束性目标或增加候选点位",
        "no_plan": "限定时间内没有找到方案；请延长 --time-limit",
        "not_believed": "求解器给出的答案不可信，没有方案；请运行 siting doctor 检查求解器",
        "stage_shortfall": "目标缺口",
        "stage_cost": "投资",
        "stage_served": "服务儿童",
        "unknown": "未知",
        "actions": "措施：{actions}",
        "open": "新增",
        "convert": "改建增设",
        "expand": "扩建",
        "keep": "保持",
        "spent": "投资 {cost:,.0f} 万元，新增托位 {places:,} 个",
        "files_in": "成果在 {folder}（打开 review.html）",
        "illustrative": "示意：本研究含示意数据",
        "coverage": "求解：可达婴幼儿最多",
        "tie_break": "求解：并列方案取定",
        "travel_time": "求解：出行时间最短",
        "stage_coverage": "可达婴幼儿",
        "stage_tie_break": "并列方案取定",
        "stage_travel_time": "出行时间",
        "close": "关停",
    },
    "en": {
        "scenario": "reading the scenario",
        "inputs": "reading the data",
        "network": "reading the streets",
        "reach": "travel times",
        "today": "today's figures",
        "plan": "preparing the model",
        "model": "writing the model",
        "shortfall": "solving: least shortfall",
        "cost": "solving: least cost",
        "served": "solving: most children served",
        "check": "checking the plan independently",
        "alternatives": "solving: other plans",
        "frontier": "solving: least cost of each coverage",
        "files": "writing the files",
        "target": "target",
        "force": "force",
        "required": "required",
        "today_value": "today",
        "achieved": "plan",
        "result": "result",
        "met": "met",
        "missed": "not met",
        "not_due": "not due",
        "hard": "hard",
        "soft": "soft",
        "optimal": "proven optimal",
        "within_gap": "proven within {gap} of the optimum",
        "feasible": "feasible, gap to the optimum {gap}",
        "infeasible": "the hard targets cannot be met together (proven): there is no plan; "
        "loosen a hard target or add candidates",
        "no_plan": "no plan was found in the time given; raise --time-limit",
        "not_believed": "what the solver told cannot be believed, so there is no plan; "
        "try it with: siting doctor",
        "stage_shortfall": "shortfall of targets",
        "stage_cost": "cost",
        "stage_served": "children served",
        "unknown": "unknown",
        "actions": "actions: {actions}",
        "open": "open",
        "convert": "convert",
        "expand": "expand",
        "keep": "keep",
        "spent": "capital cost {cost:,.0f} x 10,000 CNY, {places:,} places added",
        "files_in": "files in {folder} (open review.html)",
        "illustrative": "illustrative: this study holds made-up data",
        "coverage": "solving: most children within reach",
        "tie_break": "solving: order among equal plans",
        "travel_time": "solving: least travel time",
        "stage_coverage": "children within reach",
        "stage_tie_break": "order among equal plans",
        "stage_travel_time": "travel time",
        "close": "close",
    },
}
steps_in_all = 13
"""Steps of a usual run, for the length of the bar: eight of the study, four stages."""


class Steps:
    """A progress bar over the steps of a run, on standard error."""

    def __init__(self, title: str, lang: str, usual: int = steps_in_all) -> None:
        self.words, self.lang = words[lang], lang
        self.usual = usual
        self.bar = Progress(
            TextColumn("{task.fields[title]}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=Console(stderr=True),
        )
        self.task = self.bar.add_task("", total=usual, title=title)
        self.started = 0

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.bar.update(self.task, completed=self.started, total=self.started, description="")
        self.bar.stop()

    def __call__(self, step: str, share: float = 0.0) -> None:
        """Begin a step, the ones before it being done; or go on with it."""
        if share:
            self.bar.update(self.task, completed=self.started - 1 + share)
            return
        word = self.words[step.split("-", maxsplit=1)[0]]
        done, self.started = self.started, self.started + 1
        self.bar.update(
            self.task, completed=done, total=max(self.usual, self.started), description=word
        )

    def notify(self, notes: Sequence[Note]) -> None:
        """Print notes above the bar."""
        for note in notes:
            self.bar.console.print(Text(printable(note.text(self.lang)), style="yellow"))


def print_alternatives(alternatives: Alternatives, lang: str) -> None:
    """Print what further plans were found, one line each."""
    console = Console()
    for note in (alternatives.note, *(one.note for one in alternatives.found)):
        console.print(Text(printable(note.text(lang))), soft_wrap=True)


def print_summary(study: Study, folder: Path, lang: str) -> None:
    """Print what the plan achieves, its proof and where its files are."""
    console, word, plan = Console(), words[lang], study.plan
    if study.scenario.illustrative:
        console.print(Text(word["illustrative"], style="yellow"))
    for note in study.notes:
        console.print(Text(printable(note.text(lang)), style="dim"), soft_wrap=True)
    if not plan.status.has_plan:
        reason = word[plan.status if plan.believed else "not_believed"]
        console.print(Text(f"{plan.status}: {reason}", style="bold red"))
        return
    table = Table(title=Text(printable(f"{study.scenario.titled(lang)} · {_years(study)}")))
    for column in ("target", "force", "required", "today_value", "achieved", "result"):
        is_name = column == "target"
        table.add_column(word[column], justify="left" if is_name else "right", overflow="fold")
    for today, result in zip(study.today_targets, plan.targets, strict=True):
        target = result.target
        name = target_name(study.scenario, target)
        force = word["hard" if target.hard else "soft"]
        table.add_row(
            Text(printable(f"{target.id} {target.year} {name.text(lang)}")),
            force,
            required(result),
            figure(result, today.achieved, today.achieved_count),
            figure(result, result.achieved, result.achieved_count),
            Text(word[result.state], style="" if result.met else "bold red"),
        )
    console.print(table)
    count = plan.sites["action"].value_counts()
    shares = [
        f"{word[a]} {count[a]}"
        for a in ("keep", "expand", "convert", "open", "close")
        if a in count
    ]
    console.print(word["actions"].format(actions=", ".join(shares)), highlight=False)
    added = int(plan.actions["places_added"].clip(lower=0).sum())
    spent = plan.sites["cost"].sum() / 10_000
    console.print(word["spent"].format(cost=spent, places=added), highlight=False)
    for stage in plan.stages:
        solved = word[f"stage_{stage.name.split('-', maxsplit=1)[0]}"]
        gap = word["unknown"] if stage.gap is None else written_gap(stage.gap)
        console.print(Text(f"{solved}: {word[stage.status].format(gap=gap)}"))
    console.print(Text(word["files_in"].format(folder=folder)), soft_wrap=True)


def figure(result: TargetResult, value: float | None, count: int | None) -> str:
    """Return a figure of a target as people read it: a share in per cent, with its count.

    With digits enough to tell what is achieved from what is required, where it is missed.
    """
    if value is None:
        return "–"
    unit = result.target.unit

    def write(value: float, further: int) -> str:
        if unit == "CNY":
            return f"{value / 10_000:,.{further}f}万元"
        if unit == "sites":
            return f"{value:.0f}"
        return f"{value:.{1 + further}%}" if unit == "share" else f"{value:.{2 + further}f}"

    text = write(value, result.further_digits(write))
    return text if count is None or unit not in ("share", "per thousand") else f"{text} ({count})"


def required(result: TargetResult) -> str:
    """Return what a target requires: a figure, or from which to which."""
    least = figure(result, result.required, result.required_count)
    upper = result.required_upper
    return least if upper in (None, result.required) else f"{least}–{figure(result, upper, None)}"


def _years(study: Study) -> str:
    years = study.scenario.years
    return f"{years[0]}" if len(years) == 1 else f"{years[0]}-{years[-1]}"


def print_explanation(study: Study, lang: str) -> None:
    """Print which hard requirements clash, and the repairs."""
    console = Console()
    for line in explanation_lines(study.explain(), lang):
        console.print(Text(printable(line)), soft_wrap=True)


def print_shortcomings(study: Study, lang: str) -> None:
    """Print which soft targets fall short, by how much and why."""
    console = Console()
    for shortcoming in study.shortcomings():
        console.print(Text(printable(shortcoming.note.text(lang))), soft_wrap=True)
        for reason in shortcoming.reasons:
            console.print(Text(f"  {printable(reason.note.text(lang))}"), soft_wrap=True)
