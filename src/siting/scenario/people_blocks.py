"""The sheets of who uses a place: take-up, also by year, and the figures of each year."""

from siting.scenario.block import Block, RowName
from siting.scenario.parameters import Parameter

_band = RowName("月龄段", "如 12-18，含12月龄、不含18月龄")
_year = RowName("年份", "如 2025")

take_up = Block(
    "children.take_up",
    "入托意愿",
    "时限内有托位时各月龄段愿意入托的比例；月龄段从0到36月首尾相接，改了月龄段，“机构”表的列名也要照改。",
    (
        Parameter("children.take_up.{}", "愿意入托的比例", is_share=True, needed=True),
        Parameter("children.take_up_source", "来源", hint="调查名称，或写“假设”", needed=True),
    ),
    (_band,),
    rows=tuple((band, None, None) for band in ("0-6", "6-12", "12-18", "18-24", "24-36")),
)
take_up_by_year = Block(
    "children.take_up_by_year.{}",
    "分年入托意愿",
    "可不填。某年某月龄段的入托意愿与“入托意愿”不同时填；来源写在“入托意愿”。",
    (Parameter("children.take_up_by_year.{}.{}", "愿意入托的比例", is_share=True, needed=True),),
    (_year, _band),
    examples=((2027, "24-36", "40%"),),
)
years = Block(
    "children.under3_share",
    "年度",
    "现状年和每个规划年各一行；有几种出生趋势时，填各年婴幼儿人数的系数（1为不变）。",
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
    (_year,),
    examples=((2027, "1.9%", "假设：每千人口每年出生6.5人，三年累计", None, None),),
)
