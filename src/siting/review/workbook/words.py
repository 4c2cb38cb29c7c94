"""Texts of the workbook that the page does not have, in Chinese and English."""

sheets: dict[str, tuple[tuple[str, str], tuple[str, str], tuple[str, str]]] = {
    "summary": (
        ("摘要", "Summary"),
        ("摘要", "Summary"),
        ("", ""),
    ),
    "targets": (
        ("目标", "Targets"),
        ("目标完成情况", "Targets"),
        (
            "每项目标每年一行：要求、现状、方案达到的数、是否达到，以及文件条款、原文和口径。"
            "没有可计算对象的目标（如没有新增托位时的使用率）“方案”为空，视为达到。",
            "A row for each target and year: required, today, under the plan, whether met, with "
            "the clause, its sentence and how it was read. Where there is nothing to measure (the "
            "fill of no new places) the plan has no figure and the target counts as met.",
        ),
    ),
    "provisions": (
        ("条款", "Provisions"),
        ("条款逐条对照", "Provisions of the documents"),
        (
            "所依据文件的每一条款：由什么承载，本方案做到哪一步；不由选址承载的条款也列出并说明原因。",
            "Every provision of the documents planned for: what carries it and where the plan "
            "stands; those that siting does not carry are listed with the reason.",
        ),
    ),
    "sites": (
        ("点位", "Sites"),
        ("点位一览", "Sites"),
        (
            "最后规划年开放的点位及方案关停的点位，每处一行。投资为各年合计，未折现；"
            "“入托婴幼儿”含已在托、新增和本单位职工子女，为期望人数，可带小数。"
            "首次措施年份为空的，各年均保持现状。",
            "A row for each site that is open in the last planned year or closed by the plan. "
            "Costs are of all years, not discounted; children include those enrolled today, "
            "additional ones and those of own staff, as expected numbers. Without a year, "
            "nothing is done there.",
        ),
    ),
    "actions": (
        ("分年措施", "Actions by year"),
        ("分年措施", "Actions by year"),
        (
            "每年在每处做什么：开办、改建增设、扩建、关停，增减的班级和托位，当年投资与补助（未折现）。",
            "What is done where in each year: sites opened, converted, expanded, closed; classes "
            "and places added; capital and subsidy of the year, not discounted.",
        ),
    ),
    "classes": (
        ("班级", "Classes"),
        ("班级：按点位和班型", "Classes by site and kind"),
        (
            "每处点位每种班型一行：现状和各规划年的班数与托位数（班数×班额）。",
            "A row for each site and class kind: classes and places (classes x size) today and in "
            "each planned year.",
        ),
    ),
    "assignment": (
        ("分配", "Assignment"),
        ("入托分配：居住乡镇到点位", "Children by township of home and site"),
        (
            "仅为新增入托的婴幼儿（现已在托的留在原机构）：居住在哪个乡镇(街道)，去哪处点位，各月龄人数，"
            "平均路程。为期望人数，可带小数。",
            "Additional children only (those enrolled today stay where they are): township of "
            "home, site, children by age band in months, mean way. Expected numbers.",
        ),
    ),
    "townships": (
        ("乡镇分年", "Townships by year"),
        ("各乡镇(街道)分年指标", "Townships by year"),
        (
            "现状和每个规划年各一行。人数按居住地计，托位按点位所在地计；有入托意愿＝可达且有位＋在托超出时限＋"
            "单位托位＋可达但满员＋不可达。没有分母的比率为空（如没有新增托位的使用率）。",
            "A row for today and for each planned year. Children are counted where they live, "
            "places where they are; those who want a place = within reach + farther away + with an "
            "employer + reachable but full + unreachable. A ratio without anything to divide by is "
            "empty.",
        ),
    ),
    "districts": (
        ("区县分年", "Districts by year"),
        ("全域及各区县分年指标", "Area and districts by year"),
        (
            "各乡镇(街道)的合计；全域的行加粗。",
            "Sums of the townships; rows of the whole area in bold.",
        ),
    ),
    "ranking": (
        ("排名", "Ranking"),
        ("各乡镇(街道)单项排名", "Townships ranked by target"),
        (
            "每项目标每年一组，名次按六位小数，相同者并列（1、2、2、4）。没有数据的不排名，原因见末列；"
            "对全域或区县提出的数量目标，乡镇没有“是否达到”。",
            "A group for each target and year; figures equal to six decimals share a rank (1, 2, "
            "2, 4). Without a figure there is no rank, and the last column tells why; a number "
            "asked of the area or of districts is not held against a township.",
        ),
    ),
    "overall": (
        ("综合排名", "Overall ranking"),
        ("各乡镇(街道)综合排名", "Townships ranked over all targets"),
        (
            "按各单项名次的平均值排序，平均名次越小越靠前。",
            "By the mean of the ranks in each target; the least is the best.",
        ),
    ),
    "guidance": (
        ("签约指导", "Guidance"),
        ("医疗机构签约指导", "Who guides whom"),
        (
            "每个规划年，哪家医疗机构签约指导哪处点位，工作人员单程用时。没有医疗机构可指导的点位不在表中。",
            "Which medical institution guides which site in each planned year, and the way of its "
            "staff. A site that nobody can guide has no row.",
        ),
    ),
    "signed": (
        ("签约汇总", "Signed"),
        ("各医疗机构签约汇总", "What each medical institution has signed"),
        (
            "最后有要求的年份，各医疗机构签约的机构数和其中的入托婴幼儿。",
            "Institutions, and children in them, that each has signed in the last year that asks "
            "for it.",
        ),
    ),
    "rounds": (
        ("巡回", "Rounds"),
        ("巡回指导工作量（估算）", "Rounds of guidance, an estimate"),
        (
            "最后规划年，各医疗机构巡回一轮所需天数与时间；“最短”为否的，路线为近似解，实际可更短。"
            "负荷＝签约点位数÷其人员可指导的点位数。",
            "Days and time of a round of each medical institution in the last planned year; where "
            "it is not exact a shorter round may exist. Load = sites guided / sites that its staff "
            "can guide.",
        ),
    ),
    "visits": (
        ("巡回日程", "Visits"),
        ("巡回日程", "Visits of a round"),
        (
            "每家医疗机构一轮巡回的先后次序。没有第几日的，驾车不能往返，未列入。",
            "The order of visits in a round of each medical institution. A site without a day "
            "cannot be reached by car and back.",
        ),
    ),
    "inspections": (
        ("抽查名单", "Inspections"),
        ("双随机抽查名单", "Inspections drawn at random"),
        (
            "按种子随机抽取，任何人可复核；“兼签约指导”为是的，没有其他单位可派。",
            "Drawn at random from a seed, so that anybody can draw again; who inspects guides the "
            "site only where there is nobody else.",
        ),
    ),
    "costs": (
        ("投资", "Costs"),
        ("投资与运营", "Costs"),
        (
            "单位：万元，未折现。补助为投资中由补助支付的部分；年运营成本为该规划年一年的数，不跨年相加。",
            "In CNY 10,000, not discounted. Subsidies are a part of the capital; running costs are "
            "of the planned year alone and are not added up.",
        ),
    ),
    "base_year": (
        ("现状核对", "Base-year check"),
        ("现状数核对：公布数与按表计算数", "Figures of today, published and counted"),
        (
            "差额＝计算数－公布数。“可复现”为否：没有整数个乡镇(街道)能得到公布的比例。",
            "Difference = counted - published. Not reproducible: no whole number of townships "
            "gives the published share.",
        ),
    ),
    "tracked": (
        ("监测指标", "Tracked"),
        ("监测指标", "Tracked indicators"),
        (
            "只对照、不由选址决定的指标。“填报数”为空：没有人填报，不代填。",
            "Held against what is asked, not planned for. Without a value, nobody gave one.",
        ),
    ),
    "staffing": (
        ("儿保人员", "Staffing"),
        ("各乡镇(街道)儿童保健人员", "Child-health staff of the townships"),
        (
            "“合计”行为基层医疗卫生机构合计，与应配人数比较；其余各行为分类机构数。"
            "“达到”为空：有机构未填人员数，不能判断。",
            "The row of primary institutions together is held against what is required; the others "
            "tell the kinds. Without an answer, staff that is not told could make up for it.",
        ),
    ),
    "institution_staffing": (
        ("逐家儿保人员", "Staff by institution"),
        ("各基层医疗卫生机构儿童保健人员", "Child-health staff of each primary institution"),
        (
            "乡镇(街道)常住人口由负责它的基层医疗卫生机构平均分摊（假设）。",
            "The residents of a township are shared evenly by the primary institutions responsible "
            "for it (assumption).",
        ),
    ),
    "shared": (
        ("共用设施", "Shared"),
        ("哪个社区共用哪处设施", "Which community shares which facility"),
        (
            "只列本社区内没有设施、靠共用覆盖的社区；“点位”为最近一处，行程为达到共用比例的居民到达所需时间。",
            "Communities without a facility inside that are covered by sharing; the site is the "
            "nearest, the way the time within which the share of residents asked for arrives.",
        ),
    ),
    "referral": (
        ("分级转诊", "Referral"),
        ("各乡镇(街道)到各级医疗机构的行车时间", "Drive to each level of referral"),
        (
            "到最近的该级或以上机构，不限本乡镇(街道)、本区；救治中心、龙头医院以表中所填级别为准。"
            "按3岁以下婴幼儿加权（代替出生人数）；为空：到达者不足一半（中位）或九成（最远十分之一）。",
            "To the nearest institution of the level or above, inside the township or not; rescue "
            "centres and leading hospitals count by the level told of them. Weighted by under-3s, "
            "which stand for births. Empty where fewer than half, or nine tenths, arrive.",
        ),
    ),
    "hubs": (
        ("妇幼枢纽", "Hubs"),
        ("乡镇(街道)机构到妇幼保健机构的行车时间", "Township institutions to their hub"),
        (
            "每家基层医疗卫生机构到最近的妇幼保健机构。",
            "From each primary health institution to the nearest maternal and child health one.",
        ),
    ),
    "centres": (
        ("综合中心", "Centres"),
        ("托育综合服务中心到各机构的行车时间", "Drive from a centre to the institutions"),
        (
            "每家开办的托育机构取最近的中心；方案未指定由哪处中心负责。",
            "For each open institution the nearest centre; the plan names nobody responsible.",
        ),
    ),
    "proof": (
        ("求解与证明", "Proof"),
        ("求解过程与证明", "How the plan was found and what is proven"),
        (
            "“界”为已证明的极限：任何方案都不可能优于它；差距＝|值－界|÷max(|值|，1)。",
            "No plan can be better than the bound; gap = |value - bound| / max(|value|, 1).",
        ),
    ),
    "parameters": (
        ("参数与来源", "Parameters"),
        ("参数与来源", "Parameters and their sources"),
        (
            "每个参数的取值及其依据；写明“假设”的没有文件依据。",
            "The value of each parameter and where it comes from, or the word assumption.",
        ),
    ),
    "data": (
        ("数据与说明", "Data and notes"),
        ("数据来源、许可、说明与输入文件", "Sources, licences, notes and input files"),
        (
            "输入文件以 sha256 校验：文件有任何改动，校验值就不同。",
            "A file that was changed in any way has another sha256.",
        ),
    ),
}
"""Key -> name of the sheet (at most 31 characters), its title, its explanation."""

