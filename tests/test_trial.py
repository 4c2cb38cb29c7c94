"""The trial of the review page in headless Chromium, held against the Python indicators."""

import json
import re

import numpy as np
import pytest
import shapely

from drawn_town import Town, scenario, target
from offline_page import open_page, shown
from random_targets import random_scenarios
from random_town import random_town
from siting.network import read_network
from siting.plan import choose_sites, measure_today, today_targets
from siting.reach import measure_reach
from siting.reach.access import find_access, no_street
from siting.review import draw_page
from siting.review.trial_words import trial_texts
from siting.review.words import texts
from siting.scenario import load
from siting.scenario.trial import read_trial, walked
from siting.study import Study
from tried_town import Tries, asked_of_page, differences

seeds = (0, 2, 4, 5, 9, 10, 11)
tries_of_each = 125
by_model_of_each = 3


def found_of(town):
    """Return what a review of a town shows, None where it has no plan."""
    asked, inputs, network, reach = town.asked, town.inputs(), town.network(), town.reach()
    plan = choose_sites(asked, inputs, reach)
    if not plan.status.has_plan:
        return None
    today = measure_today(asked, inputs, reach), today_targets(asked, inputs, reach)
    return Study(asked, inputs, network, reach, *today, plan).findings


def crowded_town():
    """Return a town of four bands whose few places several sites share and many children want."""
    rng = np.random.default_rng(7)
    rows = ["abcdefgh", "ijklmnop", "qrstuvwx", "ABCDEFGH", "IJKLMNOP"]
    picture = "\n|  |  |  |  |  |  |  |\n".join("--".join(row) for row in rows)
    letters = "".join(rows)
    bands = {"0-6": 0.05, "6-12": 0.2, "12-24": 0.4, "24-36": 0.6}
    kinds = {
        "infant": {"label": "乳儿班", "size": 10, "bands": ("6-12",)},
        "small": {"label": "托小班", "size": 15, "bands": ("12-24",)},
        "large": {"label": "托大班", "size": 20, "bands": ("24-36",)},
        "mixed": {"label": "混合班", "size": 18, "bands": ("12-24", "24-36")},
        "wide": {"label": "全龄班", "size": 12, "bands": ("6-12", "12-24", "24-36")},
    }
    tier = {
        "label": "托育机构",
        "limit_minutes": 7.5,
        "class_kinds": tuple(kinds),
        "counts_in": (
            "per_thousand",
            "inclusive_share",
            "township_coverage",
            "population_coverage",
            "enrolment",
        ),
        "can_close": True,
    }
    usual = scenario()
    asked = scenario(
        children={**usual.children.model_dump(), "take_up": bands},
        class_kinds=kinds,
        tiers={"institution": tier},
        own_staff_places_count=False,
        targets=(
            target("per_thousand", required=12.0, hard=False),
            target("enrolment", required=0.2, hard=False),
            target("population_coverage", required=0.9, hard=False),
            target("fill", required=0.5, hard=False),
        ),
        objectives=("shortfall", "served"),
    )
    spots = [str(mark) for mark in rng.permutation(list(letters))]
    facilities = {
        mark: {
            "large_classes": 1,
            "mixed_classes": int(rng.integers(0, 2)),
            "wide_classes": int(rng.integers(0, 2)),
            "enrolled_24_36": int(rng.integers(0, 15)),
            "enrolled_12_24": 0,
            "max_classes": 4,
        }
        for mark in spots[:6]
    }
    hosts = {
        mark: {"max_classes": 3, "staff_children": int(rng.choice([0, 0, 20]))}
        for mark in spots[6:16]
    }
    people = {mark: float(rng.integers(5, 80) * 3) for mark in letters}
    return Town(
        picture, people, hosts=hosts, facilities=facilities, borders=(6.5, 15.5), asked=asked
    )


def held_against_python(browser, tmp_path, findings, seed, count, size):
    tries = Tries(findings, seed, size)
    choices = [tries.random() for _ in range(count)]
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(findings))
    told = asked_of_page(page, choices)
    page.context.close()
    assert complaints == []
    codes = findings.inputs.townships["township_code"].tolist()
    for number, (choice, page_says) in enumerate(zip(choices, told, strict=True)):
        figures, targets = tries.figures(choice, by_model=number < by_model_of_each)
        assert differences(page_says, figures, targets, codes) == [], choice
    return told


