"""What a planner fills in besides the tables: the sheets of a workbook that are the scenario.

A parameter names a key of the scenario (a test holds that there is such a key) and says it in a
planner's words; what the key may hold is asked of the scenario (:mod:`siting.scenario.keys`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from siting.scenario.keys import KeyPath, dotted

Written = str | int | float | bool
"""A value as it stands in a cell."""


@dataclass(frozen=True)
class Parameter:
    """A value of the scenario, in a row of the sheet of parameters or a column of a block.

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


@dataclass(frozen=True)
class Block:
    """A sheet with a row for each class kind, tier, target, ...

    Attributes
    ----------
    key
        Key of the scenario that holds the rows.
    label, hint
        Name of the sheet, and what it is for.
    name
        Header of the first column, which names a row; empty where rows have positions only.
    name_hint
        What a name may be.
    columns
        The other columns.
    rows
        Standard rows, each its name (if it has one) and a value for each column.
    example
        A row that shows how to fill in the sheet, where there are no standard rows.
    """

    key: str
    label: str
    hint: str
    columns: tuple[Parameter, ...]
    name: str = ""
    name_hint: str = ""
    rows: tuple[tuple[Written | None, ...], ...] = ()
    example: tuple[Written | None, ...] = ()


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

class_sizes = "托育机构设置标准（试行），国卫人口发〔2019〕58号"
assumption = "假设"

sections: dict[str, tuple[Parameter, ...]] = {
    "研究": (
        Parameter("name", "研究名称", hint="印在成果上的标题", needed=True),
        Parameter("base_year", "现状年", "年", "现有机构数据的年份", needed=True),
        Parameter("years", "规划年", "年", "方案的目标年份，一个", needed=True),
        Parameter(
            "crs",
            "投影坐标系",
            hint="以米为单位，如 EPSG:4547（CGCS2000 114°E）、EPSG:32650（UTM 50N）",
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
        Parameter("inputs.areas", "新建居住区", hint="面图层，可不填"),
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
        Parameter("children.trend", "采用的出生趋势", hint="low 或 high，数值填在工作表“年度”"),
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
            "有骑行的服务层级时填，并写来源",
            source_key="cycle.source",
        ),
        Parameter(
            "drive.use_maxspeed",
            "驾车按限速标志",
            hint="有驾车的服务层级时填，并写来源；车速填工作表“道路速度”",
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
    ),
}
"""Title of a group of rows -> its parameters."""

blocks = (
    Block(
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
        ),
        name="代码",
        name_hint="英文字母、数字",
        rows=(
            ("infant", "乳儿班", 10, "6-12", class_sizes),
            ("small", "托小班", 15, "12-18、18-24", class_sizes),
            ("large", "托大班", 20, "24-36", class_sizes),
            ("mixed", "混合编班", 18, "18-24、24-36", class_sizes),
        ),
    ),
    Block(
        "tiers",
        "服务层级",
        "一行一类服务。时限内到达即为可达；计入哪些目标逐项填“是”或“否”。",
        (
            Parameter("tiers.{}.label", "名称", needed=True),
            Parameter("tiers.{}.limit_minutes", "可达时限", "分钟", needed=True),
            Parameter("tiers.{}.mode", "出行方式"),
            Parameter("tiers.{}.direction", "行程方向", hint="去程：从家到点位；返程：从点位到家"),
            Parameter("tiers.{}.class_kinds", "可开班型", needed=True),
            Parameter("tiers.{}.counts_in", "计入每千人托位数", member="per_thousand"),
            Parameter("tiers.{}.counts_in", "计入普惠占比", member="inclusive_share"),
            Parameter("tiers.{}.counts_in", "计入乡镇覆盖率", member="township_coverage"),
            Parameter("tiers.{}.counts_in", "计入可达占比", member="population_coverage"),
        ),
        name="代码",
        name_hint="英文字母、数字",
        rows=(
            (
                "institution",
                "托育机构",
                15,
                "步行",
                "去程",
                "乳儿班、托小班、托大班、混合编班",
                *("是",) * 4,
            ),
            ("kindergarten", "幼儿园托班", 15, "步行", "去程", "托大班", "是", "是", "否", "是"),
        ),
    ),
    Block(
        "hosts",
        "载体类型",
        "点位设在什么场所里。",
        (Parameter("hosts.{}.label", "名称", needed=True),),
        name="代码",
        name_hint="英文字母、数字",
        rows=(
            ("commercial", "商业用房"),
            ("kindergarten", "幼儿园"),
            ("community_centre", "社区服务中心"),
            ("health_institution", "医疗卫生机构"),
            ("employer", "用人单位"),
            ("idle_state_owned", "闲置国有用房"),
            ("new_residential_area", "新建居住区配套用房"),
        ),
    ),
    Block(
        "children.take_up",
        "入托意愿",
        "时限内有托位时各月龄段愿意入托的比例；月龄段从0到36月首尾相接，改了月龄段，“机构”表的列名也要照改。",
        (
            Parameter("children.take_up.{}", "愿意入托的比例", is_share=True, needed=True),
            Parameter("children.take_up_source", "来源", hint="调查名称，或写“假设”", needed=True),
        ),
        name="月龄段",
        name_hint="如 12-18，含12月龄、不含18月龄",
        rows=tuple((band, None, None) for band in ("0-6", "6-12", "12-18", "18-24", "24-36")),
    ),
    Block(
        "children.under3_share",
        "年度",
        "现状年和规划年各一行；有几种出生趋势时，填各年婴幼儿人数的系数（1为不变）。",
        (
            Parameter(
                "children.under3_share.{}",
                "3岁以下占常住人口",
                hint="“婴幼儿人数来自”为“按占比推算”时填",
                is_share=True,
            ),
            Parameter("children.under3_source", "来源", hint="统计公报、卫健统计，或写“假设”"),
            Parameter("children.trends.low.{}", "低出生趋势系数(low)"),
            Parameter("children.trends.high.{}", "高出生趋势系数(high)"),
        ),
        name="年份",
        name_hint="如 2025",
        example=(2027, "1.9%", "假设：每千人口每年出生6.5人，三年累计", None, None),
    ),
    Block(
        "targets",
        "目标",
        "一行一项目标。每项都写明文件和条款，成果中每个数字由此可查。",
        (
            Parameter("targets.{}.id", "编号", hint="英文字母、数字，如 O1", needed=True),
            Parameter("targets.{}.kind", "指标", needed=True),
            Parameter("targets.{}.year", "年份", "年", needed=True),
            Parameter(
                "targets.{}.required",
                "要求",
                hint="每千人口托位数填个数，其余填百分比",
                needed=True,
            ),
            Parameter(
                "targets.{}.hard",
                "性质",
                hint="约束：必须达到；预期：尽量达到，差多少如实显示",
                words={"约束": True, "预期": False},
                needed=True,
            ),
            Parameter("targets.{}.priority", "优先级", hint="预期目标中1最先"),
            Parameter(
                "targets.{}.clause", "文件及条款", hint="文号、条款，或写“假设”", needed=True
            ),
            Parameter("targets.{}.sentence", "原文"),
            Parameter("targets.{}.reading", "理解", hint="原文需要判断时，写明如何理解"),
        ),
        example=(
            "O1",
            "每千人口托位数",
            2027,
            5.55,
            "约束",
            1,
            "温瓯七优享办〔2023〕2号，主要目标",
            "到2027年，区域内每千人口托位数达到5.55个。",
            "按不低于5.55个计。",
        ),
    ),
    Block(
        "drive.speed_by_highway_kph",
        "道路速度",
        "只在与一般速度不同时填（如台阶上步行较慢）；有驾车的服务层级时，须填驾车速度。",
        (
            Parameter("walk.speed_by_highway_kph.{}", "步行速度", "千米/小时"),
            Parameter("cycle.speed_by_highway_kph.{}", "骑行速度", "千米/小时"),
            Parameter("drive.speed_by_highway_kph.{}", "驾车速度", "千米/小时"),
        ),
        name="道路类型",
        name_hint="OpenStreetMap 的 highway 值",
        rows=tuple(
            (highway, None, None, None)
            for highway in (
                "motorway",
                "trunk",
                "primary",
                "secondary",
                "tertiary",
                "unclassified",
                "residential",
                "living_street",
                "service",
                "footway",
                "steps",
            )
        ),
    ),
)
"""The sheets with a row for each class kind, tier and so on, those that others refer to first."""

