"""The sheet of targets: what every target has, then what only some kinds have."""

from siting.scenario.block import Block
from siting.scenario.parameters import Parameter


def _only(kinds: str, hint: str = "") -> str:
    return f"仅“{kinds}”填" + (f"：{hint}" if hint else "")


_special = (
    Parameter(
        "targets.{}.tiers",
        "只计层级",
        hint="只计这些服务层级的点位，以顿号分开；不填按“服务层级”中计入哪些目标；"
        "“点位数量”“各乡镇(区县)点位数”须填",
        is_rare=True,
    ),
    Parameter(
        "targets.{}.within",
        "达到范围",
        hint="每千人口托位数：整个范围合计，或每个乡镇(街道)；新增托位使用率：整个范围平均，或每个点位",
        is_rare=True,
    ),
    Parameter(
        "targets.{}.at_least",
        "最少",
        "处",
        hint=_only(
            "点位数量、各乡镇(区县)点位数", "与“最多”相同即恰为此数；“各乡镇(区县)点位数”不填为1"
        ),
        is_rare=True,
    ),
    Parameter("targets.{}.at_most", "最多", "处", hint=_only("点位数量"), is_rare=True),
    Parameter("targets.{}.zone", "分区", hint=_only("各乡镇(区县)点位数"), is_rare=True),
    Parameter(
        "targets.{}.children_per_site",
        "每处服务婴幼儿",
        "人",
        hint=_only("各乡镇(区县)点位数", "每满这些婴幼儿设一处，与“最少”取多者"),
        is_rare=True,
    ),
    Parameter(
        "targets.{}.inclusive_only",
        "只计普惠",
        hint=_only(
            "乡镇(街道)覆盖率、社区(村)覆盖率、点位数量、各乡镇(区县)点位数",
            "填“是”时只计普惠点位",
        ),
        is_rare=True,
    ),
    Parameter(
        "targets.{}.kinds",
        "由谁指导",
        hint=_only("签约机构占比", "“医疗机构”表中的机构类别，以顿号分开；不填为任一类"),
        is_rare=True,
    ),
    Parameter("targets.{}.group", "人群", hint=_only("时限内可达的婴幼儿占比"), is_rare=True),
    Parameter(
        "targets.{}.sharing",
        "社区如何覆盖",
        hint=_only("社区(村)覆盖率", "点位须在社区内，或社区可共享附近点位"),
        is_rare=True,
    ),
    Parameter(
        "targets.{}.shared_by",
        "共享须可达人口",
        hint=_only("社区(村)覆盖率", "社区中多大比例的人口可达，才算共享"),
        is_share=True,
        is_rare=True,
    ),
    Parameter(
        "targets.{}.shared_below",
        "人口少于此数可共享",
        "人",
        hint=_only("社区(村)覆盖率", "不填则都可共享"),
        is_rare=True,
    ),
    Parameter("targets.{}.area_type", "城乡", hint=_only("社区(村)覆盖率"), is_rare=True),
    Parameter("targets.{}.spent_on", "资金种类", hint=_only("资金上限"), is_rare=True),
    Parameter(
        "targets.{}.since",
        "累计自",
        hint=_only("资金上限", "只计上一规划年之后的，或自现状年起累计"),
        is_rare=True,
    ),
    Parameter(
        "targets.{}.spare_only_site",
        "唯一点位可不满",
        hint=_only("新增托位使用率", "达到范围为“点位”时，乡镇(街道)中唯一的新点位不作要求"),
        is_rare=True,
    ),
    Parameter("targets.{}.clause_en", "英文条款", is_rare=True),
    Parameter("targets.{}.reading_en", "英文理解", is_rare=True),
)

targets = Block(
    "targets",
    "目标",
    "一行一项目标，几年都有要求的每年一行、编号相同。每项都写明文件和条款，成果中每个数字由此可查。"
    "灰色表头的列只有部分指标用到。",
    (
        Parameter("targets.{}.id", "编号", hint="英文字母、数字，如 O1", needed=True),
        Parameter("targets.{}.kind", "指标", needed=True),
        Parameter("targets.{}.year", "年份", "年", "规划年之一", needed=True),
        Parameter(
            "targets.{}.required",
            "要求",
            hint="每千人托位数填个数，资金上限填元，其余填百分比；"
            "“点位数量”“各乡镇(区县)点位数”不填，填“最少”“最多”；“签约机构占比”不填为100%",
        ),
        Parameter(
            "targets.{}.hard",
            "性质",
            hint="约束：必须达到；预期：尽量达到，差多少如实显示",
            words={"约束": True, "预期": False},
            needed=True,
        ),
        Parameter("targets.{}.priority", "优先级", hint="预期目标中1最先"),
        Parameter("targets.{}.clause", "文件及条款", hint="文号、条款，或写“假设”", needed=True),
        Parameter("targets.{}.sentence", "原文"),
        Parameter("targets.{}.reading", "理解", hint="原文需要判断时，写明如何理解"),
        *_special,
    ),
    examples=(
        (
            *("O1", "每千人口托位数", 2027, 5.55, "约束", 1),
            "温瓯七优享办〔2023〕2号，主要目标",
            "到2027年，区域内每千人口托位数达到5.55个。",
            "按不低于5.55个计。",
            *(None,) * len(_special),
        ),
        (
            *("A1", "点位数量", 2027, None, "预期", 2, "假设", None, None),
            *("托育机构", None, 3),
            *(None,) * (len(_special) - 3),
        ),
    ),
)
field_labels = {
    "years": "年份",
    **{column.key.rpartition(".")[2]: column.label for column in targets.columns},
}
"""Field of a target -> what a planner calls it."""
