"""What the help of the command line says, in both languages.

Gives texts. Does not: know how a word is read (:mod:`siting.arguments`).
"""

from collections.abc import Mapping

from siting.notes import Note

description = Note(
    zh="规划托位：把托育点位设在哪里，一个区县才能达到目标。",
    en="Plan childcare places so that a district reaches its targets.",
)
exit_codes = Note(
    zh="退出码：0 有方案；1 求解器给出的答案不可信，或内存不足；2 方案设定或数据有误；"
    "3 约束性目标不能达到；4 限定时间内没有找到方案；130 用 Ctrl-C 中止",
    en="exit codes: 0 plan found, 1 what the solver told cannot be believed or the memory "
    "does not suffice, 2 scenario or data wrong, 3 a hard target cannot be met, "
    "4 no plan in the time given, 130 stopped with Ctrl-C",
)
usage = Note(zh="用法：", en="usage: ")
positionals = Note(zh="参数", en="positional arguments")
commands = Note(zh="命令", en="commands")
options = Note(zh="选项", en="options")
help_shown = Note(zh="显示本帮助后退出", en="show this help and exit")
version_shown = Note(zh="显示版本号后退出", en="show the version and exit")
language_before = Note(
    zh="语言，也可写在命令之后：zh 中文，en 英文；不写时取环境变量 SITING_LANG，没有则为中文",
    en="as behind the command, where it may stand; without it the environment variable "
    "SITING_LANG names the language, or else it is Chinese",
)

command_help: Mapping[str, Note] = {
    "run": Note(
        zh="求解一个或几个方案，写出方案、表格、图层和页面",
        en="solve scenarios and write plan, tables, layers, page",
    ),
    "review": Note(
        zh="重新绘制已有成果的页面和图层；不求解",
        en="draw page and layers of a finished run again; solves nothing",
    ),
    "compare": Note(
        zh="把几个已有成果并排画成一页", en="draw a page that puts finished runs side by side"
    ),
    "export": Note(
        zh="把规划模型写成其他求解器能读的文件；不求解",
        en="write the planning model as a file for other solvers; solves nothing",
    ),
    "init": Note(zh="写出新研究的起始文件夹", en="write the folder that a new study begins with"),
    "check": Note(
        zh="列出方案设定和数据的每个问题；不求解",
        en="list every problem of a scenario; solves nothing",
    ),
    "place": Note(
        zh="为只有地址、没有坐标的点位画一个标点用的页面",
        en="draw a page to place sites that have an address only",
    ),
    "policy": Note(
        zh="列出已编入的政策文件及其条款", en="the encoded policy documents and their clauses"
    ),
    "schema": Note(
        zh="输出方案设定的 JSON Schema，供编辑器使用",
        en="print the JSON Schema of scenarios, for editors",
    ),
    "doctor": Note(
        zh="用答案已知的算例检验已安装的求解器，并显示各软件版本；有一例错误则退出码为1",
        en="try known cases on the installed solver, print versions; exit 1 if one is wrong",
    ),
    "fetch": Note(
        zh="从 OpenStreetMap 下载道路；需要联网",
        en="fetch streets from OpenStreetMap; goes online",
    ),
}
"""Command -> what it does."""

_lang = Note(zh="输出的语言：zh 中文，en 英文（也可写在命令之前）", en="language of the output")
_lang_of_page = Note(
    zh="页面的语言：zh 中文，en 英文（也可写在命令之前）", en="language of the page"
)
_no_cache = Note(
    zh="不用缓存，重新计算路网和出行时间", en="compute network and travel times afresh"
)
_geoparquet = Note(zh="图层另写一份 GeoParquet", en="write the layers as GeoParquet too")
_page = Note(zh="页面文件，以 .html 结尾", en="the page, a file .html")
_scenario = Note(
    zh="方案设定文件（.yaml），或填好的工作簿（.xlsx）",
    en="scenario (.yaml) or filled workbook (.xlsx)",
)

_allow_outside = Note(
    zh="允许读取研究文件夹以外的数据（不写则拒绝）",
    en="read input files outside the study folder too (refused otherwise)",
)

