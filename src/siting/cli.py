"""The command line: words and exit codes.

Reads arguments, calls :mod:`siting.study`, prints. Does not: compute anything.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from siting.errors import InputError, OutputError, Problem, printable

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
solver_wrong = 1
page_endings = (".html", ".htm")
review_steps = 7
"""Steps of drawing a finished run again, for the length of the bar."""
most_margin_km = 100.0
"""Farthest that streets are fetched beyond a place (assumption: more is taken for metres)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns
    -------
    int
        0 plan found, 2 scenario or data wrong, 3 a hard target cannot be met, 4 no plan in the
        time given.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal or file that lacks a character
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except InputError as error:
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}:", file=sys.stderr)
        for problem in error.problems:
            print(f"  {problem}", file=sys.stderr)
        return input_wrong


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="siting",
        description="Plan childcare places so that a district reaches its targets.",
        epilog="exit codes: 0 plan found, 2 scenario or data wrong, 3 a hard target cannot be met, "
        "4 no plan in the time given",
    )
    parser.add_argument("--version", action="version", version=version("siting"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="solve scenarios and write plan, tables, layers, page")
    run.add_argument(
        "scenario",
        nargs="+",
        type=Path,
        metavar="SCENARIO",
        help="scenario (.yaml) or filled workbook (.xlsx)",
    )
    run.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="folder of the run (default: results/NAME; with several scenarios, DIR/NAME)",
    )
    run.add_argument("--time-limit", type=float, metavar="S", help="seconds for all siting stages")
    run.add_argument("--gap", type=float, metavar="G", help="relative gap asked of each stage")
    run.add_argument(
        "--why", action="store_true", help="say why soft targets fall short (takes up to 30 s)"
    )
    run.add_argument(
        "--no-cache", action="store_true", help="compute network and travel times afresh"
    )
    run.add_argument("--geoparquet", action="store_true", help="write the layers as GeoParquet too")
    run.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    run.set_defaults(run=_run)

    _add_review(commands)

    export = commands.add_parser(
        "export", help="write the planning model as a file for other solvers; solves nothing"
    )
    export.add_argument("scenario", type=Path, metavar="SCENARIO")
    export.add_argument("--out", type=Path, required=True, metavar="F", help="F.mps or F.lp")
    export.add_argument(
        "--stage", metavar="NAME", help="objective, such as cost (default: that of the first stage)"
    )
    export.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    export.set_defaults(run=_export)

    init = commands.add_parser("init", help="write the folder that a new study begins with")
    init.add_argument("folder", type=Path, metavar="DIR")
    init.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    init.set_defaults(run=_init)

    check = commands.add_parser("check", help="list every problem of a scenario; solves nothing")
    check.add_argument("scenario", type=Path, metavar="SCENARIO")
    check.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    check.set_defaults(run=_check)

    place = commands.add_parser(
        "place", help="draw a page to place sites that have an address only"
    )
    place.add_argument("scenario", type=Path, metavar="SCENARIO")
    place.add_argument("--out", type=Path, default=Path("place.html"), metavar="F", help="the page")
    place.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the page")
    place.set_defaults(run=_place)

    policy = commands.add_parser("policy", help="the encoded policy documents and their clauses")
    policy.add_argument("profile", nargs="?", metavar="ID", help="a profile, or a file of your own")
    policy.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    policy.set_defaults(run=_policy)

    schema = commands.add_parser("schema", help="print the JSON Schema of scenarios, for editors")
    schema.set_defaults(run=_schema)

    doctor = commands.add_parser(
        "doctor",
        help="try known cases on the installed solver, print versions; exit 1 if one is wrong",
    )
    doctor.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    doctor.set_defaults(run=_doctor)

    fetch = commands.add_parser("fetch", help="fetch streets from OpenStreetMap; goes online")
    fetch.add_argument("place", metavar="PLACE", help="such as '瓯海区, 温州市'")
    fetch.add_argument("--out", type=Path, required=True, metavar="F", help=".graphml or .gpkg")
    fetch.add_argument(
        "--margin-km",
        type=_margin_km,
        default=3.0,
        metavar="KM",
        help="how far beyond the boundary of the place (default: 3, for 15 minutes on foot; a "
        "drive of 15 minutes needs about 25)",
    )
    fetch.add_argument("--overpass", metavar="URL", help="another Overpass server")
    fetch.add_argument("--nominatim", metavar="URL", help="another Nominatim server")
    fetch.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    fetch.set_defaults(run=_fetch)
    return parser


