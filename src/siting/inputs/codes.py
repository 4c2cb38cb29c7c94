"""Administrative codes: texts of 6, 9 or 12 digits, and what spreadsheets do to them.

The first six digits are the county (GB/T 2260), the next three the township (GB/T 10114), the
last three the village or community. Other words are codes too, as long as they are texts.
"""

import numpy as np
import pandas as pd

whole_lengths = (6, 9, 12)
scientific = r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+"
with_point = r"[0-9]+\.[0-9]+"
remedy = "format the column as text, and enter the codes again from their source"


def damaged_codes(texts: pd.Series) -> list[tuple[np.ndarray, str]]:
    """Return the rows whose code a spreadsheet has damaged, with what happened to them.

    A code of digits alone has lost some where it has neither 6, 9 nor 12 of them while another
    has; a study may have codes of its own, as long as none looks like an administrative one.

    Parameters
    ----------
    texts
        Codes, empty where there is none.
    """
    in_scientific = texts.str.fullmatch(scientific).to_numpy(dtype=bool)
    pointed = texts.str.fullmatch(with_point).to_numpy(dtype=bool)
    digits = texts.str.fullmatch("[0-9]+").to_numpy(dtype=bool)
    whole = digits & texts.str.len().isin(whole_lengths).to_numpy()
    short = digits & ~whole & whole.any()
    found = [
        (in_scientific, "the code was turned into a number and has lost its last digits"),
        (pointed, "the code was turned into a number with a decimal point"),
        (short, "the code has lost digits: it has neither 6, 9 nor 12"),
    ]
    return [(rows, what) for rows, what in found if rows.any()]


def plain_codes(codes: pd.Series) -> pd.Series:
    """Return codes without the zeros that stand for 'the whole of it'.

    ``310104001000`` and ``310104001`` are the same township.
    """
    plain = codes.astype(object)
    for length in (12, 9):
        padded = plain.str.fullmatch(rf"[0-9]{{{length - 3}}}000").to_numpy(dtype=bool)
        plain = plain.where(~padded, plain.str.slice(0, length - 3))
    return plain
