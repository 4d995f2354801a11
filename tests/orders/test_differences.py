"""In what an order file differs from what is loaded: each value that differs is told, once."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

import pytest

from nastav.orders.differences import differences
from nastav.orders.loader import District, Order, Stage, load

# the site keeps no duties; a district's name is its key; a stage's ordinal is told by its roman
NOT_KEPT = {(Order, "duties"), (District, "name"), (Stage, "ordinal")}
ORDER = load()


def changed(value: object) -> Iterator[object]:
    """Yield every value that differs from this one in one leaf."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if (type(value), field.name) not in NOT_KEPT:
                for other in changed(getattr(value, field.name)):
                    yield replace(value, **{field.name: other})
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            for other in changed(item):
                yield (*value[:place], other, *value[place + 1 :])
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, date):
        yield value + timedelta(days=1)
    elif isinstance(value, int):
        yield value + 1
    else:
        yield f"{value or ''} иначе"


def test_an_order_does_not_differ_from_itself() -> None:
    assert differences(ORDER, ORDER) == []


def test_every_value_of_an_order_is_told_when_it_alone_differs() -> None:
    others = list(changed(ORDER))
    silent = [order for order in others if not differences(order, ORDER)]
    assert len(others) > 300, "too few values were tried"
    assert silent == []


def amended() -> Order:
    """Return the order with a cell of the plan and two deadlines moved, as an amendment does."""
    first = replace(ORDER.plan[0], mentees=(70, *ORDER.plan[0].mentees[1:]))
    later = date(2020, 12, 20)
    stages = tuple(
        replace(stage, due=later) if stage.roman in ("III", "V") else stage
        for stage in ORDER.stages
    )
    return replace(ORDER, plan=(first, *ORDER.plan[1:]), stages=stages)


def test_an_amended_order_is_told_in_three_lines() -> None:
    assert differences(amended(), ORDER) == [
        "План 2020 года, СОШ №1, наставляемых: в файле 70, на сайте 68.",
        "Этап III, срок: в файле 20.12.2020, на сайте 10.12.2020.",
        "Этап V, срок: в файле 20.12.2020, на сайте 10.12.2020.",
    ]


@pytest.mark.parametrize(
    ("less", "sentence"),
    [
        (replace(ORDER, plan=ORDER.plan[:-1]), f"Школа «{ORDER.plan[-1].school}»"),
        (replace(ORDER, stages=ORDER.stages[:-1]), "Этап VII"),
        (
            replace(ORDER, working_group=ORDER.working_group[:-1]),
            f"Рабочая группа, {ORDER.working_group[-1].name}",
        ),
    ],
)
def test_what_stands_on_one_side_only_is_told_once(less: Order, sentence: str) -> None:
    assert differences(less, ORDER) == [f"{sentence}: есть на сайте, нет в файле."]
    assert differences(ORDER, less) == [f"{sentence}: есть в файле, нет на сайте."]


def test_a_plan_year_and_an_activity_on_one_side_are_told_once() -> None:
    stage = replace(ORDER.stages[0], activities=ORDER.stages[0].activities[:-1])
    cut = replace(ORDER, stages=(stage, *ORDER.stages[1:]), plan_years=ORDER.plan_years[:-1])
    assert differences(cut, ORDER) == [
        "План 2024 года: есть на сайте, нет в файле.",
        f"Этап I, мероприятие «{ORDER.stages[0].activities[-1].title}»: есть на сайте, нет в файле.",
    ]


def test_schools_in_another_order_are_told() -> None:
    turned = replace(ORDER, plan=(ORDER.plan[1], ORDER.plan[0], *ORDER.plan[2:]))
    assert differences(turned, ORDER) == ["Порядок школ: в файле он другой, чем на сайте."]
