"""Texts of the layers, in Chinese and English."""

layer_titles: dict[str, tuple[str, str]] = {
    "cells": ("需求单元", "demand cells"),
    "townships": ("乡镇（街道）", "townships"),
    "isochrones": ("可达范围", "isochrones"),
    "sites": ("点位", "sites"),
}
layer_notes: dict[str, tuple[str, str]] = {
    "cells": ("需求单元及其有入托意愿的婴幼儿", "demand cells and their children who want a place"),
    "townships": (
        "各乡镇（街道）现状与方案指标",
        "figures of the townships today and under the plan",
    ),
    "isochrones": (
        "方案中各点位在时限内到达的范围，仅供显示",
        "what is within the limit of each site that is acted on, for drawing only",
    ),
    "sites": ("方案末年运营及关停的点位", "sites open in the last planned year, or closed"),
}
not_reviewed = ("内部工作图，未经审图", "Internal working map, not reviewed (未经审图)")
illustrative = ("示意：含示意或假设的数据", "illustrative: some of the data are made up or assumed")
action_titles: dict[str, tuple[str, str]] = {
    "open": ("新增", "open"),
    "convert": ("改建增设", "convert"),
    "expand": ("扩建", "expand"),
    "close": ("关停", "close"),
    "keep": ("保持", "keep"),
}
service_titles: dict[str, tuple[str, str]] = {
    "served": ("多数有托位或可获得托位", "most have a place, or are given one"),
    "full": ("多数可达但托位已满", "most reach full places only"),
    "unreachable": ("多数不可达", "most reach none"),
    "none": ("无入托需求", "nobody wants a place"),
}
style_titles: dict[str, tuple[str, str]] = {
    "action": ("按措施", "by action"),
    "service": ("按服务状况", "by service"),
    "places_per_thousand": ("每千人口托位数", "places per thousand"),
    "population_coverage": ("时限内可达的婴幼儿占比", "under-3s within reach"),
    "outline": ("轮廓", "outline"),
}
no_figure = ("无数据", "no figure")
field_titles: dict[str, tuple[str, str]] = {
    "site_id": ("编号", "site"),
    "name": ("名称", "name"),
    "action": ("措施", "action"),
    "year": ("首次实施年份", "year of the first action"),
    "decision": ("事先决定", "decided before"),
    "tier": ("服务层级", "tier"),
    "host": ("载体", "host"),
    "township_code": ("乡镇代码", "township code"),
    "township": ("乡镇（街道）", "township"),
    "district": ("区县", "district"),
    "area_type": ("城乡类型", "urban or rural"),
    "inclusive": ("普惠", "inclusive"),
    "places_before": ("现有托位", "places today"),
    "places": ("托位", "places"),
    "enrolled": ("现有在托儿童", "children enrolled today"),
    "children": ("在托儿童", "children"),
    "cost": ("投资（元）", "capital cost, CNY"),
    "lon": ("经度", "longitude"),
    "lat": ("纬度", "latitude"),
    "minutes": ("时限（分钟）", "limit, minutes"),
    "cell_id": ("单元编号", "cell"),
    "takers": ("有入托意愿", "want a place"),
    "served": ("时限内有托位", "have a place within reach"),
    "enrolled_within": ("已在托，时限内", "enrolled within reach"),
    "served_additional": ("新获得托位", "newly given a place"),
    "served_beyond": ("已在托，超出时限", "enrolled beyond the limit"),
    "staff_at_home": ("在父母单位入托", "with the employer of their parents"),
    "reachable_full": ("可达但已满", "reach full places only"),
    "unreachable": ("不可达", "reach none"),
    "service": ("服务状况", "service"),
    "residents": ("常住人口", "residents"),
    "under3": ("3岁以下婴幼儿", "under-3s"),
    "townships": ("乡镇数", "townships"),
    "townships_covered": ("有机构的乡镇数", "townships with an institution"),
    "under3_covered": ("可达的婴幼儿", "under-3s within reach"),
    "sites": ("点位数", "sites"),
    "places_in_share": ("计入普惠占比的托位", "places in the inclusive share"),
    "places_inclusive": ("普惠托位", "inclusive places"),
    "places_existing": ("原有托位", "existing places"),
    "places_new": ("新增托位", "new places"),
    "staff_children": ("本单位职工子女", "children of own staff"),
    "joint_with": ("联合举办单位", "run together with"),
    "opens_to_residents": ("对居民开放", "open to residents"),
    "children_in_existing_places": ("原有托位在托", "children in existing places"),
    "children_in_new_places": ("新增托位在托", "children in new places"),
    "places_per_thousand": ("每千人口托位数", "places per thousand residents"),
    "inclusive_share": ("普惠托位占比", "inclusive share"),
    "township_coverage": ("乡镇覆盖率", "township coverage"),
    "population_coverage": ("可达婴幼儿占比", "share of under-3s within reach"),
    "fill_enrolled": ("现有使用率", "fill by enrolled children"),
    "fill_existing": ("原有托位使用率", "fill of existing places"),
    "fill_new": ("新增托位使用率", "fill of new places"),
    "left_behind": ("留守儿童", "left-behind children"),
    "hardship": ("困境儿童", "children in hardship"),
}
today = ("（现状）", " (today)")
classes = ("班数：{kind}", "classes: {kind}")


def field_title(name: str, at: int, kinds: dict[str, str]) -> str:
    """Return how a field of a layer is called; its own name where there is no word for it.

    Parameters
    ----------
    at
        0 for Chinese, 1 for English.
    kinds
        Class kind -> its label.
    """
    if name in field_titles:
        return field_titles[name][at]
    kind = name.removesuffix("_classes")
    if kind != name:
        return classes[at].format(kind=kinds.get(kind, kind))
    stem, _, end = name.rpartition("_")
    if stem in field_titles and end == "today":
        return field_titles[stem][at] + today[at]
    if stem in field_titles and end.isdigit():
        return f"{field_titles[stem][at]} {end}"
    return name
