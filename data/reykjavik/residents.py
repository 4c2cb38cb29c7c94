"""Residents of the municipalities in the box, from publications that quote Statistics Iceland.

Population by municipality on 1 January, as released before the series was revised in March 2024;
the tables themselves were not opened. Three figures of 2019 (Reykjavík, Garðabær, Seltjarnarnes)
are confirmed only as a sum. README.md says which figures were found quoted where.
"""

import pandas as pd

PUBLISHED = {
    2019: {
        "0000": 128_793,
        "1000": 36_975,
        "1100": 4_664,
        "1300": 16_299,
        "1400": 29_799,
        "1604": 11_463,
    },
    2022: {
        "0000": 135_688,
        "1000": 38_998,
        "1100": 4_720,
        "1300": 18_445,
        "1400": 29_763,
        "1604": 13_024,
    },
}
KJOSARHREPPUR = {2019: 238, 2022: 244}  # lies north of the box: left out
CAPITAL_REGION = {2019: 228_231, 2022: 240_882}


def make_residents():
    """Residents by `district_code` and `year`.

    Raises ValueError where the municipalities do not add up to the capital region.
    """
    for year, people in PUBLISHED.items():
        if sum(people.values()) + KJOSARHREPPUR[year] != CAPITAL_REGION[year]:
            raise ValueError(f"the municipalities of {year} do not add up to the capital region")
    return pd.DataFrame(
        [
            (code, year, number)
            for year, people in PUBLISHED.items()
            for code, number in people.items()
        ],
        columns=["district_code", "year", "residents"],
    ).sort_values(["district_code", "year"])
