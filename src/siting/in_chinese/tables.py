"""What is wrong with a table: its file, its sheet, its header, its cells, its rows."""

files = {
    "is no file but a pipe or a device": "不是文件，而是管道或设备",
    "name a file": "请指定文件",
    "is larger than {size} MB, and no such file is": "超过 {size} MB，这类文件不会这么大",
    "check that it is the right file": "请检查文件是否正确",
    "is not UTF-8 text (byte {byte})": "不是 UTF-8 编码的文字（第{byte}字节）",
    "check the name in the scenario": "请检查方案设定中的文件名",
    "is a folder, not a file": "是文件夹，不是文件",
    "name the file inside it": "请指定其中的文件",
    "close it in other programs, or name a file that you may read": (
        "请在其他程序中关闭它，或指定有权读取的文件"
    ),
    "has no sheet '{sheet}'<meant>": "没有工作表“{sheet}”<meant>",
    "has {count} sheets, and the scenario names none of them": (
        "有{count}张工作表，而方案设定没有指定哪一张"
    ),
    "name one, such as {example}; it has {names}": "请指定其一，如 {example}；现有：{names}",
    "it has {names}": "现有：{names}",
    "is neither UTF-8 nor GB18030": "既不是 UTF-8 也不是 GB18030 编码",
    "save it as CSV (UTF-8)": "请另存为 CSV（UTF-8）",
    "workbooks of the kind {suffix} are not read": "不读取 {suffix} 格式的工作簿",
    "open it in Excel or WPS and save it as .xlsx": "请用 Excel 或 WPS 打开并另存为 .xlsx",
    "is not CSV: <reason>": "不是 CSV：<reason>",
    "close the quotation mark there, or save the table as CSV (UTF-8) again": (
        "请补上此处的引号，或将表重新存为 CSV（UTF-8）"
    ),
    "close it elsewhere": "请在其他程序中关闭它",
    "check its name and folder": "请检查文件名和文件夹",
    "close it in other programs, or name another file": "请在其他程序中关闭它，或指定其他文件",
    "is no Excel workbook (<reason>)": "不是 Excel 工作簿（<reason>）",
    "is no Excel workbook: {part} declares a document type or entities": (
        "不是 Excel 工作簿：{part} 声明了文档类型或实体"
    ),
    "open it in Excel or WPS and save it again as .xlsx, without a password": (
        "请用 Excel 或 WPS 打开并重新存为 .xlsx，不加密码"
    ),
    "holds {size} MB once unpacked, more than {most}": "解压后有 {size} MB，超过 {most} MB",
    "copy the tables as values into a new workbook, or save them as CSV": (
        "请将各表以值的形式复制到新工作簿，或存为 CSV"
    ),
    "cannot be read as a workbook: <reason>": "无法作为工作簿读取：<reason>",
    "has more than {cells} cells or {rows} rows": "超过{cells}个单元格或{rows}行",
    "copy the table as values into a new workbook, or save it as CSV": (
        "请将表以值的形式复制到新工作簿，或存为 CSV"
    ),
    "{file} is no dBASE table (<reason>)": "{file} 不是 dBASE 表（<reason>）",
}
file_reasons = {
    "File is not a zip file": "不是压缩包格式",
    "Bad magic number for file header": "文件头已损坏",
    "Bad magic number for central directory": "文件目录已损坏",
    "Truncated file header": "文件不完整",
    "end of data": "数据提前结束",
    "field larger than field limit ({limit})": "一个值超过{limit}个字符",
    "line contains NUL": "含有空字符",
    "new-line character seen in unquoted field - do you need to open the file with newline=''?": (
        "引号以外有换行"
    ),
}
headers = {
    "is empty": "内容为空",
    "give it a header and rows": "请填写表头和数据行",
    "has no rows": "没有数据行",
    "fill in at least one row": "请至少填写一行",
    "there are more values than the {count} columns of the header": "值的个数多于表头的{count}列",
    "put texts that hold a comma into quotation marks": "含逗号的文字请加引号",
    "longitude and latitude are swapped": "经度（lon）和纬度（lat）填反了",
    "exchange the two columns": "请对调两列",
    "{count} columns are '<column>': {names}": "有{count}列都是 <column>：{names}",
    "keep one of them": "请只保留一个",
    "the column '{column}' ({label}) is missing (<meaning>)": (
        "缺少 {column}（{label}）列（<meaning>）"
    ),
    "add it; found: {found}": "请补上；现有：{found}",
    "the column '{title}' is not known; is it '{column}' ({label})?": (
        "“{title}”列未识别；是否应为 {column}（{label}）？"
    ),
    "correct its name, or leave it out (<meaning>)": "请更正列名，或去掉这一列（<meaning>）",
    "the same <key> stands more than once, such as {found}": "<key>重复，如 {found}",
    "the same <key> stands more than once but for characters without width": (
        "<key>重复，只差看不见的字符"
    ),
    "write it anew in each of these rows": "请在这些行中重新输入",
    "the row is called a total, and would count on top of the others": (
        "这一行是合计，会与其余各行重复计入"
    ),
    "remove it, or give it another name": "请删除这一行，或改用别的名称",
    "give each row its own, or remove the repeated rows": "请使各行互不相同，或删除重复的行",
    "<what> (and {count} more)": "<what>（另有{count}处）",
}
cells = {
    "the cell is a date, <kind> expected": "单元格是日期，应为<kind>",
    "set the format of the column to text or number, and enter the value again": (
        "请将该列格式设为文本或数字后重新填写"
    ),
    "the cell is empty": "单元格为空",
    "fill in: <meaning>": "请填写：<meaning>",
    "<kind> expected, found {found}": "应为<kind>，现为 {found}",
    "correct it; the column is: <meaning>": "请更正；该列为：<meaning>",
    "the value is a list, an object or bytes, <kind> expected": (
        "值是列表、对象或字节，应为<kind>"
    ),
    "write one value": "请只写一个值",
    "the text holds a NUL": "文字含有空字符（NUL）",
    "export the file again, as UTF-8": "请重新导出为 UTF-8",
    "the text is garbled, such as {text}": "文字为乱码，如 {text}",
    "export the file again as UTF-8; of a Shapefile, bring its .cpg file along": (
        "请重新导出为 UTF-8；Shapefile 请一并提供 .cpg 文件"
    ),
    "the code was turned into a number and has lost its last digits": (
        "代码被转成数字，末几位已丢失"
    ),
    "the code was turned into a number and has lost its last digits, such as {text}": (
        "代码被转成数字，末几位已丢失，如 {text}"
    ),
    "the code was turned into a number with a decimal point": "代码被转成带小数点的数字",
    "the code was turned into a number with a decimal point, such as {text}": (
        "代码被转成带小数点的数字，如 {text}"
    ),
    "the code has lost digits: it has neither 6, 9 nor 12": "代码位数不对：应为6、9或12位",
    "the code has lost digits: it has neither 6, 9 nor 12, such as {text}": (
        "代码位数不对：应为6、9或12位，如 {text}"
    ),
    "format the column as text, and enter the codes again from their source": (
        "请将该列设为文本格式，并按原始资料重新填写代码"
    ),
    "{count} texts are no H3 cell, such as {text}": "{count}个文字不是 H3 编号，如 {text}",
    "write the index as text of 15 hexadecimal digits; Excel may have turned it into a number": (
        "请以文本填写15位十六进制编号；可能已被 Excel 转成数字"
    ),
    "the cell shows {value}": "单元格显示 {value}",
    "mend its formula, or enter the value": "请修正公式，或直接填值",
    "the formula was never computed": "公式从未计算过",
    "open the workbook in Excel or WPS and save it, or enter the value": (
        "请用 Excel 或 WPS 打开并保存，或直接填值"
    ),
    "the cells {block} are merged": "单元格 {block} 是合并的",
    "split them, and fill in the value in every row": "请取消合并，并在每行填值",
    "one of the two is empty": "两者有一个为空",
    "fill in both, or neither": "请两个都填，或都不填",
    "fill in both, or neither and an address": "请两个都填，或都不填而填写地址（address）",
    " and an address": "并填写地址（address）",
    "there are no coordinates and no address": "既没有坐标也没有地址",
    "fill in longitude and latitude, or an address": (
        "请填写经度（lon）和纬度（lat），或地址（address）"
    ),
}
zones = {
    "the code {code} is '{zone}', but <contradiction>": "代码 {code} 是“{zone}”，但<contradiction>",
    "the name is '{name}' ({code})": "名称是“{name}”（{code}）",
    "it lies in '{one}', not in '{other}'": "它属于“{one}”，不属于“{other}”",
    "correct the code or the name": "请更正代码或名称",
    "<told> may be {count} zones: {codes}": "<told>可能是{count}个区域：{codes}",
    "fill in the code": "请填写代码",
    "code and name are empty": "代码和名称都为空",
    "<told> is no <zone> of the study<meant>": "研究中没有这个<zone>：<told><meant>",
    "; is it '{name}' ({code})?": "；是否应为“{name}”（{code}）？",
    "rows stand for the same <zone>": "各行是同一个<zone>",
    "rows stand for the same <zone> and <columns>": "各行是同一个<zone>，且 <columns> 相同",
    "the total is {total}, and the {count} rows that it stands for add up to {sum}": (
        "合计为 {total}，而它所合计的{count}行相加得 {sum}"
    ),
    "add the rows that are missing, correct the figures, or remove the total": (
        "请补上缺少的行，更正数字，或删除合计"
    ),
}
kinds = {
    "a number": "数字",
    "a number (<unit>)": "数字（<unit>）",
    "a number of at least {least}": "不小于{least}的数字",
    "a number of at least {least} (<unit>)": "不小于{least}的数字（<unit>）",
    "a number from {least} to {most}": "{least}至{most}的数字",
    "a number from {least} to {most} (<unit>)": "{least}至{most}的数字（<unit>）",
    "a whole number": "整数",
    "a whole number (<unit>)": "整数（<unit>）",
    "a whole number of at least {least}": "不小于{least}的整数",
    "a whole number of at least {least} (<unit>)": "不小于{least}的整数（<unit>）",
    "a whole number from {least} to {most}": "{least}至{most}的整数",
    "a whole number from {least} to {most} (<unit>)": "{least}至{most}的整数（<unit>）",
    "a text": "文字",
    "community": "社区(村)",
    "communities": "社区(村)",
    "township": "乡镇(街道)",
    "townships": "乡镇(街道)",
    "district": "区县",
    "districts": "区县",
    "area": "全区域",
    "areas": "区域",
    "people": "人",
    "children": "名",
    "classes": "个班",
    "places": "个托位",
    "degree": "度",
    "ha": "公顷",
    "m2": "平方米",
    "CNY": "元",
    "CNY per place": "元/托位",
    "CNY per place and year": "元/托位·年",
    "CNY per place and month": "元/托位·月",
}
choices = {"{one} or <choices>": "{one}或<choices>"}
of_slots = {
    "<choices>": choices,
    "<kind>": {"yes or no (是, 否)": "“是”（yes）或“否”（no）", **choices},
    "<key>": {"<one> and <columns>": "<one>、<columns>"},
    "<columns>": {"<one> and <columns>": "<one>、<columns>"},
    "<told>": {
        "code {code} '{name}'": "代码 {code}“{name}”",
        "code {code}": "代码 {code}",
        "'{name}'": "“{name}”",
    },
}
