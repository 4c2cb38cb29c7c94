"""The data dictionary: the columns of every table; checks, templates and docs come from it."""

from siting.inputs.columns import Column, Table, lon_lat, optional, year_column
from siting.inputs.site_tables import classes_column, enrolled_column, facilities, hosts
from siting.scenario import Scenario

__all__ = [
    "area_points",
    "areas",
    "cells",
    "children_column",
    "classes_column",
    "communities",
    "enrolled_column",
    "facilities",
    "h3_cells",
    "hosts",
    "medical",
    "placed",
    "residents",
    "seats",
    "tables_of",
    "townships",
    "tracked",
]


def children_column(band: str, year: int) -> str:
    """Return the column that holds the children of an age band in a year."""
    return f"under3_{band.replace('-', '_')}_{year}"


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
        optional(
            "referral_level",
            "转诊级别",
            "whole",
            "level in the referral of mothers and newborns: 1 township institution, 2 county-level "
            "rescue centre or another of 二级以上, 3 tertiary; each counts as the lower ones too; "
            "empty where it takes no part",
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
        optional(
            "better",
            "优向",
            "text",
            "whether a higher or a lower figure is better; empty leaves open what meets the target",
            choices={"higher": "越高越好", "lower": "越低越好"},
        ),
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
