"""What is wrong with people, sites and trials of a study, one table against another."""

people = {
    "<zones> have fewer residents than their new residential areas of {file}: <listed>": (
        "有<zones>的常住人口少于其中新建居住区（{file}）的人口：<listed>"
    ),
    "correct the people or the hand-over year of the areas or the residents, or set "
    "new_areas.people_in_residents to false where the residents do not hold them yet": (
        "请更正新建居住区的规划人口（people）、交付年份（hand_over_year）或常住人口（residents）；"
        "常住人口尚未包括它们的，请将 new_areas.people_in_residents 设为 false"
    ),
    "{count} new residential areas lie outside <where>": "{count}个新建居住区在<where>以外",
    "correct their position or <zones>, or remove them": "请更正它们的位置或<zones>，或删除它们",
    "in {year}, {count} <zones> have more of them than under-3s: <listed>": (
        "{year}年有{count}个<zones>的这类婴幼儿多于3岁以下婴幼儿：<listed>"
    ),
    "correct them, or the under-3s of the table or the scenario": (
        "请更正它们，或更正表中、方案设定中的3岁以下人口"
    ),
    "{count} <zones> have residents but no street of these classes: {codes}": (
        "{count}个<zones>有常住人口而没有这些等级的道路：{codes}"
    ),
    "{count} <zones> have residents but no cell with people: {codes}": (
        "{count}个<zones>有常住人口而没有有人口的需求单元：{codes}"
    ),
    "{count} <zones> have residents but no <cell>: {codes}": (
        "{count}个<zones>有常住人口而没有<cell>：{codes}"
    ),
    "name the classes of their streets under population.highways": (
        "请在 population.highways 中写出它们的道路等级"
    ),
    "add cells there, or correct their coordinates": "请在那里补充需求单元，或更正坐标",
    "new residential areas become cells of these names": "新建居住区将成为这些编号的需求单元",
    "give the cells other names": "请给需求单元改用其他编号",
    "<column> stands twice": "<column>重复",
    "keep one of the two columns": "请保留两列中的一列",
    "{count} figures are not the sum of their age bands: <listed>": (
        "{count}个数不等于各月龄段之和：<listed>"
    ),
    "correct them, or leave the column out": "请更正，或去掉这一列",
    "has figures by community, without polygons": "按社区(村)填报，而没有社区(村)的边界",
    "name them as inputs.communities, or give the figures by township": (
        "请在 inputs.communities 中指定边界，或按乡镇(街道)填报"
    ),
    "no column holds the resident population": "没有常住人口列",
    "add residents (常住人口) and year, or residents_2025 (常住人口_2025); <headers>": (
        "请补上 residents（常住人口）和 year（年份），或 residents_2025（常住人口_2025）；<headers>"
    ),
    "some columns have a year in their name ({names}), others not": (
        "有些列名含年份（{names}），有些没有"
    ),
    "use the column year, or a year in the name of every figure, not both": (
        "请使用 year（年份）列，或在每个数的列名中写年份，不要两者并用"
    ),
    "the year of the figures is missing": "没有数字所属的年份",
    "add a column year (年份), or write the year into the header: residents_2025 (常住人口_2025)": (
        "请补上 year（年份）列，或在表头中写年份：residents_2025（常住人口_2025）"
    ),
    "the age bands {bands} do not follow one another from 0 to 36 months": (
        "月龄段 {bands} 没有从0到36月龄首尾相接"
    ),
    "give each month of age to one band, such as under3_0_12, under3_12_24, under3_24_36": (
        "请使每个月龄只属一段，如 under3_0_12、under3_12_24、under3_24_36"
    ),
    "no column says which zone a row is of, and there are several rows of a year": (
        "没有列说明各行属于哪个区域，而同一年有多行"
    ),
    "add community_code, township_code or district_code; a table of the whole area has one row a "
    "year": (
        "请补上 community_code（社区代码）、township_code（乡镇街道代码）或 district_code（"
        "区县代码）；"
        "全区域的表每年一行"
    ),
    "nobody lives in the study area in {year}": "{year}年研究范围内没有常住人口",
    "fill in the residents of its <zones>": "请填写各<zones>的常住人口",
    "{count} figures are missing: <listed>": "缺少{count}个数：<listed>",
    "fill in each <zone> for {years}": "请填写每个<zone>在 {years} 年的数",
    "<asker> asks for <called>, and the table has no column '{column}' ({label})": (
        "<asker>需要<called>，而表中没有 {column}（{label}）列"
    ),
    "add it for each <zone> and {years}, or take that out": (
        "请按每个<zone>和 {years} 年补上，或去掉这项要求"
    ),
    "the target {target}": "目标 {target} ",
    "left-behind children": "留守婴幼儿",
    "children in hardship": "困境婴幼儿",
    "no cell lies inside the study area": "研究范围内没有需求单元",
    "check that lon and lat are not swapped and are WGS-84": (
        "请检查经度（lon）和纬度（lat）是否填反，是否为 WGS-84"
    ),
    "cells outside the study area must be left out first": "应先去掉研究范围以外的需求单元",
    "no street of {classes} lies inside the study area": "研究范围内没有等级为 {classes} 的道路",
    "name classes of the street file: {known}": "请写路网文件中的道路等级：{known}",
}
sites = {
    "{count} hosts of the exclusive group '{group}' are committed or forced, and at most one of a "
    "group opens": "互斥组“{group}”有{count}个载体为已定或必选，而一组最多开办一处",
    "leave one of them so, and set the others to free or excluded; or correct the group": (
        "请只保留一个，其余改为待定（free）或不选（excluded）；或更正互斥组（exclusive_group）"
    ),
    "is <decision>, and its safety is 'no' (消防及房屋安全: 否)": (
        "决定为<decision>，而消防及房屋安全（safety）为否"
    ),
    "correct the safety or the decision; empty stands for a safety not yet known": (
        "请更正消防及房屋安全（safety）或决定（decision）；尚不清楚的请留空"
    ),
    "is <decision>, and it may hold {most} places ({reasons}), less than {needed} that its tier "
    "'{tier}' needs": (
        "决定为<decision>，而最多容纳{most}个托位（{reasons}），"
        "少于服务层级“{tier}”所需的{needed}个"
    ),
    "correct its area, storey, surplus_3_6 or max_classes, or the decision": (
        "请更正面积（area_m2）、楼层（storey）、surplus_3_6、max_classes 或决定（decision）"
    ),
    "{count} sites do not tell <column>, and their host '{host}' has no costs for {action}": (
        "{count}个点位没有填 <column>，而其载体类型“{host}”也没有 {action} 的费用"
    ),
    "fill in the column, or the costs of hosts.{host}, {action}, in the scenario": (
        "请填写这一列，或在方案设定中填写 hosts.{host} 的 {action} 费用"
    ),
    "has {kind} classes, which its tier '{tier}' does not run": (
        "有 {kind} 班，而服务层级“{tier}”不开这种班"
    ),
    "correct the classes, or add the kind to the tier": "请更正班数，或在服务层级中补上这种班",
    "{ids} stand in {file} too": "{ids} 在 {file} 中也有",
    "give candidates names of their own": "请给候选点位改用其他编号",
    "has no class today": "现在没有班",
    "list it among the hosts, or fill in its classes": "请列入载体表，或填写班数",
    "has {count} classes today and a max_classes of {most}": (
        "现有{count}个班，而最多班数（max_classes）为{most}"
    ),
    "raise max_classes, or correct the classes": "请提高最多班数（max_classes），或更正班数",
    "{ids} were read or made twice": "{ids} 读入或生成了两次",
    "give sites of the table other names than those that rules make": (
        "请给表中的点位改用与规则生成的不同的编号"
    ),
    "have max_classes empty or 0, and their tier runs classes": (
        "没有填最多班数（max_classes）或为0，而其服务层级开班"
    ),
    "{count} sites have max_classes empty or 0, and their tier runs classes": (
        "{count}个点位没有填最多班数（max_classes）或为0，而其服务层级开班"
    ),
    "fill in max_classes (最多班数)": "请填写 max_classes（最多班数）",
    "have max_classes, and their tier runs no classes": (
        "填了最多班数（max_classes），而其服务层级不开班"
    ),
    "{count} sites have max_classes, and their tier runs no classes": (
        "{count}个点位填了最多班数（max_classes），而其服务层级不开班"
    ),
    "leave max_classes empty, or correct the tier": (
        "请将最多班数（max_classes）留空，或更正服务层级（tier）"
    ),
    "{count} children of {ages} months are enrolled, more than the places of classes for them": (
        "在托{count}名{ages}月龄婴幼儿，多于相应班的托位"
    ),
    "correct the enrolled children or the classes": "请更正在托人数或班数",
    "there is no site": "没有点位",
    "fill in facilities or hosts": "请填写机构表（facilities）或载体表（hosts）",
    "there are no polygons of townships, and none were made from seats": (
        "没有乡镇(街道)边界，也没有从驻地生成"
    ),
    "name a layer of townships": "请指定乡镇(街道)图层",
    "{count} candidates lie outside the study area": "{count}个候选点位在研究范围以外",
    "correct lon and lat (WGS-84), or remove the rows": (
        "请更正经度（lon）和纬度（lat）（WGS-84），或删除这些行"
    ),
    "{count} ids are in <where>: {ids}": "{count}个编号<where>：{ids}",
    "correct them, or remove the rows": "请更正，或删除这些行",
    "give the rows of each table ids of their own": "请给两表的行使用不同的编号",
    "{count} points lie outside the CRS of the study": "{count}个点在研究的坐标系范围以外",
    "correct lon and lat (WGS-84)": "请更正经度（lon）和纬度（lat）（WGS-84）",
    "there is no site with coordinates": "没有带坐标的点位",
    "fill in facilities or hosts, or place those that have an address with: siting place": (
        "请填写机构表（facilities）或载体表（hosts），只有地址的请用 siting place 标定位置"
    ),
}
made = {
    "no street node lies near the points of a grid of {spacing} m": (
        "间距 {spacing} 米的网格点附近没有道路节点"
    ),
    "choose a smaller spacing, or check that streets and townships are of one area": (
        "请缩小间距，或检查路网和乡镇(街道)是否属于同一地区"
    ),
    "the rule '{rule}' looks at {table}, and the study has none": (
        "规则“{rule}”要查 {table} 表，而本研究没有"
    ),
    "name the table under inputs.{table}, or remove the rule": (
        "请在 inputs.{table} 中指定该表，或删除规则"
    ),
    "the column '<column>' holds words, not numbers": "<column>列是文字，不是数字",
    "use is_one_of": "请改用 is_one_of",
    "the column '<column>' holds numbers, not words": "<column>列是数字，不是文字",
    "use at_least or above": "请改用 at_least 或 above",
    "the table {table} has no column '{column}'": "{table} 表没有 {column} 列",
    "use one of {names}": "请用 {names} 之一",
    "the column '<column>' never holds {words}": "<column>列不会是 {words}",
    "use some of {words}": "请从 {words} 中选用",
    "'{kind}' is no kind of place": "“{kind}”不是地点类别",
    "use one of {names}, or state the tags": "请用 {names} 之一，或写出 tags",
    "{file} is no OpenStreetMap file, and only these hold places": (
        "{file} 不是 OpenStreetMap 文件，其中没有地点"
    ),
    "name a file .osm.pbf or .osm as inputs.streets, or remove osm_places": (
        "请在 inputs.streets 中指定 .osm.pbf 或 .osm 文件，或删除 osm_places"
    ),
    "there are no coordinates, and {file} is no OpenStreetMap file to find them in": (
        "没有坐标，而 {file} 不是可供查找的 OpenStreetMap 文件"
    ),
    "fill in longitude and latitude": "请填写经度（lon）和纬度（lat）",
    "no place of OpenStreetMap is called '{name}'": "OpenStreetMap 中没有名为“{name}”的地点",
    "correct the name, or fill in longitude and latitude": (
        "请更正名称，或填写经度（lon）和纬度（lat）"
    ),
    "{count} places of OpenStreetMap may be '{name}': <listed>": (
        "OpenStreetMap 中有{count}个地点可能是“{name}”：<listed>"
    ),
    "fill in the longitude and latitude of one of them": "请填写其中一个的经度（lon）和纬度（lat）",
    "its seat lies {distance} km from the nearest street on foot": (
        "驻地离最近的步行道路有 {distance} 公里"
    ),
    "its seat lies outside the CRS of the study": "驻地在研究的坐标系范围以外",
    "correct lon and lat (WGS-84), or add the streets around it": (
        "请更正经度（lon）和纬度（lat）（WGS-84），或补充周边道路"
    ),
    "its seat stands at the same street node as that of {other}": (
        "驻地与 {other} 的驻地在同一道路节点"
    ),
    "give each township the place of its own seat": "请填写各乡镇(街道)自己的驻地位置",
}
words = {
    "found: {headers}": "现有：{headers}",
    "the study area": "研究范围",
    "the townships": "乡镇(街道)边界",
    "every community": "各社区(村)",
    "the communities": "社区(村)边界",
    "street of these classes": "这些等级的道路",
    "cell with people": "有人口的需求单元",
    "none of the tables": "在各表中都没有",
    "two tables without coordinates": "同时在两张无坐标的表中",
    "committed": "已定（committed）",
    "forced": "必选（forced）",
    "{listed} and {count} more": "{listed}等，另有{count}个",
}
listed = {
    "{code} in {year} ({told} residents, {inside} in new areas)": (
        "{code}（{year}年，常住人口{told}，新建居住区{inside}）"
    ),
    "{code} in {year} ({told} residents, {inside} in new areas), <listed>": (
        "{code}（{year}年，常住人口{told}，新建居住区{inside}）、<listed>"
    ),
    "{code} ({told} of {zone}), <listed>": "{code}（{told}，共{zone}）、<listed>",
    "{code} in {year}, <listed>": "{code}（{year}年）、<listed>",
    "{code} in {year}": "{code}（{year}年）",
    "{code} ({told} of {zone})": "{code}（{told}，共{zone}）",
}
of_slots = {"<listed>": listed}
