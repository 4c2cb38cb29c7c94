"""Hostile scenarios, policy profiles and trials: YAML and JSON written by somebody else."""

import json

import many_formats
from hostile_files import (
    Case,
    Harmless,
    Refused,
    after,
    appended,
    cut,
    edited,
    encoded,
    endless,
    folder_for,
    holding,
    link_to_itself,
    pipe_for,
    without,
)

aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9)
)
not_yaml = "not valid YAML"
at_trial = "run town.yaml --from-trial trial.json --out new"
at_policy = "check policy.yaml"


def scenarios() -> list[Case]:
    file = "town.yaml"

    def case(name, spoil, outcome):
        return Case(f"scenario {name}", spoil, outcome, file=file)

    def changed(name, old, new, words, named=file):
        return Case(f"scenario {name}", edited(file, old, new), Refused(words), file=named)

    return [
        case("empty", holding(file, ""), Refused("holds no scenario")),
        case("of blanks", holding(file, " \n\n# nothing\n"), Refused("holds no scenario")),
        case("missing", without(file), Refused("there is no such file")),
        case("a folder", folder_for(file), Refused("is a folder")),
        case("a pipe", pipe_for(file), Refused("is no file but a pipe")),
        case("endless", endless(file), Refused("is no file but a pipe")),
        case("a link to itself", link_to_itself(file), Refused("cannot be read")),
        case("cut in a key", cut(file, 0.31), Refused("town.yaml")),
        case("cut in a flow mapping", cut(file, 0.83), Refused("town.yaml")),
        case("with a BOM", encoded(file, "utf-8-sig"), Harmless("a BOM is passed over")),
        case("in UTF-16", encoded(file, "utf-16"), Refused("not UTF-8")),
        case(
            "in GB18030",
            after(edited(file, '"drawn town"', "画出的城"), encoded(file, "gb18030")),
            Refused("not UTF-8"),
        ),
        case("with NUL", appended(file, b"\0"), Refused(not_yaml)),
        case("with a control sequence", appended(file, b"x: \x1b[2J\n"), Refused(not_yaml)),
        case("of NULs", holding(file, b"\0" * 4096), Refused(not_yaml)),
        case("an archive", holding(file, b"PK\x03\x04\x14\0\0\0"), Refused("town.yaml")),
        case(
            "a page", holding(file, "<html><body>404</body></html>"), Refused("holds no scenario")
        ),
        case("of tabs", holding(file, "name:\n\tx: 1\n"), Refused(not_yaml)),
        case("of aliases that multiply", appended(file, aliases.encode()), Refused("anchors")),
        case("a merge key", appended(file, b"<<: {base_year: 1}\n"), Refused("town.yaml")),
        case(
            "a Python object",
            appended(file, b"x: !!python/object/apply:os.system [ls]\n"),
            Refused("a type named with !"),
        ),
        case(
            "a binary value",
            appended(file, b"x: !!binary aGVsbG8=\n"),
            Refused("a type named with !"),
        ),
        case("a set", appended(file, b"x: !!set {a, b}\n"), Refused("a type named with !")),
        case("a key twice", appended(file, b"base_year: 2020\n"), Refused("stands twice")),
        case("a list as a key", appended(file, b"? [a]\n: 1\n"), Refused("plain word")),
        case("deep", holding(file, "[" * 5000 + "]" * 5000), Refused(not_yaml)),
        case(
            "deep mappings",
            holding(file, "".join(f"{' ' * i}a:\n" for i in range(900))),
            Refused("town.yaml"),
        ),
        case(
            "deep within a key",
            appended(file, b"x: " + b"{a: " * 40 + b"1" + b"}" * 40),
            Refused("nests too deeply"),
        ),
        case("two documents", appended(file, b"---\nname: other\n"), Refused(not_yaml)),
        *(
            case(
                f"a directive {text}",
                holding(file, f"%{text}\n---\nname: x\n"),
                Refused("a line that begins with % is not read"),
            )
            for text in ("YAML 9.9", "YAML 1.1", "TAG ! tag:a.invalid,2026:")
        ),
        case(
            "a number of 5,000 digits",
            appended(file, b"x: 1" + b"0" * 5000 + b"\n"),
            Refused("town.yaml"),
        ),
        case(
            "a million keys",
            holding(file, "".join(f"k{i}: 1\n" for i in range(60_000))),
            Refused("town.yaml"),
        ),
        changed("NaN", "speed_kph: 3.6", "speed_kph: .nan", "'.nan' cannot be read"),
        changed("infinity", "speed_kph: 3.6", "speed_kph: .inf", "'.inf' cannot be read"),
        changed("1e308", "speed_kph: 3.6", "speed_kph: 1e308", "walk.speed_kph"),
        changed("negative", "limit_minutes: 5.0", "limit_minutes: -5", "limit_minutes"),
        changed("a year of 1e30", "base_year: 2025", "base_year: 1e30", "base_year"),
        changed("yes as a number", "gap: 0.0", "gap: yes", "solver.gap"),
        changed("minutes as a time", "limit_minutes: 5.0", "limit_minutes: 12:30", "limit_minutes"),
        changed("octal", "base_year: 2025", "base_year: 0o3751", "'0o3751' cannot"),
        changed("a path with NUL", '"cells.csv"', '"cells\\0.csv"', "there is no such file", "csv"),
        changed("a path that is empty", '"cells.csv"', '""', "is a folder", ""),
        changed("a path that is a number", '"cells.csv"', "7", "inputs.cells"),
        changed("a path to a folder", '"cells.csv"', '"."', "is a folder", ""),
        changed(
            "a path of 5,000 characters",
            '"cells.csv"',
            f'"{"d/" * 2500}x.csv"',
            "File name too long",
            "x.csv",
        ),
        changed(
            "a CRS that is a bomb",
            '"EPSG:32650"',
            f'"+proj=pipeline {"+step " * 5000}"',
            "no known CRS",
        ),
        changed("a CRS of control characters", '"EPSG:32650"', '"\\u0007\\u001b[2J"', "known CRS"),
        changed("a CRS that is vertical", '"EPSG:32650"', '"EPSG:5773"', "is not the metre"),
        changed(
            "a CRS that names a file",
            '"EPSG:32650"',
            '"+proj=utm +zone=50 +nadgrids=@/etc/passwd"',
            "names a file of a grid",
        ),
        changed("itself as a table", '"cells.csv"', '"town.yaml"', "town.yaml"),
    ]