def _add_review(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    review = commands.add_parser(
        "review", help="draw page and layers of a finished run again; solves nothing"
    )
    review.add_argument("folder", type=Path, metavar="DIR", help="folder of the run")
    review.add_argument("--title", metavar="T", help="title (default: the name of the scenario)")
    review.add_argument(
        "--tiles",
        choices=("tianditu", "amap"),
        help="write a second page too, review_NAME.html, that may ask this online map",
    )
    review.add_argument(
        "--inputs",
        type=Path,
        metavar="DIR",
        help="folder of the scenario and its input files, where they were moved",
    )
    review.add_argument(
        "--geoparquet", action="store_true", help="write the layers as GeoParquet too"
    )
    review.add_argument(
        "--no-cache", action="store_true", help="compute network and travel times afresh"
    )
    review.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    review.set_defaults(run=_review)


def _margin_km(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= most_margin_km:
        raise argparse.ArgumentTypeError(f"{text!r} is not 0 to {most_margin_km:g} km")
    return value


def _init(options: argparse.Namespace) -> int:
    from siting.template import write_study

    is_chinese = options.lang == "zh"
    workbook, scenario, guide = written = write_study(options.folder)
    print("已写入：" if is_chinese else "written:")
    for path in written:
        print(f"  {printable(str(path))}")
    print(
        f"下一步：按 {guide.name} 填写 {workbook.name}（或 {scenario.name}），"
        f"图层文件放在同一文件夹，再运行 siting check {printable(str(workbook))}"
        if is_chinese
        else f"next: fill in {workbook.name} (or {scenario.name}) as {guide.name} says, put the "
        f"layers into the same folder, then run siting check {printable(str(workbook))}"
    )
    return 0


def _run(options: argparse.Namespace) -> int:
    from siting.plan.run_folder import check_folder
    from siting.scenario import load

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
        runs[folder] = load(path).with_solver(**solver)
        runs[folder].check_apart(folder)
    cache = None if options.no_cache else _cache()
    return max(
        _run_one(
            scenario,
            folder,
            cache,
            options.lang,
            why=options.why,
            geoparquet=options.geoparquet,
        )
        for folder, scenario in runs.items()
    )


def _cache() -> "Cache":
    from platformdirs import user_cache_path

    from siting.cache import Cache

    return Cache(user_cache_path("siting", appauthor=False))


def _run_one(
    scenario: "Scenario",
    folder: Path,
    cache: "Cache | None",
    lang: str,
    *,
    why: bool,
    geoparquet: bool,
) -> int:
    from siting.study import run
    from siting.terminal import Steps, print_explanation, print_shortcomings, print_summary

    with Steps(folder.name, lang) as steps:
        study = run(scenario, steps, cache)
        if study.plan.status.has_plan:
            steps("files")
            study.save(folder, lang, geoparquet=geoparquet)
    print_summary(study, folder, lang)
    if study.plan.status == "infeasible":
        print_explanation(study, lang)
    elif why and study.plan.status.has_plan:
        print_shortcomings(study, lang)
    return exit_codes[study.plan.status]


def _review(options: argparse.Namespace) -> int:
    from siting.finished import open_run
    from siting.plan.run_folder import check_folder
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
    return 0


def _check(options: argparse.Namespace) -> int:
    from siting.scenario import load
    from siting.study import check

    notes = check(load(options.scenario))
    for note in notes:
        print(printable(note.text(options.lang)))
    print(f"{options.scenario}: {'没有问题' if options.lang == 'zh' else 'no problems'}")
    return 0


def _policy(options: argparse.Namespace) -> int:
    from siting.provisions import list_lines, profile_lines
    from siting.scenario.profile import read_profile, shipped_profiles

    if options.profile is None:
        lines = list_lines(map(read_profile, shipped_profiles()), options.lang)
    else:
        lines = profile_lines(read_profile(options.profile), options.lang)
    for line in lines:
        print(printable(line))
    return 0


def _schema(_: argparse.Namespace) -> int:
    import json

    from siting.scenario import json_schema

    print(json.dumps(json_schema(), ensure_ascii=False, indent=1))
    return 0


def _doctor(options: argparse.Namespace) -> int:
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
    return solver_wrong


def _export(options: argparse.Namespace) -> int:
    from siting.plan.run_folder import check_folder, run_folder
    from siting.scenario import load
    from siting.study import export

    check_folder(options.out.parent)
    with run_folder(options.out.parent) as new:
        stage = export(load(options.scenario), new / options.out.name, options.stage)
    is_chinese = options.lang == "zh"
    what = f"规划模型（目标函数：{stage}）" if is_chinese else f"planning model (stage {stage})"
    print(f"{what}: {printable(str(options.out))}")
    return 0


def _place(options: argparse.Namespace) -> int:
    from siting.plan.run_folder import check_folder, run_folder, write_text
    from siting.scenario import load
    from siting.study import placing_page

    is_chinese = options.lang == "zh"
    if options.out.suffix.lower() not in page_endings:
        what = "the page to place sites is HTML"
        raise OutputError([Problem(str(options.out), what, "name a file .html with --out")])
    check_folder(options.out.parent)
    page = placing_page(load(options.scenario), options.lang)
    if page is None:
        print("所有点位都有坐标" if is_chinese else "every site has coordinates")
        return 0
    with run_folder(options.out.parent) as new:
        write_text(new / options.out.name, page)
    print(f"{'页面' if is_chinese else 'page'}: {printable(str(options.out))}")
    return 0


def _fetch(options: argparse.Namespace) -> int:
    from siting.network.fetch import fetch_streets
    from siting.plan.run_folder import check_folder

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
