"""The child-health staff that townships need and have (儿童保健专职人员).

Reads the residents of the townships and the table of medical institutions, gives one table. Does
not: decide who guides whom, or count staff that nobody tells.
"""

import numpy as np
import pandas as pd

from siting.guidance import primary_kinds, responsible_zone, rounding
from siting.inputs import Inputs
from siting.inputs.zones import no_zone

people_per_staff_asked = 20_000.0
"""温瓯七优享办〔2023〕2号: 每家基层医疗卫生机构原则上按照每2万常住人口至少配备1名儿童保健
专职人员."""
primary = "primary"
"""All primary health institutions of a township together, in place of a kind."""


def child_health_staffing(
    inputs: Inputs, year: int, people_per_staff: float = people_per_staff_asked
) -> pd.DataFrame:
    """Return the child-health staff that each township needs and has, in all and by kind.

    An institution counts for the township it is responsible for, or, where the table leaves that
    empty, lies in. The staff is that of today.

    Parameters
    ----------
    year
        Year of the residents: base year or planned year.
    people_per_staff
        Residents for whom one member of staff is needed.

    Returns
    -------
    pandas.DataFrame
        ``township_code, township, year, kind, residents, staff_required`` (one for each
        ``people_per_staff`` residents or part of them) ``, institutions, staff_present`` (people,
        as far as they are told) ``, staff_untold`` (institutions whose staff is not) ``, met``.
        For each township, in the order of the code, first a row with the kind ``primary``: its
        primary health institutions together, of which the staff is required. Then one for each
        kind of institution that it has, where ``staff_required`` and ``met`` are missing. ``met``
        is None where staff that is not told could make up what is missing, and without a table
        of medical institutions.

    References
    ----------
    温瓯七优享办〔2023〕2号: at least one for every 20,000 residents of primary health institutions.
    """
    townships = inputs.townships[["township_code", "township"]].assign(
        year=year, residents=inputs.townships[f"residents_{year}"].to_numpy(dtype=float)
    )
    counted = _counted(inputs)
    asked = townships.assign(zone=np.arange(len(townships)), kind=primary)
    asked["staff_required"] = np.ceil(asked["residents"] / people_per_staff - rounding)
    asked = asked.merge(counted[counted["kind"] == primary], on=["zone", "kind"], how="left")
    if inputs.medical is not None:
        counts = ["institutions", "staff_present", "staff_untold"]
        asked[counts] = asked[counts].fillna(0)
    by_kind = counted[counted["kind"] != primary]
    by_kind = by_kind.merge(asked[["zone", *townships.columns]], on="zone")
    rows = pd.DataFrame([*asked.to_dict("records"), *by_kind.to_dict("records")])
    rows["met"] = _met(rows)
    rows = rows.sort_values("zone", kind="stable").reset_index(drop=True)
    whole = ["staff_required", "institutions", "staff_present", "staff_untold"]
    rows = rows.astype(dict.fromkeys(whole, "Int64"))
    return rows[["township_code", "township", "year", "kind", "residents", *whole, "met"]]


def institution_staffing(
    inputs: Inputs, year: int, people_per_staff: float = people_per_staff_asked
) -> pd.DataFrame:
    """Return the child-health staff that each primary health institution needs and has.

    The residents of a township are shared evenly by the primary institutions that are responsible
    for it (assumption: the tables do not say whom each looks after).

    Parameters
    ----------
    year, people_per_staff
        As :func:`child_health_staffing`.

    Returns
    -------
    pandas.DataFrame
        ``medical_id, name, kind, township_code, township, year, residents`` (its share)
        ``, staff_required`` (one for each ``people_per_staff`` of these or part of them)
        ``, staff_present, met``, in the order of township and id; ``staff_present`` and ``met``
        are missing where the staff is not told. No rows without medical institutions.

    References
    ----------
    温瓯七优享办〔2023〕2号: 每家基层医疗卫生机构 at least one for every 20,000 residents.
    """
    columns = ["medical_id", "name", "kind", "township_code", "township", "year", "residents"]
    columns += ["staff_required", "staff_present", "met"]
    medical = inputs.medical
    if medical is None:
        return pd.DataFrame(columns=columns)
    rows = medical[["medical_id", "name", "kind"]].assign(
        zone=responsible_zone(inputs),
        staff_present=medical["child_health_staff"].astype(float),
        year=year,
    )
    rows = rows[rows["kind"].isin(primary_kinds) & (rows["zone"] != no_zone)]
    townships = inputs.townships.reset_index(drop=True)
    here = townships.loc[rows["zone"]].set_index(rows.index)
    together = rows.groupby("zone")["zone"].transform("size")
    rows["residents"] = here[f"residents_{year}"].astype(float) / together
    rows = rows.assign(township_code=here["township_code"], township=here["township"])
    rows["staff_required"] = np.ceil(rows["residents"] / people_per_staff - rounding)
    told = rows["staff_present"].notna()
    enough = rows["staff_present"] >= rows["staff_required"]
    rows["met"] = pd.Series(
        [bool(met) if known else None for met, known in zip(enough, told, strict=True)],
        index=rows.index,
        dtype=object,
    )
    rows = rows.sort_values(["zone", "medical_id"], ignore_index=True)
    rows = rows.astype({"staff_required": "Int64", "staff_present": "Int64"})
    return rows[columns]


def _counted(inputs: Inputs) -> pd.DataFrame:
    """Return ``zone, kind, institutions, staff_present, staff_untold`` as far as there are any."""
    medical = inputs.medical
    if medical is None:
        return pd.DataFrame(
            columns=["zone", "kind", "institutions", "staff_present", "staff_untold"]
        ).astype({"zone": "int64", "kind": "object"})
    staff = medical["child_health_staff"].astype(float)
    rows = pd.DataFrame(
        {
            "zone": responsible_zone(inputs),
            "kind": medical["kind"].to_numpy(),
            "institutions": 1,
            "staff_present": staff.fillna(0.0).to_numpy(),
            "staff_untold": staff.isna().to_numpy().astype(int),
        }
    )
    rows = rows[(rows["zone"] != no_zone) & (rows["kind"] != "")]
    of_primary = rows[rows["kind"].isin(primary_kinds)].assign(kind=primary)
    return pd.concat([rows, of_primary]).groupby(["zone", "kind"], as_index=False).sum()


def _met(rows: pd.DataFrame) -> list[bool | None]:
    """Return whether the staff required is there; None where that cannot be told."""
    enough = rows["staff_present"] >= rows["staff_required"]
    known = enough | (rows["staff_untold"] == 0)
    known &= rows["staff_required"].notna()
    return [bool(met) if told else None for met, told in zip(enough, known, strict=True)]