table_sheets = {
    "seats": "乡镇驻地",
    "residents": "常住人口",
    "cells": "需求单元",
    "facilities": "机构",
    "hosts": "载体",
    "medical": "医疗机构",
    "tracked": "跟踪指标",
    "placed": "补充坐标",
}
"""Key under ``inputs`` -> sheet of the workbook that is the table where it has rows."""


def block_named_by(path: KeyPath) -> str:
    """Return the block whose names, or labels, are the values of a key; empty where none is."""
    return {"tier": "tiers", "host": "hosts", "class_kinds": "class_kinds"}.get(str(path[-1]), "")


def label_of(path: KeyPath) -> tuple[str, str]:
    """Return what a planner calls a key, and what is to be filled in."""
    key = dotted(path)
    if path[0] == "inputs" and path[-1] in table_sheets:
        return table_sheets[str(path[-1])], "fill in the sheet"
    for block in blocks:
        if key == block.key:
            return block.label, f"fill in the sheet: {block.hint}"
    columns = (column for block in blocks for column in block.columns)
    rows = (row for section in sections.values() for row in section)
    for parameter in (*columns, *rows):
        if parameter.key.startswith(f"{key}."):
            return parameter.label, parameter.hint
        pattern = re.escape(parameter.key).replace(r"\{\}", "[^.]+")
        if re.fullmatch(pattern, key):
            return parameter.label, parameter.hint
        if parameter.source_key == key:
            return f"{parameter.label}的来源", "write where it comes from, or 假设"
    return key, ""
