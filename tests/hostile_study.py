"""A study in whose files every text is hostile: each text column and each text of the scenario.

Which texts there are is read from the data dictionary and the schema of scenarios, so that a new
one is among them, or is missed by name. A text ends with the mark of its field.
"""

from pathlib import Path

import geopandas as gpd
import pandas as pd

import yaml_text
from checked_town import town
from drawn_town import crs
from siting.inputs.dictionary import facilities, hosts, tables_of
from siting.scenario import Scenario, json_schema
from small_study import with_lon_lat

payloads = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror='window.hacked=1'>",
    "</script></style><!--",
    "{{ 7*7 }}",
    "{% raise %}",
    "a{#1#}b",
    "`${window.hacked=1}`",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3",
    "https://a.invalid/?q=<b>",
    "javascript:window.hacked=1",
    "' onmouseover='window.hacked=1",
    '"><svg onload=window.hacked=1>',
    "a\u202eabc\u202c\u200fdef\u2066x",
    "a\u2028b\u2029c",
    "\x1b[31m\x1b]8;;https://a.invalid\x07x\x1b]52;c;aGk=\x07",
    "\x9b31mx\x90q\x9c",
    "a\x07\x08\x0bb",
    "&lt;b&gt; &amp; \"'\\",
    "{year} {cost} %s %(a)s $& $1",
    "[bold]x[/bold][link=https://a.invalid]y[/link]",
    "../../x",
)
"""Scripts, templates, formulas, addresses, marks of direction, control sequences, formats."""

plain = {
    "crs": "a coordinate system",
    "inputs.": "the name of a file",
    "population.residents": "the name of a file",
    "population.under1": "the name of a file",
    "population.aged_1_to_4": "the name of a file",
    "population.source": "there is no raster here; shown as the others",
    "osm_places.": "made of OpenStreetMap; its sources are shown as the others",
    "candidate_grid.": "its source is shown as the others",
    "host_rules.": "its source and clause are shown as the others",
    "population.highways.[]": "a word of OpenStreetMap",
    ".excluded_highways.[]": "a word of OpenStreetMap",
    ".speed_by_highway_kph.<key>": "a word of OpenStreetMap",
    ".under3_share.<key>": "a year",
    "children.trends.{}.<key>": "a year",
    "take_up.<key>": "an age band",
    "take_up_by_year.<key>": "a year",
    "take_up_by_year.{}.<key>": "an age band",
    ".class_kinds.[]": "an age band or the name of a kind",
    "bands.[]": "an age band",
    "policy.": "another test has profiles; their texts are those of targets",
    "published.source": "shown as the others",
    "host_limits.source": "shown as the others",
    "cycle.source": "nobody cycles here",
}
"""Texts of a scenario that cannot be hostile here, by what is in their key, and why."""
fixed_patterns = ("^[A-Za-z", "pp ^[A-Za-z")
"""Names that hold letters, digits and a few signs only."""


def scenario_texts() -> set[str]:
    """Return the key of every text of a scenario, and of every name that it may choose itself."""
    schema, found = json_schema(), {}

    def meant(node):
        while "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", maxsplit=1)[-1]]
        return node

    def walk(node, path, above):
        node = meant(node)
        if id(node) in above:
            return
        above |= {id(node)}
        for form in (*node.get("anyOf", ()), *node.get("oneOf", ()), *node.get("allOf", ())):
            walk(form, path, above)
        if node.get("type") == "string" and not {"enum", "const"} & node.keys():
            found[path] = node.get("pattern", "")
        for key, inner in node.get("properties", {}).items():
            walk(inner, f"{path}.{key}".strip("."), above)
        for pattern, inner in node.get("patternProperties", {}).items():
            found[f"{path}.<key>"] = pattern
            walk(inner, f"{path}.{{}}", above)
        if isinstance(node.get("additionalProperties"), dict):
            if "enum" not in meant(node.get("propertyNames", {})):
                found[f"{path}.<key>"] = ""
            walk(node["additionalProperties"], f"{path}.{{}}", above)
        items = [node["items"]] if isinstance(node.get("items"), dict) else []
        for inner in (*items, *node.get("prefixItems", ())):
            walk(inner, f"{path}.[]", above)

    walk(schema, "", frozenset())
    return {key for key, pattern in found.items() if not pattern.startswith("^[A-Za-z")}


def is_plain(key: str) -> bool:
    return any(key == part or key.startswith(part) or key.endswith(part) for part in plain)


def table_texts() -> set[str]:
    """Return every text column of the data dictionary that is no code and no choice."""
    return {
        f"{table.name}.{column.name}"
        for table in tables_of(town.asked).values()
        for column in table.columns
        if column.type == "text" and not column.choices and not column.is_code
    }


class Texts:
    """Hostile texts by field: which field has which payload turns with ``turn``."""

    def __init__(self, turn: int) -> None:
        self.turn = turn
        self.fields: list[str] = []
        self.made: dict[str, str] = {}

    def of(self, field: str, row: object = "") -> str:
        """Return the text of a field and row, and remember that it was asked for."""
        if field not in self.fields:
            self.fields.append(field)
        number = self.fields.index(field)
        payload = payloads[(number + self.turn) % len(payloads)]
        mark = f"§{number}:{row}§"
        self.made[mark] = payload
        return payload + mark


