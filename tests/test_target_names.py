"""What targets are called: each by what distinguishes it."""

from pathlib import Path

import pytest

import siting
from drawn_town import scenario, target
from siting.target_names import target_name

scenarios = Path(__file__).parents[1] / "scenarios"
primary = ("township_health_centre", "community_health_centre")
given = ("guizhou", "jinan", "ouhai", "qingzhou", "shandong", "wuhan", "reykjavik")


@pytest.mark.parametrize("name", given)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_targets_of_a_study_have_one_name(name, lang):
    study = siting.load(scenarios / f"{name}.yaml")
    for short in (True, False):
        called = {
            each.id: target_name(study, each, short=short).text(lang) for each in study.targets
        }
        assert len(set(called.values())) == len(called), called
    assert all(len(target_name(study, each, short=True).zh) < 32 for each in study.targets)


def test_what_a_target_asks_of_whom_is_in_its_name():
    asked = scenario(
        inputs={**scenario().inputs.model_dump(), "medical": "medical.csv"},
        guidance={"kinds": ("maternal_child", *primary), "source": "drawn"},
        targets=(
            target("population_coverage", id="T1", required=0.5, group="left_behind"),
            target("population_coverage", id="T2", required=0.5),
            target("zone_count", id="T3", tiers=("institution",), inclusive_only=True),
            target("zone_count", id="T4", tiers=("institution",), zone="district"),
            target("zone_count", id="T5", tiers=("institution",), children_per_site=400.0),
            target("tier_count", id="T6", at_least=2, tiers=("institution",)),
            target("pairing", id="T7", kinds=("maternal_child",)),
            target("pairing", id="T8", kinds=primary),
            target("budget", id="T9", required=1.0, spent_on="subsidy", since="base_year"),
            target("per_thousand", id="T10", required=1.0, within="township"),
        ),
    )
    assert {each.id: target_name(asked, each).zh for each in asked.targets} == {
        "T1": "步行5分钟可达的留守儿童占比",
        "T2": "步行5分钟可达的3岁以下婴幼儿占比",
        "T3": "各乡镇(街道)均有普惠托育机构",
        "T4": "各区县均有托育机构",
        "T5": "各乡镇(街道)每400名婴幼儿有1处托育机构",
        "T6": "托育机构数量",
        "T7": "由妇幼保健机构指导的机构占比",
        "T8": "由基层医疗卫生机构指导的机构占比",
        "T9": "补助上限（现状年以来累计）",
        "T10": "每千人托位数（各乡镇(街道)）",
    }


def test_targets_that_only_their_figure_distinguishes_have_their_ids_in_the_name():
    asked = scenario(
        targets=(
            target("per_thousand", id="floor", required=1.0),
            target("per_thousand", id="aim", required=2.0, hard=False),
        )
    )
    names = [target_name(asked, each) for each in asked.targets]
    assert [name.zh for name in names] == ["每千人托位数（floor）", "每千人托位数（aim）"]
    assert names[1].en == "Places per thousand residents (aim)"
