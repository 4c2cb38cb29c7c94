"""The data dictionary: the columns of every table; checks, templates and docs come from it."""

from siting.inputs.columns import Column, Table, lon_lat, optional, year_column
from siting.scenario import Scenario


def classes_column(kind: str) -> str:
    """Return the column that holds the number of classes of a kind."""
    return f"{kind}_classes"


def children_column(band: str, year: int) -> str:
    """Return the column that holds the children of an age band in a year."""
    return f"under3_{band.replace('-', '_')}_{year}"


def enrolled_column(band: str) -> str:
    """Return the column that holds the children of an age band enrolled today."""
    return f"enrolled_{band.replace('-', '_')}"


_township_columns = (
    Column("township_code", "乡镇街道代码", "text", "code of the township", is_code=True),
    Column("township", "乡镇街道", "text", "name of the township"),
    Column("district_code", "区县代码", "text", "code of the district it belongs to", is_code=True),
    Column("district", "区县", "text", "name of the district"),
    Column(
        "area_type",
        "城乡类型",
        "text",
        "urban or rural",
        choices={"urban": "城镇", "rural": "农村"},
    ),
)

townships = Table("townships", "乡镇街道", _township_columns, ("township_code",))
seats = Table(
    "seats",
    "乡镇驻地",
    (
        *_township_columns,
        *lon_lat(required=False, instead="where an OpenStreetMap file of streets has the name"),
    ),
    ("township_code",),
)
communities = Table(
    "communities",
    "社区村",
    (
        Column("community_code", "社区代码", "text", "code of the community", is_code=True),
        Column("community", "社区", "text", "name of the community"),
        Column(
            "township_code",
            "乡镇街道代码",
            "text",
            "township it lies in; may be empty where the name is given",
            required=False,
            is_code=True,
        ),
        optional("township", "乡镇街道", "text", "name of the township it lies in"),
        optional("district", "区县", "text", "name of the district it lies in"),
    ),
    ("community_code",),
)
residents = Table(
    "residents",
    "常住人口",
    (
        Column(
            "community_code",
            "社区代码",
            "text",
            "community, where the figures are by community; may be empty where the name is given",
            required=False,
            is_code=True,
        ),
        optional("community", "社区", "text", "name of the community"),
        Column(
            "township_code",
            "乡镇街道代码",
            "text",
            "township, where the figures are by township; may be empty where the name is given",
            required=False,
            is_code=True,
        ),
        optional("township", "乡镇街道", "text", "name of the township"),
        Column(
            "district_code",
            "区县代码",
            "text",
            "district, where the figures are by district; may be empty where the name is given",
            required=False,
            is_code=True,
        ),
        optional("district", "区县", "text", "name of the district"),
        year_column("year", "年份", "year of the figure"),
        Column(
            "residents",
            "常住人口",
            "number",
            "resident population",
            "people",
            at_least=0,
            also=("总人口", "人口数", "合计"),
        ),
        optional("under3", "3岁以下", "number", "children under three years", "children"),
        optional("births", "出生人数", "number", "children born in the year", "children"),
        optional(
            "left_behind",
            "留守婴幼儿",
            "number",
            "left-behind children among the under-3s",
            "children",
        ),
        optional(
            "hardship",
            "困境婴幼儿",
            "number",
            "children in hardship among the under-3s",
            "children",
        ),
    ),
    ("township_code", "year"),
)
_cell_residents = Column(
    "residents",
    "人口",
    "number",
    "people at the cell; the cells of a zone share its residents in this ratio",
    "people",
    at_least=0,
)
cells = Table(
    "cells",
    "需求单元",
    (
        Column("cell_id", "单元编号", "text", "name of the demand cell"),
        *lon_lat(required=True),
        _cell_residents,
    ),
    ("cell_id",),
)
h3_cells = Table(
    "cells",
    "需求单元",
    (
        Column("h3", "H3编号", "text", "index of an H3 cell, 15 hexadecimal digits; its name"),
        _cell_residents,
    ),
    ("h3",),
)
areas = Table(
    "areas",
    "新建居住区",
    (
        Column("area_id", "居住区编号", "text", "name of the new residential area"),
        Column("name", "居住区名称", "text", "name shown to readers"),
        Column("people", "规划人口", "number", "people who will live there", "people", at_least=0),
        year_column("hand_over_year", "交付年份", "year of its hand-over"),
    ),
    ("area_id",),
)
"""As a polygon layer."""
area_points = Table(
    "areas",
    "新建居住区",
    (
        *areas.columns,
        *lon_lat(required=True),
        Column(
            "area_ha",
            "用地面积",
            "number",
            "area of the site, which is drawn as a circle around the point",
            "ha",
            at_least=0.01,
            at_most=1000,
        ),
    ),
    ("area_id",),
)
"""As a table. The bounds of the area are an assumption that tells hectares from square metres."""
medical = Table(
    "medical",
    "医疗机构",
    (
        Column("medical_id", "医疗机构编号", "text", "name of the medical institution"),
        Column("name", "医疗机构名称", "text", "name shown to readers"),
        optional("address", "地址", "text", "postal address"),
        *lon_lat(required=False),
        Column(
            "township_code",
            "乡镇街道代码",
            "text",
            "township it is responsible for",
            required=False,
            is_code=True,
        ),
        optional(
            "kind",
            "机构类别",
            "text",
            "kind of institution",
            choices={
                "hospital": "医院",
                "maternal_child": "妇幼保健院",
                "community_health_centre": "社区卫生服务中心",
                "township_health_centre": "乡镇卫生院",
                "other": "其他",
            },
        ),
        optional(
            "level",
            "等级",
            "whole",
            "1, 2 or 3 (一级, 二级, 三级); empty where it has none",
            at_least=1,
            at_most=3,
        ),
        optional("public", "公立", "yes_no", "whether it is public"),
        optional(
            "health_system", "卫生健康系统", "yes_no", "whether it is a unit of the health system"
        ),
        optional(
            "child_health_staff",
            "儿童保健人员",
            "whole",
            "staff who can guide childcare institutions",
            "people",
        ),
        optional(
            "staff_children",
            "职工子女",
            "whole",
            "children under three of its staff",
            "children",
        ),
    ),
    ("medical_id",),
    may_be_empty=True,
)
tracked = Table(
    "tracked",
    "跟踪指标",
    (
        Column("indicator_id", "指标编号", "text", "name of the indicator"),
        Column("indicator", "指标", "text", "what it measures"),
        year_column("year", "年份", "year of the figures"),
        optional("required", "目标值", "number", "figure asked for", at_least=None),
        optional("achieved", "完成值", "number", "figure reached", at_least=None),
        optional("unit", "单位", "text", "unit of the figures"),
        optional("source", "来源", "text", "where the figures come from"),
    ),
    ("indicator_id", "year"),
    may_be_empty=True,
)
placed = Table(
    "placed",
    "补充坐标",
    (
        Column("site_id", "编号", "text", "site or medical institution that had an address only"),
        Column("lon", "经度", "number", "longitude, WGS-84", "degree", at_least=-180, at_most=180),
        Column("lat", "纬度", "number", "latitude, WGS-84", "degree", at_least=-90, at_most=90),
    ),
    ("site_id",),
    may_be_empty=True,
)


