"""«Завершение года»: pairs closed together, all of those ticked or none."""

from collections.abc import Callable

import pytest
from flask import Flask

from nastav.pairs.models import Decision, Pair
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.registers import registers
from tests.support.school import School
from tests.yearend.closing.conftest import END

Saved = Callable[[int], Pair]
States = Callable[[], list[str]]


@pytest.fixture
def at(school: School, second: int) -> str:
    """The page with two pairs."""
    return f"{school.pairs}/closing"


@pytest.mark.usefixtures("next_year")
def test_ticked_pairs_are_closed_and_carried_on(
    boris: PageClient, school: School, second: int, at: str, saved: Saved, states: States
) -> None:
    values = {f"outcome-{second}": "сдан проект", f"decision-{second}": "finish"}
    form = boris.get(at)
    for _ in range(2):  # a second click
        answer = boris.fill(form, **END, pick=[str(school.pair), str(second)], **values)
        assert answer.location == at
    assert states() == ["closed", "closed", "draft"]
    assert saved(3).continues_id == school.pair
    assert (saved(second).outcome, saved(second).decision) == ("сдан проект", Decision.FINISH)
    assert "Завершено: 2 пары или группы. Черновиков продолжения с 1 сентября: 1." in text_of(
        boris.get(at)
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"pick": []}, "Отметьте хотя бы одну пару"),
        ({"reason": ""}, "Укажите причину"),
        ({"decision": []}, "Выберите решение"),
        ({"ended": "10.12.2020"}, "Дата ещё не наступила"),
        ({"ended": "04.10.2020"}, "Пара начата 05.10.2020"),
        ({"outcome-1": "а" * 1001}, "1 001 знак, а помещается не больше 1 000"),
    ],
)
def test_what_cannot_be_stops_all_and_keeps_what_was_typed(
    boris: PageClient, at: str, states: States, fields: dict[str, str], sentence: str
) -> None:
    typed = {**END, "pick": ["1", "2"], "outcome-2": "сдан проект", **fields}
    answer = boris.fill(at, **typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert form_values(find_form(answer))["outcome-2"] == ["сдан проект"]
    assert states() == ["active", "active"]


def test_a_pair_changed_meanwhile_stops_all(
    boris: PageClient, school: School, at: str, states: States
) -> None:
    stale = boris.get(at)
    boris.fill(f"{school.card}/edit", goal="другая цель")
    answer = boris.fill(stale, **END, pick=["1", "2"])
    assert answer.status_code == 409
    assert states() == ["active", "active"]
    assert boris.fill(answer).status_code == 303


def test_pairs_of_the_last_grade_are_offered_to_finish(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast) as own:
        pair = own.pair(school.teacher, own.mentee("Щеглова Нина", grade=11)).id
    page = soup(boris.get(f"{school.pairs}/closing"))
    offered = {
        select["name"]: select.select_one("[selected]")["value"] for select in page.select("select")
    }
    assert offered == {f"decision-{school.pair}": "", f"decision-{pair}": "finish"}


def test_a_foreign_pair_is_not_found(
    cast: Cast, vera: PageClient, school: School, states: States
) -> None:
    url = f"/schools/{cast.vera_school}/2020/pairs"
    answer = vera.send(f"{url}/closing", {**END, "pick": "1", "version-1": "1"})
    assert answer.status_code == 422
    assert vera.get(f"{url}/{school.pair}/reopen").status_code == 404
    assert vera.send(f"{url}/{school.pair}/continue").status_code == 404
    assert states() == ["active"]
