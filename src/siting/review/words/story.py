"""What the first screen says."""

illustrative = ("示意", "illustrative")

texts: dict[str, tuple[str, str]] = {
    "page": ("托位布局评审", "Childcare siting review"),
    "illustrative": illustrative,
    "illustrative_note": (
        "示意：部分数据为示意或假设，不代表实际情况，详见“数据与依据来源”",
        "Illustrative: some of the data are made up or assumed; see 'Data, targets and credits'",
    ),
    "seat_zones": ("分区按最近驻地划分，非行政边界", "zones by nearest seat, not administrative"),
    "illustrative_mark": ("（示意）", " (illustrative)"),
    "no_script": (
        "此页需要启用 JavaScript 才能显示；无需联网。",
        "This page needs JavaScript to show anything; it needs no network.",
    ),
    "old_browser": (
        "此浏览器过旧，无法解压地图数据；请使用较新的 Edge、Chrome 或 Firefox（2023年以后）。",
        "This browser cannot unpack the map; use Edge, Chrome or Firefox of 2023 or later.",
    ),
    "skip": ("跳到主要内容", "Skip to the content"),
    "story": ("概览", "Overview"),
    "achieves": (
        "到{year}年投资{cost}，{doing}；托位由{places_today}个增至{places}个（每千人"
        "{per_thousand_today}→{per_thousand}个，不实施则为{per_thousand_untouched}个），"
        "{travel}{minutes}分钟可达的3岁以下婴幼儿占{covered}，不实施则为{covered_untouched}；"
        "可达且有位的{served}人，不实施则为{served_untouched}人；{all}项目标{by_year}达到{met}项{not_due}。",
        "By {year}, {cost} for {doing}: places go from {places_today} to {places} "
        "({per_thousand_today} → {per_thousand} per thousand residents, "
        "{per_thousand_untouched} without the plan), {covered} of under-3s are within a "
        "{minutes}-minute {travel}, against {covered_untouched} if nothing is done; "
        "{served} children have a place within reach, against {served_untouched}; {met} of {all} "
        "targets{by_year} are met{not_due}.",
    ),
    "doing": ("{action}{count}处", "{count} sites to {action}"),
    "doing_nothing": ("不采取措施", "no action"),
    # Targets
    "targets_met": (
        "目标{by_year}：{met} / {all} 项达到{not_due}",
        "Targets{by_year}: {met} of {all} met{not_due}",
    ),
    "by_year": ("（逐年分别计）", " (each year of a target counted)"),
    "some_not_due": ("，{count}项尚未到期", ", {count} not due yet"),
    "target_figures": ("{today} → {plan}", "{today} → {plan}"),
    "target_required": ("要求{required}", "asked: {required}"),
    "target_at_most": ("上限{required}", "at most {required}"),
    "more_targets": ("原文、口径与逐年结果", "Sentences, readings, every year"),
    # Before and after
    "before_after": ("前后对比", "Before and after"),
    "untouched": ("不实施", "No action"),
    "state_no_action": ("不实施（{year}）", "No action ({year})"),
    "effect": ("方案效果", "Effect"),
    "effect_note": (
        "“不实施”＝现有设施不变、人口为{year}年；“方案效果”＝方案与不实施之差，不含出生人数变化。",
        "'No action': the facilities of today with the people of {year}. 'Effect': plan minus no "
        "action, so changes in births are not part of it.",
    ),
    "worst_tenth_row": ("最远的十分之一婴幼儿，路程超过", "Worst-served tenth: farther than"),
    # Costs
    "costs_chart": ("分年投资（万元）", "Cost by year (CNY 10,000)"),
    "costs_total": ("合计{total}。", "{total} in total."),
    "costs_of_places": (
        "有新增托位的点位共增{places}个，投资{capital}，平均每个托位{each}元。",
        "Sites that gain places gain {places} for {capital}, CNY {each} a place.",
    ),
    "costs_subsidy": ("其中补助{subsidy}。", "{subsidy} of it from subsidies."),
    "costs_running": ("末年运营成本{running}。", "Running cost of the last year {running}."),
    "places_note": (
        "措施的新增托位按班额合计为{added}个，“托位”指标较不实施增减{effect}个：指标{reasons}。",
        "Actions add {added} places by class size; the figure 'Places' changes by {effect} against "
        "no action, since it {reasons}.",
    ),
    "places_half_day": ("把半日班折算为全日托位", "counts half-day classes in full days"),
    "places_own_staff": (
        "不含本单位职工子女占用的托位和不对居民开放的托位",
        "leaves out places of children of the host's own staff, and those not open to residents",
    ),
    "places_tiers": ("不含不计入每千人托位的机构类型", "leaves out tiers that do not count in it"),
    "places_outside": ("不含规划范围外的点位", "leaves out sites outside the study area"),
    "idle_places": (
        "{year}年，在{count}处新办、改建、扩建且有托位的点位中，{idle}处的托位使用率按本方案的入托分配不足一半，"
        "最低的是{names}。",
        "In {year}, {idle} of the {count} sites with places that are opened, converted or expanded "
        "use less than half of them, as this plan assigns children; the least used: {names}.",
    ),
    # Proof
    "proof": ("按所设目标，方案能否更好？", "For these targets, could a plan be better?"),
    "answer_optimal": ("不能。", "No."),
    "answer_within_gap": ("几乎不能。", "Hardly."),
    "answer_feasible": ("可能。", "Perhaps."),
    "optimal": (
        "已证明最优：在所给数据和约束下，没有更好的方案。",
        "Proven optimal: with these data and constraints there is no better plan.",
    ),
    "within_gap": ("已证明：{stages}。", "Proven: {stages}."),
    "feasible": (
        "方案可行，但未证明最优（要求差距不超过{asked}）：{stages}。",
        "The plan is feasible, not proven optimal (a gap of {asked} was asked for): {stages}.",
    ),
    "stage_within": (
        "{stage}与理论最优相差不超过{gap}",
        "{stage} within {gap} of the best there could be",
    ),
    "stage_without_bound": ("{stage}尚无可用的界", "{stage} without a bound to hold it against"),
    "others_optimal": ("其余阶段均为最优", "every other stage optimal"),
    "clause_comma": ("，", ", "),
    "cost_bound": (
        "要同样程度地达到目标，任何方案至少花{bound}；本方案花{value}。",
        "Any plan that reaches the targets as far costs at least {bound}; this one costs {value}.",
    ),
    "cost_proven": (
        "要同样程度地达到目标，没有更省的方案：已证明至少花{value}，即本方案的投资。",
        "No plan that reaches the targets as far costs less: at least {value} is proven, which is "
        "what this one costs.",
    ),
    "floor_checked": (
        "这个下限不凭求解器的搜索，由线性松弛的价格逐行核算得出。",
        "This floor does not rest on the solver's search: it is reckoned row by row from the "
        "prices of the linear relaxation.",
    ),
    "floor_between": (
        "不凭求解器的搜索，由线性松弛的价格逐行核算，至少花{checked}；两个下限之间以求解器为准。",
        "Without the solver's search, at least {checked} is reckoned row by row from the prices of "
        "the linear relaxation; between the two floors stands the solver's word.",
    ),
    "gap_without_search": ("{stage}相差不超过{gap}", "{stage} within {gap}"),
    "without_search": (
        "不凭求解器的搜索所能证明的：{stages}。",
        "What is proven without the solver's search: {stages}.",
    ),
    "checked": (
        "方案已由不依赖求解模型的程序按原始表格逐条复核。证明以所给数据、假设和各阶段先后次序为前提。",
        "The plan was checked against the tables by a program that does not use the model. The "
        "proof holds for these data and assumptions, and given the order of the stages.",
    ),
    "conditional": (
        "各阶段依次求解，后一阶段的证明以前面各阶段的结果为前提。",
        "Stages are solved in order; the proof of each holds given the results before it.",
    ),
    "not_reproducible": (
        "求解因时限而停止，再次计算可能得到不同的方案。",
        "The search was stopped by the clock; another run may give another plan.",
    ),
}
