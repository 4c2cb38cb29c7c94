"""What a planner fills in besides the tables: the parameters of a scenario.

A parameter names a key of the scenario (a test holds that there is such a key) and says it in a
planner's words; what the key may hold is asked of the scenario (:mod:`siting.scenario.keys`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from siting.scenario.projections import projections

Written = str | int | float | bool
"""A value as it stands in a cell."""


@dataclass(frozen=True)
class Parameter:
    """A value of the scenario: a row of the sheet of parameters, or a column of a block.

    Attributes
    ----------
    key
        Key of the scenario, dotted; ``{}`` stands for the name or the position of a row. In a
        block, a key without ``{}`` gathers the texts of all rows.
    label, unit, hint
        What a planner calls it (Chinese), its unit, and what to write.
    value, source
        The standard value and where it comes from; None leaves it to the planner.
    source_key
        Key that holds the source; without one, a source stands under ``sources``.
    words
        Words for values of this key, beside those of every choice.
    member
        Word that is in the list of the key where the cell says yes.
    is_share
        Whether it is read and shown in per cent.
    needed
        Whether a study cannot do without it.
    is_rare
        Whether most studies leave it empty; it stands behind the others and is shown so.
    """

    key: str
    label: str
    unit: str = ""
    hint: str = ""
    value: Written | None = None
    source: str = ""
    source_key: str = ""
    words: Mapping[str, Written] = field(default_factory=dict)
    member: str = ""
    is_share: bool = False
    needed: bool = False
    is_rare: bool = False


parameter_sheet = "参数"
parameter_headers = {
    "label": "参数",
    "value": "值",
    "unit": "单位",
    "source": "来源",
    "hint": "填写说明",
    "key": "键",
}
example_mark = "示例"
"""A row that begins with this word is not read."""

sections: dict[str, tuple[Parameter, ...]] = {
    "研究": (
        Parameter("name", "研究名称", hint="印在成果上的标题", needed=True),
        Parameter("name_en", "英文名称", hint="印在英文成果上，可不填"),
        Parameter("base_year", "现状年", "年", "现有机构数据的年份", needed=True),
        Parameter(
            "years",
            "规划年",
            "年",
            "方案的目标年份，一个或几个，由早到晚，以顿号分开，如 2026、2028、2030",
            needed=True,
        ),
        Parameter(
            "crs",
            "投影坐标系",
            hint="以米为单位，用于计算；选中央经线离本区县最近的一行，也可写其他 EPSG 代码",
            words=projections,
            needed=True,
        ),
        Parameter("illustrative", "含示意数据", hint="填“是”时，成果各处标注“示意”", value="否"),
        *(
            Parameter(f"sources.{i}", f"资料来源{i + 1}", hint="数据和目标的出处，印在成果上")
            for i in range(3)
        ),
    ),
    "图层文件（与本工作簿放在同一文件夹）": (
        Parameter(
            "inputs.streets",
            "道路",
            hint=".osm.pbf、.osm、GraphML、GeoPackage，或带 highway 字段的线图层",
            needed=True,
        ),
        Parameter(
            "inputs.townships",
            "乡镇(街道)界",
            hint="面图层；没有时填工作表“乡镇驻地”",
        ),
        Parameter("seat_zones.within_m", "离驻地最远", "米", "填“乡镇驻地”时用，沿路步行距离"),
        Parameter("seat_zones.margin_m", "乡镇界离道路", "米", "填“乡镇驻地”时用"),
        Parameter("inputs.communities", "社区(村)界", hint="面图层，可不填"),
        Parameter(
            "inputs.areas", "新建居住区", hint="面图层；没有时填工作表“新建居住区”，均可不填"
        ),
        Parameter(
            "inputs.coordinates",
            "表中经纬度的坐标系",
            hint="从高德、腾讯、百度地图取得的坐标须选对",
            value="WGS-84",
        ),
        Parameter("inputs.missing_crs", "图层缺少坐标系时按", hint="如 EPSG:4490"),
    ),
    "人口分布": (
        Parameter(
            "population.kind",
            "人口如何落到点上",
            hint="沿居住道路均匀分布；或人口栅格；或工作表“需求单元”",
            value="沿居住道路",
            source="假设：居民沿居住类道路按长度均匀分布",
            source_key="population.source",
        ),
        Parameter("population.spacing_m", "沿路布点间距", "米", "仅“沿居住道路”时填"),
        Parameter("population.residents", "人口栅格", hint="GeoTIFF；仅“人口栅格”时填"),
        Parameter("population.under1", "不满1岁人口栅格", hint="GeoTIFF，WorldPop 的 00 段"),
        Parameter("population.aged_1_to_4", "1-4岁人口栅格", hint="GeoTIFF，WorldPop 的 01 段"),
        Parameter("population.aged_1_to_4_factor", "1-4岁中计入3岁以下的比例", is_share=True),
    ),
    "3岁以下婴幼儿": (
        Parameter(
            "children.under3_from",
            "婴幼儿人数来自",
            hint="按占比推算时填工作表“年度”",
            value="按占比推算",
            source_key="children.under3_source",
        ),
        Parameter("children.trend", "采用的出生趋势", hint="低 或 高，数值填在工作表“年度”"),
        Parameter(
            "children.weights.left_behind",
            "留守婴幼儿权重",
            hint="1名按几名计，仅用于求解顺序中的“可达婴幼儿”；不填为1",
        ),
        Parameter("children.weights.hardship", "困境婴幼儿权重", hint="同上"),
    ),
    "出行": (
        Parameter(
            "walk.speed_kph",
            "步行速度",
            "千米/小时",
            "60米/分钟为3.6，75米/分钟为4.5，80米/分钟为4.8",
            3.6,
            "假设：60米/分钟，为常用的60、75、80米/分钟中最慢者；15分钟为900米，"
            "在GB 50180-2018十五分钟生活圈800-1000米之内",
            "walk.source",
        ),
        Parameter("walk.snap_limit_m", "离道路最远", "米", "更远的点视为不可达，并列出"),
        Parameter("walk.excluded_highways", "不能步行的道路", hint="highway 值，以顿号分开"),
        Parameter(
            "cycle.speed_kph",
            "骑行速度",
            "千米/小时",
            "不填为15（道路交通安全法 第五十八条）；填则写来源",
            source_key="cycle.source",
        ),
        Parameter(
            "drive.use_maxspeed",
            "驾车按限速标志",
            hint="车速填工作表“道路速度”，未填的按设计速度",
            source_key="drive.source",
        ),
    ),
    "按网格布设候选点（可不填）": (
        Parameter("candidate_grid.spacing_m", "网格间距", "米", "填了才布设"),
        Parameter("candidate_grid.made_host.tier", "服务层级"),
        Parameter("candidate_grid.made_host.host", "载体类型"),
        Parameter("candidate_grid.made_host.inclusive", "普惠"),
        Parameter("candidate_grid.made_host.action", "措施"),
        Parameter("candidate_grid.made_host.max_classes", "最多班数", "班"),
        Parameter("candidate_grid.made_host.fixed_cost_cny", "固定投资", "元"),
        Parameter(
            "candidate_grid.made_host.place_cost_cny",
            "每托位投资",
            "元/托位",
            source_key="candidate_grid.made_host.source",
        ),
    ),
    "求解": (
        Parameter("solver.time_limit_s", "求解时限", "秒"),
        Parameter("solver.gap", "允许的最优性差距", is_share=True),
        Parameter("solver.threads", "线程数"),
        Parameter("solver.seed", "随机种子"),
        Parameter("solver.name", "求解器", hint="可填 PuLP 中其他求解器的名称"),
        Parameter(
            "objectives",
            "优化次序",
            hint="依次优化，以顿号分开；还可用：可达婴幼儿、并列取定、出行时间（只能最后）",
        ),
    ),
    "成本与计数口径（可不填）": (
        Parameter("costs.counted", "成本包括", hint="投资；或投资、年运营成本"),
        Parameter(
            "costs.discount_rate",
            "年折现率",
            hint="从现状年起",
            is_share=True,
            source_key="costs.source",
        ),
        Parameter(
            "children.hold_under", "还须经得起的出生趋势", hint="低、高；同一方案都须达到目标"
        ),
        Parameter(
            "own_staff_places_count",
            "职工子女所用托位计入每千人口托位数",
        ),
        Parameter(
            "new_areas.people_in_residents",
            "新建居住区人口已含在常住人口中",
            hint="填“否”则另加",
        ),
    ),
    "载体容量标准（可不填）": (
        Parameter("host_limits.area_m2_per_place", "每托位建筑面积", "平方米", "载体填了面积才用"),
        Parameter("host_limits.outdoor_m2_per_place", "每托位室外活动面积", "平方米"),
        Parameter("host_limits.highest_storey", "最高楼层", "层"),
        Parameter("host_limits.source", "容量标准的依据", hint="填了以上任一项时必填"),
    ),
    "政策文件（可不填）": (
        Parameter(
            "policy.profiles",
            "政策文件",
            hint="ouhai、jinan、qingzhou、shandong、guizhou，或自编文件（.yaml），以顿号分开；"
            "其中的目标不必再填“目标”表，编号相同的以“目标”表为准",
        ),
        Parameter("policy.without", "不采用的条款", hint="条款或目标的编号，以顿号分开"),
    ),
    "医疗机构签约指导（可不填）": (
        Parameter("guidance.source", "签约指导的依据", hint="文号、条款，或写“假设”；填了才安排"),
        Parameter("guidance.tiers", "受指导的层级", hint="以顿号分开；不填为所有设托位的层级"),
        Parameter("guidance.kinds", "指导机构的类别", hint="“医疗机构”表中的机构类别，以顿号分开"),
        Parameter("guidance.within_minutes", "最远路程", "分钟"),
        Parameter("guidance.mode", "指导出行方式"),
        Parameter("guidance.jurisdiction", "指导范围", hint="医疗机构所负责的乡镇(街道)、区县"),
        Parameter("guidance.institutions_per_staff", "每名儿童保健人员指导", "处"),
        Parameter("guidance.residents_per_staff", "每名儿童保健人员服务人口", "人"),
        Parameter("guidance.visits_per_year", "每处每年巡回指导", "次"),
        Parameter("guidance.visit_minutes", "每次指导时长", "分钟"),
        Parameter("guidance.day_minutes", "每日巡回时长", "分钟", "含路途"),
        Parameter("guidance.inspected", "双随机抽查", "处"),
        Parameter("guidance.inspected_seed", "抽查随机种子"),
    ),
    "现状公布数据核对（可不填）": (
        Parameter("published.source", "公布数据的来源", hint="公报、文件；填了以下任一项时必填"),
        Parameter("published.tolerance", "允许相差", hint="占公布数的比例", is_share=True),
        Parameter("published.figures.residents", "公布的常住人口", "人"),
        Parameter("published.figures.under3", "公布的3岁以下婴幼儿", "人"),
        Parameter("published.figures.places", "公布的托位数", "个"),
        Parameter("published.figures.institutions", "公布的托育机构数", "处"),
        Parameter("published.figures.enrolled", "公布的在托婴幼儿", "人"),
        Parameter("published.figures.places_per_thousand", "公布的每千人口托位数", "个"),
        Parameter("published.figures.inclusive_share", "公布的普惠托位占比", is_share=True),
        Parameter(
            "published.figures.township_coverage",
            "公布的乡镇(街道)覆盖率",
            hint="照公布的写，如 79.57%",
            is_share=True,
        ),
        Parameter("published.figures.demand_share", "公布的有托育需求占比", is_share=True),
        Parameter("published.figures.residents_growth", "公布的预计常住人口年均增长", "人/年"),
    ),
}
"""Title of a group of rows -> its parameters."""

table_sheets = {
    "seats": "乡镇驻地",
    "residents": "常住人口",
    "cells": "需求单元",
    "facilities": "机构",
    "hosts": "载体",
    "areas": "新建居住区",
    "medical": "医疗机构",
    "tracked": "跟踪指标",
    "placed": "补充坐标",
}
"""Key under ``inputs`` -> sheet of the workbook that is the table where it has rows."""
