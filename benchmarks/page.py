"""Measure the review: its drawing, the size of the page, when it is ready, changes of a trial.

Hands over a row for each case: ``case, sites, cells, draw_s`` (what the deliverables show, page,
workbook and document, from the plan) ``, page_mb, ready_s, prepared_s`` (when the
figures that a trial is held against are there), ``first_toggle_ms`` (the first site switched
on a fresh page), ``toggle_p95_ms`` (sites switched one after the other), ``limits_p95_ms`` (minutes
and speeds, each for the first time), the figures to reach, and what the page is held against:
the map that geopandas draws of the same townships, streets, cells and sites. It is only a map, and
asks others for its programs when it opens, so that what it takes to open cannot be measured
offline. The case
``grid`` is drawn with a seed: 500 sites and 20,000 cells on a grid of streets, 10 km by 10 km;
``wuhan`` is the default study, planned first. The browser is Debian's Chromium, offline; seconds
depend on the machine, and on what else it does: run it alone.
"""

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from playwright.sync_api import sync_playwright
from rows import at_most, hand_over, missed
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from siting.study import Study

project = Path(__file__).parents[1]
most = {
    "draw_s": ("page, workbook and document drawn, s", 15.0),
    "page_mb": ("size of the review page, MB", 5.0),
    "ready_s": ("review page ready, best of three openings, s", 2.0),
    "first_toggle_ms": ("the first site switched on a fresh page, ms", 50.0),
    "toggle_p95_ms": ("a site switched in the trial, 95 % of times, ms", 50.0),
}
"""Figure of a row -> what it is, and the most it may be."""
sites, facilities, cells = 500, 200, 20_000
side_m, street_m, townships_a_side = 10_000.0, 100.0, 7
toggles = 200
asked_of_others = re.compile(r"""<(?:script|link)\b[^>]*\b(?:src|href)=["'](https?:[^"']+)""")
drawn = "assumption: drawn for this benchmark"
corner = np.array([500_000.0, 3_300_000.0])


def write_grid(folder: Path) -> Path:
    """Write the files of the drawn study into a folder and return its scenario."""
    rng = np.random.default_rng(1)
    _write_ground(folder)
    table = _scattered(rng, cells, "cell_id", "C").assign(residents=rng.integers(20, 80, cells))
    table.to_csv(folder / "cells.csv", index=False)
    kinds = {"small": 15, "large": 20, "mixed": 18}
    existing = _scattered(rng, facilities, "site_id", "F").assign(
        tier="institution",
        host="house",
        inclusive=rng.choice(["yes", "no"], facilities),
        **{f"{kind}_classes": rng.integers(0, 2, facilities) for kind in ("small", "mixed")},
        large_classes=1,
        enrolled_24_36=rng.integers(0, 15, facilities),
        max_classes=6,
        expand_cost_cny=20_000,
    )
    existing.assign(name=existing["site_id"]).to_csv(folder / "facilities.csv", index=False)
    hosts = _scattered(rng, sites - facilities, "site_id", "H").assign(
        tier="institution",
        host="house",
        inclusive="yes",
        action="open",
        max_classes=rng.integers(1, 7, sites - facilities),
        fixed_cost_cny=rng.integers(1, 9, sites - facilities) * 100_000,
        place_cost_cny=20_000,
    )
    hosts.assign(name=hosts["site_id"]).to_csv(folder / "hosts.csv", index=False)
    bands = {"small": ["12-24"], "large": ["24-36"], "mixed": ["18-24", "24-36"]}
    bands["small"] = ["12-18", "18-24"]
    scenario = {
        "name": "grid",
        "illustrative": True,
        "crs": "EPSG:32650",
        "base_year": 2025,
        "years": [2027],
        "inputs": {
            "streets": "streets.gpkg",
            "townships": "townships.geojson",
            "residents": "residents.csv",
            "cells": "cells.csv",
            "facilities": "facilities.csv",
            "hosts": "hosts.csv",
        },
        "children": {
            "under3_share": {2025: 0.022, 2027: 0.021},
            "under3_source": drawn,
            "take_up": {"0-12": 0.0, "12-18": 0.2, "18-24": 0.3, "24-36": 0.5},
            "take_up_source": drawn,
        },
        "walk": {"speed_kph": 3.6, "source": drawn},
        "class_kinds": {
            kind: {"label": kind, "size": size, "bands": bands[kind]}
            for kind, size in kinds.items()
        },
        "class_kinds_source": drawn,
        "tiers": {
            "institution": {
                "label": "托育机构",
                "limit_minutes": 15,
                "class_kinds": list(kinds),
                "counts_in": [
                    "per_thousand",
                    "inclusive_share",
                    "township_coverage",
                    "population_coverage",
                ],
            }
        },
        "hosts": {"house": {"label": "用房"}},
        "targets": [
            {**_target("per_thousand"), "required": 8.0},
            {**_target("population_coverage"), "required": 0.9},
            {**_target("inclusive_share"), "required": 0.6},
        ],
        "solver": {"gap": 0.05, "time_limit_s": 60},
    }
    path = folder / "grid.yaml"
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(scenario, file)
    return path


