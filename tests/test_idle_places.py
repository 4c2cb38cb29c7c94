"""New sites that stay nearly empty are named where the plan is told, counted by hand."""

from dataclasses import replace

import pytest

from reviewed_town import parts, two_years
from siting.review.content import page_content
from siting.review.idle_places import idle_places, idle_sentence


@pytest.fixture(scope="module")
def findings():
    """Return the drawn town with two new sites by 2027, 乙楼 (cb) and 丁楼 (cd), and 甲园 kept."""
    return parts(two_years())


def filled(findings, **fill):
    """Return the findings with other shares of places used, by site, in 2027; 2026 is empty."""
    told = findings.services["site_id"].map(fill).where(findings.services["year"] == 2027, 0.0)
    return replace(findings, services=findings.services.assign(fill=told))


def test_sites_below_half_are_counted_and_named(findings):
    one = filled(findings, cb=0.2, cd=0.5, ea=0.1)
    assert idle_sentence(one, "en") == (
        "In 2027, 1 of the 2 sites with places that are opened, converted or expanded use less "
        "than half of them, as this plan assigns children; the least used: 乙楼."
    )
    both = filled(findings, cb=0.2, cd=0.1, ea=1.0)
    told = idle_sentence(both, "zh")
    assert "2处新办、改建、扩建且有托位的点位中，2处的托位使用率" in told
    assert told.endswith("最低的是丁楼、乙楼。")
    shown = page_content(both, "zh")["idle_places"]
    assert shown == {
        "year": 2027,
        "count": 2,
        "idle": 2,
        "site_ids": ["cd", "cb"],
        "names": ["丁楼", "乙楼"],
    }


def test_nothing_is_told_where_none_is(findings):
    assert idle_places(findings) is None
    assert idle_sentence(filled(findings, cb=1.0, cd=float("nan"), ea=0.1), "en") == ""