def facilities(scenario: Scenario) -> Table:
    """Return the table of existing facilities for the class kinds and bands of a scenario."""
    return Table(
        "facilities",
        "机构",
        (
            *_site_columns("机构", scenario),
            *(
                optional(
                    classes_column(name),
                    f"{kind.label}数",
                    "whole",
                    f"classes of kind {name} today",
                    "classes",
                    default=0,
                    at_most=100,
                )
                for name, kind in scenario.class_kinds.items()
            ),
            *(
                optional(
                    enrolled_column(band),
                    f"在托{band}月龄",
                    "whole",
                    f"children of {band} months enrolled today",
                    "children",
                    default=0,
                )
                for band in scenario.bands
            ),
            optional(
                "max_classes",
                "最多班数",
                "whole",
                "classes it could hold in all; empty where its tier has no classes",
                "classes",
                default=0,
            ),
            optional(
                "expand_cost_cny",
                "扩建每托位投资",
                "number",
                "capital cost of a place added to it; where empty, that of its host for expand",
                "CNY per place",
            ),
            optional(
                "may_close",
                "可关停",
                "yes_no",
                "whether it may close; where empty, as its tier says; never where that cannot",
            ),
            year_column("opened_year", "开办年份", "year it opened", required=False),
            optional(
                "filing",
                "备案状态",
                "text",
                "whether it is filed with the authority (备案)",
                choices={"filed": "已备案", "not_filed": "未备案"},
            ),
            *_shared_columns(),
        ),
        ("site_id",),
        may_be_empty=True,
    )


