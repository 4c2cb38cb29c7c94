"""The draw of who is inspected by whom: repeatable, uniform, told where it lacks something."""

from collections import Counter
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from guided_town import GuidedTown, asked
from siting.errors import DataError
from siting.plan.inspections import draw, inspection_list
from siting.plan.run_folder import write_guidance

picture = "a--b--c--d--e"


def town(**guidance):
    return GuidedTown(
        picture,
        {"a": 1},
        hosts={letter: {} for letter in "abcde"},
        medical={letter: {} for letter in "ace"},
        asked=asked(**guidance),
    )


pairing = pd.DataFrame(
    {
        "site_id": ["ca", "cb", "cc", "cd"],
        "medical_id": ["ma", "ma", "mc", "me"],
        "seconds": [0, 30, 0, 30],
    }
)
network, tables = town().network(), town().inputs()


def drawn_list(sites=tables.sites, medical=tables.medical, pairs=pairing, **guidance):
    return inspection_list(asked(**guidance), network, sites, medical, pairs)


def expected(seed, count):
    """Return the draw as the description of it says, in other words."""
    stream = np.random.PCG64(seed)
    sites = sorted(tables.sites["site_id"])
    numbers = {site: stream.random_raw() for site in sites}
    drawn = sorted(sites, key=lambda site: numbers[site])[:count]
    guides = dict(zip(pairing["site_id"], pairing["medical_id"]))
    rows = []
    for site in drawn:
        ranks = {medical: stream.random_raw() for medical in sorted(tables.medical["medical_id"])}
        rows.append((site, min((m for m in ranks if m != guides.get(site)), key=ranks.get)))
    return rows


@pytest.mark.parametrize("seed", range(20))
def test_the_draw_can_be_repeated_from_its_description(seed):
    visits = drawn_list(inspected=3, inspected_seed=seed).visits
    assert list(zip(visits["site_id"], visits["medical_id"])) == expected(seed, 3)
    assert visits["order"].tolist() == [1, 2, 3]
    assert not visits["guides"].any()


def test_the_numbers_of_a_seed_stay_the_same():
    # NumPy promises so; if it ever breaks the promise, lists drawn earlier cannot be checked.
    visits = drawn_list(inspected=5, inspected_seed=2025).visits
    assert visits["site_id"].tolist() == ["cb", "cc", "cd", "ce", "ca"]
    assert visits["medical_id"].tolist() == ["mc", "me", "mc", "me", "me"]
    assert visits["seconds"].tolist() == [30, 60, 30, 0, 120]


def test_the_order_of_rows_changes_nothing():
    first = drawn_list(inspected=4, inspected_seed=7).visits
    again = drawn_list(
        tables.sites.sample(frac=1, random_state=1),
        tables.medical[::-1],
        pairing.sample(frac=1, random_state=2),
        inspected=4,
        inspected_seed=7,
    ).visits
    pd.testing.assert_frame_equal(first, again)


def test_every_pair_of_sites_is_as_likely():
    drawn, inspectors = Counter(), Counter()
    seeds = 2_000
    ids = tables.sites["site_id"].tolist(), tables.medical["medical_id"].tolist()
    guides_of = {site: [who] for site, who in zip(pairing["site_id"], pairing["medical_id"])}
    for seed in range(seeds):
        rows = draw(seed, 2, *ids, guides_of)
        drawn[frozenset(site for site, _ in rows)] += 1
        inspectors.update(medical for site, medical in rows if site == "ce")
    assert len(drawn) == 10
    # Chi-square with 9 and 2 degrees of freedom: 27.9 and 13.8 leave one in a thousand.
    assert sum((n - seeds / 10) ** 2 / (seeds / 10) for n in drawn.values()) < 27.9
    mean = sum(inspectors.values()) / 3
    assert sum((n - mean) ** 2 / mean for n in inspectors.values()) < 13.8


