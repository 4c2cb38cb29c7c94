"""A scenario as YAML text, one key a line, so that tests can name lines."""

import json
import re

from siting.scenario import Scenario


def of(asked: Scenario) -> str:
    """Return the text: two levels of keys, deeper values in flow style."""
    lines = []
    for key, value in asked.model_dump(mode="json", exclude_none=True).items():
        if key == "targets":
            lines += ["targets:", *(f"  - {flow(target)}" for target in value)]
        elif isinstance(value, dict):
            lines += [
                f"{key}:",
                *(f"  {key_of(name)}: {flow(inner)}" for name, inner in value.items()),
            ]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "\n".join(lines) + "\n"


def key_of(name: object) -> str:
    """Return a key, in quotes where YAML would take it for something else."""
    text = str(name)
    return text if re.fullmatch(r"[\w.-]+", text) else flow(text)


def flow(value: object) -> str:
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{key_of(name)}: {flow(inner)}" for name, inner in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    text = json.dumps(value, ensure_ascii=False)
    return "".join(mark if mark.isprintable() else f"\\u{ord(mark):04x}" for mark in text)