def profiles() -> list[Case]:
    file = "mine.yaml"

    def case(name, spoil, outcome, command=at_policy):
        return Case(f"profile {name}", spoil, outcome, command, file)

    return [
        case("empty", holding(file, ""), Refused("mine.yaml")),
        case("missing", without(file), Refused("there is no such file")),
        case("a folder", folder_for(file), Refused("is a folder")),
        case("a pipe", pipe_for(file), Refused("is no file but a pipe")),
        case("cut", cut(file, 0.6), Refused("mine.yaml")),
        case("in GB18030", encoded(file, "gb18030"), Refused("not UTF-8")),
        case("with a BOM", encoded(file, "utf-8-sig"), Harmless("a BOM is passed over")),
        case("a list", holding(file, "- a\n"), Refused("mine.yaml")),
        case("of NaN", edited(file, "2025: 1.0", "2025: .nan"), Refused("'.nan' cannot")),
        case("of infinity", edited(file, "2025: 1.0", "2025: .inf"), Refused("'.inf' cannot")),
        case("of a year that is a text", edited(file, "{2025:", "{soon:"), Refused("mine.yaml")),
        case(
            "a target that is a text",
            edited(file, "{kind: per_thousand, required: {2025: 1.0}}", "per_thousand"),
            Refused("targets.0"),
        ),
        case(
            "an id that is a list",
            edited(file, "kind: per_thousand", "id: [1], kind: per_thousand"),
            Refused("M1"),
        ),
        case(
            "an id that is a mapping",
            edited(file, "kind: per_thousand", "id: {a: 1}, kind: fill"),
            Refused("M1"),
        ),
        case("of aliases that multiply", appended(file, aliases.encode()), Refused("anchors")),
        case("deep", holding(file, "[" * 5000), Refused(not_yaml)),
        case("deep, shown", holding(file, "[" * 5000), Refused(not_yaml), "policy mine.yaml"),
        case("a folder, shown", folder_for(file), Refused("is a folder"), "policy mine.yaml"),
        Case(
            "profile itself the scenario",
            edited("policy.yaml", "mine.yaml", "policy.yaml"),
            Refused("the shipped ones show the form"),
            at_policy,
            "policy.yaml",
        ),
    ]


def with_sites(*sites: object, **more: object) -> str:
    return json.dumps({**many_formats.trial, "sites": list(sites), **more})


def trials() -> list[Case]:
    file = "trial.json"

    def case(name, content, words):
        spoil = holding(file, content) if isinstance(content, bytes | str) else content
        return Case(f"trial {name}", spoil, Refused(words), at_trial, file)

    unknown = {"site_id": "zz", "open": True, "classes": {}}
    known = many_formats.switched
    return [
        case("empty", b"", "is not JSON"),
        case("missing", without(file), "there is no such file"),
        case("a folder", folder_for(file), "is a folder"),
        case("a pipe", pipe_for(file), "is no file but"),
        case("endless", endless(file), "is no file but"),
        case("a link to itself", link_to_itself(file), "cannot be read"),
        case("cut", cut(file, 0.7), "is not JSON"),
        case("in UTF-16", encoded(file, "utf-16"), "not UTF-8"),
        case("deep", "[" * 100_000, "nested too deep"),
        case("deep within a key", '{"siting_trial":' * 5000, "nested too deep"),
        case("a key twice", '{"a": 1, "a": 2}', "stands twice"),
        case("of NaN", with_sites(minutes=float("nan")), "NaN is no number"),
        case("of a huge number", '{"year": 1' + "0" * 6000 + "}", "is not JSON"),
        case("of a year beyond", with_sites(year=10**30), "year"),
        case("of 1e400", with_sites().replace("60.0", "1e400"), "walk_m_per_min"),
        case("of an unknown site", with_sites(unknown), "no site 'zz'"),
        case("of a site with NUL", with_sites({**unknown, "site_id": "a\0b"}), "no site"),
        case(
            "of a site that is a surrogate",
            with_sites({**unknown, "site_id": "\ud800"}),
            "trial.json",
        ),
        case("of half a site", with_sites({"site_id": "cf"}), "sites[0].open"),
        case("of a site twice", with_sites(known, known), "stands twice"),
        case("of unknown class kinds", with_sites({**known, "classes": {"huge": 1}}), "huge"),
        case("of -1 classes", with_sites({**known, "classes": {"small": -1}}), "classes.small"),
        case("of another study", with_sites(scenario="../../etc"), "is a trial of"),
        case("that is too large", holding(file, b" " * 10_000_001), "larger than"),
        case("a page", "<html></html>", "is not JSON"),
        case("of two values", "{} {}", "is not JSON"),
    ]
