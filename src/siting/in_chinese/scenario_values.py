"""What is wrong with the values of a scenario: their types, bounds and agreement."""

types = {
    "the key is missing": "缺少此项",
    "there is no such key": "没有这个键",
    "a whole number is needed": "应为整数",
    "the number is too large": "数字过大",
    "a number is needed": "应为数字",
    "the text holds half a character": "文字中有不完整的字符",
    "write the text anew": "请重新输入文字",
    "a text is needed": "应为文字",
    "true or false is needed": "应为 true 或 false",
    "a list is needed": "应为列表",
    "keys with their values are needed": "应为键和值",
    "a key must be a text": "键应为文字",
    "nothing may stand here": "此处应为空",
    "must be above {bound}": "应大于 {bound}",
    "must be at least {bound}": "应不小于 {bound}",
    "must be below {bound}": "应小于 {bound}",
    "must be at most {bound}": "应不大于 {bound}",
    "must be one of {choices}": "应为 {choices} 之一",
    "'{found}' is none of {choices}": "没有“{found}”，可用：{choices}",
    "must be of the form {pattern}": "格式应符合 {pattern}",
    "must begin with a letter, and hold letters, digits and _ only": (
        "应以英文字母开头，只含英文字母、数字和下划线"
    ),
    "must begin with a letter, and hold small letters, digits and _ only": (
        "应以英文字母开头，只含小写英文字母、数字和下划线"
    ),
    "must hold letters, digits, _ and . only": "只能含英文字母、数字、下划线和点",
    "must hold letters and _ only": "只能含英文字母和下划线",
    "must not be blank": "不能为空白",
    "must hold at least {least} characters": "至少应有{least}个字符",
    "must hold at most {most} characters": "最多{most}个字符",
    "at least {least} are needed, {found} found": "至少应有{least}项，现为{found}项",
    "at most {most} are allowed, {found} found": "最多{most}项，现为{found}项",
    "<what> (found {found})": "<what>（现为 {found}）",
    "<what> (found {found}": "<what>（现为 {found}",
    "{keys}: <what>": "{keys}：<what>",
    "{target} ({year}) of {profile}: <what>": "{profile} 的目标 {target}（{year}）：<what>",
    "the scenario: <what>": "方案设定：<what>",
}
remedies = {
    "remove the key or correct its spelling": "请去掉这个键，或更正拼写",
    "add the key": "请补上这个键",
    "write a plain number in the unit of the key": "请写数字，单位按键的规定",
    "write a whole number": "请写整数",
    "write a smaller number": "请写较小的数",
    "write a text; put numbers and codes in quotes": "请写文字，数字和代码请加引号",
    "write a list in brackets, such as [2026, 2028]": "请用方括号写成列表，如 [2026, 2028]",
    "remove the value": "请去掉这个值",
    "write true or false": "请写 true 或 false",
    "write the keys below it, each with its value": "请在下面逐行写出各键和它们的值",
    "name at least one": "请至少写一项",
    "correct the value, and mind the unit of the key": "请更正，并注意键的单位",
    "change it": "请修改",
    "add it": "请补上",
    "make the two agree": "请使两者一致",
}
agreement = {
    "is not filled in": "未填写",
    "no share of under-3s": "没有3岁以下人口占比",
    "no share for {year}": "没有{year}年的占比",
    "name either townships or seats": "townships 和 seats 应写其一",
    "name facilities or hosts": "facilities 或 hosts 至少应写一个",
    "name cells, or say under population how they are made": (
        "应写 cells，或在 population 中说明如何生成需求单元"
    ),
    "name facilities or hosts, or make them by osm_places, candidate_grid or host_rules": (
        "应写 facilities 或 hosts，或用 osm_places、candidate_grid、host_rules 生成"
    ),
    "population names no rasters of children": "population 没有写儿童栅格",
    "{year} lies before base_year {base_year}": "{year}早于现状年（base_year）{base_year}",
    "they do not rise from each to the next": "各年应由早到晚",
    "{year} is neither base_year nor planned for": "{year}既不是现状年（base_year），也不是规划年",
    "{band} is no band of children.take_up": "{band} 不是 children.take_up 中的月龄段",
    "'{name}' is not among {key}": "“{name}”不在 {key} 之中",
    "'{stage}' is not among objectives": "“{stage}”不在 objectives 之中",
    "weights count in the stage coverage, which is not among objectives": (
        "weights 只用于 coverage 阶段，而 objectives 中没有它"
    ),
    "the bands leave out or repeat month {month}": "月龄段遗漏或重复了第{month}月龄",
    "the bands do not end at 36 months": "月龄段应到36月龄为止",
    "'{kind}' takes children under {months} months, the tier does not": (
        "“{kind}”接收未满{months}月龄的婴幼儿，而这个服务层级不接收"
    ),
    "travel_time comes last: it holds who is served": (
        "travel_time 应放在最后：它以服务对象确定为前提"
    ),
    "travel_time needs served before it: nobody travels where nobody is served": (
        "travel_time 之前应有 served：没有服务对象就没有出行"
    ),
    "one of them stands twice": "其中一个重复",
    "due in {year}, which is not planned for ({years})": "{year}年不是规划年（{years}）",
    "the id {id} stands twice for {year}": "编号 {id} 在{year}年重复",
    "a budget is for the sites of every tier": "投资上限针对所有服务层级的点位",
    "no tier counts in {kind}: name tiers here, or in counts_in of a tier": (
        "没有服务层级计入 {kind}：请在此写 tiers，或在服务层级的 counts_in 中写明"
    ),
    "needed by the target {target} ({kind})": "目标 {target}（{kind}）需要",
    "the target {target} (pairing): none of its kinds guides (guidance.kinds)": (
        "目标 {target}（pairing）：它的 kinds 都不能指导（guidance.kinds）"
    ),
    "the target {target} (pairing) shares some kinds with another, and not all": (
        "目标 {target}（pairing）与另一目标的 kinds 部分相同；应完全相同或完全不同"
    ),
    "the target {target} of {profile} (pairing): none of its kinds guides (guidance.kinds)": (
        "{profile} 的目标 {target}（pairing）：它的 kinds 都不能指导（guidance.kinds）"
    ),
    "the target {target} of {profile} (pairing) shares some kinds with another, and not all": (
        "{profile} 的目标 {target}（pairing）与另一目标的 kinds 部分相同；应完全相同或完全不同"
    ),
    "0 classes, and the tier '{tier}' is there for them": "班数为0，而服务层级“{tier}”应有班",
    "the tier '{tier}' runs no classes: write 0": "服务层级“{tier}”不开班：请写0",
    "name at least one class of today": "至少应写一个现有的班",
    "the scenario has no such class kind": "方案设定没有这种班",
    "the tier '{tier}' runs no {kind} classes": "服务层级“{tier}”不开 {kind} 班",
    "the id '{id}' stands twice": "编号“{id}”重复",
    "name at most max_classes classes of today": "现有班数不应超过 max_classes",
    "name either facility or made_host": "facility 和 made_host 应写其一",
    "name either kind or tags": "kind 和 tags 应写其一",
    "name at least one value for each key of tags": "tags 的每个键至少应有一个值",
    "name exactly one of is_one_of, at_least and above": (
        "is_one_of、at_least、above 应写且只写一个"
    ),
    "'{text}' is not an age band in months, such as 12-18": "“{text}”不是月龄段，写法如 12-18",
    "name at_least, at_most or both": "at_least 和 at_most 至少应写一个",
    "at_least is above at_most": "at_least 大于 at_most",
    "name at least one key, and values for each": "至少应写一个键，每个键都应有值",
    "holds {files} of the study, which results could replace": (
        "其中有研究的文件 {files}，写出成果可能把它覆盖"
    ),
    "name another folder with --out": "请用 --out 指定其他文件夹",
}
solvers = {
    "'{solver}' is not a solver that can be used here": "求解器“{solver}”在这里不能使用",
    "install it, or use HiGHS or one of {names}": "请安装它，或使用 HiGHS 或 {names} 之一",
    "is neither .lp nor .mps": "既不是 .lp 也不是 .mps",
    "end the name in .lp or .mps": "文件名请以 .lp 或 .mps 结尾",
    "there is no stage '{stage}'": "没有求解阶段“{stage}”",
    "name one of {names}": "请指定 {names} 之一",
}
