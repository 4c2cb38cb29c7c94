"""What each sheet of the workbook is called, its title, and what it tells; Chinese and English."""

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
            "每项目标中有多少比例的其他乡镇(街道)名次在前，取当年各目标的平均，越小越靠前；"
            "参加排名的乡镇(街道)多少不影响一项目标的分量。",
            "The share of the other townships that stand ahead in a target, as a mean over the "
            "targets of the year; the least is the best. A rank among few weighs as one among "
            "many.",
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
        ("跟踪指标", "Tracked"),
        ("跟踪指标", "Tracked indicators"),
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
    "new_areas": (
        ("新建居住区", "New areas"),
        ("各新建居住区的交付与其内托位", "New residential areas and the places inside"),
        (
            "交付以后才有人入住，其内的载体也才能开办；没有目标的，托位为其内全部开办点位的托位。",
            "People and hosts are there from the hand-over on; where no target asks, the places "
            "are those of all open sites inside.",
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
