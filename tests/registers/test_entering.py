"""Entering people one by one: namesakes, bad input, a second click."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.people.models import Kind, Part, Participation, Person, RegisterNumber
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.registers import registers

NEW = {"surname": "Птицына", "given_name": "Ольга", "school_class": "7 а"}


def url(cast: Cast, more: str = "/new", book: str = "mentees") -> str:
    return f"/schools/{cast.boris_school}/{book}{more}"


def enter(client: PageClient, cast: Cast, book: str = "mentees", **fields: Any) -> TestResponse:
    return client.fill(url(cast, book=book), "/new", **{**NEW, **fields})


def count(app: Flask, model: Any) -> int:
    with app.app_context():
        return db.session.query(model).count()


def test_a_pupil_enters_the_register_today_with_the_next_number(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Первый Олег")
    answer = enter(boris, cast)
    assert answer.status_code == 303
    assert answer.location == url(cast, "")
    page = text_of(boris.get(answer.location))
    assert "В базу добавлена запись № 2." in page
    assert "Птицына Ольга 7 «А»" in page
    assert "09.12.2020" in page


def test_who_named_a_mentee_stands_on_the_card_and_is_edited_there(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    usual = soup(boris.get(url(cast))).select("#usual-source option")
    assert [option["value"] for option in usual][-2:] == ["профтест", "сам"]
    enter(boris, cast, source="психолог")
    with app.app_context():
        card = url(cast, f"/{db.session.query(Participation).one().id}")
    assert "Источник психолог" in text_of(boris.get(card))
    assert boris.fill(card + "/edit", source="родители").status_code == 303
    assert "источник психолог родители" in text_of(boris.get(card))
    refused = boris.fill(card + "/edit", source="а" * 101)
    assert refused.status_code == 422
    assert "Источник" not in text_of(boris.get(url(cast, book="mentors")))


def test_a_second_click_enters_nobody_else_and_leads_to_the_register(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = boris.get(url(cast))
    data = {**form_values(find_form(page)), **NEW}
    assert boris.post(url(cast), data=data).status_code == 303
    again = boris.post(url(cast), data=data)
    assert (again.status_code, again.location) == (303, url(cast, ""))
    assert count(app, Participation) == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("school_class", "12А", "12 класса нет в школе"),
        ("school_class", "", "Укажите класс ученика"),
        ("joined", "31.11.2020", "31.11.2020 не существует"),
        ("joined", "10.12.2020", "Дата ещё не наступила"),
        ("surname", "", "Укажите фамилию"),
        ("kind", "parrot", "Категория участника"),
    ],
)
def test_bad_input_is_explained_and_what_was_typed_is_kept(
    app: Flask, cast: Cast, boris: PageClient, field: str, typed: str, sentence: str
) -> None:
    answer = enter(boris, cast, **{"need": "учёба", field: typed})
    assert answer.status_code == 422
    page = soup(answer)
    assert sentence in text_of(answer)
    assert page.select_one("title").get_text().startswith("Ошибка")
    assert page.select_one("[name=need]")["value"] == "учёба"
    if field != "kind":
        assert page.select_one(f"[name={field}]")["value"] == typed
    assert count(app, Person) == 0


def test_a_likely_double_is_refused_with_a_link_until_ticked(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        known = school.mentee("Птицына Ольга")
    refused = enter(boris, cast, patronymic="Ильинична")
    assert refused.status_code == 422
    assert soup(refused).select_one(f"main a[href='{url(cast, f'/{known.participation_id}')}']")
    assert count(app, Person) == 1
    assert boris.fill(refused, "/new", is_other="y").status_code == 303
    assert count(app, Person) == 2


def test_another_first_name_is_no_double(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(
        app, cast
    ) as school:  # a namesake of another class: tests/identity/test_within.py
        school.mentee("Птицына Ольга")
    assert enter(boris, cast, given_name="Инна").status_code == 303


def test_last_years_class_is_compared_a_grade_higher(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга", grade=6, class_year=2019)
    assert enter(boris, cast).status_code == 422


def test_a_mentor_who_is_a_mentee_already_is_offered_as_the_same_person(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        known = school.mentee("Птицына Ольга")
    asked = enter(boris, cast, book="mentors")
    assert asked.status_code == 422
    assert "Это один и тот же человек?" in text_of(asked)
    assert boris.fill(asked, "/new").status_code == 303  # «да» is what is chosen at first
    with app.app_context():
        assert db.session.query(Person).count() == 1
        parts = {row.part for row in db.session.query(Participation)}
        assert parts == {Part.MENTEE, Part.MENTOR}
        assert db.session.query(RegisterNumber).one().number == known.number


def test_two_people_of_one_name_in_two_parts_stay_two(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
    asked = enter(boris, cast, book="mentors")
    assert boris.fill(asked, "/new", same_as="0").status_code == 303
    assert count(app, Person) == 2


def test_a_foreign_person_cannot_be_named_as_the_same(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast, "vera") as other:
        foreign = other.mentee("Чужая Ольга")
    data = {**NEW, "kind": "pupil", "joined": "01.09.2020", "same_as": str(foreign.person_id)}
    answer = boris.send(url(cast, book="mentors"), data)
    assert answer.status_code == 422
    assert "Этого человека в базах школы нет" in text_of(answer)
    assert "Чужая" not in text_of(answer)


def test_another_school_is_never_looked_into(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast, "vera") as other:
        other.mentee("Птицына Ольга")
    assert enter(boris, cast).status_code == 303
    assert count(app, Person) == 2


def test_an_adult_mentor_has_a_post_and_no_class(app: Flask, cast: Cast, boris: PageClient) -> None:
    values = {"kind": "teacher", "school_class": "", "post": "учитель физики"}
    assert enter(boris, cast, book="mentors", **values).status_code == 303
    with app.app_context():
        person = db.session.query(Person).one()
        assert (person.kind, person.post) == (Kind.TEACHER, "учитель физики")
    assert "педагог, учитель физики" in text_of(boris.get(url(cast, "", "mentors")))


def test_the_journal_holds_the_number_and_no_name(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    enter(boris, cast, need="спорт")
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="person:added").one()
        assert entry.subject == "№ 1, наставляемые"
        assert entry.changes is None
        assert entry.school_id == cast.boris_school


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            {"surname": "Птицына 7а"},
            "Фамилию, имя и отчество пишут без цифр; класс — в поле «Класс».",
        ),
        ({"given_name": "Ольга2"}, "пишут без цифр"),
        ({"patronymic": "7 «А»"}, "пишут без цифр"),
        ({"surname": "🐦"}, "Фамилию и имя пишут буквами"),
        ({"given_name": "—"}, "Фамилию и имя пишут буквами"),
    ],
)
def test_a_name_is_of_letters(
    app: Flask, cast: Cast, boris: PageClient, typed: dict[str, str], said: str
) -> None:
    answer = enter(boris, cast, **typed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert next(iter(typed.values())) in answer.text
    assert count(app, Person) == 0


def test_a_dash_says_that_there_is_no_patronymic(app: Flask, cast: Cast, boris: PageClient) -> None:
    assert enter(boris, cast, patronymic="—").status_code == 303
    with app.app_context():
        assert db.session.query(Person).one().patronymic == ""


def test_a_name_saved_with_digits_keeps_no_other_change_back(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        added = school.mentee("Первый Олег2")
    card = url(cast, f"/{added.participation_id}/edit")
    assert boris.fill(card, need="спорт").status_code == 303
    assert boris.fill(card, given_name="Олег3").status_code == 422
