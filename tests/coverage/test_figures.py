"""The arithmetic on figures, and coverage in words."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastav.coverage import text
from nastav.coverage.figures import (
    USUAL,
    Basis,
    DistrictCoverage,
    Figure,
    SchoolCoverage,
    Verdict,
    total,
)
from nastav.people.models import Part
from nastav.plan.queries import Edit, Edits

Cell = tuple[int | None, int | None]  # plan and fact
people = st.one_of(st.none(), st.just(0), st.integers(0, 60))

RULE = "Правила счёта № 2 от 09.12.2020."


def figure(target: int | None, actual: int | None) -> Figure:
    return Figure(target, actual, actual, actual, actual, {})


def coverage(*cells: tuple[int | None, int | None], printed: int | None = None) -> DistrictCoverage:
    """Return a district of schools with (plan, fact) of mentees."""
    rows = tuple(
        SchoolCoverage(
            n, f"СОШ №{n}", cell[1] is not None, figure(*cell), figure(0, cell[1] and 0), USUAL
        )
        for n, cell in enumerate(cells, 1)
    )
    day = date(2020, 12, 9)
    return DistrictCoverage(1, 2020, day, Basis.IN_PAIR, USUAL, True, rows, printed, None, 0)


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
        (11, None, "—", None, None),
        (None, 3, "—", None, None),
    ],
)
def test_a_figure(
    target: int | None, actual: int | None, percent: str, gap: int | None, missing: int | None
) -> None:
    row = figure(target, actual)
    assert (row.percent, row.gap, row.missing) == (percent, gap, missing)


def test_the_districts_percentage_is_of_the_sums_not_the_mean() -> None:
    summed = total([figure(4, 4), figure(96, 0)])
    assert summed.percent == "4,0\xa0%"  # the mean would be 50


def test_fact_and_plan_are_summed_over_the_same_schools() -> None:
    summed = total([figure(4, None), figure(None, 2), figure(6, 1)])
    assert (summed.target, summed.actual, summed.everybody) == (10, 1, 3)
    assert (summed.percent, summed.gap, summed.missing) == ("10,0\xa0%", -9, 9)
    assert total([figure(None, None)]).everybody is None


def test_a_cleared_cell_does_not_lift_the_districts_percentage() -> None:
    cells = [(100, 4), (400, 18)]
    assert coverage(*cells).mentees.percent == "4,4\xa0%"
    cleared = coverage((None, 4), (400, 18), printed=500)
    assert cleared.mentees.percent == "4,5\xa0%"  # 18 of 400: the four are in neither sum
    assert cleared.printed(Part.MENTEE).percent == "4,4\xa0%"  # 22 of 500


def test_two_gaps_have_two_names() -> None:
    found = coverage((10, 3), (10, 12), (5, 5))
    assert (found.mentees.gap, found.mentees.missing) == (-5, 7)
    said = "До плана района не хватает 5\xa0наставляемых, по школам не хватает 7."
    assert text.gaps(found, Part.MENTEE) == said


def test_a_school_without_data_is_missing_whole_in_both_gaps_and_named() -> None:
    found = coverage((44, None), (5, 5))
    assert found.schools[0].mentees.missing is None
    assert (found.mentees.gap, found.mentees.missing) == (-44, 44)
    assert text.gaps(found, Part.MENTEE) == (
        "До плана района не хватает 44\xa0наставляемых, по школам не хватает 44, "
        "из них нет данных: СОШ №1, план 44."
    )


def test_a_plan_met_by_the_district_names_what_schools_miss() -> None:
    said = text.gaps(coverage((10, 15), (10, 8)), Part.MENTEE)
    assert said == "План района по наставляемым выполнен, по школам не хватает 2."
    assert text.gaps(coverage((10, 10)), Part.MENTEE) == "План района по наставляемым выполнен."


def test_facts_without_a_plan_stand_beside_and_name_the_school() -> None:
    found = coverage((10, 3), (None, 4), (None, 0))
    said = "наставляемые: ещё 4 в СОШ №2, где план не введён"
    assert text.unplanned(found, Part.MENTEE) == said
    several = coverage((10, 3), (None, 4), (None, 2))
    said = "наставляемые: ещё 6 в СОШ №2 (4) и СОШ №3 (2), где план не введён"
    assert text.unplanned(several, Part.MENTEE) == said
    bare = text.unplanned(coverage((None, 4), (None, None)), Part.MENTEE)
    assert bare == "наставляемые: всего 4, план не введён ни у одной школы"


def test_an_edit_says_the_day_and_what_the_order_prints() -> None:
    edits = Edits(mentees=Edit(44, date(2021, 3, 12)), mentors=Edit(None, date(2021, 4, 15)))
    found = coverage((46, 40), (6, 1)).with_edits({1: edits})
    said = text.school_line(found.schools[0], Part.MENTEE)
    assert said.endswith("; план изменён координатором 12.03.2021, в приказе 44")
    assert text.edited(found).startswith("План изменён координатором 12.03.2021 и 15.04.2021: СОШ")
    assert found.schools[0].mentors.edit.in_order == "в приказе нет"


@given(st.lists(st.tuples(people, people), max_size=6), people)
def test_sums_are_those_of_schools_with_a_plan(cells: list[Cell], printed: int | None) -> None:
    found = coverage(*cells, printed=printed)
    planned = [(target, actual or 0) for target, actual in cells if target is not None]
    known = [actual for target, actual in cells if actual is not None and target is not None]
    everybody = [actual for _, actual in cells if actual is not None]
    whole, by_order = found.mentees, found.printed(Part.MENTEE)
    assert whole.target == (sum(target for target, _ in planned) if planned else None)
    assert whole.actual == (sum(known) if known else None)
    assert whole.gap == (sum(fact - target for target, fact in planned) if planned else None)
    shortfalls = [max(0, target - fact) for target, fact in planned]
    assert whole.missing == (sum(shortfalls) if planned else None)
    assert by_order.gap == (None if printed is None else sum(everybody) - printed)
    said = text.gaps(found, Part.MENTEE)
    alone = re.sub("(До плана района|по школам) не хватает", "", said)
    assert "не хватает" not in alone
    assert all(str(plan) in said for plan, fact in cells if plan and fact is None)


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        (44, 40, "наставляемые 40 из 44 (90,9\xa0%, до плана школы не хватает 4)"),
        (44, 45, "наставляемые 45 из 44 (102,3\xa0%)"),
        (0, 2, "наставляемые 2 при плане 0"),
        (None, 2, "наставляемые 2, план не введён"),
        (44, None, "наставляемые нет данных, план 44"),
    ],
)
def test_a_schools_line(target: int | None, actual: int | None, said: str) -> None:
    row = SchoolCoverage(1, "СОШ №5", True, figure(target, actual), figure(0, 0), USUAL)
    assert text.school_line(row, Part.MENTEE) == said


@pytest.mark.parametrize(
    ("people", "said"),
    [(1, "1\xa0наставляемого"), (2, "2\xa0наставляемых"), (21, "21\xa0наставляемого")],
)
def test_who_is_missing_is_said_with_agreed_numerals(people: int, said: str) -> None:
    assert f"района не хватает {said}," in text.gaps(coverage((30, 30 - people)), Part.MENTEE)


def test_schools_that_can_close_the_gap_come_by_people() -> None:
    found = text.lagging(coverage((10, 8), (10, 12), (10, 3), (10, None)), Part.MENTEE)
    assert [(row.name, people) for row, people in found] == [
        ("СОШ №4", 10), ("СОШ №3", 7), ("СОШ №1", 2),
    ]  # fmt: skip


def test_the_paragraph_names_both_totals() -> None:
    said = text.paragraph(coverage((44, 21), printed=43), "Калининский район", "428", RULE)
    assert said.startswith(
        "Калининский район: охват наставничеством за 2020 год (в парах и группах)"
    )
    assert "21\xa0наставляемый при плане 44 (47,7\xa0%; итог, напечатанный в приказе №" in said
    assert "— 43, 48,8\xa0%)" in said
    assert "До плана района не хватает 23\xa0наставляемых, по школам не хватает 23." in said


def test_the_paragraph_says_which_schools_have_no_data() -> None:
    said = text.paragraph(
        coverage((44, 21), (5, None), (None, None)), "Калининский район", "428", RULE
    )
    assert "из них нет данных: СОШ №2, план 5." in said
    assert said.endswith(f"Нет данных: СОШ №3. {RULE}")


def test_the_paragraph_compares_everybody_with_the_printed_total() -> None:
    said = text.paragraph(
        coverage((44, 21), (None, 4), printed=50), "Калининский район", "428", RULE
    )
    assert "21\xa0наставляемый при плане 44 (47,7\xa0%;" in said
    assert "— 50, с ним сравниваются все 25, 50,0\xa0%)" in said
    assert "Наставляемые: ещё 4 в СОШ №2, где план не введён." in said


def test_whom_no_class_is_known_of_is_named_by_age() -> None:
    assert text.why(Verdict.TOO_YOUNG, Part.MENTOR, USUAL) == "младше 9 класса"
    assert text.why(Verdict.UNDER_AGE, Part.MENTOR, USUAL) == "младше 15\xa0лет"
