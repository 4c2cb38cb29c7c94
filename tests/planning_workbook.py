"""A scenario with something under every key of the workbook, and the cells that say the same."""

from pathlib import Path

from drawn_town import scenario
from filled_workbook import edited, set_rows, value_cell
from siting.scenario.parameters import parameter_sheet
from siting.template import write_study

inputs = {
    "streets": "streets.gpkg",
    "townships": "townships.geojson",
    "communities": "communities.geojson",
    "areas": "areas.geojson",
    "residents": "residents.csv",
    "cells": "cells.csv",
    "facilities": "facilities.csv",
    "hosts": "hosts.csv",
    "medical": "medical.csv",
}
usual = {"year": 2026, "hard": True, "clause": "drawn", "clause_en": "drawn"}


def soft(kind, number, year, **fields):
    """Return a soft target; each has the id and the priority of its number."""
    told = {"id": f"T{number}", "kind": kind, "year": year, "priority": number % 9 + 1}
    return {**usual, **told, "hard": False, **fields}


def everything():
    """Return a scenario that says something under every key that the workbook has a cell for."""
    classes = ("small", "large", "mixed")
    return scenario(
        name_en="Drawn",
        years=(2026, 2028),
        illustrative=True,
        sources=("公报", "调查"),
        inputs=inputs,
        children={
            "under3_share": {2025: 0.3, 2026: 0.29, 2028: 0.25},
            "under3_source": "drawn",
            "trends": {"低": {2028: 0.9}, "高": {2026: 1.05, 2028: 1.1}},
            "trend": "低",
            "hold_under": ("高",),
            "take_up": {"0-12": 0.0, "12-24": 0.5, "24-36": 0.5},
            "take_up_by_year": {2026: {"12-24": 0.6}, 2028: {"12-24": 0.65, "24-36": 0.7}},
            "take_up_source": "drawn",
        },
        walk={"speed_kph": 4.8, "source": "drawn", "snap_limit_m": 200.0},
        class_kinds={
            "small": {"label": "托小班", "label_en": "small", "size": 15, "bands": ("12-24",)},
            "large": {"label": "托大班", "size": 20, "bands": ("24-36",)},
            "mixed": {"label": "混合班", "size": 18, "bands": ("12-24", "24-36")},
            "half": {
                "label": "半日班",
                "size": 12,
                "bands": ("24-36",),
                "full_day_equivalent": 0.5,
            },
        },
        tiers={
            "institution": {
                "label": "托育机构",
                "limit_minutes": 15.0,
                "class_kinds": (*classes, "half"),
                "counts_in": ("per_thousand", "inclusive_share", "enrolment", "new_area"),
                "least_places": 10,
                "can_close": True,
            },
            "kindergarten": {
                "label": "幼儿园托班",
                "limit_minutes": 10.0,
                "mode": "cycle",
                "direction": "from_site",
                "class_kinds": ("large",),
                "counts_in": ("per_thousand", "inclusive_share", "population_coverage"),
                "from_months": 24,
                "needs_surplus": True,
            },
            "station": {
                "label": "驿站",
                "limit_minutes": 5.0,
                "class_kinds": (),
                "counts_in": ("township_coverage", "community_coverage"),
            },
        },
        hosts={
            "house": {
                "label": "用房",
                "costs": {
                    "open": {
                        "fixed_cny": 100_000.0,
                        "place_cny": 2_000.0,
                        "running_cny": 9_000.0,
                        "subsidy_cny": 500.0,
                        "source": "概算",
                    },
                    "close": {"fixed_cny": 50_000.0, "source": "drawn"},
                },
            },
            "school": {"label": "幼儿园", "costs": {"keep": {"running_cny": 1.0, "source": "a"}}},
        },
        costs={"counted": ("capital", "running"), "discount_rate": 0.03, "source": "财政"},
        host_limits={
            "area_m2_per_place": 10.0,
            "outdoor_m2_per_place": 3.0,
            "highest_storey": 3,
            "source": "drawn",
        },
        new_areas={"people_in_residents": False},
        own_staff_places_count=False,
        policy={"profiles": ("guizhou",), "without": ("G1",)},
        guidance={
            "tiers": ("institution", "kindergarten"),
            "kinds": ("hospital", "maternal_child"),
            "within_minutes": 20.0,
            "mode": "cycle",
            "jurisdiction": "district",
            "institutions_per_staff": 4.0,
            "residents_per_staff": 10_000.0,
            "visits_per_year": 2,
            "visit_minutes": 45.0,
            "day_minutes": 300.0,
            "inspected": 5,
            "inspected_seed": 7,
            "by_kind": {
                "maternal_child": {"jurisdiction": "area", "institutions_per_staff": 12.0},
                "hospital": {
                    "within_minutes": 15.0,
                    "visits_per_year": 1,
                    "visit_minutes": 30.0,
                },
            },
            "source": "drawn",
        },
        published={
            "tolerance": 0.1,
            "source": "公报",
            "figures": {
                "residents": 1_500.0,
                "under3": 500.0,
                "places": 40.0,
                "institutions": 2.0,
                "enrolled": 30.0,
                "places_per_thousand": 26.7,
                "inclusive_share": 0.5,
                "township_coverage": 0.7957,
            },
        },
        targets=(
            {**usual, "id": "P", "kind": "per_thousand", "required": 5.0},
            {**usual, "id": "P", "kind": "per_thousand", "required": 6.0, "year": 2028},
            soft("per_thousand", 1, 2028, required=4.0, within="township"),
            soft(
                "inclusive_share",
                2,
                2028,
                required=0.6,
                sentence="原文",
                reading="理解",
                reading_en="read",
            ),
            soft("township_coverage", 3, 2026, required=1.0, tiers=("station", "institution")),
            soft(
                *("community_coverage", 4, 2028),
                required=0.9,
                sharing="reach",
                shared_by=0.4,
                shared_below=3000.0,
                area_type="urban",
            ),
            soft("population_coverage", 5, 2028, required=0.95, group="left_behind"),
            soft("enrolment", 6, 2028, required=0.2),
            soft("fill", 7, 2028, required=0.5, within="site", spare_only_site=True),
            soft("tier_count", 8, 2026, tiers=("station",), at_least=1, at_most=3),
            soft(
                *("zone_count", 9, 2028),
                tiers=("institution",),
                zone="district",
                at_least=2,
                children_per_site=500.0,
                inclusive_only=True,
            ),
            soft("new_area", 10, 2028, required=10.0),
            soft("pairing", 11, 2028, kinds=("maternal_child", "hospital")),
            soft(
                *("budget", 12, 2028), required=2_000_000.0, spent_on="subsidy", since="base_year"
            ),
        ),
        objectives=("shortfall", "cost", "coverage", "served", "tie_break", "travel_time"),
        solver={"gap": 0.02, "time_limit_s": 60.0, "threads": 1, "seed": 3, "name": "COIN_CMD"},
    )


