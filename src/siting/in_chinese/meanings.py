"""What the columns of tables are for, as the data dictionary and the tables of a run tell it."""

zones = {
    "code of the township": "乡镇(街道)代码",
    "name of the township": "乡镇(街道)名称",
    "code of the district it belongs to": "所属区县代码",
    "name of the district": "区县名称",
    "urban or rural": "城镇或农村",
    "code of the community": "社区(村)代码",
    "name of the community": "社区(村)名称",
    "township it lies in; may be empty where the name is given": "所属乡镇(街道)；填了名称时可为空",
    "name of the township it lies in": "所属乡镇(街道)名称",
    "name of the district it lies in": "所属区县名称",
    "community, where the figures are by community; may be empty where the name is given": (
        "按社区(村)填报时的社区(村)；填了名称时可为空"
    ),
    "township, where the figures are by township; may be empty where the name is given": (
        "按乡镇(街道)填报时的乡镇(街道)；填了名称时可为空"
    ),
    "district, where the figures are by district; may be empty where the name is given": (
        "按区县填报时的区县；填了名称时可为空"
    ),
    "year of the figure": "数字所属年份",
    "resident population": "常住人口",
    "children under three years": "3岁以下婴幼儿",
    "children born in the year": "当年出生人数",
    "left-behind children among the under-3s": "3岁以下留守婴幼儿",
    "children in hardship among the under-3s": "3岁以下困境婴幼儿",
    "children of {first}-{last} months": "{first}-{last}月龄婴幼儿",
    "name of the demand cell": "需求单元编号",
    "people at the cell; the cells of a zone share its residents in this ratio": (
        "单元人口；同一区域的常住人口按此比例分到各单元"
    ),
    "index of an H3 cell, 15 hexadecimal digits; its name": "H3 编号，15位十六进制，即单元编号",
    "longitude, WGS-84": "经度，WGS-84",
    "latitude, WGS-84": "纬度，WGS-84",
    "longitude, WGS-84 unless inputs.coordinates says otherwise<told>": (
        "经度，WGS-84，除非 inputs.coordinates 另有说明<told>"
    ),
    "latitude, WGS-84 unless inputs.coordinates says otherwise<told>": (
        "纬度，WGS-84，除非 inputs.coordinates 另有说明<told>"
    ),
    "{meaning}, WGS-84 unless inputs.coordinates says otherwise<told>": (
        "{meaning}，WGS-84，除非 inputs.coordinates 另有说明<told>"
    ),
    "; may be empty <instead>": "；<instead>可为空",
    "where there is an address": "有地址时",
    "where an OpenStreetMap file of streets has the name": "OpenStreetMap 路网文件中有此名称时",
}
areas = {
    "name of the new residential area": "新建居住区编号",
    "name shown to readers": "显示的名称",
    "people who will live there": "规划人口",
    "year of its hand-over": "交付年份",
    "area of the site, which is drawn as a circle around the point": "用地面积，以该点为圆心画圆",
    "name of the medical institution": "医疗机构编号",
    "postal address": "地址",
    "township it is responsible for": "负责的乡镇(街道)",
    "kind of institution": "机构类别",
    "1, 2 or 3 (一级, 二级, 三级); empty where it has none": (
        "1、2或3（一级、二级、三级）；未定级的为空"
    ),
    "level in the referral of mothers and newborns: 1 township institution, 2 county-level rescue "
    "centre or another of 二级以上, 3 tertiary; each counts as the lower ones too; empty where it "
    "takes no part": (
        "孕产妇和新生儿转诊级别：1乡镇机构，2县级救治中心或其他二级以上机构，3三级机构；"
        "高级别兼作低级别；"
        "不参加的为空"
    ),
    "whether it is public": "是否公立",
    "whether it is a unit of the health system": "是否属卫生健康系统",
    "staff who can guide childcare institutions": "可指导托育机构的儿童保健人员",
    "children under three of its staff": "职工的3岁以下子女",
    "name of the indicator": "指标编号",
    "what it measures": "指标内容",
    "year of the figures": "数字所属年份",
    "figure asked for": "要求值",
    "figure reached": "完成值",
    "unit of the figures": "数字的单位",
    "whether a higher or a lower figure is better; empty leaves open what meets the target": (
        "越高越好还是越低越好；为空则不判断是否达到"
    ),
    "where the figures come from": "数字来源",
    "site or medical institution that had an address only": "只有地址的点位或医疗机构",
}
sites = {
    "name of the site, unique over both tables": "点位编号，在机构和载体两表中不重复",
    "tier of its service": "服务层级",
    "kind of host it is in, one of the hosts of the scenario": "载体类型，方案设定中的一种",
    "whether its places are inclusive (普惠)": "托位是否普惠",
    "classes of kind {kind} today": "现有 {kind} 班数",
    "children of {band} months enrolled today": "现有 {band} 月龄在托人数",
    "classes it could hold in all; empty where its tier has no classes": (
        "最多可设班数；服务层级不开班的为空"
    ),
    "classes it can hold; empty where its tier has no classes": "可设班数；服务层级不开班的为空",
    "capital cost of a place added to it; where empty, that of its host for expand": (
        "扩建每托位投资；为空则用其载体类型扩建（expand）的数"
    ),
    "whether it may close; where empty, as its tier says; never where that cannot": (
        "是否可关停；为空则按服务层级；层级不可关停的不能关停"
    ),
    "year it opened": "开办年份",
    "whether it is filed with the authority (备案)": "是否备案",
    "open (new rooms) or convert (rooms in use today)": "新建（open）或改建（convert）",
    "capital cost of opening; where empty, that of its host for the action": (
        "固定投资；为空则用其载体类型该措施的数"
    ),
    "capital cost of a place; where empty, that of its host for the action": (
        "每托位投资；为空则用其载体类型该措施的数"
    ),
    "floor area that can be used": "可用建筑面积",
    "highest storey used, the ground floor being 1": "所用最高楼层，首层为1",
    "outdoor play area": "室外活动面积",
    "whether it has passed fire and building safety; empty where not yet known": (
        "是否通过消防及房屋安全；尚不清楚的为空"
    ),
    "capital subsidy of a place, a part of its cost; where empty, that of its host for the "
    "action": "每托位补助，为投资的一部分；为空则用其载体类型该措施的数",
    "price of an inclusive place": "普惠托位收费",
    "free (the plan decides), committed (decided, opens in from_year), forced (must open), "
    "excluded (must not open)": (
        "待定（free，由方案决定）、已定（committed，在 from_year 开办）、必选（forced）、不选（"
        "excluded）"
    ),
    "first year in which it can open": "最早开办年份",
    "of the hosts that share this word at most one is opened": "互斥组相同的载体最多开办一处",
    "children under three of its own staff or employer, who take its places first": (
        "本单位职工的3岁以下子女，优先入托"
    ),
    "other units that run it together, or buy places in it for their staff; empty where it is run "
    "alone": "联合举办或购买服务的其他单位；独自举办的不填",
    "places that a kindergarten has left over for ages 3-6": "幼儿园3-6岁富余学位",
    "running cost of a place in a year; where empty, that of its host (for keep, or else expand, "
    "where it stands today)": (
        "每托位年运营成本；为空则用其载体类型的数（现有的用 keep，没有则用 expand）"
    ),
    "whether families who live around may use it; if not, it is for its own staff only": (
        "周边居民是否可用；否则只供本单位职工"
    ),
}
of_runs = {
    "may be empty": "可为空",
    "<meaning>; may be empty": "<meaning>；可为空",
    "id of the site": "点位编号",
    "name of the site": "点位名称",
    "what the plan does there": "方案采取的措施",
    "planned year of the first action": "首项措施的规划年",
    "tier of the site": "点位的服务层级",
    "host of the site": "点位的载体类型",
    "township it lies in": "所属乡镇(街道)",
    "whether it is inclusive": "是否普惠",
    "places today": "现有托位",
    "places in the last planned year": "最后规划年的托位",
    "children who have a place there": "在此入托的婴幼儿",
    "capital of all years, CNY": "各年投资合计（元）",
    "classes in the last planned year": "最后规划年的班数",
    "planned year": "规划年",
    "what is done": "所采取的措施",
    "places added; negative where it closes": "新增托位；关停为负",
    "capital of the year, CNY": "当年投资（元）",
    "the part of it paid from subsidies, CNY": "其中补助（元）",
    "running cost of the year, CNY": "当年运营成本（元）",
    "whose sites": "计入哪些点位",
    "area, district or township": "全区域、区县或乡镇(街道)",
    "code of the district or township": "区县或乡镇(街道)代码",
    "name of the district or township": "区县或乡镇(街道)名称",
    "see docs/files.md": "见 docs/files.md",
    "id of the target": "目标编号",
    "year of the target": "目标年份",
    "figure of the plan": "方案的数值",
    "cost of the plan, CNY": "方案投资（元）",
    "proven bound of the cost, CNY": "已证明的投资界（元）",
    "relative gap of the cost": "投资的相对差距",
    "what is known": "证明程度",
}
