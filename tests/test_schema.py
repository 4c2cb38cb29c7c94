"""The JSON Schema of scenarios: published, current, and true of the scenarios that are shipped."""

import json
from pathlib import Path

import jsonschema
import pytest

from siting.cli import main
from siting.scenario import json_schema
from siting.scenario.yaml_file import read_yaml

root = Path(__file__).parents[1]
scenarios = sorted((root / "scenarios").glob("*.yaml"))


@pytest.fixture(scope="module")
def validator():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def values(path):
    # As an editor reads it: names of keys are texts.
    return json.loads(json.dumps(read_yaml(path).values))


@pytest.mark.parametrize("path", scenarios, ids=lambda path: path.stem)
def test_the_shipped_scenarios_keep_to_the_schema_and_name_it(path, validator):
    assert [error.message for error in validator.iter_errors(values(path))] == []
    first = path.read_text(encoding="utf-8").splitlines()[0]
    there = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / there).resolve() == root / "docs" / "scenario.schema.json"


def wuhan(**changes):
    return {**values(root / "scenarios" / "wuhan.yaml"), **changes}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"naem": "x"}, []),
        ({"base_year": "2025"}, ["base_year"]),
        ({"years": []}, ["years"]),
        ({"walk": {"speed_kph": -1, "source": "assumption"}}, ["walk", "speed_kph"]),
        ({"objectives": ["cheap"]}, ["objectives", 0]),
    ],
)
def test_an_editor_is_told_what_is_wrong_and_where(changes, where, validator):
    found = [list(error.path) for error in validator.iter_errors(wuhan(**changes))]
    assert where in found


def test_targets_or_a_policy_are_asked_for(validator):
    without = wuhan()
    del without["targets"]
    assert not validator.is_valid(without)
    assert validator.is_valid({**without, "policy": {"profiles": ["ouhai"]}})


def test_every_key_tells_what_it_means():
    schema = json_schema()
    silent = [key for key, value in schema["properties"].items() if "description" not in value]
    # What these are is told by the type they hold.
    assert all("$ref" in str(schema["properties"][key]) for key in silent)


def test_the_published_schema_is_the_one_that_the_command_prints(capsys):
    assert main(["schema"]) == 0
    published = (root / "docs" / "scenario.schema.json").read_text(encoding="utf-8")
    assert published == capsys.readouterr().out, "run 'make docs'"