def asked(texts: Texts) -> Scenario:
    """Return the scenario of the town with every text hostile."""
    told = town.asked.model_dump()
    for part in ("tiers", "hosts", "class_kinds"):
        for name, value in told[part].items():
            for key in ("label", "label_en"):
                value[key] = texts.of(f"{part}.{{}}.{key}", name)
    for number, goal in enumerate(told["targets"]):
        for key in ("clause", "sentence", "reading", "clause_en", "reading_en"):
            goal[key] = texts.of(f"targets.[].{key}", number)
    for part in ("walk", "drive", "costs", "guidance"):
        told[part]["source"] = texts.of(f"{part}.source")
    told["children"]["under3_source"] = texts.of("children.under3_source")
    told["children"]["take_up_source"] = texts.of("children.take_up_source")
    trend = texts.of("children.trends.<key>")
    told["children"]["trends"] = {trend: told["children"]["trends"]["fewer"]}
    told["children"]["hold_under"] = (trend,)
    texts.of("children.hold_under.[]")
    told["children"]["trend"] = None
    texts.of("children.trend")
    for host in told["hosts"].values():
        for action in host["costs"] or {}:
            host["costs"][action]["source"] = texts.of("hosts.{}.costs.{}.source", action)
    texts.of("hosts.{}.costs.{}.source")
    told["name"] = texts.of("name")
    told["name_en"] = texts.of("name_en")
    told["class_kinds_source"] = texts.of("class_kinds_source")
    told["sources"] = (texts.of("sources.[]", 0), texts.of("sources.[]", 1))
    told["inputs"]["tracked"] = "tracked.csv"
    told["illustrative"] = True
    return Scenario.model_validate(told)


def write(folder: Path, texts: Texts) -> Path:
    """Write every file of the study and return the path of its scenario."""
    scenario, inputs = asked(texts), town.inputs()
    tables = tables_of(scenario)

    def spoil(table, name):
        for column in tables[name].columns:
            field = f"{name}.{column.name}"
            is_text = column.type == "text" and not column.choices and not column.is_code
            if is_text and column.name != "exclusive_group":
                table[column.name] = [texts.of(field, row) for row in range(len(table))]
        return table

    lines = town.lines()
    streets = {"highway": ["residential"] * len(lines)}
    gpd.GeoDataFrame(streets, geometry=lines, crs=crs).to_file(folder / "streets.gpkg")
    for name, layer in (("townships", inputs.townships), ("communities", inputs.communities)):
        known = [c.name for c in tables[name].columns if c.name in layer]
        kept = gpd.GeoDataFrame(layer[[*known, "geometry"]].copy(), crs=layer.crs)
        if name == "townships":
            kept["district"] = texts.of("townships.district")
            kept["township"] = [texts.of("townships.township", row) for row in range(len(kept))]
            of_code = dict(zip(kept["township_code"], kept["township"], strict=True))
        else:
            kept["community"] = [texts.of("communities.community", row) for row in range(len(kept))]
            kept["township"] = kept["township_code"].map(of_code)
            kept["district"] = texts.of("townships.district")
        kept.to_crs(4326).to_file(folder / f"{name}.geojson")
    areas = inputs.areas[["area_id", "name", "people", "hand_over_year", "geometry"]].copy()
    gpd.GeoDataFrame(spoil(areas, "areas"), crs=crs).to_crs(4326).to_file(folder / "areas.geojson")
    years = sorted({scenario.base_year, *scenario.years})
    residents = pd.concat(
        inputs.townships[["township_code"]].assign(
            residents=inputs.townships[f"residents_{year}"], year=year, left_behind=30
        )
        for year in years
    )
    residents["township"] = residents["township_code"].map(of_code)
    residents["district"] = texts.of("townships.district")
    write_csv(residents, folder / "residents.csv")
    cells = with_lon_lat(inputs.cells)
    cells = cells.rename(columns={f"residents_{scenario.base_year}": "residents"})
    cells = cells[["cell_id", "lon", "lat", "residents"]].copy()
    write_csv(spoil(cells, "cells"), folder / "cells.csv")
    sites = with_lon_lat(inputs.sites).drop(columns=["x", "y", "zone"])
    for column in ("inclusive", "may_close", "opens_to_residents"):
        sites[column] = sites[column].map({True: "yes", False: "no"})
    for column in ("running_cost_cny", "subsidy_cny"):
        sites[column] = sites[column].replace(0.0, None)
    existing = sites[sites["status"] == "existing"]
    existing = existing.rename(columns={"place_cost_cny": "expand_cost_cny"})
    candidates = sites[sites["status"] == "candidate"]
    for rows, table in ((existing, facilities(scenario)), (candidates, hosts(scenario))):
        known = [column.name for column in table.columns if column.name in rows]
        spoilt = spoil(rows[known].copy(), table.name)
        if "exclusive_group" in spoilt:
            group = texts.of("hosts.exclusive_group")
            groups = [group if text else "" for text in spoilt["exclusive_group"]]
            spoilt["exclusive_group"] = groups
        write_csv(spoilt, folder / f"{table.name}.csv")
    medical = with_lon_lat(inputs.medical)
    known = [column.name for column in tables["medical"].columns if column.name in medical]
    write_csv(spoil(medical[known].copy(), "medical"), folder / "medical.csv")
    tracked = pd.DataFrame(
        {"year": [scenario.last_year] * 2, "required": [1.0, 2.0], "achieved": [2.0, 1.0]}
    ).assign(better="higher")
    write_csv(spoil(tracked, "tracked"), folder / "tracked.csv")
    path = folder / "town.yaml"
    path.write_text(yaml_text.of(scenario), encoding="utf-8")
    return path


def write_csv(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, encoding="utf-8-sig")
