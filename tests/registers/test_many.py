"""One action for many of a register: asked first, then done with all of them or with nobody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import joinedload

from nastav.audit.models import AuditEntry
from nastav.consents.models import Consent, Signer
from nastav.db import db, writing
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.pairs.models import PairMember
from nastav.people.models import Kind, Part, Participation, PersonClass
from nastav.people.operations import Added
from tests.support.cast import Cast
from tests.support.pages import PageClient, TestResponse, soup, text_of
from tests.support.registers import registers


@dataclass(frozen=True)
class School:
    """Борис's school: two mentees, one of them in a pair with a mentor; a mentee of another school."""

    base: str
    paired: Added
    free: Added
    young: Added
    mentor: Added
    foreign: Added


@pytest.fixture
def school(app: Flask, cast: Cast) -> School:
    with registers(app, cast) as own:
        paired, free = own.mentee("Птицына Ольга", grade=9), own.mentee("Ёлкин Лев")
        young = own.mentee("Молодов Пётр", kind=Kind.TEACHER)
        mentor = own.mentor("Громов Юрий", grade=11)
        own.pair(mentor, paired)
    with registers(app, cast, "vera") as other:
        foreign = other.mentee("Чужой Иван")
    return School(f"/schools/{cast.boris_school}", paired, free, young, mentor, foreign)


def ask(client: PageClient, school: School, deed: str, *who: Added, book: str = "mentees") -> Any:
    ids = [one.participation_id for one in who]
    return client.send(f"{school.base}/{book}/chosen", {"deed": deed, "pick": ids})


def lines(app: Flask) -> dict[str, Participation]:
    with app.app_context():
        rows = db.session.query(Participation).options(joinedload(Participation.person))
        return {row.person.surname: row for row in rows}


def count(app: Flask, model: Any) -> int:
    with app.app_context():
        return db.session.query(model).count()


def refusal(answer: TestResponse) -> str:
    assert answer.status_code == 422
    return text_of(answer)


def test_the_next_step_names_them_and_saves_nothing(
    app: Flask, boris: PageClient, school: School
) -> None:
    page = ask(boris, school, "leave", school.free, school.paired)
    assert page.status_code == 200
    assert [one.get_text() for one in soup(page).select("ul.columns li")] == [
        "Ёлкин Лев, 7\xa0«А»",
        "Птицына Ольга, 9\xa0«А»",
    ]
    assert "Птицына" not in str(soup(page).title) + page.request.full_path
    assert all(row.left is None for row in lines(app).values())


def test_they_leave_together_in_the_register_and_in_their_pairs(
    app: Flask, boris: PageClient, school: School
) -> None:
    page = ask(boris, school, "leave", school.free, school.paired)
    answer = boris.fill(page, "/chosen/", left="8.12.2020", reason="переезд")
    assert (answer.status_code, answer.location) == (303, f"{school.base}/mentees")
    assert "Выбытие отмечено: 2 человека." in text_of(boris.get(answer.location))
    rows = lines(app)
    assert {rows[name].left for name in ("Птицына", "Ёлкин")} == {date(2020, 12, 8)}
    with app.app_context():
        member = db.session.query(PairMember).filter_by(part=Part.MENTEE).one()
        assert member.left == date(2020, 12, 8)
    assert boris.fill(page, "/chosen/", left="7.12.2020", reason="иное").status_code == 303
    assert lines(app)["Ёлкин"].left == date(2020, 12, 8)  # a second click does nothing more


def test_a_day_that_one_cannot_leave_on_leaves_everybody(
    app: Flask, boris: PageClient, school: School
) -> None:
    page = ask(boris, school, "leave", school.free, school.paired)
    answer = boris.fill(page, "/chosen/", left="1.10.2020", reason="переезд")
    assert "Птицына О.: В паре с 05.10.2020" in refusal(answer)
    assert soup(answer).select_one("#reason")["value"] == "переезд"
    assert all(row.left is None for row in lines(app).values())


def test_consents_of_many_are_signed_by_who_has_to(
    app: Flask, boris: PageClient, school: School
) -> None:
    page = ask(boris, school, "consent", school.free, school.paired, school.young)
    assert boris.fill(page, "/chosen/", signed_on="1.12.2020").status_code == 303
    with app.app_context():
        found = {row.person_id: row.signer for row in db.session.query(Consent)}
    assert found == {
        school.free.person_id: Signer.GUARDIAN,
        school.paired.person_id: Signer.BOTH,
        school.young.person_id: Signer.OWN,
    }


