"""Participation of mentees in social, cultural and school life: entering, counting, cards, keeping."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.gatherings.occasions.models import Occasion, OccasionPart
from nastav.gatherings.occasions.queries import Count, counts
from nastav.identity.merging import moving
from nastav.people.models import Participation, Person
from nastav.people.operations import Added
from nastav.privacy import After
from nastav.retention import erasing
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.registers import registers

FIELDS: dict[str, Any] = {"held_on": "1.12", "sphere": "cultural", "name": "Концерт"}


@dataclass(frozen=True)
class School:
    """Борис's school with three mentees of the school year and one who had left before it."""

    id: int
    url: str
    first: Added
    second: Added
    third: Added
    gone: Added
    mentor: Added

    @property
    def board(self) -> str:
        return f"{self.url}/2020/occasions"


@pytest.fixture
def school(app: Flask, cast: Cast) -> School:
    with registers(app, cast) as own:
        first = own.mentee("Птицына Ольга")
        second = own.mentee("Ёлкин Лев")
        third = own.mentee("Новак Олег")
        gone = own.mentee("Уехалов Ян", joined=date(2019, 9, 1))
        db.session.get_one(Participation, gone.participation_id).left = date(2020, 5, 25)
        mentor = own.mentor("Белкин Юрий", grade=10)
        school_id = cast.boris_school
        return School(school_id, f"/schools/{school_id}", first, second, third, gone, mentor)


@pytest.fixture
def held(boris: PageClient, school: School) -> str:
    """Return the address of a concert with Птицына as the host and Ёлкин."""
    ids = [str(school.first.person_id), str(school.second.person_id)]
    roles = {f"role-{school.first.person_id}": "ведущая"}
    answer = boris.fill(f"{school.board}/new", **FIELDS, present=ids, **roles)
    assert (answer.status_code, answer.location) == (303, school.board)
    return f"{school.board}/1"


def parts(app: Flask) -> dict[int, str]:
    """Return who took part in what is saved, and as what."""
    with app.app_context():
        rows = db.session.execute(select(OccasionPart.person_id, OccasionPart.role))
        return {row.person_id: row.role for row in rows}


def test_one_event_is_entered_for_many_mentees(
    app: Flask, boris: PageClient, school: School, held: str
) -> None:
    assert parts(app) == {school.first.person_id: "ведущая", school.second.person_id: ""}
    page = text_of(boris.get(school.board))
    assert "Участвовали 2 из 3 наставляемых" in page
    assert "Культурная жизнь: 1 мероприятие, 2 участия" in page
    assert "Ещё не участвовали: 1 Новак Олег" in page


def test_from_the_card_of_a_mentee_they_are_ticked(
    boris: PageClient, school: School, held: str
) -> None:
    card = boris.get(f"{school.url}/mentees/{school.third.participation_id}")
    assert "Пока не внесено." in text_of(card)
    link = soup(card).select_one("a[href*='occasions/new?mentee=']")
    assert link
    new = boris.get(str(link["href"]))
    assert [field["value"] for field in soup(new).select("input[checked]")] == [
        str(school.third.person_id)
    ]
    boris.fill(new, **{**FIELDS, "name": "Турнир", "sphere": "sport"})
    said = text_of(boris.get(f"{school.url}/mentees/{school.third.participation_id}"))
    assert "01.12.2020: Турнир , спортивная жизнь" in said
    assert "Концерт , культурная жизнь, ведущая" in text_of(
        boris.get(f"{school.url}/mentees/{school.first.participation_id}")
    )


