"""Texts that only figures have, in Chinese and English."""

from siting.review.words import texts, words

figure_texts: dict[str, tuple[str, str]] = {
    "map_coverage": (
        "有入托意愿的婴幼儿：有位与缺位",
        "Children who want a place, and who has one",
    ),
    "map_takers": ("需求单元内多数婴幼儿", "Most children of the cell"),
    "map_served": ("可达且有位", "place within reach"),
    "map_served_staff": (
        "可达且有位，含父母单位",
        "place within reach, or with\nthe employer of their parents",
    ),
    "map_beyond": ("在托，超出时限", "place farther away"),
    "map_full": ("可达但满员", "reachable but full"),
    "map_unreached": ("不可达", "unreachable"),
    "map_children": ("{state}\n（共{count}人）", "{state}\n({count} children in all)"),
    "chart_costs": ("分年投资（万元）", "Capital by year (CNY 10,000)"),
    "chart_running": ("年运营成本（万元）", "Running cost of the year (CNY 10,000)"),
    "chart_subsidy": ("补助", "subsidies"),
    "chart_own": ("其他资金", "other funds"),
    "chart_places": ("各乡镇(街道)每千人口托位数", "Places per thousand residents by township"),
    "chart_lowest": ("（最低的{count}个）", " (the lowest {count})"),
    "chart_required": ("目标", "target"),
    "chart_today": ("现状（{year}）", "today ({year})"),
    "chart_plan": ("方案（{year}）", "plan ({year})"),
    "chart_years": ("主要指标分年变化", "Key figures by year"),
    "chart_per_thousand": ("每千人口托位数（个）", "Places per thousand residents"),
    "chart_inclusive": ("普惠托位占比", "Inclusive share of places"),
    "chart_townships": ("设有机构的乡镇(街道)占比", "Townships with an institution"),
    "chart_coverage": ("时限内可达的3岁以下占比", "Under-3s within reach"),
}


def figure_words(lang: str) -> dict[str, str]:
    """Return the texts of figures in a language, with those of the review page.

    Raises
    ------
    ValueError
        The language is unknown.
    """
    return words(lang, texts | figure_texts)
