"""Scales and places, by examples worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastav.charts import dots, squares, trend, years
from nastav.charts.scales import Scale, bound, scale

ROUND = {first * 10**power for power in range(7) for first in (1, 2, 5)}


@pytest.mark.parametrize(
    ("largest", "top", "step"),
    [
        (0, 1, 1),
        (4, 4, 1),
        (5, 5, 1),
        (6, 6, 2),
        (16, 20, 5),
        (68, 80, 20),
        (473, 500, 100),
        (1995, 2000, 500),
    ],
)
def test_a_scale_begins_at_zero_and_goes_in_steps_of_1_2_5(
    largest: int, top: int, step: int
) -> None:
    assert scale([None, largest, 0]) == Scale(top, step)


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_a_scale_holds_every_number_and_is_no_longer_than_it_must(values: list[int]) -> None:
    found = scale(values)
    assert found.step in ROUND
    assert len(found.levels) <= 6
    assert found.top - found.step < max(*values, 1) <= found.top


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # the printed plans of 2024 and of 2020
        ([473, 247, 225, 305, 113, 89, 85, 67, 41, 29, 145, 146, 42], 100),
        ([68, 35, 32, 44, 16, 12, 12, 10, 6, 4, 21, 21, 6], 20),
        ([4, 473, 3], None),  # two are too few
        ([4, 473, 3, 1], 5),
        ([10, 20, 24, 22, 21], None),  # the largest is not 2.5 times ten
        ([], None),
    ],
)
def test_small_schools_get_a_scale_of_their_own(values: list[int], expected: int | None) -> None:
    assert bound(values) == expected


def test_zero_no_plan_plan_zero_and_no_data_look_different() -> None:
    rows = [
        dots.Row(0, 100),
        dots.Row(4, None),
        dots.Row(None, 50),
        dots.Row(1, 0),
        dots.Row(60, 60, before=40),
        dots.Row(80, 70, before=90),
    ]
    (plot,) = dots.draw(rows)
    zero, no_plan, no_data, plan_zero, exact, over = plot.marks
    assert (zero.dot, zero.tick, zero.gap) == (1, 98, (1, 98))
    assert (no_plan.dot, no_plan.tick, no_plan.gap) == (4.9, None, None)
    assert (no_data.dot, no_data.tick, no_data.gap, no_data.stem) == (None,) * 4
    assert (plan_zero.dot, plan_zero.tick, plan_zero.is_over) == (2.0, 1, True)
    assert (exact.gap, exact.is_over, exact.stem) == (None, False, (39.8, 59.2))
    assert (over.is_over, over.stem) == (True, None)  # fewer than on 1 January: no growth to draw


def test_a_plan_of_4_beside_473_stands_on_a_scale_where_it_is_seen() -> None:
    rows = [dots.Row(3, 4), dots.Row(289, 473), dots.Row(2, 3), dots.Row(4, 4)]
    large, small = dots.draw(rows, order=[3, 2, 1, 0])
    assert (large.above, [mark.at for mark in large.marks]) == (5, [1])
    assert (small.up_to, [mark.at for mark in small.marks]) == (5, [3, 2, 0])
    assert [tick.number for tick in small.ticks] == [0, 1, 2, 3, 4]
    assert [tick.number for tick in large.ticks] == [0, 100, 200, 300, 400, 500]


def grown(whole: list[int], **changes: object) -> trend.Grown:
    days = [7 * at for at in range(len(whole))]
    usual = {"lower": whole[:1] * len(whole), "target": 100, "ahead": None, "length": 364}
    return trend.Grown(days=days, whole=whole, **usual | changes)  # type: ignore[arg-type]


def test_a_year_is_drawn_from_zero_to_a_round_number() -> None:
    drawing = trend.draw(grown([40] * 40 + [80], ahead=90))
    assert drawing.box == (444, 1000)
    assert drawing.plan == 0
    assert [level.number for level in drawing.levels] == [20, 40, 60, 80]
    assert drawing.line == "0,600 273,600 280,200"
    assert drawing.pace == "280,200 364,100"
    assert drawing.last == trend.Words(63.1, 82)
    assert drawing.lower == "0,600 280,600 280,1000 0,1000"
    assert drawing.upper == "0,600 273,600 280,200 280,600 0,600"
    # a number of the grid that the curve covers is left out
    assert [level.number for level in drawing.levels if level.is_labelled] == [60, 80]


def test_the_first_day_is_a_dot_and_nothing_is_no_dot() -> None:
    first = trend.draw(grown([40]))
    assert (first.last, first.lower, first.upper) == (trend.Words(0, 202), "", "")
    assert first.said_last == trend.Words(1.6, 197)
    nothing = trend.draw(grown([]))
    assert (nothing.last, nothing.line, nothing.said_last) == (None, "", None)
    assert nothing.plan == 0
    zero = trend.draw(grown([0, 0]))
    assert zero.last == trend.Words(1.6, 322)  # at the ground, not nowhere


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=53),
    st.one_of(st.none(), st.integers(0, 2000)),
)
def test_nothing_leaves_the_sheet(weeks: list[tuple[int, int]], target: int | None) -> None:
    whole = sorted(lower + more for lower, more in weeks)
    lower = [min(whole, default=0)] * len(whole)
    drawing = trend.draw(grown(whole, lower=lower, target=target))
    said = (drawing.said_last, drawing.said_plan, drawing.said_lower, drawing.said_upper)
    for words in (drawing.last, *said):
        assert words is None or (0 <= words.x <= 100 and 0 < words.y < trend.HEIGHT)


def test_a_year_without_data_breaks_the_line_and_is_marked() -> None:
    small = years.draw([10, None, 30, 40], [20, 20, None, 40])
    assert small.facts == ("0,76 0,76", "4,30 6,6")
    assert small.plan == ("M0,53H3", "M5,6H6")
    assert small.unknown == (32.7,)
    assert small.dot == 7.4


def test_years_without_any_data_show_the_steps_only() -> None:
    small = years.draw([None, None], [6, 15])
    assert (small.facts, small.unknown, small.dot) == ((), (), None)
    assert len(small.plan) == 1
    zeros = years.draw([0, 0], [41, 41])
    assert zeros.facts == ("0,100 2,100",)


def test_squares_stand_around_the_middle_and_say_their_marks() -> None:
    found = squares.draw([1, 0, 0, 0, 20, 0, 0, 0, 0, 2])
    assert (found.below, found.above, found.height) == (21, 2, 32)
    five, one, ten = found.marks
    assert [(marks.mark, marks.path.count("M")) for marks in found.marks] == [
        (5, 20),
        (1, 1),
        (10, 2),
    ]
    assert five.path.startswith(f"M{found.middle - 19} 1h14v14h-14z")  # nearest to the middle first
    assert five.signs == "5" * 20
    assert [five.ys.split()[:3], five.xs.split()[:3]] == [["11", "27", "11"], ["248", "248", "232"]]
    assert (one.signs, one.xs, one.ys) == ("1", f"{found.middle - 4 - 11 * 16 + 8}", "11")
    # one above another: each sign of «10» has a place of its own
    assert (ten.signs, ten.ys) == ("1010", "11 11 27 27")
    assert ten.xs.split() == [f"{found.middle + 12 + each:g}" for each in (-2.5, 2.5)] * 2


@given(st.lists(st.integers(0, 60), min_size=10, max_size=10))
def test_no_two_squares_share_a_place_and_none_is_outside(counts: list[int]) -> None:
    found = squares.draw(counts)
    places = [
        tuple(map(int, each.split()))
        for marks in found.marks
        for each in marks.path.replace("h14v14h-14z", "").split("M")[1:]
    ]
    assert len(places) == sum(counts) == len(set(places))
    assert all(0 <= x < found.width and y < found.height for x, y in places)