def test_ways_lead_from_the_inspector_to_the_site():
    visits = drawn_list(inspected=5).visits
    place = {name: "abcde".index(name[-1]) for name in (*tables.sites["site_id"], "ma", "mc", "me")}
    for row in visits.itertuples():
        assert row.seconds == 30 * abs(place[row.site_id] - place[row.medical_id])


def test_only_who_guides_a_site_may_be_left_to_inspect_it():
    alone = tables.medical[tables.medical["medical_id"] == "ma"]
    found = drawn_list(medical=alone, pairs=pairing[pairing["medical_id"] == "ma"], inspected=5)
    guided = found.visits.set_index("site_id")["guides"]
    assert guided.to_dict() == {"ca": True, "cb": True, "cc": False, "cd": False, "ce": False}
    assert any("for want of others: 2" in note.en for note in found.notes)


def test_nobody_may_be_left_to_inspect():
    found = drawn_list(medical=tables.medical.head(0), pairs=pairing.head(0), inspected=2)
    assert found.visits["medical_id"].tolist() == ["", ""]
    assert found.visits["seconds"].isna().all()
    assert any("nobody is there to inspect: 2" in note.en for note in found.notes)


def test_too_few_sites_are_told():
    found = drawn_list(inspected=7)
    assert sorted(found.visits["site_id"]) == ["ca", "cb", "cc", "cd", "ce"]
    assert any(note.en.endswith("missing: 2") for note in found.notes)


def test_nothing_is_drawn_unless_asked_for():
    found = drawn_list()
    assert found.visits.empty
    assert found.notes == ()


def test_a_site_without_a_way_is_told():
    sites = tables.sites.assign(y=tables.sites["y"] + 301.0)
    found = drawn_list(sites, inspected=2)
    assert found.visits["seconds"].isna().all()
    assert any("no way leads from who inspects them: 2" in note.en for note in found.notes)


def test_a_pairing_of_another_study_is_refused():
    with pytest.raises(DataError, match="in no table: cx"):
        drawn_list(pairs=pairing.assign(site_id=["cx", "cb", "cc", "cd"]), inspected=1)


def test_nobody_who_guides_a_site_inspects_it():
    both = pd.concat([pairing, pairing.assign(medical_id=["mc", "mc", "me", "ma"])])
    for seed in range(20):
        visits = drawn_list(pairs=both, inspected=5, inspected_seed=seed).visits
        guides = both.groupby("site_id")["medical_id"].agg(set)
        told = visits[visits["site_id"].isin(guides.index)]
        assert not any(
            who in guides[site] for site, who in zip(told["site_id"], told["medical_id"])
        )
        assert not visits["guides"].any()


def test_the_files_of_guidance_have_names_beside_the_ids(tmp_path):
    found = drawn_list(inspected=2, inspected_seed=2025)
    visits = pd.DataFrame({"medical_id": ["ma"], "day": [1], "stop": [1], "site_id": ["cb"]})
    rounds = SimpleNamespace(institutions=pd.DataFrame({"medical_id": ["ma"]}), visits=visits)
    write_guidance(rounds, found, tables, tmp_path)
    first = (tmp_path / "inspections.csv").read_text(encoding="utf-8-sig").splitlines()[:2]
    who = found.visits["medical_id"][0]
    assert first == [
        "order,site_id,site,township,medical_id,medical,guides,seconds",
        f"1,cb,{name_of('cb')},Z0,{who},{name_of(who)},False,30",
    ]
    told = (tmp_path / "round_visits.csv").read_text(encoding="utf-8-sig").splitlines()
    assert told[0] == "medical_id,medical,day,stop,site_id,site,township"
    rounds_told = (tmp_path / "rounds.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rounds_told == ["medical_id,medical", f"ma,{name_of('ma')}"]


def name_of(place):
    names = tables.sites.set_index("site_id")["name"].to_dict()
    return (names | tables.medical.set_index("medical_id")["name"].to_dict())[place]
