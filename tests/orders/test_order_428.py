"""The order itself: figures, schools, stages and dates as its appendices have them."""

from datetime import date

import pytest

from nastav.orders.loader import COUNTS, Order, default_path, load

SCHOOL_NUMBERS = [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]


@pytest.fixture(scope="module")
def order() -> Order:
    return load()


def round_half_up(base: int, percent: int) -> int:
    return (base * percent + 50) // 100


def test_the_order_is_number_428_of_23_september_2020(order: Order) -> None:
    assert (order.number, order.date) == ("428", date(2020, 9, 23))
    assert order.district.name == "Калининский район"
    assert order.school_year == 2020


def test_schools_stand_in_the_orders_order_and_there_is_no_school_3(order: Order) -> None:
    assert [row.school for row in order.plan] == [f"СОШ №{n}" for n in SCHOOL_NUMBERS]


def test_plan_has_130_cells_over_five_years(order: Order) -> None:
    assert [year.year for year in order.plan_years] == [2020, 2021, 2022, 2023, 2024]
    assert [year.mentee_percent for year in order.plan_years] == [10, 25, 40, 55, 70]
    assert [year.mentor_percent for year in order.plan_years] == [2, 4, 6, 8, 10]
    cells = [cell for row in order.plan for cell in (*row.mentees, *row.mentors)]
    assert len(cells) == 130


def test_every_mentee_cell_is_the_base_by_percent_rounded_half_up(order: Order) -> None:
    checked = 0
    for row in order.plan:
        assert row.derived_mentee_base is not None
        for cell, year in zip(row.mentees, order.plan_years, strict=True):
            assert year.mentee_percent is not None
            assert cell == round_half_up(row.derived_mentee_base, year.mentee_percent), row.school
            checked += 1
    assert checked == 65


def test_each_school_has_only_one_base_that_gives_its_five_cells(order: Order) -> None:
    percents = [year.mentee_percent or 0 for year in order.plan_years]
    for row in order.plan:
        fitting = [
            base
            for base in range(1, 1000)
            if row.mentees == tuple(round_half_up(base, percent) for percent in percents)
        ]
        assert fitting == [row.derived_mentee_base], row.school


def test_every_mentor_cell_is_as_in_the_appendix(order: Order) -> None:
    assert [row.mentors for row in order.plan] == [
        (4, 9, 13, 18, 22),
        (2, 5, 7, 9, 12),
        (2, 4, 6, 8, 10),
        (2, 5, 7, 9, 12),
        (1, 3, 4, 5, 7),
        (1, 1, 2, 2, 3),
        (1, 1, 2, 2, 3),
        (1, 1, 2, 2, 3),
        (0, 1, 1, 2, 2),
        (0, 0, 1, 1, 1),
        (1, 3, 4, 5, 6),
        (1, 2, 3, 4, 5),
        (0, 1, 1, 2, 2),
    ]


def test_sums_of_the_rows(order: Order) -> None:
    mentees = [sum(cells) for cells in zip(*(row.mentees for row in order.plan), strict=True)]
    mentors = [sum(cells) for cells in zip(*(row.mentors for row in order.plan), strict=True)]
    assert mentees == [286, 715, 1140, 1569, 1995]
    assert mentors == [16, 36, 53, 69, 88]


def test_totals_are_kept_as_printed_with_the_reason(order: Order) -> None:
    assert [y.printed_mentees for y in order.plan_years] == [285, 713, 1141, 1569, 1996]
    assert [y.printed_mentors for y in order.plan_years] == [17, 34, 51, 70, 86]
    assert "округл" in order.totals_note


def test_printed_mentee_totals_are_rounded_from_the_district_base(order: Order) -> None:
    base = sum(row.derived_mentee_base or 0 for row in order.plan)
    assert base == 2852
    for year in order.plan_years:
        assert year.printed_mentees == round_half_up(base, year.mentee_percent or 0)


def test_mentors_are_planned_zero_in_four_cells(order: Order) -> None:
    zero = [
        (row.school, year.year)
        for row in order.plan
        for cell, year in zip(row.mentors, order.plan_years, strict=True)
        if cell == 0
    ]
    assert zero == [("СОШ №10", 2020), ("СОШ №11", 2020), ("СОШ №11", 2021), ("СОШ №14", 2020)]
    assert all(cell > 0 for row in order.plan for cell in row.mentees)


def test_seven_stages_hold_twenty_two_activities(order: Order) -> None:
    assert [stage.roman for stage in order.stages] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    assert [len(stage.activities) for stage in order.stages] == [5, 2, 2, 2, 1, 6, 4]


def test_deadlines_and_impossible_wording(order: Order) -> None:
    assert [stage.due for stage in order.stages] == [
        date(2020, 11, 30),
        date(2020, 12, 6),
        date(2020, 12, 10),
        date(2020, 12, 31),
        date(2020, 12, 10),
        date(2020, 12, 15),
        date(2021, 5, 25),
    ]
    assert order.stages[0].printed_due == "до 31 ноября"
    assert "30 ноября" in order.stages[0].due_note
    assert "«6.»" in order.stages[6].due_note


def test_only_the_last_stage_follows_the_period_of_a_pair(order: Order) -> None:
    assert [stage.key for stage in order.stages if stage.due_follows_pair_period] == ["completion"]


def test_each_thing_the_site_counts_proves_some_activity(order: Order) -> None:
    used = {activity.counts for stage in order.stages for activity in stage.activities} - {None}
    assert used == set(COUNTS)


def test_three_members_of_the_working_group_and_three_duties(order: Order) -> None:
    assert len(order.working_group) == 3
    assert order.district.coordinator in [member.name for member in order.working_group]
    assert [duty.ref for duty in order.duties] == ["п. 2.1", "п. 2.2", "п. 2.3"]


def test_the_file_lies_beside_the_loader() -> None:
    assert default_path().name == "kalininsky-428.toml"
    assert default_path().is_file()


def test_documents_are_expected_where_the_site_cannot_count(order: Order) -> None:
    activities = [activity for stage in order.stages for activity in stage.activities]
    assert len(activities) == 22
    assert all(activity.documents for activity in activities if activity.counts is None)
    expected = [sum(each.documents for each in stage.activities) for stage in order.stages]
    assert expected == [7, 1, 1, 2, 1, 2, 4]
