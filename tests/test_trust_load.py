"""Studies one after another in one process do not grow its memory."""

import gc
from pathlib import Path

import pytest

import siting
import small_study
from torture import amount, full

pytestmark = pytest.mark.trust
of_pages = 4096
statm = Path("/proc/self/statm")
most_growth_mb = 40
"""Between the third and the last: less than one small study takes with its page (assumption)."""


def resident_mb():
    gc.collect()
    return int(statm.read_text(encoding="utf-8").split()[1]) * of_pages / 1e6


@pytest.mark.skipif(not statm.exists(), reason="only Linux tells the memory of a process so")
def test_ten_studies_one_after_another(tmp_path):
    path = small_study.write(tmp_path)
    held = []
    for number in range(amount(10, 40)):
        study = siting.run(path)
        if full:
            study.save(tmp_path / f"out-{number}")
        elif number % 3 == 0:
            study.review()
        del study
        held.append(resident_mb())
    assert held[-1] - held[2] < most_growth_mb, held
