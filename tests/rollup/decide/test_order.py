"""Which decisions have a row, in which order, how schools are named: pure, on every desk there can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastav.progress.figures import Pace, Standing
from nastav.rollup.decide.rules import IN_MORE, MOST, Decision, Kind, desk
from nastav.rollup.decide.words import behind, schools

FOUND = st.lists(st.sampled_from(Kind), unique=True).map(
    lambda kinds: [Decision(kind, kind.value) for kind in kinds]
)


@given(FOUND)
def test_seven_rows_in_a_fixed_order_and_nothing_lost(found: list[Decision]) -> None:
    shown = desk(found)
    assert len(shown.rows) <= MOST
    assert sorted([*shown.rows, *shown.more], key=repr) == sorted(found, key=repr)
    order = list(Kind)
    for part in (shown.rows, shown.more):
        places = [order.index(decision.kind) for decision in part]
        assert places == sorted(places)
    assert not {decision.kind for decision in shown.rows} & IN_MORE
    if len(shown.rows) < MOST:
        assert {decision.kind for decision in shown.more} <= IN_MORE


@given(FOUND)
def test_a_failed_copy_is_never_out_of_sight(found: list[Decision]) -> None:
    copy = Decision(Kind.COPY, "Резервные копии")
    others = [decision for decision in found if decision.kind is not Kind.COPY]
    assert copy in desk([*others, copy]).rows


def test_on_a_first_day_missing_accounts_lead() -> None:
    found = [Decision(Kind.OVERDUE, "просрочено"), Decision(Kind.NO_CURATOR, "без куратора")]
    assert [row.kind for row in desk(found).rows] == [Kind.OVERDUE, Kind.NO_CURATOR]
    first = desk(found, is_first_day=True)
    assert [row.kind for row in first.rows] == [Kind.NO_CURATOR, Kind.OVERDUE]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["СОШ №5"], "СОШ №5"),
        (["СОШ №5", "СОШ №5"], "СОШ №5 (два)"),
        (["СОШ №4", "СОШ №12", "СОШ №12"], "№4, 12 (два)"),
        (["СОШ №4", "СОШ №7", "Лицей №1", "Вечерняя"], "СОШ №4, 7, Лицей №1, Вечерняя"),
        (["Вечерняя", "Сменная"], "Вечерняя, Сменная"),
        ([f"СОШ №{n}" for n in range(1, 8) for _ in "ab"], "№1, 2, 3, 4, 5, 6, 7"),
        (
            [f"СОШ №{n}" for n in range(1, 18)],
            "№1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 и ещё 2 школы",
        ),
    ],
)
def test_schools_stand_in_one_line(names: list[str], said: str) -> None:
    assert schools(names).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("target", "actual", "pace", "why"),
    [
        (100, 60, Pace(12, 80), "при этом темпе 31.12 будет около 80 из 100"),
        (100, 60, Pace(0, None), "за четыре недели никто не прибавился"),
        (100, 60, Pace(-2, None), "за четыре недели никто не прибавился"),
        (100, 60, Pace(30, 110), None),  # will be reached
        (100, 60, Pace(12, None), None),  # no forecast is drawn
        (100, 60, None, None),  # the first four weeks of a year
        (100, 100, Pace(0, None), None),  # met
        (None, 60, Pace(0, None), None),  # no plan
    ],
)
def test_the_plan_is_behind_only_where_a_forecast_or_a_standstill_says_so(
    target: int | None, actual: int, pace: Pace | None, why: str | None
) -> None:
    found = behind(Standing(2020, target, actual, pace))
    assert (found and found.why) == why
    assert found is None or found.title == "До плана района не хватает 40"
