"""The command line: words and exit codes.

Reads arguments, calls the steps of a study, prints. Does not: compute anything.
"""

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from siting.arguments import (
    LanguageError,
    Namespace,
    UsageError,
    language_of,
    languages,
    options_of,
)
from siting.errors import (
    DistrustError,
    InputError,
    OutputError,
    Problem,
    SitingError,
    printable,
)

if TYPE_CHECKING:
    from siting.cache import Cache
    from siting.scenario import Scenario

exit_codes = {
    "optimal": 0,
    "within_gap": 0,
    "feasible": 0,
    "infeasible": 3,
    "no_plan": 4,
}
input_wrong = 2
not_believed = 1
no_thread = "can't start new thread"
"""What Python says where the memory does not suffice for the stack of one."""
memory_told = {
    "zh": "内存不足：{error}\n请关闭其他程序，或减少一次规划的需求单元、点位或年份",
    "en": "the memory does not suffice: {error}\n"
    "close other programs, or plan fewer cells, sites or years at once",
}
stopped = 130
"""By Ctrl-C: 128 and the number of the signal, as shells count."""
unread = 141
"""By a reader that has seen enough, counted likewise."""
stopped_told = "已中止，原有成果未改动 / stopped; earlier results are as they were"
page_endings = (".html", ".htm")
review_steps = 7
"""Steps of drawing a finished run again, for the length of the bar."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns
    -------
    int
        0 plan found, 1 what the solver told cannot be believed or the memory does not suffice, 2
        scenario or data wrong, 3 a hard target cannot be met, 4 no plan in the time given, 130
        stopped by hand, 141 whoever read the output stopped reading.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal or file that lacks a character
            stream.reconfigure(errors="backslashreplace")
    try:
        options = options_of(arguments)
    except UsageError as error:
        words = sys.argv[1:] if arguments is None else arguments
        told = languages if isinstance(error, LanguageError) else (language_of(words),)
        for line in (line for lang in told for line in _usage_told(error, lang)):
            print(printable(line), file=sys.stderr)
        return input_wrong
    try:
        code = commands[options.command](options)
        sys.stdout.flush()
        return code
    except (SitingError, MemoryError, RuntimeError) as error:
        is_ours = isinstance(error, (SitingError, MemoryError))
        if not is_ours and str(error) != no_thread:
            raise
        for line in _told(error, options.lang):
            print(printable(line), file=sys.stderr)
        return input_wrong if isinstance(error, InputError) else not_believed
    except BrokenPipeError:  # who read the output has stopped, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return unread
    except KeyboardInterrupt:
        print(stopped_told, file=sys.stderr)
        return stopped


def _usage_told(error: UsageError, lang: str) -> list[str]:
    """Return the lines that tell how a command is written, and what was wrong with it."""
    from siting.in_chinese import error_in_chinese

    usage = f"用法：{error.usage}" if lang == "zh" else f"usage: {error.usage}"
    what = f"：{error_in_chinese(str(error))}" if lang == "zh" else f": {error}"
    return [usage, f"{error.command}{what}"]


def _told(error: Exception, lang: str) -> list[str]:
    """Return the lines that tell an error: each problem that a person can mend, or itself."""
    if not isinstance(error, SitingError):
        return memory_told[lang].format(error=error).splitlines()  # and import nothing
    from siting.in_chinese import error_in_chinese, problem_in_chinese

    if isinstance(error, InputError):
        count = len(error.problems)
        if lang == "zh":
            told = [f"  {problem_in_chinese(problem)}" for problem in error.problems]
            return [f"发现{count}个问题：", *told]
        told = [f"  {problem}" for problem in error.problems]
        return [f"{count} problem{'s' if count > 1 else ''}:", *told]
    lines = [str(error)]
    if isinstance(error, DistrustError):
        lines = [f"there is no plan to believe: {error}"]
        lines += ["try the installed solver with: siting doctor"]
    return list(map(error_in_chinese, lines)) if lang == "zh" else lines


def _init(options: Namespace) -> int:
    from siting.template import write_filled, write_study

    is_chinese = options.lang == "zh"
    folder, source = options.folder, options.source
    written = write_filled(folder, source) if source else write_study(folder)
    workbook = written[0]
    print("已写入：" if is_chinese else "written:")
    for path in written:
        print(f"  {printable(str(path))}")
    if source:
        name = printable(str(workbook))
        print(f"下一步：siting check {name}" if is_chinese else f"next: siting check {name}")
        return 0
    _, scenario, guide, _ = written
    print(
        f"下一步：按 {guide.name} 填写 {workbook.name}（或 {scenario.name}），"
        f"图层文件放在同一文件夹，再运行 siting check {printable(str(workbook))}"
        if is_chinese
        else f"next: fill in {workbook.name} (or {scenario.name}) as {guide.name} says, put the "
        f"layers into the same folder, then run siting check {printable(str(workbook))}"
    )
    return 0


def _compare(options: Namespace) -> int:
    from siting.comparing import compare

    _check_page(options.out, "the comparison")
    compare(*options.folder).save(options.out, options.lang, options.title)
    is_chinese = options.lang == "zh"
    print(f"{'比较页' if is_chinese else 'page'}: {printable(str(options.out))}")
    return 0


def _check_page(path: Path, what: str) -> None:
    """Refuse a page that browsers would not take for one, and a folder that cannot be written."""
    from siting.folder import check_folder

    if path.suffix.lower() not in page_endings:
        problem = Problem(str(path), f"{what} is HTML", "name a file .html with --out")
        raise OutputError([problem])
    check_folder(path.parent)


def _run(options: Namespace) -> int:
    from siting.alternatives import frontier_target
    from siting.folder import check_folder
    from siting.scenario import load

    if options.from_trial is not None and len(options.scenario) > 1:
        what = "a trial is of one scenario, and several are named"
        raise InputError([Problem(str(options.from_trial), what, "name the one it was made for")])
    solver = {
        key: value
        for key, value in (("time_limit_s", options.time_limit), ("gap", options.gap))
        if value is not None
    }
    runs: dict[Path, Scenario] = {}
    for path in options.scenario:
        several = len(options.scenario) > 1
        folder = (options.out / path.stem if several else options.out) if options.out else None
        folder = folder or Path("results") / path.stem
        if folder in runs:
            what = f"two scenarios would be written to {folder}"
            raise OutputError([Problem(str(path), what, "rename one of the files")])
        check_folder(folder)
        runs[folder] = load(path, allow_outside=options.allow_outside).with_solver(**solver)
        runs[folder].check_apart(folder)
        if options.frontier:
            frontier_target(runs[folder])
    cache = None if options.no_cache else _cache()
    return max(_run_one(scenario, folder, cache, options) for folder, scenario in runs.items())


def _cache() -> "Cache":
    from platformdirs import user_cache_path

    from siting.cache import Cache

    return Cache(user_cache_path("siting", appauthor=False))


def _run_one(scenario: "Scenario", folder: Path, cache: "Cache | None", options: Namespace) -> int:
    from siting.running import run
    from siting.terminal import (
        Steps,
        print_alternatives,
        print_explanation,
        print_shortcomings,
        print_summary,
    )

    lang, alternatives, frontier = options.lang, None, None
    with Steps(folder.name, lang) as steps:
        study = run(scenario, steps, cache, from_trial=options.from_trial, notify=steps.notify)
        if study.plan.status.has_plan:
            if options.alternatives:
                steps("alternatives")
                alternatives = study.alternatives(options.alternatives)
            if options.frontier:
                steps("frontier")
                frontier = study.frontier()
            steps("files")
            study.save(
                folder,
                lang,
                geoparquet=options.geoparquet,
                alternatives=alternatives,
                frontier=frontier,
            )
    print_summary(study, folder, lang)
    if alternatives is not None:
        print_alternatives(alternatives, lang)
    if study.plan.status == "infeasible":
        print_explanation(study, lang)
    elif options.why and study.plan.status.has_plan:
        print_shortcomings(study, lang)
    return exit_codes[study.plan.status] if study.plan.believed else not_believed


def _review(options: Namespace) -> int:
    from siting.finished import open_run
    from siting.folder import check_folder
    from siting.plan.saved_run import annotated_tables
    from siting.terminal import Steps

    folder, lang = options.folder, options.lang
    check_folder(folder)
    cache = None if options.no_cache else _cache()
    with Steps(folder.name, lang, usual=review_steps) as steps:
        study = open_run(folder, options.inputs, steps, cache)
        steps("files")
        written = study.redraw(
            folder, lang, options.title, tiles=options.tiles, geoparquet=options.geoparquet
        )
    print("已重新绘制（未重新求解）：" if lang == "zh" else "drawn again, nothing solved:")
    for name in written:
        print(f"  {printable(str(folder / name))}")
    if changed := [printable(name) for name in annotated_tables(folder)]:
        listed = ("、" if lang == "zh" else ", ").join(changed)
        print(
            f"这些表已不是运行时写出的样子，成果不取自它们：{listed}"
            if lang == "zh"
            else f"not as the run wrote them, and nothing is drawn from them: {listed}"
        )
    return 0


def _check(options: Namespace) -> int:
    from siting.checking import check
    from siting.scenario import load

    notes = check(load(options.scenario, allow_outside=options.allow_outside))
    for note in notes:
        print(printable(note.text(options.lang)))
    print(f"{options.scenario}: {'没有问题' if options.lang == 'zh' else 'no problems'}")
    return 0


def _policy(options: Namespace) -> int:
    from siting.provisions import list_lines, profile_lines
    from siting.scenario.profile import read_profile, shipped_profiles

    if options.profile is None:
        lines = list_lines(map(read_profile, shipped_profiles()), options.lang)
    else:
        lines = profile_lines(read_profile(options.profile), options.lang)
    for line in lines:
        print(printable(line))
    return 0


def _schema(_: Namespace) -> int:
    import json

    from siting.scenario import json_schema

    print(json.dumps(json_schema(), ensure_ascii=False, indent=1))
    return 0


def _doctor(options: Namespace) -> int:
    from siting.doctor import examine, versions

    is_chinese = options.lang == "zh"
    for name, told in versions().items():
        print(f"{name:<12}{printable(told)}")
    found = examine()
    for each in found:
        right, wrong = ("正确", "错误") if is_chinese else ("right", "WRONG")
        print(f"{right if each.right else wrong}  {each.case.text(options.lang)}")
        if not each.right:
            print(f"    {each.told[0]} {each.told[1]} != {each.expected[0]} {each.expected[1]}")
    if all(each.right for each in found):
        print("求解器可以信任" if is_chinese else "the solver can be trusted")
        return 0
    print(
        "求解器给出错误结果：请勿使用其方案，重新安装 highspy"
        if is_chinese
        else "the solver gives wrong answers: do not use its plans, install highspy anew"
    )
    return not_believed


def _export(options: Namespace) -> int:
    from siting.folder import check_folder, run_folder
    from siting.model_file import export
    from siting.scenario import load
    from siting.solver import check_program_file

    check_program_file(options.out)  # under the name given, not that within the new folder
    check_folder(options.out.parent)
    scenario = load(options.scenario, allow_outside=options.allow_outside)
    with run_folder(options.out.parent) as new:
        stage = export(scenario, new / options.out.name, options.stage)
    is_chinese = options.lang == "zh"
    what = f"规划模型（目标函数：{stage}）" if is_chinese else f"planning model (stage {stage})"
    print(f"{what}: {printable(str(options.out))}")
    return 0


def _place(options: Namespace) -> int:
    from siting.folder import run_folder
    from siting.placing import placing_page
    from siting.plan.run_folder import write_text
    from siting.scenario import load

    is_chinese = options.lang == "zh"
    _check_page(options.out, "the page to place sites")
    scenario = load(options.scenario, allow_outside=options.allow_outside)
    page = placing_page(scenario, options.lang)
    if page is None:
        print("所有点位都有坐标" if is_chinese else "every site has coordinates")
        return 0
    with run_folder(options.out.parent) as new:
        write_text(new / options.out.name, page)
    print(f"{'页面' if is_chinese else 'page'}: {printable(str(options.out))}")
    return 0


def _fetch(options: Namespace) -> int:
    from siting.folder import check_folder
    from siting.network.fetch import fetch_streets

    check_folder(options.out.parent)
    notes = fetch_streets(
        options.place,
        options.out,
        margin_m=1000 * options.margin_km,
        overpass_url=options.overpass,
        nominatim_url=options.nominatim,
    )
    for note in notes:
        print(printable(note.text(options.lang)))
    return 0


commands: Mapping[str, Callable[[Namespace], int]] = {
    "run": _run,
    "review": _review,
    "compare": _compare,
    "export": _export,
    "init": _init,
    "check": _check,
    "place": _place,
    "policy": _policy,
    "schema": _schema,
    "doctor": _doctor,
    "fetch": _fetch,
}
"""Word on the command line -> what does it."""