@pytest.mark.browser
@pytest.mark.parametrize("seed", seeds)
def test_random_trials_give_the_figures_of_python(browser, tmp_path, seed):
    town = random_town(seed)
    (town.asked,) = random_scenarios(town, seed, 1)
    findings = found_of(town)
    if findings is None:
        pytest.fail(f"town {seed} has no plan: choose another")
    held_against_python(browser, tmp_path, findings, seed, tries_of_each, size=4)


@pytest.mark.browser
def test_trials_of_a_crowded_town_give_the_figures_of_python(browser, tmp_path):
    told = held_against_python(browser, tmp_path, found_of(crowded_town()), 1, 130, size=9)
    full = [one["area"]["reachable_full"] for one in told]
    # The towns are of use only where places are short, and the flow is a choice.
    assert sum(value > 1 for value in full) > 60


def test_a_thousand_trials_are_held_against_python():
    assert len(seeds) * tries_of_each + 130 >= 1000


def test_streets_walked_at_another_speed_are_those_read_at_it(folder):
    asked = load(folder / "town.yaml")
    slow = read_network(asked)
    fast = read_network(walked(asked, None, 4.5))
    at = slow.walked_at(4.5)
    assert at.walking_kph == fast.walking_kph
    for name in ("forward_ms", "backward_ms"):
        own, other = (getattr(network.travel["walk"], name) for network in (at, fast))
        assert (own == other).all()
        assert (own != getattr(slow.travel["walk"], name)).any()


def test_the_nearest_streets_are_sought_once_for_all_speeds(folder, monkeypatch):
    slow, other = (read_network(load(folder / "town.yaml")) for _ in range(2))
    made, tree = [], shapely.STRtree
    monkeypatch.setattr(shapely, "STRtree", lambda lines: made.append(len(lines)) or tree(lines))
    x, y = slow.x + 30.0, slow.y + 40.0
    found = [find_access(at, "walk", x, y, 300.0) for at in (slow, slow.walked_at(4.5))]
    again = find_access(other.walked_at(4.5), "walk", x, y, 300.0)
    assert len(made) == 2
    for name in ("edge", "along", "leg_m", "leg_ms"):
        assert np.array_equal(getattr(found[1], name), getattr(again, name))
    assert (found[0].leg_ms > found[1].leg_ms).any()
    assert (find_access(slow, "walk", x, y, 1.0).edge == no_street).any()


def test_walks_hold_the_reach_of_every_limit_and_speed():
    town = crowded_town()
    findings = found_of(town)
    walks, inputs = findings.walks, findings.inputs
    for number, kph in enumerate(walks.speeds_kph):
        for minutes in (5, 12, 20):
            asked = walked(town.asked, minutes, kph)
            reach = measure_reach(asked, findings.network.walked_at(kph), inputs)
            wide = walks.reaches[number]
            within = wide.seconds <= 60 * minutes
            assert (wide.cell[within] == reach.cell).all()
            assert (wide.site[within] == reach.site).all()


def test_texts_of_the_trial_are_its_own_and_have_their_slots():
    assert not set(trial_texts) & set(texts)
    for key, (chinese, english) in trial_texts.items():
        slots = [set(re.findall(r"\{(\w+)\}", text)) for text in (chinese, english)]
        assert slots[0] == slots[1], key


