"""The sheets of a workbook with a row for each class kind, tier, target, ..."""

import re
from dataclasses import dataclass

from siting.scenario.keys import KeyPath, dotted
from siting.scenario.parameters import Parameter, Written, sections, table_sheets

class_sizes = "托育机构设置标准（试行），国卫人口发〔2019〕58号"


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
            Parameter("children.trends.低.{}", "低出生趋势系数"),
            Parameter("children.trends.高.{}", "高出生趋势系数"),
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
        "只在与一般速度不同时填（如台阶上步行较慢）；驾车未填的道路类型按设计速度（CJJ 37-2012）。",
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
