"""Hostile run folders and caches: the files that siting wrote itself, changed by somebody."""

import io
import json
import os
import shutil
from pathlib import Path

import numpy as np

from hostile_files import (
    Case,
    Harmless,
    Refused,
    Spoil,
    appended,
    cell,
    cut,
    encoded,
    endless,
    flipped,
    folder_for,
    holding,
    link_to_itself,
    pipe_for,
    without,
)
from hostile_layers import in_json, in_layers
from siting.cache import _digest_of

plan = "out/plan.json"
no_run = "is not the file of a run"


def put(*path: str | int, to: object) -> Spoil:
    """Set a value of plan.json."""

    def change(document):
        for key in path[:-1]:
            document = document[key]
        document[path[-1]] = to

    return in_json(plan, change)


def reviewed() -> list[Case]:
    def case(name, spoil, outcome, file="plan.json"):
        return Case(f"run {name}", spoil, outcome, "review out", file)

    def table(name, how, spoil):
        return case(f"with {name} {how}", spoil, Refused("is not as the run wrote it"), name)

    return [
        case("without plan.json", without(plan), Refused("there is no such file")),
        case("with an empty plan.json", holding(plan, ""), Refused(no_run)),
        case("with a folder for plan.json", folder_for(plan), Refused("is a folder")),
        case("with a pipe for plan.json", pipe_for(plan), Refused("is no file but a pipe")),
        case("with an endless plan.json", endless(plan), Refused("is no file but a pipe")),
        case("with plan.json a link to itself", link_to_itself(plan), Refused("cannot be read")),
        *(
            case(f"with plan.json cut at {share:.0%}", cut(plan, share), Refused(no_run))
            for share in (0.001, 0.5, 0.995)
        ),
        case("with plan.json in UTF-16", encoded(plan, "utf-16"), Refused("not UTF-8")),
        case(
            "with plan.json with a BOM",
            encoded(plan, "utf-8-sig"),
            Refused("is not as the run wrote it"),
        ),
        case(
            "with another name",
            put("scenario", "name", to="another"),
            Refused("is not as the run wrote it"),
        ),
        case("with plan.json of NULs", holding(plan, b"\0" * 4096), Refused(no_run)),
        case("with plan.json deep", holding(plan, "[" * 300_000), Refused("nested too deep")),
        case("with a gap of NaN", put("gap", to=float("nan")), Refused("gap")),
        case("with a gap of infinity", put("gap", to=float("inf")), Refused("gap")),
        case("with a gap of -1", put("gap", to=-1.0), Refused("plan.json")),
        case("with a status of none", put("status", to="best"), Refused("status")),
        case("with a status without a plan", put("status", to="infeasible"), Refused("status")),
        case(
            "with a huge number",
            lambda folder: (folder / plan).write_text(
                (folder / plan).read_text().replace('"gap": 0.0', '"gap": 1' + "0" * 6000, 1)
            ),
            Refused("plan.json"),
        ),
        case("with a number of a wrong kind", put("model", to={"rows": 1.5}), Refused("model")),
        case(
            "with hashes that are none",
            put("inputs", to={"cells.csv": "x"}),
            Refused("has changed"),
            "cells.csv",
        ),
        case(
            "with inputs of a path up",
            put("inputs", "../" * 40 + "etc/passwd", to="0"),
            Refused("passwd: has changed"),
            "",
        ),
        case(
            "with a scenario of a path up",
            put("scenario", "inputs", "cells", to="../cells.csv"),
            Refused("there is no such file"),
            "cells.csv",
        ),
        case(
            "with another scenario",
            put("scenario", "walk", "speed_kph", to=4.0),
            Refused("plan.json"),
        ),
        case("with another year", put("scenario", "years", to=[2026]), Refused("plan.json")),
        case(
            "with another achieved figure",
            put("targets", 0, "achieved", to=99.0),
            Refused("'targets' is not what"),
        ),
        case("with another hash", put("plan_hash", to="0" * 64), Refused("'plan_hash' is not")),
        case(
            "with a bound that proves more", put("stages", 0, "bound", to=1e9), Refused("plan.json")
        ),
        case("with a trial of nonsense", put("trial", to={"siting_trial": 1}), Refused("trial")),
        case("with run.json cut", cut("out/run.json", 0.5), Refused(no_run), "run.json"),
        case("with run.json of a list", holding("out/run.json", "[]"), Refused(no_run), "run.json"),
        case(
            "with run.json a pipe",
            pipe_for("out/run.json"),
            Refused("is no file but a pipe"),
            "run.json",
        ),
        case(
            "with run.json without its folder",
            holding("out/run.json", "{}"),
            Refused("does not tell where"),
            "run.json",
        ),
        case(
            "with run.json of another folder",
            in_json(
                "out/run.json", lambda document: document.update(inputs_folder="../../nowhere")
            ),
            Refused("there is no such file"),
            "",
        ),
        case(
            "with seconds of text",
            in_json(
                "out/run.json",
                lambda document: document.update(seconds={"plan": "long"}, stage_seconds=[]),
            ),
            Harmless("how long a step took"),
        ),
        table("actions.csv", "changed", cell("out/actions.csv", "action", "close", 0)),
        table("actions.csv", "cut", cut("out/actions.csv", 0.5)),
        table("assignment.csv", "longer", appended("out/assignment.csv", b"\n")),
        table("assignment.csv", "with a bit flipped", flipped("out/assignment.csv", 0.5, 1)),
        table("guidance.csv", "empty", holding("out/guidance.csv", b"")),
        case(
            "with a folder for a table",
            folder_for("out/actions.csv"),
            Refused("is a folder"),
            "actions.csv",
        ),
        case(
            "with a pipe for a table",
            pipe_for("out/actions.csv"),
            Refused("is no file but a pipe"),
            "actions.csv",
        ),
        case("without a page", without("out/review.html"), Harmless("it is what is drawn")),
        case("whose input is cut", cut("hosts.csv", 0.5), Refused("has changed"), "hosts.csv"),
        case(
            "whose input is a pipe",
            pipe_for("hosts.csv"),
            Refused("is no file but a pipe"),
            "hosts.csv",
        ),
    ]


