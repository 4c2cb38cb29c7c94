"""The data dictionary of facilities and hosts, by the class kinds and bands of a scenario."""

from siting.inputs.columns import Column, Table, lon_lat, optional, year_column
from siting.scenario import Scenario

most_classes = 1000
"""Classes that one site can hold in all (assumption: as many as a trial may have)."""


def classes_column(kind: str) -> str:
    """Return the column that holds the number of classes of a kind."""
    return f"{kind}_classes"


def enrolled_column(band: str) -> str:
    """Return the column that holds the children of an age band enrolled today."""
    return f"enrolled_{band.replace('-', '_')}"


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
                at_most=most_classes,
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
                at_most=most_classes,
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
            "joint_with",
            "联合举办单位",
            "text",
            "other units that run it together, or buy places in it for their staff; empty where it "
            "is run alone",
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
