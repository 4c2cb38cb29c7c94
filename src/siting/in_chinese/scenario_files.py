"""What is wrong with the file of a scenario, a trial or a policy profile."""

yaml_files = {
    "there is no such file": "没有这个文件",
    "'{name}' lies outside the study folder": "“{name}”在研究文件夹以外",
    "move it into the study folder {folder}, or allow it with {option}": (
        "请移到研究文件夹 {folder} 中，或用 {option} 允许"
    ),
    "a type named with ! is not read": "不读取用 ! 注明的类型",
    "a line that begins with % is not read": "不读取以 % 开头的行",
    "remove the line": "请删除这一行",
    "put a text that begins with ! in quotes, or leave out the type": (
        "以 ! 开头的文字请加引号，注明的类型请去掉"
    ),
    "check the name and the folder": "请检查文件名和文件夹",
    "the text is not UTF-8": "文字不是 UTF-8 编码",
    "save the file as UTF-8": "请将文件另存为 UTF-8 编码",
    "cannot be read (<reason>)": "无法读取（<reason>）",
    "name a file you may read": "请指定有权读取的文件",
    "not valid YAML: <reason>": "不是有效的 YAML：<reason>",
    "mend the file": "请修正文件",
    "the file cannot be understood": "文件无法理解",
    "the character {code} cannot stand in a text": "文字中不能有字符 {code}",
    "remove it, or save the file as text": "请去掉它，或将文件另存为文本",
    "put the value in quotes": "请给值加上引号",
    "a tab stands where the line is indented": "行首缩进用了制表符",
    "indent with blanks": "请用空格缩进",
    "a value cannot begin with this character": "值不能以这个字符开头",
    "a colon cannot stand here": "此处不能有冒号",
    "put a text with a colon in quotes, or mend the indent of the line": (
        "含冒号的文字请加引号，或修正这一行的缩进"
    ),
    "a list cannot begin here": "列表不能从这里开始",
    "begin each item with '- ' on a line of its own": "请每项另起一行，以“- ”开头",
    "a key without a colon": "键后面没有冒号",
    "write a colon and a blank behind it": "请在它后面写英文冒号（:）加一个空格",
    "the quote that opens here is not closed": "从这里开始的引号没有闭合",
    "close it with the same quote": "请用同样的引号闭合",
    "a list in brackets lacks a comma or its ]": "方括号中的列表缺少逗号或右方括号",
    "keys in braces lack a comma or their }": "花括号中的键缺少逗号或右花括号",
    "<what>; it opens in line {line}": "<what>（始于第{line}行）",
    "add what is missing": "请补上",
    "a text stands behind a value that has ended": "值已经结束，后面还有文字",
    "put the whole value in one pair of quotes": "请用一对引号括住整个值",
    "the line is not indented as those it goes with": "这一行的缩进与同组各行不一致",
    "begin it as far in as the other keys or items of its group": (
        "请与同组的其他键或其他项从同一列开始"
    ),
    "a value is missing here": "此处缺少值",
    "write the value, or put it in quotes": "请写出值，或给它加上引号",
    "a value begins with & or *, which are not read": "值以 & 或 * 开头，不支持",
    "a backslash in double quotes has a meaning of its own": "双引号中的反斜杠另有含义",
    "write it as / or twice, or use single quotes": "请改成 / 或写两遍，或改用单引号",
    "a second document begins here": "从这里开始了第二个文档",
    "keep one scenario in the file, without --- and ...": (
        "一个文件只写一个方案设定，不要写 --- 和 ..."
    ),
    "text stands behind | or >": "| 或 > 后面还有文字",
    "begin the text on the next line, or put it in quotes": "请从下一行开始写文字，或给它加上引号",
    "a value begins with !, which is not read": "值以 ! 开头，不支持",
    "the line cannot be understood": "这一行无法理解",
    "mend the line or its indent, or put its value in quotes": (
        "请修正这一行或它的缩进，或给值加上引号"
    ),
    "a full-width colon (：) stands behind the key '{key}'": "键“{key}”后面是中文冒号（：）",
    "write a plain colon and a blank": "请改成英文冒号（:）加一个空格",
    "a key must be a plain word or number": "键只能是普通的词或数字",
    "write a plain key": "请改用普通的键",
    "the key '{key}' stands twice": "键“{key}”重复",
    "keep one of the two": "请保留其中一个",
    "anchors (&) and aliases (*) are not read": "不支持锚点（&）和别名（*）",
    "write the value out": "请直接写出值",
    "the file nests too deeply": "文件嵌套过深",
    "use the keys of the schema": "请使用规定的键",
    "a value of type '{tag}' is not read": "不支持类型为“{tag}”的值",
    "'{text}' cannot be read as a number": "“{text}”无法读作数字",
    "write a plain one": "请改用普通的写法",
    "write it in quotes": "请加上引号",
    "holds no scenario: keys and their values": "其中没有方案设定（键和值）",
    "fill in the study.yaml of 'siting init'": "请填写“siting init”生成的 study.yaml",
}
workbooks = {
    "'{key}' stands twice, first at <place>": "“{key}”重复，首次出现在 <place>",
    "'{key}' stands twice": "“{key}”重复",
    "'{name}' stands twice, first in <place>": "“{name}”重复，首次出现在 <place>",
    "keep one of the two rows": "请保留两行中的一行",
    "has no sheet '{sheet}'": "没有工作表“{sheet}”",
    "fill in the one of 'siting init'": "请填写“siting init”生成的模板",
    "the sheet is not known": "工作表未识别",
    "correct its name, or begin it with 备注 where it is for yourself": (
        "请更正名称；仅供自己使用的，名称请以“备注”开头"
    ),
    "the row of '{name}' is empty": "“{name}”一行为空",
    "fill it in, or remove it": "请填写或删除",
    "'{text}' cannot be the {column} of a row": "“{text}”不能作为一行的{column}",
    "write <hint>": "请填写：<hint>",
    "是 or 否 expected, found {found}": "应为“是”或“否”，现为 {found}",
    "write 是 or 否: {column}": "请填“是”或“否”：{column}",
    "the key '{key}' is not known": "键“{key}”未识别",
    "<what>; is it '{near}'?": "<what>；是否应为“{near}”？",
    "the column '{column}' is empty": "“{column}”列为空",
    "fill it in: <hint>": "请填写：<hint>",
    "the row has a value and no key": "这一行有值而没有键",
    "copy it from the template": "请从模板复制",
    "correct it, or remove the row": "请更正，或删除这一行",
    "the column '{column}' is missing": "缺少“{column}”列",
    "write the header as in the template": "请按模板填写表头",
    "is a date ({value}), which Excel makes of 6-12 and the like": (
        "成了日期（{value}），Excel 会把“6-12”之类的内容转成日期"
    ),
    "set the format of the cell to text and write it again": "请将单元格格式设为文本后重新填写",
    "the header '{word}' stands twice": "表头“{word}”重复",
    "the header '{word}' is not known": "表头“{word}”未识别",
    "correct it": "请更正",
    "has more than {most} rows": "超过{most}行",
    "remove what is below": "请删除多余的行",
    "<label> ({key}) does not go with the other values": "<label>（{key}）与其他设置不相配",
    "empty the cell": "请清空单元格",
    "<label> ({key}) is not filled in": "<label>（{key}）未填写",
    "fill it in": "请填写",
    "<label> ({key}): '{found}' is none of {choices}": (
        "<label>（{key}）没有“{found}”这个选项，可用：{choices}"
    ),
    "choose from the list of the cell": "请从单元格的列表中选择",
    "fill in the sheet": "请填写这张工作表",
    "fill in the sheet: <hint>": "请填写这张工作表：<hint>",
    "write where it comes from, or 假设": "请注明出处，或写“假设”",
}
trials = {
    "export it again on the review page of this study (试算, 导出)": (
        "请在本研究的汇报页上重新导出（试算，导出）"
    ),
    "is a trial of '{trial}', and the scenario is '{scenario}'": (
        "是“{trial}”的试算，而方案设定是“{scenario}”"
    ),
    "name the scenario it was made for": "请指定试算所属的方案设定",
    "{year} is not planned for ({planned})": "{year}不在规划年（{planned}）之中",
    "'{site}' stands twice": "“{site}”重复",
    "remove one of them": "请删除其中一个",
    "is larger than {size} MB, which no trial is": "超过 {size} MB，试算文件不会这么大",
    "is not UTF-8 text": "不是 UTF-8 编码的文字",
    "cannot be read: <reason>": "无法读取：<reason>",
    "name a file that you may read": "请指定有权读取的文件",
    "is not JSON: <reason>": "不是 JSON：<reason>",
    "is nested too deep": "嵌套过深",
    "the key '{key}' stands twice in one object": "同一对象中键“{key}”重复",
    "{name} is no number of JSON": "{name} 不是 JSON 的数字",
    "the study has no site '{site}'": "本研究没有点位“{site}”",
    "remove it, or export the trial again from a page of this study": (
        "请删除，或从本研究的汇报页重新导出试算"
    ),
    "'{site}' lies outside the study area, and stays": "点位“{site}”在研究范围以外，保持不变",
    "'{site}' lies outside the study area, and cannot open": (
        "点位“{site}”在研究范围以外，不能开办"
    ),
    "'{site}' has not passed fire and building safety (消防及房屋安全: 否), and cannot open": (
        "点位“{site}”未通过消防及房屋安全（消防及房屋安全：否），不能开办"
    ),
    "'{site}' can open from {from_year} on, not by {year}": (
        "点位“{site}”{from_year}年起才能开办，{year}年来不及"
    ),
    "leave it as it is": "请保持原状",
    "lies outside the study area, and stays": "在研究范围以外，保持不变",
    "lies outside the study area, and cannot open": "在研究范围以外，不能开办",
    "has not passed fire and building safety (消防及房屋安全: 否), and cannot open": (
        "未通过消防及房屋安全（消防及房屋安全：否），不能开办"
    ),
    "can open from {from_year} on, not by {year}": "{from_year}年起才能开办，{year}年来不及",
    "{sites} of the exclusive group '{group}' are on, or committed or forced by the study, and at "
    "most one of a group opens": (
        "互斥组“{group}”的 {sites} 被打开，或在研究中为已定或必选，而一组最多开办一处"
    ),
    "switch all but one of them off": "请只保留一处打开",
    "a trial is of one scenario, and several are named": (
        "一个试算只属于一个方案设定，这里指定了多个"
    ),
    "name the one it was made for": "请只指定试算所属的那一个",
}
profiles = {
    "there is no policy profile '{name}'": "没有政策文件“{name}”",
    "name one of {names}, or a file of your own (.yaml)": (
        "请指定 {names} 之一，或自己的文件（.yaml）"
    ),
    "the id {id} stands twice": "编号 {id} 重复",
    "give each its own id": "请使用各不相同的编号",
    "{provision}: carried_by and targets do not agree": "{provision}：carried_by 与 targets 不一致",
    "name target in carried_by where there are targets": (
        "有目标的条款，请在 carried_by 中写 target"
    ),
    "{provision}: {keys} of a target come from the provision": (
        "{provision}：目标的 {keys} 由条款给出"
    ),
    "leave these keys out": "请去掉这些键",
    "{provision}: {year} is not among the years of the document": (
        "{provision}：{year}年不在文件的年份之内"
    ),
    "give years from {first} to {last}, or correct 'years'": (
        "请填{first}至{last}年，或改正 years"
    ),
    "{provision}: no target asks for the figure of {year}, {figure}": (
        "{provision}：没有目标要求{year}年的数 {figure}"
    ),
    "correct the one or the other, or say in 'reading' how the figure was read": (
        "请改正其中之一，或在 reading 中写明如何理解该数"
    ),
    "{provision}: the target is due in no year, or not by years alone": (
        "{provision}：目标没有年份，或不是仅按年份写的"
    ),
    "give required, at_least or at_most for each year, or else 'years'": (
        "请逐年写出 required、at_least 或 at_most，或写 years"
    ),
    "correct the target": "请更正目标",
    "{provision}: <what> ({keys})": "{provision}：<what>（{keys}）",
    "correct the profile; the shipped ones show the form": (
        "请更正政策文件，写法可参照随附的各个文件"
    ),
    "the profile {name} stands twice": "政策文件 {name} 重复",
    "name it once": "请只写一次",
    "{one} and {other} both have a provision {name}": "{one} 和 {other} 都有条款 {name}",
    "rename it in the file of your own": "请在自己的文件中改名",
    "no target of {profile} is due in the planned years or before them": (
        "{profile} 没有在规划年或之前到期的目标"
    ),
    "plan for later years, or leave the profile out": "请规划更晚的年份，或去掉这个政策文件",
    "no profile has a provision or target {name}": "各政策文件都没有条款或目标 {name}",
    "see 'siting policy ID' for the ids": "编号请用“siting policy ID”查看",
    "changes of {name} change nothing: no target of it is taken from a profile": (
        "对 {name} 的修改不起作用：没有从政策文件取用它的目标"
    ),
    "leave the change out": "请去掉这项修改",
    "{profile} {provision} ({title}) counts sites of the tier '{tier}', which the scenario does "
    "not have": (
        "{profile} {provision}（{title}）统计服务层级“{tier}”的点位，而方案设定没有这个层级"
    ),
    "add it under tiers, or leave {provision} out (policy.without)": (
        "请在 tiers 下补充，或不采用 {provision}（policy.without）"
    ),
}
reasons = {
    "No such file or directory": "没有这个文件或文件夹",
    "Permission denied": "没有权限",
    "Is a directory": "是文件夹",
    "Not a directory": "不是文件夹",
    "File exists": "文件已存在",
    "File name too long": "文件名过长",
    "No space left on device": "磁盘已满",
    "Read-only file system": "文件系统只读",
    "Input/output error": "读写错误",
    "Invalid argument": "参数无效",
    "Expecting value": "此处应有值",
    "Expecting property name enclosed in double quotes": "此处应有双引号中的键",
    "Expecting ':' delimiter": "缺少冒号",
    "Expecting ',' delimiter": "缺少逗号",
    "Illegal trailing comma before end of object": "对象末尾多了逗号",
    "Illegal trailing comma before end of array": "数组末尾多了逗号",
    "Extra data": "末尾有多余内容",
    "Unterminated string starting at": "字符串没有结束",
    "Invalid control character at": "含有控制字符",
    "Invalid \\escape": "转义符无效",
    "unexpected end of data": "文件提前结束",
}