def test_a_second_click_adds_nothing(app: Flask, boris: PageClient, school: School) -> None:
    page = boris.get(f"{school.board}/new?mentee={school.first.person_id}")
    for _ in range(2):
        assert boris.fill(page, **FIELDS).status_code == 303
    with app.app_context():
        assert len(db.session.scalars(select(Occasion.id)).all()) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"held_on": "10.12.2020"}, "Дата ещё не наступила"),
        ({"held_on": "01.06.2019"}, "2020/21 учебный год"),
        ({"name": ""}, "Укажите название"),
        ({"sphere": "чужая"}, "Направление"),
        ({"present": []}, "Отметьте хотя бы одного участника"),
        ({"present": ["mentor"]}, "нет в базе"),
        ({"present": ["777"]}, "нет в базе"),
        ({"role": "о" * 201}, "201 знак, а помещается не больше 200"),
    ],
)
def test_bad_input_is_explained_and_kept(
    app: Flask, boris: PageClient, school: School, fields: dict[str, Any], sentence: str
) -> None:
    person_id = school.first.person_id
    typed: dict[str, Any] = {
        **FIELDS,
        "present": [str(person_id)],
        f"role-{person_id}": "хорист",
        **fields,
    }
    if "role" in typed:
        typed[f"role-{person_id}"] = typed.pop("role")
    if typed["present"] == ["mentor"]:
        typed["present"] = [str(school.mentor.person_id)]
    answer = boris.fill(f"{school.board}/new", **typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    kept = soup(answer).select_one(f"#role-{person_id}")
    assert kept
    assert kept["value"] == typed[f"role-{person_id}"]
    assert parts(app) == {}


def test_of_two_who_change_an_event_the_second_sees_both(
    app: Flask, boris: PageClient, school: School, held: str
) -> None:
    stale = boris.get(held)
    three = [str(mentee.person_id) for mentee in (school.first, school.second, school.third)]
    assert boris.fill(stale, present=three).status_code == 303
    answer = boris.fill(stale, name="Праздник", present=three[:1])
    assert answer.status_code == 409
    assert "Название Концерт Праздник" in text_of(answer)
    assert boris.fill(stale, "/remove").status_code == 409
    assert boris.fill(answer, f"{held}").status_code == 303
    assert parts(app) == {school.first.person_id: "ведущая"}


def test_an_event_is_removed_with_its_marks(
    app: Flask, boris: PageClient, school: School, held: str
) -> None:
    assert boris.fill(held, "/remove").status_code == 303
    assert parts(app) == {}
    assert "Участвовали 0 из 3" in text_of(boris.get(school.board))


def test_who_may_read_and_change(client_of: ClientOf, school: School, held: str) -> None:
    for login, status in {"galina": 200, "anna": 403, "gleb": 403, "vera": 404}.items():
        client = client_of(login)
        for address in (school.board, held):
            assert client.get(address).status_code == status, (login, address)
        refused = 403 if status == 200 else status
        for address in (f"{school.board}/new", held, f"{held}/remove"):
            assert client.send(address, {"version": "1"}).status_code == refused, (login, address)


def test_the_journal_holds_no_name(app: Flask, boris: PageClient, held: str) -> None:
    boris.fill(held, name="Концерт Птицыной")
    boris.fill(held, "/remove")
    with app.app_context():
        rows = db.session.scalars(select(AuditEntry).where(AuditEntry.event.like("occasion:%")))
        said = [f"{row.event} {row.subject} {row.changes}" for row in rows]
    assert len(said) == 3
    assert "культурная жизнь, 01.12.2020: 2\xa0участника" in said[0]
    assert not [text for text in said if "Птицын" in text or "Концерт" in text]


def test_mentees_count_once_and_those_of_the_year_alone(
    app: Flask, cast: Cast, boris: PageClient, school: School, held: str
) -> None:
    boris.fill(f"{school.board}/new", **FIELDS, present=[str(school.first.person_id)])
    with registers(app, cast) as own:
        row = Occasion(
            school_id=own.school_id, held_on=date(2020, 3, 1), sphere="sport", name="Кросс"
        )
        db.session.add(row)
        db.session.flush()
        db.session.add_all(  # of the year before, one of them a mentee of this year
            OccasionPart(occasion_id=row.id, person_id=mentee.person_id)
            for mentee in (school.gone, school.third)
        )
    with app.app_context():
        assert counts([school.id], 2020) == {school.id: Count(2, 3, 2)}
        assert counts([school.id], 2019)[school.id] == Count(1, 1, 1)


def test_two_cards_made_one_keep_what_both_took_part_in(
    app: Flask, boris: PageClient, school: School, held: str
) -> None:
    boris.fill(f"{school.board}/new", **FIELDS, present=[str(school.third.person_id)])
    with app.app_context(), writing():
        moved = moving.move(school.third.person_id, school.first.person_id)
    assert "occasion_part.person_id" in moved
    card = text_of(boris.get(f"{school.url}/mentees/{school.first.participation_id}"))
    assert card.count("культурная жизнь") == 2
    with app.app_context(), writing():
        moving.move(school.second.person_id, school.first.person_id)
    assert parts(app)[school.second.person_id] == ""  # in the same event: the mark stays behind


def test_two_cards_made_one_are_one_in_an_event_of_both(
    app: Flask, boris: PageClient, school: School, held: str
) -> None:
    card = f"{school.url}/mentees/{school.first.participation_id}"
    assert boris.fill(f"{card}/merge?with=2", "/merge", keep="1").status_code == 303
    row = soup(boris.get(school.board)).select_one("tbody .number")
    assert row is not None
    assert row.get_text(strip=True) == "1"
    assert boris.fill(held, name="Концерт хора").status_code == 303
    assert parts(app) == {school.first.person_id: "ведущая", school.second.person_id: ""}


def test_anonymising_erases_what_somebody_did(app: Flask, held: str, school: School) -> None:
    with app.app_context(), writing():
        person = select(Person.id).where(Person.id == school.first.person_id)
        erasing.erase(After.LEAVING, {"person": person})
    assert parts(app) == {school.first.person_id: "", school.second.person_id: ""}


def test_a_form_opened_before_anonymising_brings_no_text_back(
    app: Flask, boris: PageClient, held: str, school: School
) -> None:
    stale = boris.get(held)
    with app.app_context(), writing():
        person = select(Person.id).where(Person.id == school.first.person_id)
        erasing.erase(After.LEAVING, {"person": person})
    assert boris.fill(stale, name="Концерт хора").status_code == 409
    assert parts(app)[school.first.person_id] == ""