@pytest.fixture(scope="module")
def crowded():
    return found_of(crowded_town())


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_control_of_the_trial(browser, tmp_path, crowded, lang):
    page, requests, complaints, address = open_page(browser, tmp_path, draw_page(crowded, lang))
    at = {"zh": 0, "en": 1}[lang]
    assert not page.locator("#trial-mark").is_visible()
    assert page.locator("#trial-reset").is_disabled()
    page.focus("#trial-minutes")
    page.keyboard.press("ArrowRight")
    minutes = page.evaluate("sitingTrial.file().minutes")
    assert shown(page, "trying") == "yes"
    assert page.locator("#trial-mark").is_visible()
    assert str(minutes) in page.locator("#trial-mark").inner_text()
    page.evaluate("document.querySelector('#trial').scrollIntoView()")
    assert page.evaluate(
        "document.elementFromPoint(innerWidth / 2, 8).closest('#trial-mark') !== null"
    )
    assert page.get_attribute("#trial-minutes", "aria-valuetext").startswith(str(minutes))
    page.select_option("#trial-speed", index=2)
    assert page.evaluate("sitingTrial.file().walk_m_per_min") == 80
    page.click("#trial-own-minutes")
    assert page.evaluate("sitingTrial.file().minutes") is None

    plan = crowded.plan.sites.set_index("site_id")
    standing = plan.index[plan["action"] != "close"][0]
    page.fill("#trial-site", standing)
    page.press("#trial-site", "Enter")
    assert shown(page, "site") == standing
    assert page.evaluate("document.activeElement.textContent") == trial_texts["trial_close"][at]
    page.keyboard.press("Enter")
    assert shown(page, "tried") == "1"
    hosts = crowded.inputs.sites.query("status == 'candidate'")["site_id"]
    left = [name for name in hosts if name not in plan.index]
    if left:
        page.check("#trial-all")
        page.fill("#trial-site", left[0])
        page.press("#trial-site", "Enter")
        assert "null" not in page.locator("#panel").inner_text()
        page.click(".try button[name='open']")
        assert trial_texts["trial_opened"][at] in page.locator("#panel .trial-note").inner_text()
        assert shown(page, "tried") == "2"
    assert page.locator(".switched li").count() == int(shown(page, "tried"))
    page.fill("#trial-site", "no such site")
    page.press("#trial-site", "Enter")
    assert page.evaluate("document.getElementById('trial-site').validationMessage") != ""
    page.fill("#trial-site", "")

    page.click("details[data-part='townships'] summary")
    for part, rows in (("targets", 4), ("townships", len(crowded.inputs.townships))):
        shown_rows = page.locator(f"details[data-part='{part}'] tbody tr")
        shown_rows.nth(rows - 1).wait_for()
        assert shown_rows.count() == rows
    assert trial_texts["trial_untold"][at] in page.locator("#trial-results").inner_text()
    with page.expect_download() as download:
        page.click("#trial-export")
    file = tmp_path / "trial.json"
    download.value.save_as(file)
    trial = read_trial(file, crowded.scenario)
    assert trial.plan_hash == crowded.plan.plan_hash
    assert trial.walk_m_per_min == 80
    assert {site.site_id for site in trial.sites} >= {standing}
    assert not next(site for site in trial.sites if site.site_id == standing).open

    page.emulate_media(media="print")
    assert page.locator("#trial-mark").is_visible()
    page.emulate_media(media="screen")
    page.click("#trial-reset")
    assert shown(page, "trying") == ""
    assert not page.locator("#trial-mark").is_visible()
    assert page.evaluate("sitingTrial.file().sites.length") == 0
    page.emulate_media(media="print")
    assert not page.locator("#trial-results").is_visible()
    assert requests == [address]
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_numbers_of_classes_that_cannot_be_are_refused(browser, tmp_path, crowded):
    page, _, complaints, _ = open_page(browser, tmp_path, draw_page(crowded, "zh"))
    name = crowded.inputs.sites.query("status == 'candidate'")["site_id"].iloc[0]
    page.fill("#trial-site", name)
    page.press("#trial-site", "Enter")
    opens = page.locator(".try button[name='open']")
    if opens.count():
        opens.click()
    first = page.locator(".try input").first
    before = first.input_value()
    for wrong in ("99", "-1"):
        first.fill(wrong)
        first.press("Tab")
        assert page.locator(".try-fail").inner_text() != ""
        assert page.locator(".try input").first.input_value() == before
    assert complaints == []
    page.context.close()


def test_the_plan_of_the_page_is_a_trial_without_changes(browser, tmp_path, crowded):
    page, *_ = open_page(browser, tmp_path, draw_page(crowded, "zh"))
    nothing = {"year": 0, "minutes": None, "speed": 0, "sites": {}}
    (told,) = asked_of_page(page, [nothing])
    area = crowded.plan.indicators.area
    for name in ("served", "reachable_full", "population_coverage", "places_per_thousand"):
        assert told["area"][name] == pytest.approx(area[name], rel=1e-6)
    assert json.loads(page.evaluate("JSON.stringify(sitingTrial.file())"))["sites"] == []
    page.context.close()
