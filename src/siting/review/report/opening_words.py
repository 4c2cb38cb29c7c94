"""Texts of the report up to its targets, in Chinese and English: cover, basis, today, targets."""

opening_texts: dict[str, tuple[str, str]] = {
    # Cover and front
    "report": ("托育服务设施布局规划报告", "Childcare siting report"),
    "report_area": ("规划范围：{names}", "Study area: {names}"),
    "report_years": (
        "规划基年：{base}年　规划年份：{years}年",
        "Base year: {base}; planned years: {years}",
    ),
    "report_hash": ("方案指纹：{hash}", "Plan hash: {hash}"),
    "report_illustrative": (
        "示意：部分数据为示意或假设，不代表实际情况，见“数据与来源”一节",
        "Illustrative: some of the data are made up or assumed; see 'Data and sources'",
    ),
    "report_maps": (
        "所附地图均为内部工作图，未经审图，不得公开",
        "All maps are internal working maps, not reviewed (未经审图), not for publication",
    ),
    "contents": ("目　录", "Contents"),
    "abstract": ("摘　要", "Summary"),
    "page_of": ("第{page}页　共{pages}页", "Page {page} of {pages}"),
    "figure_label": ("图", "Figure "),
    "table_label": ("表", "Table "),
    "annex_label": ("附表", "Annex table "),
    "list_comma": ("、", ", "),
    "full_stop": ("。", "."),
    "semicolon": ("；", "; "),
    # 1 Background
    "background": ("背景与依据", "Background and basis"),
    "scope": ("规划范围与期限", "Study area and years"),
    "scope_text": (
        "规划范围为{names}，共{townships}个乡镇(街道)。规划基年为{base}年，常住人口{residents}人，"
        "其中3岁以下婴幼儿{under3}人；规划年份为{years}年。",
        "The study area is {names}, with {townships} townships. In the base year {base} it has "
        "{residents} residents, of whom {under3} are under three; planned years: {years}.",
    ),
    "scope_last": (
        "{year}年按常住人口{residents}人、3岁以下婴幼儿{under3}人规划。",
        "{year} is planned for {residents} residents and {under3} under-3s.",
    ),
    "scope_districts": ("{names}等{count}个区(县)", "{names} and others, {count} districts"),
    "policies": ("政策依据", "Policy documents"),
    "policy_none": (
        "本方案未引用成套的政策文件；各项目标的依据见{table}。",
        "No policy document is taken up as a whole; the basis of each target is in {table}.",
    ),
    "policy_some": (
        "本方案依据下列文件制定；设有规划目标的条款见{table}，全部条款的逐条对照见{annex}。",
        "The plan follows the documents below; the clauses with targets are in {table}, and every "
        "provision is traced in {annex}.",
    ),
    "policy_line": (
        "《{title}》（{number}，{place}），收录条款{count}项",
        "{title} ({number}, {place}), {count} provisions",
    ),
    "basis_table": ("规划目标的依据", "Basis of the targets"),
    "basis": ("依据条款", "Clause"),
    "sentence": ("原文与口径", "Sentence quoted, and how it was read"),
    "quoted": ("“{sentence}”", "“{sentence}”"),
    "no_sentence": ("（未引原文）", "(no sentence quoted)"),
    "data": ("数据与来源", "Data and sources"),
    "data_text": (
        "本方案使用的数据及其来源、限制如下（照录研究设置）。",
        "Data, their sources and limits, as the study states them.",
    ),
    "data_none": ("研究设置未注明数据来源。", "The study states no sources."),
    # 2 Today
    "state_chapter": ("现状", "The situation today"),
    "today_places": ("服务供给", "Places"),
    "today_text": (
        "{year}年，规划范围内有托位{places}个，每千人口托位{per_thousand}个；",
        "In {year} the study area has {places} places, {per_thousand} per thousand residents; ",
    ),
    "today_inclusive": ("普惠托位占{share}；", "{share} of the places are inclusive; "),
    "today_townships": (
        "{covered}个乡镇(街道)设有计入覆盖的机构，占{share}。",
        "{covered} townships have an institution that counts, {share} of all.",
    ),
    "today_no_places": (
        "{year}年，规划范围内没有计入的托位；{covered}个乡镇(街道)设有计入覆盖的机构，占{share}。",
        "In {year} the study area has no places that count; {covered} townships have an "
        "institution that counts, {share} of all.",
    ),
    "today_enrolled": (
        "现有托位在托率为{share}。",
        "{share} of the existing places are taken by children enrolled today.",
    ),
    "today_lacking": (
        "尚无计入覆盖的机构的乡镇(街道)有{count}个：{names}。",
        "{count} townships have no institution that counts: {names}.",
    ),
    "today_reach": (
        "{minutes}分钟{travel}可达的3岁以下婴幼儿占{share}。",
        "{share} of the under-3s are within a {minutes}-minute {travel}.",
    ),
    "takers_none": (
        "{year}年，按假设的入托意愿没有需要托位的婴幼儿。",
        "In {year}, by the assumed take-up, no child wants a place.",
    ),
    "takers_text": (
        "按假设的入托意愿，{year}年有入托意愿的婴幼儿{takers}人，其中{parts}。",
        "By the assumed take-up, {takers} children want a place in {year}: {parts}.",
    ),
    "takers_served": ("可达且有位（含在托）{count}人", "{count} with a place within reach"),
    "takers_staff": (
        "在父母单位有位{count}人",
        "{count} with the employer of their parents",
    ),
    "takers_beyond": ("在托、但超出时限{count}人", "{count} enrolled farther away"),
    "takers_full": ("可达但满员{count}人", "{count} who reach only full places"),
    "takers_unreachable": ("不可达{count}人", "{count} who reach none"),
    "check": ("现状数核对", "Figures of today, published and counted"),
    "check_text": (
        "将公布数（{source}）与按数据表计算的数核对：{count}项中{agree}项相差不超过{tolerance}且可复算。",
        "Published figures ({source}) against those counted from the tables: {agree} of {count} "
        "are within {tolerance} and can be reproduced.",
    ),
    "check_differ": (
        "不一致的{count}项见{table}的说明；规划以数据表为准，请在使用本报告前核实。",
        "The {count} that differ are explained in {table}; the plan goes by the tables: "
        "please verify before using this report.",
    ),
    "check_none": (
        "研究设置未提供公布数，现状数未作核对。",
        "The study gives no published figures; those of today were not checked.",
    ),
    "check_table": ("现状公布数与计算数", "Figures of today, published and counted"),
    "map_today": ("空间分布", "Distribution"),
    "map_today_text": (
        "{figure}为{year}年各乡镇(街道)每千人口托位数。",
        "{figure} shows the places per thousand residents of each township in {year}.",
    ),
    "figure_places_today": (
        "各乡镇(街道)每千人口托位数与现有点位（{year}年）",
        "Places per thousand residents by township, and sites of today ({year})",
    ),
    # 3 Targets
    "targets_chapter": ("目标", "Targets"),
    "targets_all_met": (
        "共设目标{all}项（逐年分列），其中约束性{hard}项、预期性{soft}项。方案全部达到。",
        "There are {all} targets (each year counted), {hard} hard and {soft} soft. The plan meets "
        "all of them.",
    ),
    "targets_due_met": (
        "共设目标{all}项（逐年分列），其中约束性{hard}项、预期性{soft}项。方案达到{met}项{not_due}，"
        "没有未达到的。",
        "There are {all} targets (each year counted), {hard} hard and {soft} soft. The plan meets "
        "{met}{not_due}, and misses none.",
    ),
    "targets_some_met": (
        "共设目标{all}项（逐年分列），其中约束性{hard}项、预期性{soft}项。方案达到{met}项"
        "{not_due}，未达到{missed}项：",
        "There are {all} targets (each year counted), {hard} hard and {soft} soft. The plan meets "
        "{met}{not_due}, and misses {missed}:",
    ),
    "target_missed": (
        "{id}　{name}（{years}年）：{result}",
        "{id} {name} ({years}): {result}",
    ),
    "target_reached": (
        "要求{required}，方案达到{achieved}",
        "required {required}, the plan reaches {achieved}",
    ),
    "target_missing_in": ("未达到之处：{names}", "falling short: {names}"),
    "target_missed_hard": ("（约束性）", " (hard)"),
    "targets_nothing": (
        "其中{count}项没有可计量的对象（如没有新增托位时的使用率），按达到计，表中以“—”表示。",
        "Of these, {count} have nothing to measure (such as the fill of no new places), which "
        "counts as met and stands as '—' in the table.",
    ),
    "as_above": ("同上", "as above"),
    "targets_table": ("目标完成情况", "Targets: required and achieved"),
    "served_hint": (
        "{target}（{year}年）：本方案下{served}。",
        "{target} ({year}): under the plan {served}.",
    ),
    "targets_hint": (
        "“约束”目标不能达到即无方案；“预期”目标尽量达到，差多少如实列出。",
        "A plan that misses a hard target is no plan; a soft one is brought as near as possible.",
    ),
}
