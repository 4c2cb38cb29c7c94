"""The keys of a scenario as JSON Schema, for editors."""

from typing import Any

from siting.scenario.scenario import Scenario


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of scenario files.

    It knows every key, its type, its bounds and what it means; what keys say about each other
    and about files is told by ``siting check`` alone. A policy can bring all targets, and the
    clause of those that belong to one of its provisions.
    """
    schema = Scenario.model_json_schema()
    schema["required"] = [key for key in schema["required"] if key != "targets"]
    for defined in schema["$defs"].values():
        if {"kind", "clause"} <= set(defined.get("properties", ())):
            defined["required"] = [key for key in defined["required"] if key != "clause"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:siting:scenario",
        **schema,
        "anyOf": [{"required": ["targets"]}, {"required": ["policy"]}],
    }