def hosts(scenario: Scenario) -> Table:
    """Return the table of candidate hosts."""
    return Table(
        "hosts",
        "载体",
        (
            *_site_columns("载体", scenario),
            Column(
                "action",
                "措施",
                "text",
                "open (new rooms) or convert (rooms in use today)",
                choices={"open": "新建", "convert": "改建"},
            ),
            optional(
                "max_classes",
                "最多班数",
                "whole",
                "classes it can hold; empty where its tier has no classes",
                "classes",
                default=0,
            ),
            optional(
                "fixed_cost_cny",
                "固定投资",
                "number",
                "capital cost of opening; where empty, that of its host for the action",
                "CNY",
            ),
            optional(
                "place_cost_cny",
                "每托位投资",
                "number",
                "capital cost of a place; where empty, that of its host for the action",
                "CNY per place",
            ),
            optional("area_m2", "建筑面积", "number", "floor area that can be used", "m2"),
            optional(
                "storey",
                "所在楼层",
                "whole",
                "highest storey used, the ground floor being 1",
                at_least=-5,
                at_most=200,
            ),
            optional("outdoor_area_m2", "室外活动面积", "number", "outdoor play area", "m2"),
            optional(
                "safety",
                "消防及房屋安全",
                "yes_no",
                "whether it has passed fire and building safety; empty where not yet known",
            ),
            *_shared_columns(),
            optional(
                "subsidy_cny",
                "每托位补助",
                "number",
                "capital subsidy of a place, a part of its cost; where empty, that of its host for "
                "the action",
                "CNY per place",
            ),
            optional(
                "inclusive_price_cny",
                "普惠收费",
                "number",
                "price of an inclusive place",
                "CNY per place and month",
            ),
            optional(
                "decision",
                "决定",
                "text",
                "free (the plan decides), committed (decided, opens in from_year), forced (must "
                "open), excluded (must not open)",
                default="free",
                choices={
                    "free": "待定",
                    "committed": "已定",
                    "forced": "必选",
                    "excluded": "不选",
                },
            ),
            year_column(
                "from_year", "最早开办年份", "first year in which it can open", required=False
            ),
            optional(
                "exclusive_group",
                "互斥组",
                "text",
                "of the hosts that share this word at most one is opened",
            ),
        ),
        ("site_id",),
        may_be_empty=True,
    )


def tables_of(scenario: Scenario) -> dict[str, Table]:
    """Return every table and layer that a study may have: key under ``inputs`` -> table.

    Of those that have two forms it is the form that is filled in by hand.
    """
    tables = (
        townships,
        seats,
        communities,
        residents,
        cells,
        facilities(scenario),
        hosts(scenario),
        area_points,
        medical,
        tracked,
        placed,
    )
    return {table.name: table for table in tables}


def _site_columns(what: str, scenario: Scenario) -> tuple[Column, ...]:
    return (
        Column("site_id", f"{what}编号", "text", "name of the site, unique over both tables"),
        Column("name", f"{what}名称", "text", "name shown to readers"),
        optional("address", "地址", "text", "postal address"),
        *lon_lat(required=False),
        Column(
            "tier",
            "服务层级",
            "text",
            "tier of its service",
            choices={name: tier.label for name, tier in scenario.tiers.items()},
        ),
        Column(
            "host",
            "载体类型",
            "text",
            "kind of host it is in, one of the hosts of the scenario",
            choices={name: host.label for name, host in scenario.hosts.items()},
        ),
        Column("inclusive", "普惠", "yes_no", "whether its places are inclusive (普惠)"),
    )


def _shared_columns() -> tuple[Column, ...]:
    return (
        optional(
            "staff_children",
            "职工子女",
            "whole",
            "children under three of its own staff or employer, who take its places first",
            "children",
            default=0,
        ),
        optional(
            "surplus_3_6",
            "3-6岁富余学位",
            "whole",
            "places that a kindergarten has left over for ages 3-6",
            "places",
        ),
        optional(
            "running_cost_cny",
            "每托位年运营成本",
            "number",
            "running cost of a place in a year; where empty, that of its host (for keep, or else "
            "expand, where it stands today)",
            "CNY per place and year",
        ),
        optional(
            "opens_to_residents",
            "对居民开放",
            "yes_no",
            "whether families who live around may use it; if not, it is for its own staff only",
            default=True,
        ),
    )