parameters = {
    "name": "drawn town",
    "name_en": "Drawn",
    "illustrative": "是",
    "sources.0": "公报",
    "sources.1": "调查",
    "crs": "EPSG:32650",
    "base_year": 2025,
    "years": "2026、2028",
    "inputs.streets": "streets.gpkg",
    "inputs.townships": "townships.geojson",
    "inputs.communities": "communities.geojson",
    "inputs.areas": "areas.geojson",
    "population.kind": "需求单元表",
    "children.trend": "低",
    "children.hold_under": "高",
    "walk.speed_kph": 4.8,
    "walk.snap_limit_m": 200,
    "costs.counted": "投资、年运营成本",
    "costs.discount_rate": "3%",
    "host_limits.area_m2_per_place": 10,
    "host_limits.outdoor_m2_per_place": 3,
    "host_limits.highest_storey": 3,
    "host_limits.source": "drawn",
    "new_areas.people_in_residents": "否",
    "own_staff_places_count": "否",
    "policy.profiles": "guizhou",
    "policy.without": "G1",
    "guidance.tiers": "托育机构、幼儿园托班",
    "guidance.kinds": "医院、妇幼保健院",
    "guidance.within_minutes": 20,
    "guidance.mode": "骑行",
    "guidance.jurisdiction": "区县",
    "guidance.institutions_per_staff": 4,
    "guidance.residents_per_staff": "10,000",
    "guidance.visits_per_year": 2,
    "guidance.visit_minutes": 45,
    "guidance.day_minutes": 300,
    "guidance.inspected": 5,
    "guidance.inspected_seed": 7,
    "guidance.source": "drawn",
    "published.source": "公报",
    "published.tolerance": "10%",
    "published.figures.residents": "1,500",
    "published.figures.under3": 500,
    "published.figures.places": 40,
    "published.figures.institutions": 2,
    "published.figures.enrolled": 30,
    "published.figures.places_per_thousand": 26.7,
    "published.figures.inclusive_share": 0.5,
    "published.figures.township_coverage": "79.57%",
    "objectives": "目标缺口、成本、可达婴幼儿、服务儿童、并列取定、出行时间",
    "solver.gap": "2%",
    "solver.time_limit_s": 60,
    "solver.threads": 1,
    "solver.seed": 3,
    "solver.name": "COIN_CMD",
}
sources = {"walk.speed_kph": "drawn", "costs.discount_rate": "财政"}
added = {f"inputs.{name}": inputs[name] for name in ("residents", "facilities", "hosts")}
added |= {f"inputs.{name}": inputs[name] for name in ("cells", "medical")}
blocks = {
    "班型": [
        ("small", "托小班", 15, "12-24", "drawn", None, "small"),
        ("large", "托大班", 20, "24-36", "drawn"),
        ("mixed", "混合班", 18, "12-24、24-36", "drawn"),
        ("half", "半日班", 12, "24-36", "drawn", 0.5),
    ],
    "服务层级": [
        (
            *("institution", "托育机构", 15, None, None, "托小班、托大班、混合班、半日班"),
            *("是", "是", "否", "否", None, "是", "是", None, None, 10, "是"),
        ),
        (
            *("kindergarten", "幼儿园托班", 10, "骑行", "返程", "托大班"),
            *("是", "是", None, "是", None, None, None, 24, "是"),
        ),
        ("station", "驿站", 5, "步行", "去程", None, None, None, "是", None, "是"),
    ],
    "载体类型": [("house", "用房"), ("school", "幼儿园")],
    "费用": [
        ("用房", "新建", "100,000", 2000, 9000, 500, "概算"),
        ("house", "关停", 50000, None, None, None, "drawn"),
        ("幼儿园", "保持", None, None, 1, None, "a"),
    ],
    "入托意愿": [("0-12", 0, "drawn"), ("12-24", "50%", "drawn"), ("24-36", 0.5, "drawn")],
    "分年入托意愿": [(2026, "12-24", "60%"), (2028, "12-24", 0.65), ("2028", "24－36", 0.7)],
    "年度": [
        (2025, 0.3, "drawn"),
        (2026, 0.29, "drawn", None, 1.05),
        (2028, "25%", None, 0.9, 1.1),
    ],
    "分类指导": [
        ("妇幼保健院", None, "整个范围", 12, None, None),
        ("医院", 15, None, None, 1, 30),
    ],
    "道路速度": [],
}
targets = [
    {"编号": "P", "指标": "每千人口托位数", "年份": 2026, "要求": 5, "性质": "约束"},
    {"编号": "P", "指标": "每千人口托位数", "年份": 2028, "要求": 6, "性质": "约束"},
    {"编号": "T1", "指标": "每千人口托位数", "要求": 4, "达到范围": "乡镇（街道）"},
    {
        "编号": "T2",
        "指标": "普惠托位占比",
        "要求": "60%",
        "原文": "原文",
        "理解": "理解",
        "英文理解": "read",
    },
    {
        "编号": "T3",
        "指标": "乡镇(街道)覆盖率",
        "年份": 2026,
        "要求": 1,
        "只计层级": "驿站、托育机构",
    },
    {
        "编号": "T4",
        "指标": "社区(村)覆盖率",
        "要求": "90%",
        "社区如何覆盖": "共享点位可达",
        "共享须可达人口": "40%",
        "人口少于此数可共享": 3000,
        "城乡": "城镇",
    },
    {"编号": "T5", "指标": "时限内可达的婴幼儿占比", "要求": 0.95, "人群": "留守婴幼儿"},
    {"编号": "T6", "指标": "入托率", "要求": 0.2},
    {
        "编号": "T7",
        "指标": "新增托位使用率",
        "要求": 0.5,
        "达到范围": "点位",
        "唯一点位可不满": "是",
    },
    {
        "编号": "T8",
        "指标": "点位数量",
        "年份": 2026,
        "只计层级": "驿站",
        "最少": 1,
        "最多": 3,
    },
    {
        "编号": "T9",
        "指标": "各乡镇(区县)点位数",
        "只计层级": "托育机构",
        "最少": 2,
        "分区": "区县",
        "每处服务婴幼儿": 500,
        "只计普惠": "是",
    },
    {"编号": "T10", "指标": "新建居住区每千人托位数", "要求": 10},
    {"编号": "T11", "指标": "签约机构占比", "由谁指导": "妇幼保健院、医院"},
    {
        "编号": "T12",
        "指标": "资金上限",
        "要求": "2,000,000",
        "资金种类": "补助",
        "累计自": "现状年",
    },
]


def rows_of_targets(sheet):
    """Return the targets as rows; year, force, priority and clause are filled in as usual."""
    headers = [str(cell.value).rstrip("*").split("（")[0] for cell in sheet[2]]
    rows = []
    for number, told in enumerate(targets, start=-1):
        priority = number % 9 + 1 if number > 0 else None
        whole = {"年份": 2028, "性质": "预期", "优先级": priority, "文件及条款": "drawn", **told}
        whole["英文条款"] = "drawn"
        assert set(whole) <= set(headers)
        rows.append(tuple(whole.get(header) for header in headers))
    return rows


def write(folder: Path) -> Path:
    """Write the workbook as a planner would fill it in; return its path."""
    write_study(folder)
    path = folder / "study.xlsx"
    with edited(path) as book:
        for sheet, rows in blocks.items():
            set_rows(book[sheet], rows)
        set_rows(book["目标"], rows_of_targets(book["目标"]))
        for row in book[parameter_sheet].iter_rows(min_row=2):
            row[3].value = sources.get(row[5].value)
        for key, value in parameters.items():
            value_cell(book, key).value = value
        for key, value in added.items():
            book[parameter_sheet].append((None, value, None, None, None, key))
    return path