def _target(kind: str) -> dict[str, Any]:
    return {"id": kind, "kind": kind, "year": 2027, "hard": False, "clause": drawn}


def _scattered(rng: np.random.Generator, count: int, name: str, letter: str) -> pd.DataFrame:
    """Return points anywhere in the area, each with a name."""
    points = gpd.GeoSeries(
        shapely.points(corner + rng.uniform(0, side_m, (count, 2))), crs=32650
    ).to_crs(4326)
    names = [f"{letter}{i:05}" for i in range(count)]
    return pd.DataFrame({name: names, "lon": points.x.round(7), "lat": points.y.round(7)})


def _write_ground(folder: Path) -> None:
    """Write streets, townships and residents."""
    steps = np.arange(0, side_m + 1, street_m)
    near, far = np.meshgrid(steps, steps[:-1], indexing="ij")
    pieces = [
        np.stack([np.stack([near, far], -1), np.stack([near, far + street_m], -1)], 2),
        np.stack([np.stack([far, near], -1), np.stack([far + street_m, near], -1)], 2),
    ]
    lines = shapely.linestrings(np.concatenate([p.reshape(-1, 2, 2) for p in pieces]) + corner)
    streets = {"highway": ["residential"] * len(lines)}
    gpd.GeoDataFrame(streets, geometry=lines, crs=32650).to_file(folder / "streets.gpkg")
    width = side_m / townships_a_side
    boxes = [
        shapely.box(
            *(corner + width * np.array([x, y])), *(corner + width * np.array([x, y]) + width)
        )
        for x in range(townships_a_side)
        for y in range(townships_a_side)
    ]
    codes = [f"420102{i:03}" for i in range(len(boxes))]
    columns = {"township_code": codes, "township": codes, "district_code": "420102"}
    columns |= {"district": "drawn", "area_type": "urban"}
    zones = gpd.GeoDataFrame(columns, geometry=boxes, crs=32650)
    zones.to_crs(4326).to_file(folder / "townships.geojson")
    people = cells * 50 // len(boxes)
    parts = [
        pd.DataFrame({"township_code": codes, "year": y, "residents": people}) for y in (2025, 2027)
    ]
    pd.concat(parts).to_csv(folder / "residents.csv", index=False)


def study_of(case: str, folder: Path) -> "Study":
    """Return a case planned; this takes a minute."""
    from siting.running import run

    path = write_grid(folder) if case == "grid" else project / "scenarios" / f"{case}.yaml"
    return run(path)


