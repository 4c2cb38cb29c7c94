"""What is wrong with a finished run, a plan, a comparison or where results go."""

folders = {
    "is a file": "是文件，不是文件夹",
    "is no folder": "不是文件夹",
    "may not be written": "没有写入权限",
    "cannot be written: <reason>": "无法写入：<reason>",
    "cannot be written (<reason>)": "无法写入（<reason>）",
    "name another folder": "请指定其他文件夹",
    "close the file if it is open elsewhere, or name another folder with --out": (
        "文件若在别处打开请先关闭，或用 --out 指定其他文件夹"
    ),
    "two scenarios would be written to {folder}": "两个方案设定的成果都会写到 {folder}",
    "rename one of the files": "请将其中一个文件改名",
    "<page> is HTML": "<page>是 HTML 文件",
    "name a file .html with --out": "请用 --out 指定 .html 文件",
    "holds {files} already; nothing is overwritten": "已有 {files}；不覆盖任何文件",
    "is a workbook already": "已经是工作簿",
    "copy it, with the layers beside it": "请把它和旁边的图层一起复制",
    "names several files called {names}": "写了几个同名的文件：{names}",
    "rename all but one of them": "请改名，使文件名各不相同",
    "cannot be said in a workbook: {keys}": "工作簿中写不下：{keys}",
    "keep the scenario in YAML": "请继续使用 YAML",
    "name a new folder, or move them away": "请指定新文件夹，或将它们移走",
}
writing = {
    "make room on the disk, or name a folder on another one": (
        "请腾出磁盘空间，或指定其他磁盘上的文件夹"
    ),
    "name a folder on another disk": "请指定其他磁盘上的文件夹",
    "close the file if it is open elsewhere, or name another folder": (
        "文件若在别处打开请先关闭，或指定其他文件夹"
    ),
    "another program is putting files in place here": "另一个程序正在这里写入文件",
    "files of a run that was cut short wait here and cannot be put in place": (
        "这里有一次中断的运行留下的文件，无法归位"
    ),
    "files of a run that was cut short wait here and cannot be put in place: <reason>": (
        "这里有一次中断的运行留下的文件，无法归位：<reason>"
    ),
    "close the file if it is open elsewhere, wait until other runs have ended, see that the folder "
    "may be written, and try again": (
        "文件若在别处打开请先关闭，等其他运行结束，确认文件夹可以写入，然后再试"
    ),
}
finished = {
    "name the folder that `siting run` wrote": "请指定“siting run”写出的文件夹",
    "name the folder of a finished run": "请指定已完成的成果文件夹",
    "is no finished run: it has no {file}": "不是已完成的成果：没有 {file}",
    "lacks {files} of its run": "缺少成果文件 {files}",
    "is not the plan of a run: it names no version of siting": (
        "不是成果中的方案：没有写明 siting 的版本"
    ),
    "was written by siting {written}, this is {ours}": "由 siting {written} 写出，现在是 {ours}",
    "run the scenario again with this version": "请用现在的版本重新运行方案设定",
    "run the scenario again": "请重新运行方案设定",
    "its targets are not those of its scenario": "其中的目标与它的方案设定不一致",
    "names {name}, which is not in sites.csv": "写有 {name}，而 sites.csv 中没有",
    "<column> {name} is not in the scenario of plan.json": (
        "<column> {name} 不在 plan.json 的方案设定中"
    ),
    "township {name} is not in indicators.csv": "乡镇(街道) {name} 不在 indicators.csv 中",
    "its years are not those of plan.json": "年份与 plan.json 不一致",
    "its layer townships is not that of a run": "图层 townships 不是成果的图层",
    "its townships are not those of indicators.csv": "乡镇(街道)与 indicators.csv 不一致",
    "is not the alternative that alternatives.json names": (
        "不是 alternatives.json 所写的备选方案"
    ),
    "its layer townships cannot be read: <reason>": "图层 townships 无法读取：<reason>",
    "{name} is not the name of a folder in this one": "{name} 不是其中的文件夹",
    "a township of it has no shape": "其中有乡镇(街道)没有图形",
    "is not the file of a run": "不是成果文件",
    "is not the file of a run: it is not UTF-8": "不是成果文件：不是 UTF-8 编码",
    "is not the file of a run: it is no JSON: <reason>": "不是成果文件：不是 JSON：<reason>",
    "is not the file of a run: it is no JSON of ours, nested too deeply": (
        "不是成果文件：JSON 嵌套过深"
    ),
    "close it in other programs": "请在其他程序中关闭它",
    "<what> (written by siting {version})": "<what>（由 siting {version} 写出）",
    "is not as the run wrote it": "与写出时不同",
    "put it back as it was, or <remedy>": "请恢复原样；或<remedy>",
    "names {name}, which the inputs do not have": "写有 {name}，而输入数据中没有",
    "its input files lie on another computer: {folder}": "它的输入文件在另一台计算机上：{folder}",
    "if you trust who made the run, name the folder of the scenario with --inputs": (
        "若信任成果的制作者，请用 --inputs 指定方案设定所在的文件夹"
    ),
    "does not tell where the input files are": "没有写明输入文件在哪里",
    "name their folder with --inputs": "请用 --inputs 指定它们的文件夹",
    "has changed since the run": "在运行之后有改动",
    "put it back, or name the folder of the input files with --inputs": (
        "请放回原处，或用 --inputs 指定输入文件的文件夹"
    ),
    "'{key}' is not what the tables of the run and its inputs give": (
        "“{key}”与成果的表和输入数据算出的不一致"
    ),
}
plans = {
    "there is no plan to read: the status is '{status}' (stage {stage})": (
        "没有可读的方案：状态为 {status}（求解阶段 {stage}）"
    ),
    "there is no plan to save: the status is '{status}'": "没有可保存的方案：状态为 {status}",
    "there is no plan to start from: the status is '{status}'": (
        "没有可作起点的方案：状态为 {status}"
    ),
    "nobody is guided: the scenario names no medical institutions": (
        "没有指导关系：方案设定没有医疗机构"
    ),
    "there is no target '{target}'": "没有目标“{target}”",
    "there is no target '{target}' in {year}": "{year}年没有目标“{target}”",
    " in {year}": "（{year}年）",
    "'{target}' is a limit, which costs nothing to raise": "“{target}”是上限，提高它不需要投资",
    "name a target that asks for at least something, or ask what budgets cover": (
        "请指定有下限的目标，或改问各投资额的覆盖率"
    ),
    "no target is one of {kind} in {year}": "{year}年没有 {kind} 类目标",
    "name another target, or add one": "请指定其他目标，或补充一个",
    "no tier counts in population_coverage": "没有服务层级计入 population_coverage",
    "name it in counts_in of a tier": "请在服务层级的 counts_in 中写明",
    "there is no trend of births beside the one that is planned for": (
        "除规划所用的以外没有其他出生趋势"
    ),
    "add one with its factors by year": "请补充一个，写出各年系数",
    "{target}: a fill of {required} cannot be reached: {density} asks for {per_thousand} places "
    "per thousand of {residents} residents, {needed} more than today, and at this take-up only "
    "{children} under-3s want a place and have none; the mean fill is at most {most}": (
        "{target}：使用率 {required} 不可能达到：{density} 要求每千人口 {per_thousand} 个托位，"
        "常住人口 "
        "{residents} 人，需比现状多 {needed} 个，而按此入托意愿只有 {children} "
        "名婴幼儿愿意入托而未入托；"
        "平均使用率最高 {most}"
    ),
    "ask for a fill of at most {most}, lower {density}, or correct under3_share and take_up": (
        "请将使用率降到不超过 {most}，降低 {density}，或更正 under3_share 和 take_up"
    ),
    "{count} sites stand twice with the same guide: <names>": (
        "{count}个点位与同一指导机构重复配对：<names>"
    ),
    "name each pair once": "请每对只写一次",
    "{count} rows name what is in no table: <names>": "{count}行写的在各表中都没有：<names>",
    "pair sites and medical institutions of this study": "请配对本研究的点位和医疗机构",
}
distrust = {
    "there is no plan to believe: <what>": "没有可信的方案：<what>",
    "try the installed solver with: siting doctor": "请用 siting doctor 检验已安装的求解器",
    "what a plan misses could not be computed: {status}": "方案的缺口无法算出：{status}",
    "the service of a plan could not be computed: {status}": "方案的服务对象无法算出：{status}",
    "the service of a fixed plan could not be computed: {status}": (
        "固定方案的服务对象无法算出：{status}"
    ),
    "the institutions could not be paired: {status}": "机构无法配对：{status}",
    "the solver paired parts of institutions": "求解器给出的配对不是整数",
    "no thread for the solver": "没有可供求解器使用的线程",
    "no thread for the solver: {reason}": "没有可供求解器使用的线程：{reason}",
}
comparisons = {
    "there is nothing to compare": "没有可比较的",
    "name two or more runs": "请指定两个或更多成果文件夹",
    "is one plan, without alternatives beside it": "只有一个方案，没有备选方案",
    "name another run, or run the scenario again with --alternatives": (
        "请再指定一个成果文件夹，或用 --alternatives 重新运行方案设定"
    ),
    "{count} plans are too many to compare": "{count}个方案太多，无法比较",
    "name at most {most} runs": "请最多指定{most}个成果文件夹",
    "is of another study area: its township codes differ (<parts>)": (
        "属于另一研究范围：乡镇(街道)代码不同（<parts>）"
    ),
    "compare runs of one study area": "请比较同一研究范围的成果",
}
words = {
    "the comparison": "比较页",
    "the page to place sites": "标定位置的页面",
    "only there <codes>; <others>": "仅此有 <codes>；<others>",
    "only there <codes>": "仅此有 <codes>",
    "only in {run} <codes>": "仅 {run} 有 <codes>",
}