word_help: Mapping[str, Mapping[str, Note]] = {
    "run": {
        "scenario": _scenario,
        "--allow-outside": _allow_outside,
        "--out": Note(
            zh="成果文件夹（不写：results/文件名；有几个方案时：DIR/文件名）",
            en="folder of the run (default: results/NAME; with several scenarios, DIR/NAME)",
        ),
        "--time-limit": Note(zh="各阶段求解合计的时限，秒", en="seconds for all siting stages"),
        "--gap": Note(
            zh="每个阶段允许与最优值相差的比例，如 0.005",
            en="relative gap asked of each stage, such as 0.005",
        ),
        "--why": Note(
            zh="说明预期性目标为何达不到（最多30秒）",
            en="say why soft targets fall short (takes up to 30 s)",
        ),
        "--from-trial": Note(
            zh="采用从审阅页面导出的试算：其中改动的点位作为已定，采用其时限和步行速度，"
            "全部重新求解、重新证明",
            en="take up a trial (试算) exported from the review page: its switched sites are "
            "decided, its minutes and walking speed taken, and all is solved and proven anew",
        ),
        "--alternatives": Note(
            zh="另找 N 个费用相近而点位不同的备选方案，每个都写成完整的成果",
            en="also look for N plans that cost little more and differ, each a run of its own",
        ),
        "--frontier": Note(
            zh="另算各覆盖率的最低费用", en="also tell the least cost of each coverage"
        ),
        "--no-cache": _no_cache,
        "--geoparquet": _geoparquet,
        "--lang": _lang,
    },
    "review": {
        "folder": Note(zh="成果文件夹", en="folder of the run"),
        "--title": Note(
            zh="标题（不写：方案的名称）", en="title (default: the name of the scenario)"
        ),
        "--tiles": Note(
            zh="另写一页 review_NAME.html，该页可向所选的在线地图取底图："
            "tianditu 天地图，amap 高德",
            en="write a second page too, review_NAME.html, that may ask this online map",
        ),
        "--inputs": Note(
            zh="方案设定及其数据文件所在的文件夹（文件移动过时才写）",
            en="folder of the scenario and its input files, where they were moved",
        ),
        "--geoparquet": _geoparquet,
        "--no-cache": _no_cache,
        "--lang": _lang,
    },
    "compare": {
        "folder": Note(
            zh="成果文件夹；只写一个时，与它的备选方案比较",
            en="folder of a finished run; one alone is compared with its alternatives",
        ),
        "--out": _page,
        "--title": Note(
            zh="标题（不写：各方案的名称）", en="heading (default: names of the plans)"
        ),
        "--lang": _lang_of_page,
    },
    "export": {
        "scenario": _scenario,
        "--allow-outside": _allow_outside,
        "--out": Note(zh="模型文件，以 .mps 或 .lp 结尾", en="F.mps or F.lp"),
        "--stage": Note(
            zh="以哪个阶段为目标函数，如 cost（不写：第一个阶段）",
            en="objective, such as cost (default: that of the first stage)",
        ),
        "--lang": _lang,
    },
    "init": {
        "folder": Note(zh="新研究的文件夹", en="folder of the new study"),
        "--from": Note(
            zh="把已有的方案设定（.yaml）连同数据填入工作簿，图层放在旁边；"
            "示例为 scenarios/wuhan.yaml",
            en="fill the workbook with a scenario that is there (.yaml) and its tables, its layers "
            "beside it; the example is scenarios/wuhan.yaml",
        ),
        "--lang": _lang,
    },
    "check": {"scenario": _scenario, "--allow-outside": _allow_outside, "--lang": _lang},
    "place": {
        "scenario": _scenario,
        "--allow-outside": _allow_outside,
        "--out": _page,
        "--lang": _lang_of_page,
    },
    "policy": {
        "profile": Note(
            zh="政策文件的编号，或自己编写的文件（不写：列出全部）",
            en="a profile, or a file of your own (default: list all)",
        ),
        "--lang": _lang,
    },
    "schema": {
        "--lang": Note(
            zh="提示信息的语言：zh 中文，en 英文；JSON Schema 本身为英文",
            en="language of the messages; the schema is in English",
        )
    },
    "doctor": {"--lang": _lang},
    "fetch": {
        "place": Note(zh="地名，如“瓯海区, 温州市”", en="such as '瓯海区, 温州市'"),
        "--out": Note(
            zh="道路文件，以 .graphml 或 .gpkg 结尾", en="file of the streets, .graphml or .gpkg"
        ),
        "--margin-km": Note(
            zh="取到该地边界以外多少千米（不写：3，够步行15分钟；驾车15分钟约需25）",
            en="how far beyond the boundary of the place (default: 3, for 15 minutes on foot; a "
            "drive of 15 minutes needs about 25)",
        ),
        "--overpass": Note(zh="另用一个 Overpass 服务器", en="another Overpass server"),
        "--nominatim": Note(zh="另用一个 Nominatim 服务器", en="another Nominatim server"),
        "--lang": _lang,
    },
}
"""Command -> its words -> what each means."""
