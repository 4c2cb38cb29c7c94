"""Drives from guiding centres to the institutions around them, by hand; 100 m take 10 s."""

import numpy as np

from guided_town import GuidedTown, asked
from siting import centres
from siting.centres import centre_times

# Townships: a and b in Z0, c in Z1, d in Z2.
picture = "ab-c-d"
people = {"a": 300, "b": 100, "c": 60, "d": 30}
spots = {"a": {"tier": "centre"}, "b": {}, "c": {}, "d": {"tier": "centre"}}


def town(**changes):
    usual = {"medical": {"a": {}}, "hosts": spots, "borders": (1.5, 3.5), "asked": with_centres()}
    return GuidedTown(picture, people, **{**usual, **changes})


def with_centres(*, guides=True):
    plain = asked()
    tier = plain.tiers["institution"]
    centre = tier.model_copy(update={"guides_others": guides})
    return plain.model_copy(update={"tiers": {**plain.tiers, "centre": centre}})


def told(drawn, **opened):
    is_open = {int(year[1:]): np.isin(list("abcd"), list(open_)) for year, open_ in opened.items()}
    table = centre_times(drawn.asked, drawn.network(), drawn.inputs(), is_open)
    assert tuple(table.columns) == centres.columns
    rows = table[["year", "township_code", "site_id", "centre_id", "seconds"]].astype(object)
    return rows.where(rows.notna(), None).to_numpy().tolist()


def sites(drawn):
    return dict(zip(drawn.inputs().sites["name"].str[-1], drawn.inputs().sites["site_id"]))


def test_every_open_institution_is_told_its_nearest_centre():
    a, b, c, d = (sites(town())[mark] for mark in "abcd")
    # c is 300 m from a and 200 m from d; what is closed neither guides nor is guided.
    assert told(town(), y2025="abcd") == [[2025, "Z0", b, a, 10], [2025, "Z1", c, d, 20]]
    assert told(town(), y2025="ac") == [[2025, "Z1", c, a, 30]]
    assert told(town(), y2024="ab", y2025="bcd") == [
        [2024, "Z0", b, a, 10],
        [2025, "Z0", b, d, 40],
        [2025, "Z1", c, d, 20],
    ]


def test_a_centre_drives_to_the_institution_and_not_back():
    drawn = town(one_way=("ba",))
    _, b, c, d = (sites(drawn)[mark] for mark in "abcd")
    assert told(drawn, y2025="abcd") == [[2025, "Z0", b, d, 40], [2025, "Z1", c, d, 20]]
    assert told(drawn, y2025="ab") == [[2025, "Z0", b, "", None]]


def test_without_a_centre_nothing_is_told():
    assert told(town(), y2025="bc") == []
    assert told(town(asked=with_centres(guides=False)), y2025="abcd") == []