def measured(case: str, study: "Study", folder: Path) -> dict[str, Any]:
    """Draw the review of a case, open its page, and change its trial many times."""
    from siting.review import draw_page, write_report, write_workbook

    file = folder / "review.html"
    began = time.perf_counter()
    findings = study.findings
    file.write_text(draw_page(findings), encoding="utf-8")
    page_s = time.perf_counter() - began
    write_workbook(findings, folder / "review.xlsx")
    write_report(findings, folder / "review.docx")
    draw_s = time.perf_counter() - began
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"],
        )
        page = browser.new_context(offline=True).new_page()
        ready, prepared, first = [], [], []
        for _ in range(3):
            page.goto(file.as_uri())
            page.locator("html[data-prepared]").wait_for(state="attached", timeout=60_000)
            ready.append(int(page.evaluate("document.documentElement.dataset.ready")))
            prepared.append(int(page.evaluate("document.documentElement.dataset.prepared")))
            first.append(next(_milliseconds(page, "site", 1, unmeasured=0)))
        switched = list(_milliseconds(page, "site", toggles))
        limits = list(_milliseconds(page, "limits", 40))
        browser.close()
    return {
        "case": case,
        "engine": "siting",
        "sites": len(findings.inputs.sites),
        "cells": len(findings.inputs.cells),
        "page_s": round(page_s, 2),
        "draw_s": round(draw_s, 1),
        "page_mb": round(file.stat().st_size / 1e6, 2),
        "ready_s": round(min(ready) / 1000, 2),
        "prepared_s": round(min(prepared) / 1000, 2),
        "first_toggle_ms": round(float(np.median(first)), 1),
        "toggle_p95_ms": round(float(np.percentile(switched, 95)), 1),
        "limits_p95_ms": round(float(np.percentile(limits, 95)), 1),
    }


def compared(case: str, study: "Study", row: dict[str, Any], file: Path) -> list[dict[str, Any]]:
    """Return a row for the page of a case, and one for the map that geopandas draws."""
    inputs, network = study.inputs, study.network
    began = time.perf_counter()
    drawing = inputs.townships.explore(column="residents_2027", name="townships")
    gpd.GeoDataFrame({"highway": network.highway}, geometry=network.lines, crs=network.crs).explore(
        m=drawing, name="streets"
    )
    for name, table in (("cells", inputs.cells), ("sites", inputs.sites)):
        points = gpd.points_from_xy(table["x"], table["y"])
        gpd.GeoDataFrame(table, geometry=points, crs=inputs.crs).explore(m=drawing, name=name)
    other = file.with_name("explore.html")
    drawing.save(other)
    seconds = time.perf_counter() - began
    named = [*inputs.townships["township_code"], *inputs.sites["site_id"]]
    rows = []
    for engine, taken, path in (("siting", row["page_s"], file), ("explore", seconds, other)):
        page = path.read_text(encoding="utf-8")
        rows.append(
            {
                "case": f"{case}-map",
                "engine": engine,
                "seconds": round(taken, 2),
                "page_mb": round(path.stat().st_size / 1e6, 2),
                "asks_others": len(set(asked_of_others.findall(page))),
                "equal": all(str(name) in page for name in named),
            }
        )
    return rows


def _milliseconds(
    page: Any,  # noqa: ANN401
    what: str,
    count: int,
    unmeasured: int = 10,
) -> Iterator[float]:
    """Change the trial at random and yield what each change takes, drawing included.

    Parameters
    ----------
    unmeasured
        Sites switched before, while the browser compiles.
    """
    rng = np.random.default_rng(2)
    ids = page.evaluate("JSON.parse(document.getElementById('data').textContent).trial.sites.id")
    # From the change until the page is laid out anew, whatever follows in the panel included.
    timed = """(element, change) => {
      document.body.getBoundingClientRect();
      const began = performance.now();
      if (change === null) element.click();
      else {
        element.value = change;
        element.dispatchEvent(new Event("input"));
      }
      document.body.getBoundingClientRect();
      return performance.now() - began;
    }"""
    for number in range(count):
        if what == "limits":
            minutes = int(rng.integers(5, 21))
            taken = page.locator("#trial-minutes").evaluate(timed, minutes)
        else:
            page.fill("#trial-site", ids[int(rng.integers(len(ids)))])
            page.press("#trial-site", "Enter")
            button = page.locator(".try button").first
            if not button.count():
                continue
            taken = button.evaluate(timed, None)
        if number >= unmeasured or what == "limits":
            yield taken


def main() -> int:
    """Measure the cases named, or the drawn one."""
    reached = []
    for case in sys.argv[1:] or ["grid"]:
        with tempfile.TemporaryDirectory() as folder:
            study = study_of(case, Path(folder))
            row = measured(case, study, Path(folder))
            peers = compared(case, study, row, Path(folder) / "review.html")
        for each in (row, *peers):
            hand_over(each)
        reached += [
            at_most(f"{case}: {told}", row[name], value) for name, (told, value) in most.items()
        ]
    return 0 if all(reached) else missed


if __name__ == "__main__":
    raise SystemExit(main())
