"""Many more districts made up by chance, read from every medium (tests/reports/test_one_number.py)."""

from pathlib import Path

import pytest

from tests.reports.made import CASES
from tests.reports.test_one_number import MakeOf, hold, make, printed_plan

__all__ = ["make", "printed_plan"]
SEEDS = range(2, 8)


@pytest.mark.soak
@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_the_same_numbers_stand_everywhere_in_many_districts(make: MakeOf, tmp_path: Path) -> None:
    for seed in SEEDS:
        hold(make, [(case, seed) for case in CASES], tmp_path / f"out-{seed}")
    print(f"\n{len(CASES) * len(SEEDS)} districts: the same numbers everywhere")
