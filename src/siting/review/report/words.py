"""Every text of the report that is not data, in Chinese and English."""

from siting.review.report.opening_words import opening_texts
from siting.review.words import texts, words

report_texts: dict[str, tuple[str, str]] = {
    **opening_texts,
    # 4 Plan
    "plan_chapter": ("方案", "The plan"),
    "overview": ("总体方案", "Overview"),
    "nothing_done": (
        "到{year}年，方案不新增、不改建、不扩建、不关停任何点位，现有{keep}处点位保持现状。",
        "Up to {year} the plan opens, converts, expands and closes nothing; the {keep} sites of "
        "today stay as they are.",
    ),
    "something_done": (
        "到{year}年，方案共对{count}处点位采取措施：{parts}；{keep}处保持现状。",
        "Up to {year} the plan acts on {count} sites: {parts}; {keep} stay as they are.",
    ),
    "done_open": ("新增{count}处", "{count} opened"),
    "done_convert": ("改建增设{count}处", "{count} converted"),
    "done_expand": ("扩建{count}处", "{count} expanded"),
    "done_close": ("关停{count}处", "{count} closed"),
    "given": (
        "其中{count}处为已定事项（给定，不由模型选择）。",
        "{count} of these were decided beforehand and not chosen by the model.",
    ),
    "places_more": (
        "计入的托位由{before}个增至{after}个，每千人口托位由{rate_before}个变为{rate_after}个，不采取措施则为{rate_untouched}个。",
        "Places that count rise from {before} to {after}, per thousand residents from "
        "{rate_before} to {rate_after}, against {rate_untouched} if nothing is done.",
    ),
    "places_fewer": (
        "计入的托位由{before}个减至{after}个，每千人口托位由{rate_before}个变为{rate_after}个，不采取措施则为{rate_untouched}个。",
        "Places that count fall from {before} to {after}, per thousand residents from "
        "{rate_before} to {rate_after}, against {rate_untouched} if nothing is done.",
    ),
    "places_same": (
        "计入的托位仍为{after}个，每千人口托位由{rate_before}个变为{rate_after}个，不采取措施则为{rate_untouched}个。",
        "Places that count stay at {after}; per thousand residents from {rate_before} to "
        "{rate_after}, against {rate_untouched} if nothing is done.",
    ),
    "reach_change": (
        "{minutes}分钟{travel}可达的3岁以下婴幼儿占比由{before}变为{after}，不采取措施则为{untouched}。",
        "The share of under-3s within a {minutes}-minute {travel} goes from {before} to {after}, "
        "against {untouched} if nothing is done.",
    ),
    "fill_of_new": (
        "新增托位{count}个，预计使用率{share}。",
        "{count} places are new, of which {share} are expected to be filled.",
    ),
    "cost_total": ("投资合计{cost}。", "The capital is {cost}."),
    "cost_none": ("方案没有投资支出。", "The plan needs no capital."),
    "figures_table": ("主要指标：现状与方案", "Key figures, today and under the plan"),
    "layout": ("点位与层级", "Sites and tiers"),
    "layout_text": (
        "各层级的点位与托位见{table}，分布见{figure}；措施点位的名单见{annex}。",
        "Sites and places of each tier are in {table}, where they are in {figure}, the sites "
        "acted on in {annex}.",
    ),
    "layout_text_nothing": (
        "各层级的点位与托位见{table}，分布见{figure}。",
        "Sites and places of each tier are in {table}, where they are in {figure}.",
    ),
    "tiers_table": ("各层级点位与托位（{year}年）", "Sites and places by tier ({year})"),
    "sites_open": ("运行点位", "Open sites"),
    "places_each_before": ("原托位", "Places before"),
    "places_each_after": ("方案托位", "Places of the plan"),
    "tiers_hint": (
        "含规划范围外计入覆盖的点位{count}处；托位按班额相加，不折算，故与计入目标的托位数可不同。",
        "{count} sites outside the study area included; places are class sizes added up, whatever "
        "they count for, so that they may differ from the places that count in targets.",
    ),
    "tiers_hint_inside": (
        "托位按班额相加，不折算，故与计入目标的托位数可不同。",
        "Places are class sizes added up, whatever they count for, so that they may differ from "
        "the places that count in targets.",
    ),
    "hosts_table": ("措施点位的载体", "Hosts of the sites acted on"),
    "figure_sites": (
        "各乡镇(街道){minutes}分钟覆盖率与点位措施（{year}年）",
        "Under-3s within {minutes} minutes by township, and what is done ({year})",
    ),
    "caption_places": (
        "各乡镇(街道)每千人口托位数：现状与方案",
        "Places per thousand residents by township, today and under the plan",
    ),
    "class_section": ("班级设置", "Classes"),
    "class_text": (
        "到{year}年各类班级的数量见{table}。",
        "How many classes of each kind there are in {year} is in {table}.",
    ),
    "class_table": ("班级设置（{year}年）", "Classes ({year})"),
    "class_kind": ("班型", "Kind"),
    "class_bands": ("月龄", "Months of age"),
    "class_size_column": ("班额", "Size"),
    "class_before": ("现状班数", "Classes today"),
    "class_after": ("方案班数", "Classes of the plan"),
    "class_places": ("方案托位", "Places of the plan"),
    "service": ("可达与服务", "Reach and service"),
    "service_text": (
        "{figure}按需求单元显示有入托意愿的婴幼儿有位与缺位的情况。",
        "{figure} shows by demand cell which children who want a place have one.",
    ),
    "figure_coverage": (
        "有入托意愿的婴幼儿：可达且有位、可达但满员、不可达（{year}年）",
        "Children who want a place: served, reachable but full, unreachable ({year})",
    ),
    "guidance_section": ("医疗机构结对与巡回指导", "Guidance by medical institutions"),
    "guidance_text": (
        "到{year}年，{medical}家医疗机构与{sites}家开办的机构结对指导，"
        "共{pairs}对；每家每年巡回{visits}；一轮巡回共需{days}个工作日。",
        "In {year}, {medical} medical institutions guide {sites} open institutions in {pairs} "
        "pairs, with {visits} visits a year to each; one round takes {days} working days in all.",
    ),
    "guidance_none": (
        "方案中没有结对的机构。",
        "No institution is guided under the plan.",
    ),
    "guidance_unpaired": (
        "另有{count}家应受指导的开办机构没有结对。",
        "{count} open institutions that are to be guided have nobody.",
    ),
    "guidance_unreached": (
        "其中{count}对没有往返道路，未计入巡回。",
        "{count} of these pairs have no way there and back, and no round counts them.",
    ),
    "guidance_busiest": (
        "工作量（结对家数/按儿童保健人员可指导的家数）最高的医疗机构见{table}，全部名单见{annex}。",
        "The medical institutions with the highest workload (institutions guided / those its staff "
        "can guide) are in {table}, all of them in {annex}.",
    ),
    "rounds_table": ("巡回指导工作量最高的医疗机构", "Medical institutions by workload"),
    "beside_minutes": ("{minutes}分钟", "{minutes} min"),
    "rounds_annex": ("结对与巡回指导", "Guidance and rounds"),
    "medical_name": ("医疗机构", "Medical institution"),
    "guided_sites": ("结对机构", "Guided"),
    "round_days": ("一轮天数", "Days of a round"),
    "visits_per_year": ("年巡回次数", "Visits a year"),
    "days_per_year": ("年工作日", "Days a year"),
    "workload": ("工作量", "Workload"),
    "workload_none": ("无人员", "no staff"),
    "inspected_text": (
        "双随机抽查名单共{count}家，见{annex}。",
        "{count} institutions were drawn at random for inspection: {annex}.",
    ),
    # 5 Years
    "years_chapter": ("分年实施", "Year by year"),
    "one_year": (
        "方案只设{year}年一个规划年，全部措施须在该年内完成并投入使用。",
        "{year} is the only planned year: all is to be done and in use in that year.",
    ),
    "one_year_nothing": (
        "方案只设{year}年一个规划年，没有需要实施的措施。",
        "{year} is the only planned year, and nothing is to be done.",
    ),
    "several_years": (
        "方案分{count}个规划年实施；各年措施与达到的指标见{actions}和{figures}。",
        "The plan runs over {count} planned years; what is done and reached in each is in "
        "{actions} and {figures}.",
    ),
    "year_nothing": ("{year}年：没有措施。", "{year}: nothing is done."),
    "year_done": (
        "{year}年：{parts}；新增托位{places}个，投资{cost}。",
        "{year}: {parts}; {places} places added, capital {cost}.",
    ),
    "year_done_free": (
        "{year}年：{parts}；新增托位{places}个，没有投资支出。",
        "{year}: {parts}; {places} places added, no capital.",
    ),
    "year_done_less": (
        "{year}年：{parts}；托位净减{places}个，投资{cost}。",
        "{year}: {parts}; {places} places fewer, capital {cost}.",
    ),
    "year_done_less_free": (
        "{year}年：{parts}；托位净减{places}个，没有投资支出。",
        "{year}: {parts}; {places} places fewer, no capital.",
    ),
    "actions_table": ("分年措施", "What is done in each year"),
    "year_figures_table": ("分年主要指标", "Key figures by year"),
    "figure_years": (
        "主要指标分年变化与目标",
        "Key figures by year, with what is required",
    ),
    "sites_acted": ("措施点位", "Sites acted on"),
    "report_places_change": ("托位增减", "Places added"),
    # 6 Money
    "money_chapter": ("投资", "Money"),
    "money_text": (
        "规划期投资合计{capital}{subsidy}；{year}年的年运营成本为{running}。金额均未折现。",
        "The capital of the planned years is {capital}{subsidy}; the running cost of {year} is "
        "{running}. Nothing is discounted.",
    ),
    "money_text_capital": (
        "规划期投资合计{capital}{subsidy}。金额均未折现；未给出运营成本。",
        "The capital of the planned years is {capital}{subsidy}. Nothing is discounted; no running "
        "costs were given.",
    ),
    "money_subsidy": ("，其中补助{subsidy}", ", of which {subsidy} subsidies"),
    "money_none": (
        "方案没有投资支出；{year}年的年运营成本为{running}。",
        "The plan needs no capital; the running cost of {year} is {running}.",
    ),
    "money_none_at_all": (
        "方案没有投资支出，也未给出运营成本。",
        "The plan needs no capital, and no running costs were given.",
    ),
    "money_table": ("分年投资（万元）", "Money by year (CNY 10,000)"),
    "money_tier_table": ("按层级和措施的投资", "Capital by tier and action"),
    "money_capital_column": ("投资", "Capital"),
    "money_subsidy_column": ("其中补助", "of which subsidies"),
    "money_running_column": ("年运营成本", "Running cost of the year"),
    "money_share": ("占比", "Share"),
    "figure_costs": ("分年投资", "Capital by year"),
    "cost_rates": (
        "点位表未给出费用的，按下列载体费用计：",
        "Where the row of a site gives no cost, these of its host count:",
    ),
    "cost_rate": (
        "{host}，{action}：{parts}（{source}）",
        "{host}, {action}: {parts} ({source})",
    ),
    "rate_fixed": ("每处{cost}", "{cost} a site"),
    "rate_place": ("每个托位{cost}", "{cost} a place"),
    "rate_running": ("每个托位每年运营{cost}", "{cost} a place and year to run"),
    "rate_subsidy": ("每个托位补助{cost}", "{cost} subsidy a place"),
    "rate_nothing": ("无费用", "no cost"),
    "cost_from_tables": (
        "各点位的费用取自点位表，来源见“数据与来源”。",
        "Costs are those of the rows of the sites; see 'Data and sources'.",
    ),
    # 7 Uncertainty
    "uncertainty_chapter": ("不确定性", "What is uncertain"),
    "report_no_action": ("不采取措施（{year}）", "Nothing done ({year})"),
    "report_effect": ("措施带来的变化", "What the plan changes"),
    "report_effect_hint": (
        "“措施带来的变化”为方案与同年不采取措施之差，不含婴幼儿数变化的影响；"
        "各项四舍五入，合计可能略有出入。",
        "'What the plan changes' is the plan against the same year with nothing done, without the "
        "change in the number of under-3s; figures are rounded.",
    ),
    "proof_section": ("方案的证明", "Proof of the plan"),
    "report_checked": (
        "方案另由不使用该模型的程序，按原始数据表逐条复核，各项约束成立。",
        "Besides, a program that does not use the model checked the plan against the tables: every "
        "rule holds.",
    ),
    "stages_table": ("各求解阶段的值与界", "Stages: value and bound"),
    "stage_status": ("结论", "Claim"),
    "status_optimal": ("已证明最优", "proven optimal"),
    "status_within_gap": ("已证明在差距内", "proven within the gap"),
    "status_feasible": ("可行，未证明", "feasible, not proven"),
    "assumption_section": ("参数与假设", "Parameters and assumptions"),
    "assumption_text": (
        "方案所用参数及来源见{table}；来源写“假设”的，应在评审时确认。",
        "Parameters and their sources are in {table}; those whose source says 'assumption' should "
        "be confirmed in review.",
    ),
    "assumption_table": ("参数与来源", "Parameters and their sources"),
    "trend_section": ("出生趋势", "Trends of births"),
    "trend_none": (
        "方案按一种婴幼儿数量规划，未在其他出生趋势下校核。",
        "The plan is made for one number of under-3s and was not held against other trends of "
        "births.",
    ),
    "trend_fewer": (
        "出生数若低于预计，新增托位的使用率可能更低。",
        "With fewer births than expected, new places may fill less.",
    ),
    "trend_one": (
        "方案按“{trend}”规划，未要求在其他趋势下达到目标。",
        "The plan is made for the trend '{trend}' and is not asked to meet targets under others.",
    ),
    "trend_unused": (
        "方案按未经调整的婴幼儿数量规划，未要求在所列趋势下达到目标。",
        "The plan is made for the under-3s as they are given and is not asked to meet targets "
        "under the trends listed.",
    ),
    "trend_held": (
        "方案按{trend}规划，同一方案还须在以下趋势下同时达到约束性目标：{others}。",
        "The plan is made for {trend}; the same plan has to meet the hard targets under these "
        "trends too: {others}.",
    ),
    "trend_as_given": ("未经调整的婴幼儿数量", "the under-3s as they are given"),
    "trend_named": ("“{trend}”", "the trend '{trend}'"),
    "trend_table": (
        "各趋势相对给定婴幼儿数量的倍数",
        "Trends: factors on the under-3s as they are given",
    ),
    "trend": ("趋势", "Trend"),
    "illustrative_section": ("示意数据", "Illustrative data"),
    "illustrative_text": (
        "本研究含示意或假设的数据，由此得出的点位、投资和指标不代表实际情况，"
        "不能作为决策依据；示意的内容见“数据与来源”。",
        "Some of the data are made up or assumed; the sites, costs and figures that follow from "
        "them are not those of the real place and decide nothing. 'Data and sources' says what is "
        "illustrative.",
    ),
    "note_section": ("数据处理与边缘", "What was left out or repaired, and the edge of the data"),
    "note_text": (
        "读取数据和计算时的处理、遗漏和提示如下。",
        "What was repaired, left out or noticed on the way:",
    ),
    "note_none": ("读取数据和计算时没有需要说明的处理。", "There is nothing to tell."),
    "seat_zones_text": (
        "乡镇(街道)按最近驻地划分，不是行政边界。",
        "Townships are zones by nearest seat, not administrative boundaries.",
    ),
    "replaced": (
        "文中有{count}个文档不允许的控制字符，已以可见符号（如␀、�）代替。",
        "{count} control characters that a document cannot hold were replaced by visible marks "
        "such as ␀ or �.",
    ),
    # Annexes
    "annex_chapter": ("附表", "Annexes"),
    "provisions_annex": ("政策条款逐条对照", "Provisions, clause by clause"),
    "provisions_text": (
        "{met}项达到，{part}项部分达到，{missed}项未达到，{other}项不设目标、不在规划年内或未采用。",
        "{met} met, {part} met in part, {missed} not met, {other} without a target, not due or "
        "left out.",
    ),
    "provision_column": ("条款", "Provision"),
    "how": ("本方案如何体现", "How it is carried"),
    "state": ("状态", "State"),
    "sites_annex": ("措施点位清单", "Sites acted on"),
    "sites_kept": (
        "其余{count}处点位保持现状，见同一结果文件夹的 sites.csv。",
        "The other {count} sites stay as they are; see sites.csv in the same folder.",
    ),
    "townships_annex": ("乡镇(街道)分年：{figure}", "Townships by year: {figure}"),
    "towns_annex": ("乡镇(街道)主要指标", "Townships: key figures"),
    "names_more": ("{names}等（另有{more}个）", "{names} and {more} more"),
    "today_column": ("{year}（现状）", "{year} (today)"),
    "rows_left": (
        "另有{count}行，见同一结果文件夹的 {file}。",
        "{count} more rows are in {file} in the same folder.",
    ),
    "inspections_annex": ("双随机抽查名单", "Institutions drawn for inspection"),
    "inspection_order": ("序号", "No."),
    "inspected": ("被抽查机构", "Inspected"),
    "inspects": ("检查单位", "Inspected by"),
    "way_minutes": ("路程（分钟）", "Way, minutes"),
    "nobody": ("无", "nobody"),
    "files_annex": ("输入文件指纹", "Input files"),
    "file_hash": ("sha256", "sha256"),
    "map_alt": (
        "{caption}。内部工作图，未经审图。",
        "{caption}. Internal working map, not reviewed.",
    ),
}


def report_words(lang: str) -> dict[str, str]:
    """Return the texts of the report in a language, with those of the review page.

    Raises
    ------
    ValueError
        The language is unknown.
    """
    return words(lang, texts | report_texts)
