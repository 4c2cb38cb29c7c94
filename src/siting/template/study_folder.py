"""The files of a new study, written together or not at all."""

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from siting.errors import OutputError, Problem
from siting.folder import run_folder
from siting.scenario import json_schema
from siting.template.workbook import write_workbook

workbook_name = "study.xlsx"
texts = ("study.yaml", "README.md")
schema_name = "scenario.schema.json"
"""By which editors complete and check study.yaml, whose first line names it."""


def write_study(folder: Path) -> tuple[Path, ...]:
    """Write a workbook to fill in, a scenario in YAML with its schema, and how to use either.

    Returns
    -------
    tuple of pathlib.Path
        The files written, the workbook first.

    Raises
    ------
    OutputError
        The folder holds one of the files already, or cannot be written; nothing is written then.
    """
    names = (workbook_name, *texts, schema_name)
    check_free(folder, names)
    with run_folder(folder) as new:
        write_workbook(new / workbook_name)
        for name in texts:
            text = files("siting.template").joinpath(name).read_text(encoding="utf-8")
            (new / name).write_text(text, encoding="utf-8", newline="\n")
        schema = json.dumps(json_schema(), ensure_ascii=False, indent=1)
        (new / schema_name).write_text(f"{schema}\n", encoding="utf-8", newline="\n")
    return tuple(folder / name for name in names)


def check_free(folder: Path, names: Iterable[str]) -> None:
    """Refuse a folder that holds a file of one of the names.

    Raises
    ------
    OutputError
        It does, or cannot be looked into.
    """
    try:
        taken = [name for name in names if (folder / name).exists()]
        if taken:
            what = f"holds {', '.join(taken)} already; nothing is overwritten"
            raise OutputError([Problem(str(folder), what, "name a new folder, or move them away")])
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise OutputError([Problem(str(folder), what, "name another folder")]) from None
