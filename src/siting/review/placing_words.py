"""Every text of the page for placing sites, in Chinese and English."""

from siting.review.words import texts

shared = (
    "illustrative",
    "illustrative_mark",
    "no_script",
    "old_browser",
    "not_reviewed",
    "seat_zones",
    "attribution",
    "map_label",
    "zoom_in",
    "zoom_out",
    "whole_area",
    "search",
    "search_none",
    "outside",
    "township",
    "nothing",
)
"""Texts that the review page has too."""

placing_texts: dict[str, tuple[str, str]] = {
    **{key: texts[key] for key in shared},
    "page": ("补定位置", "Place sites by a click"),
    "lead": (
        "下列各行有地址、无坐标：在左侧选中一行，再点击地图上的位置；标记可以拖动。",
        "These rows have an address but no coordinates: choose a row on the left, then click its "
        "place on the map; the mark can be dragged.",
    ),
    "no_rows": ("没有需要补定位置的行。", "No row needs to be placed."),
    "list": ("待定位置", "Sites to place"),
    "map": ("地图", "Map"),
    "progress": ("已定位 {n} / {m}", "{n} of {m} placed"),
    "no_name": ("（无名称）", "(no name)"),
    "no_address": ("无地址", "no address"),
    "table_facilities": ("现有设施", "existing facility"),
    "table_hosts": ("候选载体", "candidate host"),
    "table_medical": ("医疗机构", "medical institution"),
    "state_open": ("未定位", "not placed"),
    "placed_site": ("已有点位", "site with coordinates"),
    "choose_row": ("请先在左侧选中一行。", "Choose a row on the left first."),
    "click_map": (
        "请点击地图上“{name}”的位置。",
        "Click the place of “{name}” on the map.",
    ),
    "move_it": (
        "“{name}”已定位；再点击地图或拖动标记可以改动。",
        "“{name}” is placed; click the map again or drag the mark to move it.",
    ),
    "keys": (
        "键盘：Tab 至地图，方向键移动、+ - 缩放，回车定在十字处；在标记上，方向键微调，"
        "Delete 取消，Ctrl+Z 撤销。",
        "Keyboard: Tab to the map, arrows move, + and - zoom, Enter places at the cross; on a "
        "mark, arrows nudge it, Delete takes it away, Ctrl+Z undoes.",
    ),
    "undo": ("撤销", "Undo"),
    "take_away": ("取消定位", "Take away"),
    "next": ("下一条未定位", "Next to place"),
    "save": ("保存 {file}", "Save {file}"),
    "load": ("读入以前保存的 {file}", "Load an earlier {file}"),
    "where_new": (
        "将 {file} 放入方案文件所在的文件夹，并在方案文件的 inputs 下写 placed: {file}"
        "（键名 inputs.placed），然后重新运行。",
        "Put {file} into the folder of the scenario file and write placed: {file} under its "
        "inputs (the key inputs.placed); then run the study again.",
    ),
    "where_named": (
        "方案文件已写明 {file}（键名 inputs.placed）：以保存的文件替换它，然后重新运行。",
        "The scenario names {file} already (the key inputs.placed): put the saved file in its "
        "place, then run the study again.",
    ),
    "where_sheet": (
        "打开 {file}，将其各行粘贴到工作簿 {book} 的工作表 {sheet}，替换其中原有的各行"
        "（保留表头，编号为文本格式），保存工作簿，然后重新运行。",
        "Open {file} and paste its rows into the sheet {sheet} of the workbook {book}, in place of "
        "those there (keep the header, and the ids as text); save the workbook, then run the study "
        "again.",
    ),
    "load_first": (
        "方案文件已写明的 {file} 尚未读入：请先读入，否则其中原有的位置不会保存在新文件里。",
        "{file}, which the scenario names, is not loaded yet: load it first, or the places it "
        "holds will not be in the file saved.",
    ),
    "wgs84": (
        "坐标为 WGS-84 经纬度（度，6位小数），不受 inputs.coordinates 影响。",
        "Coordinates are WGS-84 degrees with 6 digits, whatever inputs.coordinates says.",
    ),
    "formula_ids": (
        "有 {n} 个编号以 = + - @ 开头，按原文加引号写入；请勿用 Excel 另存该文件，"
        "以免编号被当作公式。",
        "{n} ids begin with = + - @; they are written as they stand, in quotes. Do not save the "
        "file again from Excel, which would take them for formulas.",
    ),
    "remembered": (
        "进度已记在本机的浏览器里，关闭页面后可以继续。",
        "Work in progress is kept in this browser; you can close the page and go on later.",
    ),
    "not_remembered": (
        "此浏览器不能记下进度：关闭页面前请先保存。",
        "This browser cannot keep work in progress: save before you close the page.",
    ),
    "saved": (
        "已保存 {n} 行；尚有 {left} 行未定位。",
        "Rows saved: {n}; still to be placed: {left}.",
    ),
    "loaded": (
        "由 {file} 读入 {n} 行，其中 {kept} 行的编号不在上列各行中。",
        "Rows loaded from {file}: {n}, of which {kept} have ids that are not in the list.",
    ),
    "kept": (
        "另有 {n} 行的编号不在上列各行中，保存时一并保留。",
        "Rows with other ids that will be saved as well: {n}.",
    ),
    "leave_out": ("不保留", "Leave them out"),
    "load_problems": ("以下 {n} 处未读入：", "Not loaded ({n}):"),
    "bad_encoding": (
        "文件既不是 UTF-8 也不是 GBK 编码的文本；请读入本页保存的 CSV 文件。",
        "The file is neither UTF-8 nor GBK text; load the CSV file that this page saved.",
    ),
    "bad_columns": (
        "第1行缺少列 {columns}；应有 site_id、lon、lat 三列，以逗号分隔。",
        "Row 1 lacks {columns}; there must be the columns site_id, lon and lat, with commas "
        "between.",
    ),
    "bad_quotes": (
        "第{row}行的引号没有结束；请补上引号。",
        "Row {row}: a quotation mark is never closed; add it.",
    ),
    "bad_id": ("第{row}行没有 site_id；请补上编号。", "Row {row} has no site_id; add it."),
    "bad_twice": (
        "第{row}行的 site_id “{value}”与前面重复；请只留一行。",
        "Row {row}: site_id “{value}” stands above already; keep one of the rows.",
    ),
    "bad_number": (
        "第{row}行的 {column} 为“{value}”，应为 {least} 至 {most} 的度数；请检查经纬度是否颠倒。",
        "Row {row}: {column} is “{value}”, not degrees from {least} to {most}; check whether lon "
        "and lat are swapped.",
    ),
}
