"""What to write into a cell, in English, for the hints that stand in the workbook in Chinese."""

in_english = {
    "印在成果上的标题": "the title printed on the results",
    "现有机构数据的年份": "the year of the data on existing facilities",
    "方案的目标年份，一个或几个，由早到晚，以顿号分开，如 2026、2028、2030": (
        "the years to plan for, one or several, in order, such as 2026、2028、2030"
    ),
    "以米为单位，用于计算；选中央经线离本区县最近的一行，也可写其他 EPSG 代码": (
        "a system in metres: the one offered whose central meridian is nearest, such as EPSG:4547 "
        "(CGCS2000 114°E), or another EPSG code"
    ),
    ".osm.pbf、.osm、GraphML、GeoPackage，或带 highway 字段的线图层": (
        "a file .osm.pbf, .osm, GraphML, GeoPackage, or lines with a column highway"
    ),
    "工作表“入托意愿”中的月龄段，以顿号分开": "age bands of the sheet 入托意愿, divided by 、",
    "文件、概算，或写“假设”": "a document or estimate, or 假设",
    "调查名称，或写“假设”": "the name of the survey, or 假设",
    "统计公报、卫健统计，或写“假设”": "the statistical bulletin, or 假设",
    "文号、条款，或写“假设”": "number and clause of the document, or 假设",
    "英文字母、数字，如 O1": "letters and digits, such as O1",
    "英文字母、数字": "letters and digits",
    "规划年之一": "one of the planned years",
    "约束：必须达到；预期：尽量达到，差多少如实显示": (
        "约束: hard, must be met; 预期: soft, met as far as possible"
    ),
    "每千人托位数填个数，资金上限填元，其余填百分比；“点位数量”“各乡镇(区县)点位数”不填，"
    "填“最少”“最多”；“签约机构占比”不填为100%": (
        "places for 每千人口托位数, CNY for 资金上限, otherwise per cent; for counts of sites "
        "最少 and 最多 in its place"
    ),
    "只计这些服务层级的点位，以顿号分开；不填按“服务层级”中计入哪些目标；“点位数量”“各乡镇"
    "(区县)点位数”须填": "the tiers that count, as the sheet 服务层级 names them, divided by 、",
    "仅“点位数量、各乡镇(区县)点位数”填：与“最多”相同即恰为此数；“各乡镇(区县)点位数”不填为1": (
        "the least number of sites"
    ),
    "仅“各乡镇(区县)点位数”填": "乡镇(街道) or 区县",
    "仅“资金上限”填": "what the money is spent on: 投资, 补助 or 年运营成本",
    "工作表“载体类型”中的名称": "a name of the sheet 载体类型",
    "新建、改建、扩建、关停或保持": (
        "新建 (open), 改建 (convert), 扩建 (expand), 关停 (close) or 保持 (keep)"
    ),
    "如 12-18，含12月龄、不含18月龄": "such as 12-18: from 12 months on, under 18",
    "如 2025": "a year, such as 2025",
    "“医疗机构”表中的机构类别": "a kind of institution of the sheet 医疗机构",
    "OpenStreetMap 的 highway 值": "a value of highway in OpenStreetMap",
    "时限内有托位时各月龄段愿意入托的比例；月龄段从0到36月首尾相接，改了月龄段，“机构”表的列名也"
    "要照改。": (
        "the share of each age band that would take a place within reach; the bands go from 0 to "
        "36 months without a break"
    ),
    "一行一项目标，几年都有要求的每年一行、编号相同。每项都写明文件和条款，成果中每个数字由此可查。"
    "灰色表头的列只有部分指标用到。": (
        "a row for each target, and for each of its years under the same id, with its clause"
    ),
    "现状年和每个规划年各一行；有几种出生趋势时，填各年婴幼儿人数的系数（1为不变）。": (
        "a row for the base year and each planned year"
    ),
    "一行一种班型，每班人数上限已按国家标准填好；改了名称，“机构”表中“…数”的列名也要照改。": (
        "a row for each class kind"
    ),
    "一行一类服务。时限内到达即为可达；计入哪些目标逐项填“是”或“否”。灰色表头的列多数研究不填。": (
        "a row for each kind of service"
    ),
    "点位设在什么场所里。": "a row for each kind of host",
}
"""Hint of the workbook -> the same in English; the hints of what cannot be missing are here."""


def hint_in_english(hint: str) -> str:
    """Return a hint in English; nothing where it has none."""
    return in_english.get(hint, "")
