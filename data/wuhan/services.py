"""Draws what the scenarios of the five policy documents need beside the default study.

    python data/wuhan/services.py

Reads the files of the data set, writes `residents_by_year.csv`, `medical_levels.csv`, for each
document `hosts_<document>.csv`, and for two `tracked_<document>.csv` beside them. Everything but
the yearly totals of the city is illustrative (示意), drawn with a fixed seed. The same versions
give the same bytes on every run.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

SEED = 20_270_102
FOLDER = Path(__file__).parent
CENSUS_2020 = 12_326_518
CITY = {
    2020: CENSUS_2020,  # 武汉市第七次全国人口普查公报（第一号）
    2021: 13_648_900,  # 年末常住人口, 武汉市2021年国民经济和社会发展统计公报
    2022: 13_739_000,  # the same for 2022
    2023: 13_774_000,  # the same for 2023
    2024: 13_809_100,  # the same for 2024
}
LATER = (2025, 2026, 2027)  # as 2024: assumption

# tier: (sites in a township, most classes, fixed cost, cost of a place), yuan of 2024; assumptions.
SERVICES = {
    "demonstration": (1.0, 6, (200_000, 500_000), (10_000, 18_000)),
    "point": (3.0, 0, (30_000, 80_000), (0, 1)),
    "station": (1.0, 0, (50_000, 120_000), (0, 1)),
    "centre": (0.15, 8, (400_000, 900_000), (12_000, 20_000)),
    "training_base": (0.15, 0, (150_000, 300_000), (0, 1)),
    "child_health_centre": (0.1, 0, (300_000, 600_000), (0, 1)),
    "medical_demonstration": (0.1, 4, (150_000, 300_000), (9_000, 16_000)),
}
NAMES = {
    "demonstration": "示范性普惠托育机构",
    "point": "社区照护驿站",
    "station": "托育服务指导站",
    "centre": "托育综合服务中心",
    "training_base": "实训基地",
    "child_health_centre": "儿童健康管理中心",
    "medical_demonstration": "医疗机构办托试点",
}
HOSTS = {
    "demonstration": "idle_state_owned",
    "point": "community_centre",
    "station": "health_institution",
    "centre": "idle_state_owned",
    "training_base": "idle_state_owned",
    "child_health_centre": "health_institution",
    "medical_demonstration": "health_institution",
}
STAFF_CHILDREN = {"medical_demonstration": (20, 60)}  # under-3s of a unit's staff: assumption
EMPLOYERS = ("employer", "business_park", "university")  # hosts of 济发改社会〔2021〕239号三（一）1
EMPLOYERS_CHILDREN = (3, 4, 6, 8, 11)  # under-3s of an employer's staff, in turn: assumption
SERVICES_OF = {
    "ouhai": ("point", "centre", "child_health_centre"),
    "jinan": ("point", "station", "centre", "demonstration", "training_base"),
    "qingzhou": ("demonstration",),
    "shandong": ("centre", "medical_demonstration"),
    "guizhou": ("medical_demonstration",),
}
OLD_TOWN = ("purchased", "swapped", "leased")  # 购置、置换、租赁 of 青政办字〔2021〕23号
OTHER_HOSTS = {  # document -> kinds that the rows of a tier and kind are in turn: assumption
    "ouhai": {
        ("institution", "community_centre"): (
            "community_centre",
            "community_centre",
            "elderly_care",
        ),
    },
    "jinan": {
        ("point", "community_centre"): (
            "community_centre",
            "day_care_centre",
            "childrens_garden",
            "culture_sports",
        ),
        ("institution", "idle_state_owned"): ("idle_state_owned", "old_estate", "office_building"),
        ("institution", "employer"): ("employer", "business_park", "university"),
    },
    "qingzhou": {
        ("institution", "community_centre"): (
            "community_centre",
            "elderly_care",
            "office_building",
            "residential_building",
        ),
    },
}
HALF_DAY = 12  # every so many points of Jinan runs half-day classes: assumption
HALF_DAY_CLASSES, HALF_DAY_PLACE_CNY = 2, 6_000  # assumption
TRACKED = {  # indicator: (unit, better, year -> value); every value is made up
    "ouhai": {
        "产前筛查率": ("%", "higher", {2022: 92.0, 2023: 93.4, 2024: 93.8}),
        "0—3岁儿童发育监测筛查率": ("%", "higher", {2022: 80.0, 2023: 86.1, 2024: 90.3}),
        "托育机构从业人员持证率": ("%", "higher", {2022: 90.0, 2023: 92.5, 2024: 95.6}),
        "每千名儿童儿科执业(助理)医生数": ("名", "higher", {2022: 1.5, 2023: 1.53, 2024: 1.56}),
        "严重致残出生缺陷发生率": ("‰", "lower", {2024: 1.3}),
        "提供儿童中医药服务的乡镇(街道)占比": ("%", "higher", {2024: 72.0}),
    },
    "jinan": {
        "从业人员持证率": ("%", "higher", {2021: 81.0, 2023: 88.5, 2025: 91.2}),
        "从业人员人均接受培训次数": ("次/年", "higher", {2023: 0.8, 2025: 1.1}),
        "培训人次": ("万人次/年", "higher", {2025: 0.9}),
    },
}
SURPLUS_3_6 = (-20, 120)  # places of a kindergarten left over for ages 3-6: assumption
STAFF_ONLY = 3  # medical hosts that do not open to residents: assumption
JOINT = 2  # hosts that several units run together: assumption
COMMITTED = 2  # units of the listed ones of 鲁卫人口家庭字〔2023〕7号
LEFT_BEHIND = {"rural": 0.0010, "urban": 0.0002}  # 留守 under-3s per resident: assumption
HARDSHIP = 0.0001  # 困境 under-3s per resident: assumption
RURAL_FACTOR = 0.8  # costs of a rural host against an urban one: assumption


def residents_by_year(residents, townships):
    """Residents of every township and year: those of 2020 by the growth of the city."""
    area_type = townships.set_index("township_code").area_type
    base = residents[residents.year == 2020].set_index("township_code").residents
    totals = {**CITY, **dict.fromkeys(LATER, CITY[2024])}
    tables = [
        pd.DataFrame(
            {
                "township_code": base.index,
                "year": year,
                "residents": np.rint(base.to_numpy() * total / CENSUS_2020).astype(int),
            }
        )
        for year, total in totals.items()
    ]
    table = pd.concat(tables).sort_values(["township_code", "year"])
    left_behind = table.township_code.map(area_type).map(LEFT_BEHIND)
    return table.assign(
        left_behind=np.rint(table.residents * left_behind).astype(int),
        hardship=np.rint(table.residents * HARDSHIP).astype(int),
    )


def draw_services(cells, townships, rng):
    """Candidate sites of every service, spread over the townships, at cells of people."""
    points = gpd.GeoDataFrame(
        cells, geometry=gpd.points_from_xy(cells.lon, cells.lat), crs="EPSG:4326"
    )
    home = points.sjoin(townships[["township_code", "township", "area_type", "geometry"]])
    rows = []
    for tier, (each, most, fixed, place) in SERVICES.items():
        for _, here in home.groupby("township_code"):
            count = int(each) + int(rng.random() < each - int(each))
            spots = here.sample(count, weights="residents", random_state=rng)
            rural = RURAL_FACTOR if here.area_type.iloc[0] == "rural" else 1.0
            for number, spot in enumerate(spots.itertuples(), 1):
                staff = STAFF_CHILDREN.get(tier)
                town = spot.township.removesuffix(" 示意")
                rows.append(
                    {
                        "name": f"{town} {NAMES[tier]} {number} 示意",
                        "lon": spot.lon,
                        "lat": spot.lat,
                        "tier": tier,
                        "host": HOSTS[tier],
                        "action": "open",
                        "inclusive": "yes",
                        "max_classes": most,
                        "fixed_cost_cny": int(rng.integers(*fixed) * rural) // 1_000 * 1_000,
                        "place_cost_cny": int(rng.integers(*place) * rural) // 500 * 500,
                        "staff_children": int(rng.integers(*staff)) if staff else 0,
                    }
                )
    table = pd.DataFrame(rows)
    table.insert(0, "site_id", [f"S{i:04}" for i in range(1, len(table) + 1)])
    return table


def hosts_of(document, hosts, services, rng):
    """Candidate hosts of a document: those of the default study and its own services."""
    table = pd.concat([hosts, services[services.tier.isin(SERVICES_OF[document])]])
    table = table.reset_index(drop=True)
    table["surplus_3_6"] = np.where(
        table.tier == "kindergarten", rng.integers(*SURPLUS_3_6, len(table)).clip(0), np.nan
    )
    for (tier, host), kinds in OTHER_HOSTS.get(document, {}).items():
        rows = table.index[(table.tier == tier) & (table.host == host)]
        table.loc[rows, "host"] = [kinds[i % len(kinds)] for i in range(len(rows))]
    if document == "jinan":
        rows = table.index[table.tier == "point"][::HALF_DAY]
        table.loc[rows, "tier"] = "half_day"
        table.loc[rows, "max_classes"] = HALF_DAY_CLASSES
        table.loc[rows, "place_cost_cny"] = HALF_DAY_PLACE_CNY
        table.loc[rows, "name"] = table.loc[rows, "name"].str.replace("社区照护驿站", "半日托点")
        rows = table.index[table.host.isin(EMPLOYERS)]
        told = [EMPLOYERS_CHILDREN[i % len(EMPLOYERS_CHILDREN)] for i in range(len(rows))]
        table.loc[rows, "staff_children"] = told
        table["joint_with"] = np.where(table.index.isin(rows[:JOINT]), "邻近单位 示意", "")
    if document == "qingzhou":
        idle = table.host == "idle_state_owned"
        table["host"] = np.where(idle, rng.choice(OLD_TOWN, len(table)), table.host)
        several = table.index[table.staff_children > 0][:JOINT]
        table["joint_with"] = np.where(table.index.isin(several), "邻近单位 示意", "")
    if document == "guizhou":
        closed = table.index[table.tier == "medical_demonstration"][:STAFF_ONLY]
        table["opens_to_residents"] = np.where(table.index.isin(closed), "no", "yes")
        several = table.index[table.tier == "medical_demonstration"][-JOINT:]
        table["joint_with"] = np.where(table.index.isin(several), "邻近基层医疗卫生机构 示意", "")
    if document == "shandong":
        centre = table.tier == "centre"
        table["host"] = np.where(centre, "health_institution", table.host)
        listed = table.index[table.tier == "medical_demonstration"][:COMMITTED]
        table["decision"] = np.where(table.index.isin(listed), "committed", "free")
        table["from_year"] = np.where(table.index.isin(listed), 2025, np.nan)
    return table


def referral_levels(medical, rng):
    """Medical institutions with their level of referral and their staff's under-3s (assumptions).

    Level 3 for hospitals of level 3, 2 for those of level 2 and maternal-child ones, else 1.
    """
    level = medical.level.fillna(0).astype(int)
    own = np.select([level >= 3, (level == 2) | (medical.kind == "maternal_child")], [3, 2], 1)
    return medical.assign(
        public=np.where(medical.kind == "hospital", rng.choice(["yes", "no"], len(medical)), "yes"),
        health_system="yes",
        staff_children=rng.integers(0, 15 * own + 1),
        referral_level=own,
    )


def tracked_of(document):
    """Made-up values of some indicators that a document has tracked."""
    rows = [
        (f"T{number}", indicator, year, value, unit, better, "示意，假设 (assumption)")
        for number, (indicator, told) in enumerate(TRACKED[document].items(), 1)
        for unit, better, values in [told]
        for year, value in values.items()
    ]
    columns = ["indicator_id", "indicator", "year", "achieved", "unit", "better", "source"]
    return pd.DataFrame(rows, columns=columns)


def main():
    """Write the files."""
    text = {"encoding": "utf-8-sig", "dtype": {"township_code": str}}
    read = {
        name: pd.read_csv(FOLDER / f"{name}.csv", **text)
        for name in ("residents", "cells", "hosts", "medical")
    }
    townships = gpd.read_file(FOLDER / "townships.geojson")
    rng = np.random.default_rng(SEED)
    services = draw_services(read["cells"], townships, rng)
    tables = {f"hosts_{name}": hosts_of(name, read["hosts"], services, rng) for name in SERVICES_OF}
    tables |= {f"tracked_{name}": tracked_of(name) for name in TRACKED}
    tables["residents_by_year"] = residents_by_year(read["residents"], townships)
    tables["medical_levels"] = referral_levels(read["medical"], rng)
    for name, drawn in tables.items():
        whole = ["area_m2", "storey", "outdoor_area_m2", "level", "surplus_3_6", "from_year"]
        table = drawn.astype({column: "Int64" for column in whole if column in drawn})
        table.to_csv(FOLDER / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n")


if __name__ == "__main__":
    main()
