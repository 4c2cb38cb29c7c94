"""The sheets of what a service is: class kinds, tiers, hosts and what acting there costs."""

from siting.scenario.block import Block, RowName
from siting.scenario.parameters import Parameter

class_sizes = "托育机构设置标准（试行），国卫人口发〔2019〕58号"
_code = RowName("代码", "英文字母、数字")

class_kinds = Block(
    "class_kinds",
    "班型",
    "一行一种班型，每班人数上限已按国家标准填好；改了名称，“机构”表中“…数”的列名也要照改。",
    (
        Parameter("class_kinds.{}.label", "名称", needed=True),
        Parameter("class_kinds.{}.size", "每班托位", "个", needed=True),
        Parameter(
            "class_kinds.{}.bands",
            "可收月龄段",
            hint="工作表“入托意愿”中的月龄段，以顿号分开",
            needed=True,
        ),
        Parameter("class_kinds_source", "来源", needed=True),
        Parameter(
            "class_kinds.{}.full_day_equivalent",
            "折合全日托位",
            hint="一个位子折合几个托位，如半日托填0.5",
            is_rare=True,
        ),
        Parameter("class_kinds.{}.label_en", "英文名称", is_rare=True),
    ),
    (_code,),
    rows=(
        ("infant", "乳儿班", 10, "6-12", class_sizes, None, None),
        ("small", "托小班", 15, "12-18、18-24", class_sizes, None, None),
        ("large", "托大班", 20, "24-36", class_sizes, None, None),
        ("mixed", "混合编班", 18, "18-24、24-36", class_sizes, None, None),
    ),
)
tiers = Block(
    "tiers",
    "服务层级",
    "一行一类服务。时限内到达即为可达；计入哪些目标逐项填“是”或“否”。灰色表头的列多数研究不填。",
    (
        Parameter("tiers.{}.label", "名称", needed=True),
        Parameter("tiers.{}.limit_minutes", "可达时限", "分钟", needed=True),
        Parameter("tiers.{}.mode", "出行方式"),
        Parameter("tiers.{}.direction", "行程方向", hint="去程：从家到点位；返程：从点位到家"),
        Parameter("tiers.{}.class_kinds", "可开班型", hint="不设托位的（驿站、指导站等）不填"),
        Parameter("tiers.{}.counts_in", "计入每千人托位数", member="per_thousand"),
        Parameter("tiers.{}.counts_in", "计入普惠占比", member="inclusive_share"),
        Parameter("tiers.{}.counts_in", "计入乡镇覆盖率", member="township_coverage"),
        Parameter("tiers.{}.counts_in", "计入可达占比", member="population_coverage"),
        Parameter(
            "tiers.{}.counts_in", "计入社区覆盖率", member="community_coverage", is_rare=True
        ),
        Parameter("tiers.{}.counts_in", "计入入托率", member="enrolment", is_rare=True),
        Parameter("tiers.{}.counts_in", "计入新建居住区托位", member="new_area", is_rare=True),
        Parameter(
            "tiers.{}.from_months",
            "起收月龄",
            "月",
            "如幼儿园托班从24月龄起收",
            is_rare=True,
        ),
        Parameter(
            "tiers.{}.needs_surplus",
            "须有富余学位",
            hint="填“是”时，托位不超过“3-6岁富余学位”，没有富余的不能开办",
            is_rare=True,
        ),
        Parameter("tiers.{}.least_places", "开办时最少托位", "个", is_rare=True),
        Parameter(
            "tiers.{}.can_close",
            "现有机构可关停",
            hint="个别不可关停的，在“机构”表“可关停”填“否”",
            is_rare=True,
        ),
        Parameter(
            "tiers.{}.guides_others",
            "指导其他机构",
            hint="如区域托育综合服务中心；填“是”则列出它到各机构的车程",
            is_rare=True,
        ),
        Parameter("tiers.{}.label_en", "英文名称", is_rare=True),
    ),
    (_code,),
    rows=(
        (
            *("institution", "托育机构", 15, "步行", "去程"),
            "乳儿班、托小班、托大班、混合编班",
            *("是",) * 4,
            *(None,) * 9,
        ),
        (
            *("kindergarten", "幼儿园托班", 15, "步行", "去程", "托大班"),
            *("是", "是", "否", "是"),
            *(None,) * 9,
        ),
    ),
    examples=(
        (
            *("station", "托育服务驿站", 15, "步行", "去程", None),
            *("否", "否", "否", "否", "是", "否", "否"),
            *(None,) * 6,
        ),
    ),
)
hosts = Block(
    "hosts",
    "载体类型",
    "点位设在什么场所里。",
    (
        Parameter("hosts.{}.label", "名称", needed=True),
        Parameter("hosts.{}.label_en", "英文名称", is_rare=True),
    ),
    (_code,),
    rows=(
        ("commercial", "商业用房", None),
        ("kindergarten", "幼儿园", None),
        ("community_centre", "社区服务中心", None),
        ("health_institution", "医疗卫生机构", None),
        ("employer", "用人单位", None),
        ("idle_state_owned", "闲置国有用房", None),
        ("new_residential_area", "新建居住区配套用房", None),
    ),
)
guidance_by_kind = Block(
    "guidance.by_kind",
    "分类指导",
    "可不填。某类医疗机构的签约指导与工作表“参数”中的不同时填；空格的同“参数”。",
    (
        Parameter("guidance.by_kind.{}.within_minutes", "最远路程", "分钟"),
        Parameter(
            "guidance.by_kind.{}.jurisdiction", "指导范围", hint="乡镇(街道)、区县、整个范围"
        ),
        Parameter("guidance.by_kind.{}.institutions_per_staff", "每名儿童保健人员指导", "处"),
        Parameter("guidance.by_kind.{}.visits_per_year", "每处每年巡回指导", "次"),
        Parameter("guidance.by_kind.{}.visit_minutes", "每次指导时长", "分钟"),
    ),
    (RowName("机构类别", "“医疗机构”表中的机构类别"),),
    examples=(("妇幼保健院", None, "区县", 12, None, None),),
)
action_costs = Block(
    "hosts.{}.costs",
    "费用",
    "可不填。一行一类载体的一种措施；“机构”“载体”表中没有填费用的点位按此计算。",
    (
        Parameter("hosts.{}.costs.{}.fixed_cny", "固定投资", "元"),
        Parameter("hosts.{}.costs.{}.place_cny", "每托位投资", "元/托位"),
        Parameter(
            "hosts.{}.costs.{}.running_cny", "每托位年运营成本", "元/托位·年", "现有机构按“保持”"
        ),
        Parameter(
            "hosts.{}.costs.{}.subsidy_cny", "每托位补助", "元/托位", "投资中由补助承担的部分"
        ),
        Parameter("hosts.{}.costs.{}.source", "来源", hint="文件、概算，或写“假设”", needed=True),
    ),
    (
        RowName("载体类型", "工作表“载体类型”中的名称", "hosts"),
        RowName("措施", "新建、改建、扩建、关停或保持"),
    ),
    examples=(("商业用房", "改建", 300000, 12000, 9000, 5000, "假设"),),
)