texts: dict[str, tuple[str, str]] = {
    **{f"sheet_{key}": told[0] for key, told in sheets.items()},
    **{f"title_{key}": told[1] for key, told in sheets.items()},
    **{f"about_{key}": told[2] for key, told in sheets.items()},
    "no_rows": ("（无）", "(none)"),
    "not_printed": (
        "（共{rows}行，供查阅；打印时只印本说明，需打印全部时请取消打印区域。）",
        " ({rows} rows, to be looked up: only this is printed; clear the print area for all.)",
    ),
    "page_of": ("第 &P 页，共 &N 页", "Page &P of &N"),
    "mark": (
        "示意：部分数据为示意或假设，不代表实际情况。",
        "Illustrative (示意): some of the data are made up or assumed.",
    ),
    "internal": ("内部工作资料", "Internal working paper"),
    # Headers
    "h_id": ("编号", "No."),
    "h_target": ("目标", "Target"),
    "h_target_id": ("目标编号", "Target no."),
    "h_kind": ("类型", "Kind"),
    "h_year": ("年份", "Year"),
    "h_state": ("状态", "State"),
    "h_unit": ("单位", "Unit"),
    "h_required": ("要求", "Required"),
    "h_served_share": (
        "可达且有位（占有入托意愿的）",
        "With a place within reach, of those who want one",
    ),
    "h_base": ("文件现状数", "Base figure of the document"),
    "h_written": ("原文", "As written"),
    "h_required_upper": ("至多", "At most"),
    "h_today": ("现状", "Today"),
    "h_plan": ("方案", "Plan"),
    "h_result": ("结果", "Result"),
    "h_force": ("性质", "Force"),
    "h_priority": ("优先级", "Priority"),
    "h_required_count": ("要求个数", "Required, number"),
    "h_achieved_count": ("达到个数", "Reached, number"),
    "h_missing": ("未达到的", "Falling short"),
    "h_clause": ("依据", "Clause"),
    "h_sentence": ("原文", "Sentence"),
    "h_reading": ("口径", "Read as"),
    "h_document": ("文号", "Document"),
    "h_provision": ("条款内容", "Provision"),
    "h_strength": ("力度", "Strength"),
    "h_carried_by": ("由什么承载", "Carried by"),
    "h_how": ("怎样承载", "How"),
    "h_changed": ("方案的改动", "Changed by the scenario"),
    "h_found": ("方案中的情况", "In this scenario"),
    "h_targets": ("对应目标", "Targets"),
    "h_site_id": ("点位编号", "Site id"),
    "h_name": ("名称", "Name"),
    "h_site": ("点位", "Site"),
    "h_tier": ("机构类型", "Tier"),
    "h_host": ("载体", "Host"),
    "h_inclusive": ("普惠", "Inclusive"),
    "h_staff_children": ("职工子女", "Under-3s of own staff"),
    "h_opens": ("对居民开放", "Open to residents"),
    "h_district": ("区县", "District"),
    "h_township": ("乡镇(街道)", "Township"),
    "h_township_code": ("乡镇代码", "Township code"),
    "h_site_township": ("点位所在乡镇", "Township of the site"),
    "h_home": ("居住乡镇(街道)", "Township of home"),
    "h_action": ("措施", "Action"),
    "h_first_year": ("首次措施年份", "Year of first action"),
    "h_decision": ("事先决定", "Decided before"),
    "h_classes_of": ("{kind}（班）", "{kind}, classes"),
    "h_classes_added": ("{kind}增减（班）", "{kind}, classes added"),
    "h_classes_in": ("班数\n{when}", "Classes\n{when}"),
    "h_places_in": ("托位\n{when}", "Places\n{when}"),
    "h_places_before": ("原托位", "Places today"),
    "h_places": ("托位", "Places"),
    "h_places_last": ("方案托位", "Places under the plan"),
    "h_places_added": ("增减托位", "Places added"),
    "h_enrolled": ("在托", "Enrolled"),
    "h_children": ("入托婴幼儿", "Children"),
    "h_cost": ("投资（万元）", "Capital (CNY 10,000)"),
    "h_subsidy": ("其中补助（万元）", "of which subsidy (CNY 10,000)"),
    "h_running": ("年运营成本（万元）", "Running cost of the year (CNY 10,000)"),
    "h_medical_id": ("医疗机构编号", "Medical id"),
    "h_medical": ("医疗机构", "Medical institution"),
    "h_minutes": ("行程（分钟）", "Way (min)"),
    "h_mean_minutes": ("平均路程（分钟）", "Mean way (min)"),
    "h_lon": ("经度", "Longitude"),
    "h_lat": ("纬度", "Latitude"),
    "h_class_kind": ("班型", "Class kind"),
    "h_class_size": ("班额", "Class size"),
    "h_band": ("{band}月龄", "{band} months"),
    "h_all": ("合计", "All"),
    "h_level_zone": ("层级", "Level"),
    "h_residents": ("常住人口", "Residents"),
    "h_community": ("社区(村)", "Community"),
    "h_community_code": ("社区代码", "Community code"),
    "h_others_shared": ("另可共用", "Others within reach"),
    "h_under3": ("3岁以下", "Under-3s"),
    "h_sites": ("点位数", "Sites"),
    "h_places_existing": ("现有托位", "Existing places"),
    "h_places_new": ("新增托位", "New places"),
    "h_per_thousand": ("每千人托位", "Places per thousand"),
    "h_inclusive_share": ("普惠占比", "Inclusive share"),
    "h_coverage": ("时限内覆盖率", "Coverage within the limit"),
    "h_townships": ("乡镇数", "Townships"),
    "h_townships_covered": ("有机构的乡镇数", "Townships with an institution"),
    "h_has_institution": ("有机构", "Institution"),
    "h_takers": ("有入托意愿", "Want a place"),
    "h_served": ("可达且有位", "Place within reach"),
    "h_enrolled_within": ("其中在托", "of these enrolled"),
    "h_served_additional": ("其中新增", "of these additional"),
    "h_served_beyond": ("在托，超出时限", "Enrolled, farther away"),
    "h_staff_at_home": ("单位托位", "Place with an employer"),
    "h_reachable_full": ("可达但满员", "Reachable but full"),
    "h_unreachable": ("不可达", "Unreachable"),
    "h_fill_enrolled": ("现有托位在托率", "Existing places, enrolled today"),
    "h_fill_existing": ("现有托位使用率", "Fill of existing places"),
    "h_fill_new": ("新增托位使用率", "Fill of new places"),
    "h_rank": ("名次", "Rank"),
    "h_ranked": ("参加排名", "Ranked"),
    "h_tied": ("并列个数", "Sharing the rank"),
    "h_figure": ("数值", "Figure"),
    "h_meets": ("是否达到", "Meets it"),
    "h_reason": ("没有数值的原因", "Why there is no figure"),
    "h_met_count": ("达到目标数", "Targets met"),
    "h_held": ("可比目标数", "Targets held against"),
    "h_ranks": ("有名次的目标数", "Targets with a rank"),
    "h_mean_rank": ("平均名次", "Mean rank"),
    "h_institution_kind": ("机构类别", "Kind of institution"),
    "h_signed_sites": ("签约机构数", "Institutions"),
    "h_unreached": ("其中不能往返", "of these not reached"),
    "h_days": ("一轮天数", "Days of a round"),
    "h_travel": ("路上（分钟）", "Travel (min)"),
    "h_visit": ("指导（分钟）", "Visits (min)"),
    "h_days_too_long": ("超时天数", "Days too long"),
    "h_exact": ("最短", "Exact"),
    "h_visits_per_year": ("年指导次数", "Visits in a year"),
    "h_days_per_year": ("年巡回天数", "Days in a year"),
    "h_days_per_staff": ("人均年天数", "Days in a year for each of its staff"),
    "h_workload": ("负荷", "Load"),
    "no_staff": ("无可指导人员", "no staff to guide"),
    "h_day": ("第几日", "Day"),
    "h_stop": ("第几站", "Stop"),
    "h_from_before": ("自上一站（分钟）", "From the place before (min)"),
    "h_back": ("返回（分钟）", "Back (min)"),
    "h_order": ("抽取次序", "Order of the draw"),
    "h_inspector": ("检查单位", "Who inspects"),
    "h_guides": ("兼签约指导", "Also guides it"),
    "h_actions": ("措施数", "Actions"),
    "costs_by_year": ("分年投资", "By year"),
    "costs_by_tier": ("按年份、机构类型和措施", "By year, tier and action"),
    "total": ("合计", "Total"),
    "h_published": ("公布数", "Published"),
    "h_counted": ("计算数", "Counted"),
    "h_difference": ("差额", "Difference"),
    "h_within": ("在允许范围内", "Within tolerance"),
    "h_reproducible": ("可复现", "Reproducible"),
    "h_note": ("说明", "Note"),
    "h_indicator": ("指标", "Indicator"),
    "h_value": ("取值", "Value"),
    "h_told": ("填报数", "Value"),
    "h_better": ("优向", "Better"),
    "better_higher": ("越高越好", "higher"),
    "better_lower": ("越低越好", "lower"),
    "primary": ("合计（基层机构）", "primary institutions together"),
    "h_institutions": ("机构数", "Institutions"),
    "h_staff_required": ("应配人数", "Staff required"),
    "h_staff_present": ("现有人数", "Staff present"),
    "h_staff_untold": ("未填人员的机构", "Institutions that do not tell"),
    "h_met": ("达到", "Met"),
    "h_level": ("级别", "Level"),
    "h_median": ("中位（分钟）", "Median (min)"),
    "h_worst_decile": ("最远十分之一（分钟）", "Worst tenth (min)"),
    "h_unreachable_share": ("不可达占比", "Cannot arrive"),
    "h_nearest": ("最近机构", "Nearest"),
    "h_hub": ("妇幼保健机构", "Hub"),
    "h_centre": ("最近的中心", "Nearest centre"),
    "h_item": ("项目", "Item"),
    "h_stage": ("阶段", "Stage"),
    "h_stage_value": ("值", "Value"),
    "h_bound": ("界", "Bound"),
    "h_gap": ("差距", "Gap"),
    "h_timed_out": ("因时限停止", "Stopped by the clock"),
    "h_parameter": ("参数", "Parameter"),
    "h_source": ("来源", "Source"),
    "h_text": ("内容", "Text"),
    "h_sha256": ("sha256", "sha256"),
    "h_file": ("文件", "File"),
    # Units of targets and parameters
    "unit_share": ("占比", "share"),
    "unit_decimal": ("个/千人", "per thousand"),
    "unit_count": ("处", "sites"),
    "unit_money": ("万元", "CNY 10,000"),
    "unit_speed": ("公里/小时", "km/h"),
    "unit_minutes": ("分钟", "min"),
    "unit_class": ("人/班", "children a class"),
    "unit_child-minutes": ("人·分钟", "child-minutes"),
    "area_name": ("全域", "Whole area"),
    # Proof
    "proof_status": ("状态", "Status"),
    "proof_said": ("证明", "Proof"),
    "status_optimal": ("已证明最优", "optimal, proven"),
    "status_within_gap": ("已证明在允许差距内", "proven within the gap asked for"),
    "status_feasible": ("可行，未证明最优", "feasible, not proven optimal"),
    "proof_gap": ("最大差距", "Largest gap"),
    "proof_gap_asked": ("要求的差距", "Gap asked for"),
    "proof_reproducible": ("可重复", "Reproducible"),
    "proof_solver": ("求解器", "Solver"),
    "proof_seed": ("随机种子", "Seed"),
    "proof_threads": ("线程数", "Threads"),
    "proof_versions": ("软件版本", "Versions"),
    "proof_model": ("模型规模", "Size of the model"),
    "model_size": (
        "{rows:,}行，{columns:,}列，其中整数{integers:,}列",
        "{rows:,} rows, {columns:,} columns, {integers:,} of them integers",
    ),
    "proof_statement": ("结论", "In short"),
    "proof_stages": ("各求解阶段（依次求解）", "Stages, in the order solved"),
    # Data
    "data_sources": ("来源与许可", "Sources and licences"),
    "data_notes": ("数据处理说明", "What was left out, repaired or assumed"),
    "data_replaced": (
        "{count}个单元格的文字过长或含控制字符，Excel 无法原样保存，已截断或以符号代替：{cells}",
        "{count} cells hold a text that Excel cannot keep as it is (too long, or with control "
        "characters); it was cut, or signs stand in their place: {cells}",
    ),
    "data_files": ("输入文件", "Input files"),
    # Summary
    "conclusion": ("方案结论", "What the plan achieves"),
    "key_figures": ("主要指标", "Key figures"),
    "targets_of": (
        "目标完成情况（{year}年）：{met}/{all} 达到{not_due}",
        "Targets of {year}: {met} of {all} met{not_due}",
    ),
    "figure_today": ("现状（{year}）", "Today ({year})"),
    "contents": ("目录", "Contents"),
    "contents_rows": ("行数", "Rows"),
    "contents_sheet": ("工作表", "Sheet"),
    "contents_about": ("内容", "What it holds"),
    "chart_cost": ("分年投资（万元）", "Capital by year (CNY 10,000)"),
    "chart_spent": ("投资构成（万元）", "Capital by tier and action (CNY 10,000)"),
    "chart_subsidy": ("补助", "subsidy"),
    "chart_children": ("有入托意愿的婴幼儿（人）", "Children who want a place"),
    "chart_districts_per_thousand": ("各区县每千人托位", "Places per thousand by district"),
    "chart_districts_coverage": (
        "各区县3岁以下{minutes}分钟覆盖率",
        "Under-3s within {minutes} minutes by district",
    ),
    "chart_townships_per_thousand": ("各乡镇(街道)每千人托位", "Places per thousand by township"),
}
