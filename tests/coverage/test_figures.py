"""The arithmetic on figures, and coverage in words."""

from datetime import date

import pytest

from nastav.coverage import text
from nastav.coverage.figures import Basis, DistrictCoverage, Figure, SchoolCoverage, total
from nastav.people.models import Part


def figure(target: int | None, actual: int | None) -> Figure:
    return Figure(target, actual, actual, actual, actual, 0)


def coverage(*cells: tuple[int | None, int | None], printed: int | None = None) -> DistrictCoverage:
    """Return a district of schools with (plan, fact) of mentees."""
    rows = tuple(
        SchoolCoverage(n, f"СОШ №{n}", cell[1] is not None, figure(*cell), figure(0, cell[1] and 0))
        for n, cell in enumerate(cells, 1)
    )
    day = date(2020, 12, 9)
    return DistrictCoverage(1, 2020, day, Basis.IN_PAIR, True, rows, printed, None, 0)


@pytest.mark.parametrize(
    ("target", "actual", "percent", "gap", "missing"),
    [
        (44, 40, "90,9\xa0%", -4, 4),
        (44, 44, "100,0\xa0%", 0, 0),
        (4, 5, "125,0\xa0%", 1, 0),
        (400, 49, "12,3\xa0%", -351, 351),  # 12.25: half up, as Excel shows it
        (0, 0, "—", 0, 0),
        (0, 2, "—", 2, 0),
        (11, 0, "0,0\xa0%", -11, 11),
        (11, None, "—", None, 11),
        (None, 3, "—", None, 0),
    ],
)
def test_a_figure(
    target: int | None, actual: int | None, percent: str, gap: int | None, missing: int
) -> None:
    one = figure(target, actual)
    assert (one.percent, one.gap, one.missing) == (percent, gap, missing)


def test_the_districts_percentage_is_of_the_sums_not_the_mean() -> None:
    summed = total([figure(4, 4), figure(96, 0)])
    assert summed.percent == "4,0\xa0%"  # the mean would be 50


def test_unknown_cells_are_left_out_of_a_sum_and_nothing_known_is_not_zero() -> None:
    summed = total([figure(4, None), figure(None, 2), figure(6, 1)])
    assert (summed.target, summed.actual) == (10, 3)
    assert total([figure(None, None)]).actual is None


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        (44, 40, "наставляемые 40 из 44 (90,9\xa0%, не хватает 4)"),
        (44, 45, "наставляемые 45 из 44 (102,3\xa0%)"),
        (0, 2, "наставляемые 2 при плане 0"),
        (None, 2, "наставляемые 2, план не введён"),
        (44, None, "наставляемые нет данных"),
    ],
)
def test_a_schools_line(target: int | None, actual: int | None, said: str) -> None:
    row = SchoolCoverage(1, "СОШ №5", True, figure(target, actual), figure(0, 0))
    assert text.school_line(row, Part.MENTEE) == said


@pytest.mark.parametrize(
    ("people", "said"),
    [(1, "1\xa0наставляемого"), (2, "2\xa0наставляемых"), (21, "21\xa0наставляемого")],
)
def test_who_is_missing_is_said_with_agreed_numerals(people: int, said: str) -> None:
    assert text.missing(coverage((30, 30 - people)), Part.MENTEE).endswith(f"не хватает {said}.")


def test_schools_that_can_close_the_gap_come_by_people() -> None:
    found = text.lagging(coverage((10, 8), (10, 12), (10, 3), (10, None)), Part.MENTEE)
    assert [(row.name, people) for row, people in found] == [
        ("СОШ №4", 10), ("СОШ №3", 7), ("СОШ №1", 2),
    ]  # fmt: skip


def test_the_paragraph_names_both_totals() -> None:
    said = text.paragraph(coverage((44, 21), printed=43), "Калининский район", "428")
    assert said.startswith(
        "Калининский район: охват наставничеством за 2020 год (в парах и группах)"
    )
    assert "21\xa0наставляемый при плане 44 (47,7\xa0%; итог, напечатанный в приказе №" in said
    assert "— 43, 48,8\xa0%)" in said
    assert "До плана не хватает 23\xa0наставляемых." in said


def test_the_paragraph_says_which_schools_have_no_data() -> None:
    said = text.paragraph(coverage((44, 21), (5, None)), "Калининский район", "428")
    assert said.endswith("Нет данных: СОШ №2.")
