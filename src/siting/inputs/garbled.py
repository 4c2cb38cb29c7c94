"""Texts that were decoded with the wrong encoding (mojibake)."""

import re

import numpy as np
import pandas as pd

lost = ("\ufffd", "锟斤拷")
"""The mark of a byte that could not be decoded; three of them in UTF-8, read as GBK."""
latin_run = re.compile("[\x80-\xff]+")
chinese = re.compile("[\u4e00-\u9fff]")
least_chinese = 3
"""Shorter words in GBK may be UTF-8 by chance, as 联通 is known to be."""


def garbled(texts: pd.Series) -> np.ndarray:
    """Return which texts are garbled: a mask over the rows.

    Found are characters lost in decoding, UTF-8 read as Latin-1 or as GBK, and GBK read as
    Latin-1; the last only where every accented letter of the column would be Chinese, so that
    names in Icelandic or French pass.
    """
    if texts.str.isascii().all():
        return np.zeros(len(texts), dtype=bool)
    found = np.array([_is_garbled(text) for text in texts], dtype=bool)
    runs = [run for text in texts for run in latin_run.findall(text)]
    if runs and all(map(_is_hanzi, runs)) and max(map(len, runs)) >= 2 * 2:
        found = found | texts.str.contains(latin_run).to_numpy(dtype=bool)
    return found


def _is_garbled(text: str) -> bool:
    if any(mark in text for mark in lost):
        return True
    if text.isascii():
        return False
    if all(ord(mark) < 256 for mark in text):
        return _decoded(text, "latin-1") is not None
    if len(chinese.findall(text)) < least_chinese:
        return False
    inner = _decoded(text, "gb18030")
    return inner is not None and chinese.search(inner) is not None


def _decoded(text: str, wrong: str) -> str | None:
    """Return what the bytes behind a wrongly read text are in UTF-8, None where they are not."""
    try:
        return text.encode(wrong).decode("utf-8")
    except UnicodeError:
        return None


def _is_hanzi(run: str) -> bool:
    """Return whether Latin-1 letters are the bytes of Chinese characters of GB 2312."""
    code = run.encode("latin-1")
    return len(code) % 2 == 0 and all(
        0xB0 <= lead <= 0xF7 and trail >= 0xA1
        for lead, trail in zip(code[::2], code[1::2], strict=True)
    )
