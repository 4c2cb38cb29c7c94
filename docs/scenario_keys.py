"""Write docs/reference/scenario.md from the JSON Schema of scenarios."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from siting.scenario import json_schema

Schema = dict[str, Any]
docs = Path(__file__).parent
head = """# Keys of a scenario

Made from the types of the scenario (`src/siting/scenario/`) by `make docs`. A scenario is a YAML
file with these keys, or the workbook of `siting init`, which has a cell or a sheet for each of
them. An unknown key is refused. Units are in the names: `_s` seconds, `_m` metres, `_kph`
kilometres an hour, `_cny` yuan (元); shares are fractions, so 0.85 is 85 %.

`siting check SCENARIO` tells every mistake with its line. `siting schema` prints the same keys as
JSON Schema, published as [scenario.schema.json](../scenario.schema.json); an editor that knows YAML
completes and checks a scenario that begins with

```yaml
# yaml-language-server: $schema=../docs/scenario.schema.json
```

In the headings, `<name>` is a name that the planner gives and `[ ]` stands for an entry of a list.
"""
every_target = "What a target of any kind says. Its own keys stand in the section of its kind."
type_words = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true / false",
    "null": "none",
}
longest_default = 60
"""A longer default is told by its beginning, in characters."""


def text() -> str:
    """Return the page."""
    schema = json_schema()
    parts: dict[str, Schema] = schema["$defs"]
    kinds = [name for _, name in references(schema["properties"]["targets"], "")]
    common = common_keys([parts[name] for name in kinds])
    lines = [head, *section("The whole scenario", schema, parts)]
    described: set[str] = set()
    for path, name in named_parts(schema, parts):
        if name in described:
            continue
        part = parts[name]
        if name in kinds:
            if described.isdisjoint(kinds):
                every = {**part, "properties": common, "description": every_target}
                lines += section("`targets[ ]`, every kind", every, parts)
            own = {key: value for key, value in part["properties"].items() if key not in common}
            part = {**part, "properties": own}
        described.add(name)
        lines += section(f"`{path}`", part, parts)
    return "\n".join(lines)


def common_keys(kinds: list[Schema]) -> Schema:
    """Return the keys that every kind of target has, in the same form."""
    first, *others = (kind["properties"] for kind in kinds)
    return {
        key: value
        for key, value in first.items()
        if all(other.get(key) == value for other in others)
    }


def named_parts(
    node: Schema, parts: dict[str, Schema], path: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the parts of a schema, each with where it stands, in the order of the scenario."""
    for key, value in node["properties"].items():
        here = f"{path}.{key}" if path else key
        for where, name in references(value, here):
            kind = parts[name]["properties"].get("kind", {}).get("const")
            yield f"{where}, kind: {kind}" if kind else where, name
            yield from named_parts(parts[name], parts, where)


def references(node: Schema, path: str) -> Iterator[tuple[str, str]]:
    """Yield the parts that the value of a key may be."""
    if "$ref" in node:
        yield path, node["$ref"].rsplit("/", 1)[1]
    for choice in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from references(choice, path)
    if "items" in node:
        yield from references(node["items"], f"{path}[ ]")
    for value in values_by_name(node):
        yield from references(value, f"{path}.<name>")


def values_by_name(node: Schema) -> list[Schema]:
    """Return what stands behind the names that a planner gives."""
    held = node.get("additionalProperties")
    return [
        *node.get("patternProperties", {}).values(),
        *([held] if isinstance(held, dict) else []),
    ]


def section(title: str, part: Schema, parts: dict[str, Schema]) -> list[str]:
    """Return the section of a part."""
    rows = []
    for key, value in part["properties"].items():
        told = "(needed)" if key in part.get("required", ()) else default(value)
        rows.append(f"| `{key}` | {form(value, parts)} | {told} | {meaning(value, parts)} |")
    return [
        f"## {title}",
        cell(part["description"]),
        "",
        "| key | form | default | meaning |",
        "|---|---|---|---|",
        *rows,
        "",
    ]


def meaning(node: Schema, parts: dict[str, Schema]) -> str:
    """Return what a key means: by its own words, else by those of the part that it holds."""
    if "const" in node:
        return "This kind."
    if "description" in node:
        return cell(node["description"])
    (name,) = (name for _, name in references(node, ""))
    return cell(parts[name]["description"])


def form(node: Schema, parts: dict[str, Schema]) -> str:  # noqa: PLR0911  (every form)
    """Return what a value may be, with its bounds."""
    if "const" in node:
        return f"`{node['const']}`"
    if "enum" in node:
        return " / ".join(f"`{word}`" for word in node["enum"])
    if "$ref" in node:
        return "keys"
    choices = [*node.get("anyOf", ()), *node.get("oneOf", ())]
    if choices:
        return " or ".join(dict.fromkeys(form(choice, parts) for choice in choices))
    if node.get("type") == "array":
        return f"list of {form(node['items'], parts)}"
    if node.get("type") == "object":
        return " or ".join(f"name: {form(value, parts)}" for value in values_by_name(node))
    return bounded(node)


def bounded(node: Schema) -> str:
    """Return the form of one figure or text."""
    bounds = [f"≥ {node['minimum']}"] if "minimum" in node else []
    if "exclusiveMinimum" in node and not bounds:
        bounds.append(f"> {node['exclusiveMinimum']}")
    bounds += [f"≤ {node['maximum']}"] if "maximum" in node else []
    bounds += [f"< {node['exclusiveMaximum']}"] if "exclusiveMaximum" in node else []
    return f"{type_words[node['type']]} {', '.join(bounds)}".strip()


def default(node: Schema) -> str:
    """Return what holds where a key is left out."""
    value = node.get("default")
    if value is None or value in ([], {}, ""):
        return "none"
    if isinstance(value, dict):
        return "as below"
    word = json.dumps(value, ensure_ascii=False)
    return f"`{word[:longest_default]} …`" if len(word) > longest_default else f"`{word}`"


def cell(phrase: str) -> str:
    """Return a docstring as it stands in a cell of a table."""
    return " ".join(phrase.replace("``", "`").replace("|", "\\|").split())


if __name__ == "__main__":
    path = docs / "reference" / "scenario.md"
    path.write_text(text(), encoding="utf-8", newline="\n")
