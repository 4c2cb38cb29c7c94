"""Example rows, units and hints of the tables, in a planner's words.

Every place and figure here is made up to show the form of a row; none is read.
"""

Value = str | int | float

units = {
    "degree": "度",
    "people": "人",
    "children": "人",
    "places": "个",
    "classes": "班",
    "CNY": "元",
    "CNY per place": "元/托位",
    "CNY per place and year": "元/托位·年",
    "CNY per place and month": "元/托位·月",
    "m2": "平方米",
    "ha": "公顷",
}
"""Unit of the data dictionary -> what a planner writes."""

tables = {
    "residents": "乡镇街道各年常住人口，现状年和规划年各一行。",
    "facilities": "现有托育机构和幼儿园托班，一行一处；范围外的计入覆盖，不计托位数。",
    "hosts": "可以新建或改建的候选点位，一行一处。",
    "areas": "没有面图层时填：位置取居住区中心，按用地面积画成圆形；可不填。",
    "medical": "医疗卫生机构，可不填。",
    "seats": "没有乡镇街道界时填：政府或办事处驻地，各点归路网上最近的驻地。"
    "道路为OSM文件时可不填经纬度，按名称查找。有界时不填。",
    "cells": "“人口如何落到点上”选“需求单元表”时填，否则不填。",
    "tracked": "只跟踪、不参与布局的指标，可不填。",
    "placed": "只有地址、没有坐标的点位，坐标补在这里，可不填。",
}
"""Table -> what its sheet is for."""

hints = {
    "township_code": "9位或12位统计用区划代码；按文本填写，不要让表格软件变成科学计数",
    "area_type": "城镇或农村",
    "lon": "度，如120.65；地图取得的坐标系在“参数”中选定",
    "lat": "度，如28.01",
    "address": "没有经纬度时填，之后在地图上补点",
    "site_id": "不得重复，机构和载体之间也不得重复",
    "max_classes": "场地最多能办的班数，含现有班；不设托位的（驿站、指导站等）不填",
    "inclusive": "普惠托位填“是”",
    "surplus_3_6": "满足3-6岁入园后富余的学位",
    "decision": "待定：由方案决定；已定：按最早开办年份开办；必选：必须开办；不选：不开办",
    "exclusive_group": "写同一个词的载体最多选一处",
    "staff_children": "本单位职工3岁以下子女",
    "joint_with": "与其他单位联合举办或由其购买服务时填，几家用顿号分开",
    "may_close": "填“否”则保留；不填按“服务层级”的“现有机构可关停”，层级不可关停的一律保留",
    "opens_to_residents": "填“否”则只供本单位职工子女使用，不计入居民可达",
    "running_cost_cny": "不填按工作表“费用”",
    "fixed_cost_cny": "不填按工作表“费用”",
    "place_cost_cny": "不填按工作表“费用”",
    "expand_cost_cny": "不填按工作表“费用”中的“扩建”",
    "subsidy_cny": "投资中由补助承担的部分；不填按工作表“费用”",
    "left_behind": "3岁以下，按“留守婴幼儿”人群设目标时填",
    "hardship": "3岁以下，按“困境婴幼儿”人群设目标时填",
    "safety": "已通过填“是”，不清楚不填",
    "level": "1、2、3 级，未定级不填",
    "referral_level": "1 基层，2 县级救治中心等二级以上，3 三级；不参与转诊的不填",
    "storey": "使用的最高楼层，首层为1",
    "filing": "是否已备案",
    "hand_over_year": "首批住房交付的年份",
    "area_ha": "公顷，1公顷为10000平方米",
    "better": "不填则只列出，不判断是否达到",
}
"""Column -> what to mind when filling it in."""

rows: dict[str, dict[str, Value]] = {
    "residents": {
        "township_code": "330304001",
        "township": "示例街道",
        "district": "示例区",
        "year": 2025,
        "residents": 86000,
    },
    "facilities": {
        "site_id": "J001",
        "name": "示例托育园",
        "lon": 120.6512,
        "lat": 28.0103,
        "tier": "institution",
        "host": "commercial",
        "inclusive": "yes",
        "small_classes": 1,
        "large_classes": 2,
        "enrolled_12_18": 6,
        "enrolled_24_36": 25,
        "max_classes": 5,
        "expand_cost_cny": 10000,
        "opened_year": 2022,
        "filing": "filed",
    },
    "hosts": {
        "site_id": "Z001",
        "name": "示例社区服务中心",
        "lon": 120.6489,
        "lat": 28.0157,
        "tier": "institution",
        "host": "community_centre",
        "inclusive": "yes",
        "action": "convert",
        "max_classes": 3,
        "fixed_cost_cny": 300000,
        "place_cost_cny": 12000,
        "area_m2": 450,
        "storey": 2,
        "safety": "yes",
        "decision": "free",
    },
    "areas": {
        "area_id": "X001",
        "name": "示例家园",
        "people": 5200,
        "hand_over_year": 2027,
        "lon": 120.6605,
        "lat": 28.0212,
        "area_ha": 12.5,
    },
    "medical": {
        "medical_id": "Y001",
        "name": "示例社区卫生服务中心",
        "address": "示例路1号",
        "kind": "community_health_centre",
        "referral_level": 1,
        "public": "yes",
        "health_system": "yes",
        "child_health_staff": 2,
        "staff_children": 8,
    },
    "seats": {
        "township_code": "330304001",
        "township": "示例街道",
        "district_code": "330304",
        "district": "示例区",
        "area_type": "urban",
        "lon": 120.6530,
        "lat": 28.0120,
    },
    "cells": {
        "cell_id": "D001",
        "lon": 120.6520,
        "lat": 28.0110,
        "residents": 320,
    },
    "tracked": {
        "indicator_id": "G01",
        "indicator": "婴儿死亡率",
        "year": 2025,
        "unit": "‰",
        "better": "lower",
        "source": "示例来源",
    },
    "placed": {"site_id": "Y001", "lon": 120.6541, "lat": 28.0098},
}
"""Table -> an example row; its first cell is marked as one when it is written."""
