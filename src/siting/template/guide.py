"""The first sheet of the workbook: how to fill it in, in Chinese and English."""

lines = (
    ("h", "托位布局规划：填写说明"),
    (
        "",
        "1. 黄色标签的工作表必须填写；灰色标签的已按国家标准或通行做法填好，可以修改；其余可不填。"
        "灰色表头的列、“参数”中标“可不填”的各组，多数研究用不到。",
    ),
    ("", "2. 带 * 的行或列必填。灰色斜体的“示例”行只示范写法，不读入，可以保留。"),
    ("", "3. 有下拉箭头的单元格从中选择。占比可写 85%。不填即采用“填写说明”中的默认值。"),
    ("", "4. 区划代码、编号按文本填写；月龄段如 6-12 也按文本填写，以免变成日期。"),
    ("", "5. 道路、乡镇街道界等图层与本工作簿放在同一文件夹，在“参数”中写文件名。"),
    ("", "6. 数字都写明来源；没有来源的写“假设”。来源会印在成果上。"),
    ("", "7. 自用的工作表，名称以“备注”开头，不会读入。"),
    ("", "8. 填好后保存并关闭，在命令行运行："),
    ("c", "siting check study.xlsx"),
    ("", "列出全部问题，各指明工作表、行、列；没有问题后运行："),
    ("c", "siting run study.xlsx"),
    ("", ""),
    ("h", "Siting childcare places: how to fill in this workbook"),
    (
        "",
        "1. Sheets with a yellow tab must be filled in; those with a grey tab hold standard values "
        "that may be changed; the others may stay empty. Most studies need no column with a grey "
        "header, and no group of 参数 marked 可不填.",
    ),
    (
        "",
        "2. Rows and columns with * are required. Rows that begin with 示例 are examples and are "
        "not read.",
    ),
    (
        "",
        "3. Cells with an arrow offer a list. Shares may be written as 85%. An empty cell takes "
        "the default in the column 填写说明.",
    ),
    ("", "4. Codes, names and age bands such as 6-12 are text."),
    (
        "",
        "5. Put the layers (streets, townships) beside this workbook and write their file names "
        "in the sheet 参数.",
    ),
    ("", "6. Write a source beside each figure, or 假设 (assumption)."),
    ("", "7. Sheets whose name begins with 备注 are left unread."),
    ("", "8. Save, close, and run: siting check study.xlsx, then siting run study.xlsx"),
)
"""Kind of a line (h heading, c command) and its text."""
