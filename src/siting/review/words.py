"""Every text of the review page that is not data, in Chinese and English."""

from siting.provisions import states

illustrative = ("示意", "illustrative")

texts: dict[str, tuple[str, str]] = {
    # Head
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
    "achieves": (
        "到{year}年，新增{open}处、改建增设{convert}处、扩建{expand}处、关停{close}处；托位由{places_today}个增至"
        "{places}个，每千人{per_thousand_today}→{per_thousand}个；{travel}{minutes}分钟可达的3岁以下"
        "婴幼儿由{covered_today}变为{covered}；新增托位预计使用率{fill_new}；投资{cost}。",
        "By {year}: {open} sites opened, {convert} converted, {expand} expanded, {close} closed; "
        "places from {places_today} to {places}, {per_thousand_today} → {per_thousand} per "
        "thousand residents; "
        "under-3s within a {minutes}-minute {travel} from {covered_today} to {covered}; "
        "new places filled to {fill_new}; cost {cost}.",
    ),
    "targets_met": ("{met} / {all} 项目标达到", "{met} of {all} targets met"),
    "proof": ("方案的证明", "Proof of the plan"),
    "optimal": (
        "已证明最优：在所给数据和约束下，没有更好的方案。",
        "Proven optimal: with these data and constraints there is no better plan.",
    ),
    "within_gap": (
        "已证明：各阶段与理论最优相差均不超过{gap}。",
        "Proven to be within {gap} of the best possible plan in every stage.",
    ),
    "feasible_gap": (
        "可行方案，未证明最优：与理论最优最多相差{gap}，超过所要求的{asked}。",
        "A feasible plan, not proven optimal: at most {gap} from the best possible plan, more "
        "than the {asked} asked for.",
    ),
    "feasible": (
        "可行方案，未证明最优：求解停止时，并非每个阶段都有可用的界。",
        "A feasible plan, not proven optimal: not every stage had a bound when the search ended.",
    ),
    "cost_bound": (
        "其中投资{value}，目标完成程度相同的任何方案至少需要{bound}（相差不超过{gap}）。",
        "It costs {value}; any plan that reaches the targets as far costs at least {bound} "
        "(a gap of at most {gap}).",
    ),
    "conditional": (
        "各阶段依次求解，后一阶段的证明以前面各阶段的结果为前提。",
        "Stages are solved in order; the proof of each holds given the results before it.",
    ),
    "not_reproducible": (
        "求解因时限而停止，再次计算可能得到不同的方案。",
        "The search was stopped by the clock; another run may give another plan.",
    ),
    # Sections
    "nav": ("页内导航", "On this page"),
    "targets": ("目标完成情况", "Targets"),
    "figures": ("主要指标", "Key figures"),
    "map": ("地图", "Map"),
    "sites": ("拟实施点位", "Sites acted on"),
    "townships": ("乡镇(街道)", "Townships"),
    "rank": ("名次", "Rank"),
    "rank_of": ("{rank}/{ranked}", "{rank} of {ranked}"),
    "rank_tied": ("{rank}/{ranked}（{tied}个并列）", "{rank} of {ranked} ({tied} tied)"),
    "standing": ("各项目标中的位置", "Standing against each target"),
    "beside": ("对照与跟踪", "Checks and tracking"),
    "beside_base_year": ("现状数核对", "Figures of today, published and counted"),
    "beside_tracked": ("跟踪指标", "Tracked indicators"),
    "beside_staffing": (
        "儿童保健人员（基层医疗卫生机构）",
        "Child-health staff of primary institutions",
    ),
    "beside_referral": ("分级转诊行车时间", "Drive to each level of referral"),
    "beside_hubs": ("镇(街道)机构到妇幼保健机构", "Township institutions to their hub"),
    "beside_signed": ("签约机构与婴幼儿", "Institutions and children signed"),
    "beside_name": ("机构", "Institution"),
    "beside_hub_id": ("妇幼保健机构", "Hub"),
    "beside_seconds": ("行车(分钟)", "Drive, minutes"),
    "beside_medical_id": ("医疗机构", "Medical institution"),
    "beside_sites": ("签约机构", "Institutions"),
    "beside_children": ("婴幼儿", "Children"),
    "beside_ranking_overall": ("乡镇(街道)综合晾晒", "Townships over all targets"),
    "beside_figure": ("指标", "Figure"),
    "beside_published": ("公布数", "Published"),
    "beside_counted": ("计算数", "Counted"),
    "beside_difference": ("相差", "Difference"),
    "beside_within": ("在允许范围内", "Within tolerance"),
    "beside_note": ("说明", "Note"),
    "beside_indicator": ("指标", "Indicator"),
    "beside_year": ("年份", "Year"),
    "beside_required": ("要求", "Required"),
    "beside_value": ("填报数", "Value"),
    "beside_unit": ("单位", "Unit"),
    "beside_met": ("达到", "Met"),
    "beside_clause": ("条款", "Clause"),
    "beside_township": ("乡镇(街道)", "Township"),
    "beside_residents": ("常住人口", "Residents"),
    "beside_institutions": ("机构", "Institutions"),
    "beside_staff_required": ("应配", "Required"),
    "beside_staff_present": ("现有", "Present"),
    "beside_level": ("级别", "Level"),
    "beside_births_weighted_median_s": ("中位(分钟)", "Median, minutes"),
    "beside_worst_decile_s": ("最远十分之一(分钟)", "Worst tenth, minutes"),
    "beside_unreachable_share": ("不可达", "Cannot arrive"),
    "beside_nearest_id": ("最近机构", "Nearest"),
    "beside_rank": ("名次", "Rank"),
    "beside_held": ("可比目标", "Targets held against"),
    "beside_mean_rank": ("平均名次", "Mean rank"),
    "beside_tied": ("并列", "Tied"),
    "code_above_tolerance": ("超出允许范围", "above tolerance"),
    "code_not_reproducible": ("无法复现", "not reproducible"),
    "code_nothing_to_count": ("无可计算", "nothing to count"),
    "figure_residents": ("常住人口", "Residents"),
    "figure_under3": ("3岁以下婴幼儿", "Under-3s"),
    "figure_places": ("托位", "Places"),
    "figure_institutions": ("托育机构", "Institutions"),
    "figure_enrolled": ("在托婴幼儿", "Children enrolled"),
    "figure_places_per_thousand": ("每千人口托位", "Places per thousand"),
    "figure_inclusive_share": ("普惠托位占比", "Inclusive share"),
    "figure_township_coverage": ("乡镇(街道)覆盖率", "Township coverage"),
    "provisions": ("条款对照", "Provisions"),
    "provision": ("条款", "Provision"),
    "carried_by": ("由什么承载", "Carried by"),
    **{f"state_{state}": names for state, names in states.items()},
    "sources": ("说明与来源", "Notes and sources"),
    # Targets
    "number": ("编号", "No."),
    "target": ("目标", "Target"),
    "year": ("年份", "Year"),
    "required": ("要求", "Required"),
    "today": ("现状", "Today"),
    "plan": ("方案", "Plan"),
    "change": ("变化", "Change"),
    "result": ("结果", "Result"),
    "met": ("达到", "met"),
    "unmet": ("未达到", "not met"),
    "force": ("性质", "Force"),
    "hard": ("约束", "hard"),
    "soft": ("预期", "soft"),
    "clause": ("依据", "Clause"),
    "reading": ("口径：", "Read as: "),
    "lacking": ("未达到：{names}", "Falling short: {names}"),
    "births": (
        "变化中含3岁以下婴幼儿数变化的影响；各项四舍五入，合计可能略有出入。",
        "Changes include those of the number of under-3s; figures are rounded.",
    ),
    "given_sources": ("数据与依据来源", "Data, targets and credits"),
    "nothing": ("—", "—"),
    "per_thousand": ("每千人托位数", "Places per thousand residents"),
    "inclusive_share": ("普惠托位占比", "Inclusive share of places"),
    "township_coverage": ("乡镇(街道)托育机构覆盖率", "Townships with an institution"),
    "population_coverage": (
        "{travel}{minutes}分钟可达的3岁以下婴幼儿占比",
        "Under-3s within a {minutes}-minute {travel}",
    ),
    "fill": ("新增托位使用率", "Fill of new places"),
    "community_coverage": ("社区(村)服务设施覆盖率", "Communities with a facility"),
    "enrolment": ("婴幼儿入托率", "Under-3s with a place"),
    "tier_count": ("{tiers}数量", "Number of sites: {tiers}"),
    "zone_count": ("各乡镇(街道)、区县均有{tiers}", "Zones with their sites: {tiers}"),
    "new_area": ("新建居住区每千人托位数", "Places per thousand in new areas"),
    "pairing": ("与医疗机构签约的机构占比", "Institutions guided by a medical institution"),
    "budget": ("投资上限", "Budget"),
    "coverage_in": ("{kind}：{tiers}", "{kind}: {tiers}"),
    # Figures
    "figure": ("指标", "Figure"),
    "residents": ("常住人口（人）", "Residents"),
    "under3": ("3岁以下婴幼儿（人）", "Under-3s"),
    "places": ("托位（个）", "Places"),
    "places_per_thousand": ("每千人托位（个）", "Places per thousand"),
    "townships_covered": ("有托育机构的乡镇(街道)", "Townships with an institution"),
    "under3_covered": ("{minutes}分钟可达的3岁以下（人）", "Under-3s within {minutes} minutes"),
    "population_share": ("{minutes}分钟覆盖率", "Within {minutes} minutes"),
    "takers": ("有入托意愿（人）", "Children who want a place"),
    "served": ("可达且有位，含在托（人）", "With a place within reach"),
    "enrolled_within": ("　在托，时限内可达（人）", "– enrolled today, within reach"),
    "served_additional": ("　未在托，可达且有位（人）", "– not enrolled, free place within reach"),
    "served_beyond": ("　在托，超出时限（人）", "– enrolled today, farther away"),
    "reachable_full": ("　可达但满员（人）", "– reachable but full"),
    "unreachable": ("　不可达（人）", "– unreachable"),
    "fill_enrolled": ("现有托位在托率", "Existing places: enrolled today"),
    "fill_existing": (
        "现有托位可达使用率（含可新入托）",
        "Existing places: enrolled and could come",
    ),
    "fill_new": ("新增托位使用率", "Fill of new places"),
    "cost": ("投资", "Cost"),
    # Map
    "indicator": ("着色指标", "Shade by"),
    "show_state": ("时间", "State"),
    "state_today": ("现状（{year}）", "Today ({year})"),
    "state_plan": ("方案（{year}）", "Plan ({year})"),
    "state_difference": ("变化", "Difference"),
    "map_population_coverage": ("{minutes}分钟人口覆盖率", "Population coverage, {minutes} min"),
    "map_places_per_thousand": ("每千人托位数", "Places per thousand"),
    "map_served_share": (
        "有意愿者可达且有位（含在托）的比例",
        "Share of takers served within reach",
    ),
    "map_unreachable": ("不可达的有意愿婴幼儿（人）", "Takers out of reach"),
    "no_data": ("无数据", "no data"),
    "legend_sites": ("点位", "Sites"),
    "action_count": ("{action}（{count}）", "{action} ({count})"),
    "all_isochrones": ("显示全部可达范围", "Show the reach of all sites"),
    "isochrones_hint": (
        "点击拟实施点位可见其可达范围。",
        "Click a site acted on to see how far it reaches.",
    ),
    "search": ("查找点位或乡镇", "Find a site or township"),
    "search_none": ("没有找到", "nothing found"),
    "hint": (
        "点击地图上的乡镇或点位，或在上方查找，查看详情。",
        "Click a township or a site on the map, or search above, for details.",
    ),
    "whole_area": ("查看全图", "Whole area"),
    "close_panel": ("关闭", "Close"),
    "not_reviewed": ("内部工作图，未经审图", "Internal working map, not reviewed (未经审图)"),
    "attribution": (
        "街道 © OpenStreetMap contributors (ODbL)",
        "Streets © OpenStreetMap contributors (ODbL)",
    ),
    "map_label": ("规划范围地图", "Map of the study area"),
    "township_sites": ("拟实施点位", "Sites acted on"),
    "township_keeps": ("另有{count}处保持现状", "and {count} kept as they are"),
    "none_here": ("无", "none"),
    "outside": ("规划范围外", "outside the study area"),
    # Actions
    "action": ("措施", "Action"),
    "keep": ("保持", "keep"),
    "open": ("新增", "open"),
    "convert": ("改建增设", "convert"),
    "expand": ("扩建", "expand"),
    "close": ("关停", "close"),
    # Sites
    "site_id": ("编号", "Id"),
    "name": ("名称", "Name"),
    "tier": ("机构类型", "Tier"),
    "host": ("载体", "Host"),
    "township": ("乡镇(街道)", "Township"),
    "district": ("区", "District"),
    "inclusive": ("普惠", "Inclusive"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "classes": ("班级", "Classes"),
    "places_before": ("原托位", "Before"),
    "places_plan": ("方案托位", "Places"),
    "children": ("入托婴幼儿", "Children"),
    "cost_wan": ("投资（万元）", "Cost (CNY 10,000)"),
    "costs": ("分年投资", "Costs by year"),
    "places_added": ("新增托位", "Places added"),
    "capital": ("投资（万元）", "Capital (CNY 10,000)"),
    "subsidy": ("其中补助（万元）", "of which subsidy (CNY 10,000)"),
    "running": ("年运营成本（万元）", "Running cost of the year (CNY 10,000)"),
    "guidance": ("医疗机构与托育机构签约", "Who guides whom"),
    "guided": ("托育机构", "Institution"),
    "guides": ("医疗机构", "Medical institution"),
    "way": ("行程", "Way"),
    "filter": ("区", "District"),
    "everywhere": ("全部", "all"),
    "rows": ("{shown} / {all} 行", "{shown} of {all} rows"),
    "sort_by": ("按此列排序", "sort by this column"),
    "acted": ("措施数", "Actions"),
    "full": ("可达但满员（人）", "Reachable, full"),
    "beyond": ("在托，超出时限（人）", "Place farther away"),
    "no_place": ("不可达（人）", "Unreachable"),
    "has_place": ("可达且有位，含在托（人）", "Place within reach"),
    "coverage_of": ("覆盖率\n{state}", "Coverage\n{state}"),
    "per_thousand_of": ("每千人\n{state}", "Per thousand\n{state}"),
    "has_institution": ("有机构", "Institution"),
    "has_place_of": ("可达有位\n{state}", "Served\n{state}"),
    "full_of": ("可达但满\n{state}", "Full\n{state}"),
    "no_place_of": ("不可达\n{state}", "Unreachable\n{state}"),
    # Notes
    "assumptions": ("参数与来源", "Parameters and their sources"),
    "parameter": ("参数", "Parameter"),
    "value": ("取值", "Value"),
    "source": ("来源", "Source"),
    "under3_share": ("3岁以下占常住人口（{year}）", "Under-3s per resident ({year})"),
    "take_up": ("入托意愿，{band}月龄", "Take-up, {band} months"),
    "walk_speed": ("步行速度", "Walking speed"),
    "cycle_speed": ("骑行速度", "Riding speed"),
    "drive_speed": ("驾车速度：{highway}", "Driving speed: {highway}"),
    "limit": ("{travel}时限：{tier}", "Longest {travel}: {tier}"),
    "walk": ("步行", "walk"),
    "cycle": ("骑行", "bicycle ride"),
    "drive": ("驾车", "drive"),
    "class_size": ("班额：{kind}", "Class size: {kind}"),
    "below": ("低于 {to}", "below {to}"),
    "from_up": ("{from} 及以上", "{from} or more"),
    "between": ("{from} 至 {to}", "{from} to {to}"),
    "points": (" 百分点", " pts"),
    "minutes_unit": ("分钟", "min"),
    "places_unit": ("人/班", "children a class"),
    "notes": ("数据处理说明", "What was left out or repaired"),
    "stages": ("求解过程", "How it was solved"),
    "stage": ("阶段", "Stage"),
    "bound": ("已证明的界", "Proven bound"),
    "gap": ("差距", "Gap"),
    "stage_shortfall": ("缺口（优先级{priority}）", "Shortfall (priority {priority})"),
    "stage_cost": ("投资", "Cost"),
    "unit_targets": ("（各目标缺口比例之和）", "(shares of targets missing)"),
    "unit_children": ("人", "children"),
    "unit_万元": ("万元", "x 10,000 CNY"),
    "stage_served": ("新增入托婴幼儿", "Additional children served"),
    "stage_coverage": ("可达婴幼儿", "Children within reach"),
    "stage_tie_break": ("并列时的选取顺序", "Order among equal plans"),
    "stage_travel_time": ("出行时间", "Travel time"),
    "files": ("输入文件", "Input files"),
    "file": ("文件", "File"),
    "made_with": (
        "地图：Folium、Leaflet 1.9.4（BSD-2-Clause）。街道：© OpenStreetMap contributors，"
        "开放数据库许可 ODbL 1.0。可达与否以道路网络上的出行秒数判定，图上的可达范围仅供显示。",
        "Map: Folium, Leaflet 1.9.4 (BSD-2-Clause). Streets: © OpenStreetMap contributors, Open "
        "Database License ODbL 1.0. Who is within reach is decided on travel seconds along the "
        "network; outlines of reach are for drawing only.",
    ),
    "plan_hash": ("方案指纹", "Plan hash"),
}

languages = ("zh", "en")


def words(lang: str, texts: dict[str, tuple[str, str]] = texts) -> dict[str, str]:
    """Return the texts of a page in a language.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    texts
        Chinese and English of each; those of the review page unless said otherwise.

    Raises
    ------
    ValueError
        The language is neither.
    """
    if lang not in languages:
        raise ValueError(f"lang is '{lang}'; the page speaks {' and '.join(languages)}")
    at = languages.index(lang)
    return {key: text[at] for key, text in texts.items()}
