"""«Выпуск»: those who finish school leave both registers together, and their pairs end or go on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.pairs.models import Decision, Pair, PairState
from nastav.people.models import Participation, PersonClass
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.registers import registers
from tests.support.school import School

Saved = Callable[[int], Pair]
Left = Callable[[], dict[str, list[date | None]]]
END = date(2020, 12, 8)


@pytest.fixture
def ids(app: Flask, cast: Cast, school: School) -> dict[str, int]:
    """Щеглова (11) mentors Ёлкин, in a group of Громова besides; Зимин (9) alone: persons, pairs."""
    with registers(app, cast) as own:
        eldest = own.mentee("Щеглова Нина", grade=11)
        mentor = own.mentor("Щеглова Нина", grade=11, same_as=eldest.person_id)
        ninth = own.mentee("Зимин Олег", grade=9)
        younger = own.mentee("Лаптев Иван")
        return {
            "eldest": eldest.person_id,
            "card": mentor.participation_id,
            "ninth": ninth.person_id,
            "led": own.pair(mentor, school.free).id,
            "group": own.pair(school.teacher, eldest, younger).id,
            "alone": own.pair(school.teacher, ninth).id,
        }


@pytest.fixture
def at(school: School, ids: dict[str, int]) -> str:
    return f"{school.pairs}/graduates"


@pytest.fixture
def typed(ids: dict[str, int]) -> dict[str, Any]:
    """What a curator types to mark Щеглова."""
    return {"left": "08.12.2020", "reason": "окончание школы", "pick": [str(ids["eldest"])]}


@pytest.fixture
def left(app: Flask) -> Left:
    """Return a function: surname → the days of leaving of all its lines."""

    def read() -> dict[str, list[date | None]]:
        with app.app_context():
            rows = db.session.query(Participation).join(Participation.person)
            found: dict[str, list[date | None]] = {}
            for surname in ("Щеглова", "Зимин"):
                own = rows.filter_by(surname=surname).order_by(Participation.id)
                found[surname] = [row.left for row in own]
            return found

    return read


def test_the_last_class_is_ticked_from_may_on_and_the_ninth_is_not(
    boris: PageClient, ids: dict[str, int], at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "pick" not in form_values(find_form(boris.get(at)))
    monkeypatch.setattr("nastav.dates.today", lambda: date(2021, 5, 1))
    answer = boris.get(at)
    text = text_of(answer)
    assert form_values(find_form(answer))["pick"] == [str(ids["eldest"])]
    assert "Щеглова Н. — Ёлкин Л. — завершится" in text
    assert "Громова А. — Лаптев И., Щеглова Н. — выйдет из группы" in text
    assert "Громова А. — Зимин О. — завершится" in text
    assert "Белкин" not in text  # of the tenth


def test_who_has_a_class_of_the_next_year_stays(
    app: Flask, cast: Cast, boris: PageClient, ids: dict[str, int], at: str
) -> None:
    with app.app_context(), writing():
        moved = {"person_id": ids["ninth"], "school_id": cast.boris_school}
        db.session.add(PersonClass(**moved, first_year=2021, grade=10))
    text = text_of(boris.get(at))
    assert "Щеглова" in text
    assert "Зимин" not in text


def test_one_save_marks_every_part_and_ends_the_pairs(
    boris: PageClient, ids: dict[str, int], at: str, typed: dict[str, Any], saved: Saved, left: Left
) -> None:
    page = boris.get(at)
    for _ in range(2):  # a second click
        answer = boris.fill(page, **typed, **{f"outcome-{ids['led']}": "сдан проект"})
        assert answer.location == at
    assert left() == {"Щеглова": [END, END], "Зимин": [None]}
    led, group = saved(ids["led"]), saved(ids["group"])
    assert (led.state, led.ended, led.close_reason) == (PairState.CLOSED, END, "окончание школы")
    assert (led.decision, led.outcome) == (Decision.FINISH, "сдан проект")
    assert group.state is PairState.ACTIVE
    assert [member.left for member in group.members if member.person_id == ids["eldest"]] == [END]
    assert saved(ids["alone"]).state is PairState.ACTIVE
    text = text_of(boris.get(at))
    assert "Выбытие отмечено: 1 ученик. Завершено: 1 пара или группа." in text


def test_a_group_whose_mentees_all_leave_is_closed(
    app: Flask,
    cast: Cast,
    boris: PageClient,
    school: School,
    ids: dict[str, int],
    at: str,
    typed: dict[str, Any],
    saved: Saved,
) -> None:
    with registers(app, cast) as own:
        other = own.mentee("Зотова Анна", grade=11)
        eldest = own.mentee("Орлова Яна", grade=11)
        group = own.pair(school.teacher, eldest, other).id
    assert "она завершится, если выбудут все" in text_of(boris.get(at))
    picked = [str(ids["ninth"]), str(other.person_id)]
    boris.fill(at, **{**typed, "pick": picked})
    assert (saved(ids["alone"]).state, saved(group).state) == (PairState.CLOSED, PairState.ACTIVE)
    boris.fill(at, **{**typed, "pick": [str(eldest.person_id)]})
    assert saved(group).state is PairState.CLOSED


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"pick": []}, "Отметьте хотя бы одного ученика"),
        ({"reason": ""}, "Укажите причину"),
        ({"left": "10.12.2020"}, "Дата ещё не наступила"),
        ({"left": "04.10.2020"}, "Щеглова Н. — Ёлкин Л.: Пара начата 05.10.2020"),
        ({"left": "31.08.2020"}, "укажите не раньше"),
        ({"outcome-2": "а" * 1001}, "1 001 знак, а помещается не больше 1 000"),
    ],
)
def test_what_cannot_be_stops_all_and_keeps_what_was_typed(
    boris: PageClient,
    ids: dict[str, int],
    at: str,
    typed: dict[str, Any],
    left: Left,
    fields: dict[str, str],
    sentence: str,
) -> None:
    typed |= {"pick": [str(ids["eldest"]), str(ids["ninth"])], "outcome-2": "проект"}
    answer = boris.fill(at, **{**typed, **fields})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    kept = form_values(find_form(answer))
    assert kept.get("pick", []) == fields.get("pick", typed["pick"])
    assert kept["outcome-2"] == [fields.get("outcome-2", "проект")]
    assert left() == {"Щеглова": [None, None], "Зимин": [None]}


def test_of_two_curators_the_second_is_told(
    boris: PageClient, ids: dict[str, int], at: str, typed: dict[str, Any], left: Left
) -> None:
    stale = boris.get(at)
    boris.fill(at, **typed)
    answer = boris.fill(stale, **{**typed, "left": "07.12.2020"})
    assert answer.status_code == 409
    assert "Список изменился" in text_of(answer)
    assert left()["Щеглова"] == [END, END]


def test_a_pair_saved_or_begun_meanwhile_stops_all(
    app: Flask,
    cast: Cast,
    boris: PageClient,
    school: School,
    ids: dict[str, int],
    at: str,
    typed: dict[str, Any],
    left: Left,
) -> None:
    stale = boris.get(at)
    boris.fill(f"{school.pairs}/{ids['led']}/edit", goal="другая цель")
    answer = boris.fill(stale, **typed)
    assert answer.status_code == 409
    assert left()["Щеглова"] == [None, None]
    assert boris.fill(answer, **typed).status_code == 303


def test_a_draft_of_the_next_year_loses_them_and_cannot_begin(
    app: Flask,
    cast: Cast,
    boris: PageClient,
    school: School,
    ids: dict[str, int],
    at: str,
    typed: dict[str, Any],
    saved: Saved,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with registers(app, cast) as own:
        later = {"started": date(2021, 9, 1), "state": PairState.DRAFT}
        draft = own.pair(school.teacher, own.mentee("Зотова Анна", grade=9), **later)
        ninth = str(draft.members[1].person_id)
    assert boris.fill(at, **{**typed, "pick": [ninth]}).status_code == 303
    assert len(saved(draft.id).members) == 1
    monkeypatch.setattr("nastav.dates.today", lambda: date(2021, 9, 2))
    answer = boris.fill(f"{school.pairs}/{draft.id}", "/step", step="activate")
    assert answer.status_code == 422
    assert "сначала добавьте в пару наставляемого" in text_of(answer)


def test_who_was_marked_by_mistake_comes_back(
    boris: PageClient,
    school: School,
    ids: dict[str, int],
    at: str,
    typed: dict[str, Any],
    left: Left,
) -> None:
    boris.fill(at, **typed)
    card = f"{school.url}/mentors/{ids['card']}"
    assert boris.fill(card, "/return", joined="09.12.2020").status_code == 303
    assert left()["Щеглова"] == [END, END, None]
    back = f"{school.pairs}/{ids['led']}/reopen"
    assert boris.fill(back, reason="ошибка").status_code == 303


def test_the_journal_has_numbers_and_no_names(
    app: Flask, boris: PageClient, ids: dict[str, int], at: str, typed: dict[str, Any]
) -> None:
    boris.fill(at, **typed)
    with app.app_context():
        rows = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).limit(3)
        assert {row.event for row in rows} == {"pair:closed", "person:left"}
        assert "Щеглова" not in " ".join(f"{row.subject} {row.changes}" for row in rows)


def test_nobody_else_marks_them(
    cast: Cast,
    anna: PageClient,
    galina: PageClient,
    vera: PageClient,
    ids: dict[str, int],
    at: str,
    typed: dict[str, Any],
    left: Left,
) -> None:
    assert {anna.get(at).status_code, galina.get(at).status_code} == {403}
    assert vera.get(at).status_code == 404
    own = f"/schools/{cast.vera_school}/2020/pairs/graduates"
    answer = vera.send(own, typed)
    assert answer.status_code == 409
    assert "Щеглова" not in text_of(vera.get(own)) + answer.get_data(as_text=True)
    assert left()["Щеглова"] == [None, None]


def test_where_nobody_finishes_the_page_says_so(boris: PageClient, school: School) -> None:
    page = soup(boris.get(f"{school.pairs}/graduates"))
    assert page.select_one(".empty")
    assert not page.select("main form[method=post]")