def test_a_class_of_many_and_no_class_of_an_adult(
    app: Flask, boris: PageClient, school: School
) -> None:
    page = ask(boris, school, "class", school.free, school.young)
    said = refusal(boris.fill(page, "/chosen/", school_class="8Б"))
    assert "Молодов П. — не ученик" in said
    page = ask(boris, school, "class", school.free, school.paired)
    for _ in range(2):  # a second click does nothing more
        assert boris.fill(page, "/chosen/", school_class="8Б").status_code == 303
    with app.app_context():
        ids = (school.free.person_id, school.paired.person_id)
        rows = db.session.query(PersonClass).filter(PersonClass.person_id.in_(ids))
        assert {(row.grade, row.letter) for row in rows} == {(8, "Б")}


def test_a_need_of_many_is_in_the_journal_by_number_only(
    app: Flask, boris: PageClient, school: School
) -> None:
    page = ask(boris, school, "need", school.free, school.paired)
    for _ in range(2):  # a second click does nothing more
        assert boris.fill(page, "/chosen/", need="спорт").status_code == 303
    assert {lines(app)[name].need for name in ("Птицына", "Ёлкин")} == {"спорт"}
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="person:changed").one()
    assert entry.subject == f"№ {school.paired.number}, {school.free.number}: основной запрос"


def test_mentors_are_added_to_a_training_that_was_held(
    app: Flask, boris: PageClient, school: School
) -> None:
    page = ask(boris, school, "training", school.mentor, book="mentors")
    assert "занятий ещё не было" in text_of(page)
    new = f"{school.base}/2020/training/new"
    boris.fill(new, held_on="1.12", hours="2", programme="Школа наставника")
    page = ask(boris, school, "training", school.mentor, book="mentors")
    for _ in range(2):
        assert boris.fill(page, "/chosen/").status_code == 303
    assert count(app, TrainingAttendance) == 1
    with app.app_context(), writing():
        db.session.query(TrainingAttendance).delete()
        db.session.query(Training).delete()
    page = ask(boris, school, "training", school.mentor, book="mentors")
    assert "занятий ещё не было" in text_of(page)


def test_a_foreign_id_or_one_who_left_refuses_all(
    app: Flask, boris: PageClient, school: School
) -> None:
    page = ask(boris, school, "need", school.free, school.paired)
    for bad in (school.foreign, school.mentor):  # another school's, another register's
        assert "Ничего не сделано" in refusal(ask(boris, school, "need", school.free, bad))
        ids = [school.free.participation_id, bad.participation_id]
        fields = {"pick": ids, "deed": "need", "need": "спорт"}
        answer = boris.send(f"{school.base}/mentees/chosen/save", fields)
        assert "Ничего не сделано" in refusal(answer)
    leave = f"{school.base}/mentees/{school.paired.participation_id}/leave"
    boris.fill(leave, left="8.12.2020", reason="переезд")
    assert "Ничего не сделано" in refusal(boris.fill(page, "/chosen/", need="спорт"))
    assert {row.need for row in lines(app).values()} == {""}


def test_of_two_tabs_the_second_is_told_and_keeps_what_was_typed(
    app: Flask, boris: PageClient, school: School
) -> None:
    first = ask(boris, school, "need", school.free, school.paired)
    second = ask(boris, school, "need", school.free)
    assert boris.fill(second, "/chosen/", need="учёба").status_code == 303
    answer = boris.fill(first, "/chosen/", need="спорт")
    assert answer.status_code == 409
    assert "кого-то из отмеченных сохранили ещё раз" in text_of(answer)
    assert soup(answer).select_one("#need")["value"] == "спорт"
    assert {lines(app)[name].need for name in ("Птицына", "Ёлкин")} == {"", "учёба"}
    assert boris.fill(answer, "/chosen/").status_code == 303
    assert {lines(app)[name].need for name in ("Птицына", "Ёлкин")} == {"спорт"}


def test_nobody_ticked_and_a_deed_of_the_other_register_are_refused(
    boris: PageClient, school: School
) -> None:
    assert "Отметьте, с кем это сделать." in refusal(ask(boris, school, "leave"))
    assert ask(boris, school, "training", school.free).status_code == 404
    assert ask(boris, school, "wipe", school.free).status_code == 404
    assert boris.send(f"{school.base}/mentors/chosen/save", {"deed": "need"}).status_code == 404


def test_the_head_ticks_nobody(galina: PageClient, school: School) -> None:
    page = soup(galina.get(f"{school.base}/mentees"))
    assert not page.select("[name=pick], [name=deed]")
    assert ask(galina, school, "leave", school.free).status_code == 403