def compared() -> list[Case]:
    def case(name, spoil, outcome, file, command="compare out other --out c.html"):
        return Case(f"compare {name}", spoil, outcome, command, file)

    def alone(name, spoil, words, file="alternatives.json"):
        return case(name, spoil, Refused(words), file, "compare out --out c.html")

    told = "out/alternatives.json"
    return [
        case("without sites.csv", without("out/sites.csv"), Refused("lacks sites.csv"), "out"),
        case("with sites.csv cut", cut("out/sites.csv", 0.5), Refused("sites.csv"), ""),
        case(
            "with indicators.csv of noise",
            holding("out/indicators.csv", b"\xff\xfe\0"),
            Refused("indicators.csv"),
            "",
        ),
        case(
            "with a figure changed",
            flipped("out/indicators.csv", 0.9, 1),
            Refused("indicators.csv"),
            "",
        ),
        case(
            "with costs.csv empty", holding("out/costs.csv", b""), Refused("is empty"), "costs.csv"
        ),
        case("with layers cut", cut("out/plan.gpkg", 0.4), Refused("plan.gpkg"), ""),
        case("with layers empty", holding("out/plan.gpkg", b""), Refused("plan.gpkg"), ""),
        case(
            "with a pipe for layers", pipe_for("out/plan.gpkg"), Refused("lacks plan.gpkg"), "out"
        ),
        case(
            "with a township lost",
            in_layers("out/plan.gpkg", "DELETE FROM townships WHERE fid = 1"),
            Refused("its townships are not those"),
            "plan.gpkg",
        ),
        case(
            "with a township without a shape",
            in_layers("out/plan.gpkg", "UPDATE townships SET geom = NULL WHERE fid = 1"),
            Refused("plan.gpkg"),
            "",
        ),
        case(
            "with frontier.csv of noise",
            holding("out/frontier.csv", b"\0\0\0"),
            Refused("frontier.csv"),
            "",
        ),
        case(
            "with a file for a folder",
            lambda folder: (shutil.rmtree(folder / "other"), (folder / "other").write_text("")),
            Refused("is a file"),
            "other",
        ),
        case(
            "with a link to itself for a folder",
            lambda folder: (
                shutil.rmtree(folder / "other"),
                (folder / "other").symlink_to("other"),
            ),
            Refused("other"),
            "other",
        ),
        alone("with alternatives.json cut", cut(told, 0.5), "is no JSON"),
        alone("with alternatives.json deep", holding(told, "[" * 300_000), "nested too deep"),
        alone("with alternatives.json of a list", holding(told, "[]"), no_run),
        alone("with alternatives.json a pipe", pipe_for(told), "is no file"),
        alone(
            "with an alternative of a path up",
            in_json(told, lambda document: document["found"][0].update(folder="../other")),
            "is not the name of a folder",
        ),
        alone(
            "with an alternative that is itself",
            in_json(told, lambda document: document["found"][0].update(folder=".")),
            "is not the name of a folder",
        ),
        alone(
            "with another gap of an alternative",
            in_json(told, lambda document: document["found"][0].update(gap=0.5)),
            "is not as the run wrote it",
        ),
        alone("without alternatives.json", without(told), "there is no such file"),
        alone(
            "with another name in plan.json",
            put("scenario", "name", to="another"),
            "is not as the run wrote it",
            "plan.json",
        ),
        alone(
            "with a gap of NaN",
            in_json(told, lambda document: document["found"][0].update(gap=float("nan"))),
            "gap",
        ),
        case(
            "with another hash of an alternative",
            in_json(told, lambda document: document["found"][0].update(plan_hash="0")),
            Refused("is not the alternative"),
            "plan.json",
            "compare out --out c.html",
        ),
        case(
            "with an alternative lost",
            lambda folder: shutil.rmtree(folder / "out/alternative-1"),
            Refused("is no folder"),
            "alternative-1",
            "compare out --out c.html",
        ),
    ]


def byte_flipped(share: float) -> Spoil:
    def change(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[int(share * (len(content) - 1))] ^= 1
        path.write_bytes(content)

    return change


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def signed(content: bytes) -> Spoil:
    """Write something else under a right digest."""
    return lambda path: path.write_bytes(_digest_of(path.stem, content) + content)


def arrays_of_another() -> bytes:
    held = io.BytesIO()
    np.savez(held, names=np.array(json.dumps({})), x=np.arange(3))
    return held.getvalue()


def caches() -> dict[str, Spoil]:
    """Return what spoils a kept file: all that was kept is then made again."""
    return {
        "empty": lambda path: path.write_bytes(b""),
        "cut": lambda path: path.write_bytes(path.read_bytes()[:-7]),
        "with its first bit flipped": byte_flipped(0.0),
        "with a bit flipped": byte_flipped(0.5),
        "with its last bit flipped": byte_flipped(1.0),
        "of folders": as_folder,
        "of links to themselves": as_link,
        "of pipes": as_pipe,
        "of nothing, signed": signed(b""),
        "of noise, signed": signed(b"PK\x03\x04noise"),
        "of pickles, signed": signed(b"\x80\x04\x8c\x05posix\x8c\x06system\x93."),
        "of another's arrays, signed": signed(arrays_of_another()),
    }
