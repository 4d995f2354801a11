"""The undo of a whole load: while nothing else speaks of its people, and as if it had never been."""

from flask import Flask

from nastav.db import db, writing
from nastav.loads.models import Load
from nastav.people.models import Participation, Person, PersonClass, RegisterNumber
from tests.loads.loading import checked, needs, people, updated
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of
from tests.support.registers import registers

TABLE = "ФИО\tКласс\tЗапрос\nПтицына Ольга\t7А\tучёба\nЁлкин Лев\t5б\tспорт"


def loaded(boris: PageClient, cast: Cast, text: str = TABLE, book: str = "mentees") -> str:
    """Load a table with all its updates; return the address of the load."""
    path = checked(boris, cast, text, book=book).request.path
    assert updated(boris, path).status_code == 303
    return path


def rows(app: Flask) -> list[int]:
    with app.app_context():
        return [
            db.session.query(model).count()
            for model in (Person, Participation, PersonClass, RegisterNumber)
        ]


def test_everybody_a_load_brought_in_is_gone_after_its_undo(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    load = loaded(boris, cast)
    assert rows(app) == [2, 2, 2, 2]
    asked = boris.get(f"{load}/undo")
    assert "исчезнут внесённые записи: 2" in text_of(asked)
    assert rows(app) == [2, 2, 2, 2]
    boris.fill(asked)
    assert rows(app) == [0, 0, 0, 0]
    assert boris.fill(asked).status_code == 303  # sent twice
    assert "отменена" in text_of(boris.get(load))


def test_known_people_get_their_values_back(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга", need="проект")
    head = "ФИО\tКласс\tЗапрос\tОтчество\tДата вхождения\t№ в базе\n"
    text = head + "Птицына Ольга\t8Б\tучёба\tИльинична\t30.08.2020\t1"
    load = loaded(boris, cast, text)
    assert (people(app), needs(app)) == (["Птицына Ольга Ильинична"], {"Птицына": "учёба"})
    boris.fill(f"{load}/undo")
    assert (people(app), needs(app)) == (["Птицына Ольга"], {"Птицына": "проект"})
    with app.app_context():
        person_class = db.session.query(PersonClass).one()
        assert (person_class.grade, person_class.letter) == (7, "А")
        assert db.session.query(Participation).one().joined.day == 1
        assert db.session.query(Load).one().changed == []


def test_a_load_kept_before_the_logs_were_one_is_undone_too(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга", need="проект")
    head = "ФИО\tКласс\tЗапрос\tОтчество\t№ в базе\n"
    load = loaded(boris, cast, head + "Птицына Ольга\t8Б\tучёба\tИльинична\t1")
    with app.app_context(), writing():
        row = db.session.query(Load).one()
        line, person = db.session.query(Participation).one(), db.session.query(Person).one()
        row.changed = [
            {
                "participation_id": line.id,
                "person_id": person.id,
                "versions": [line.version, person.version],
                "values": {"need": "проект", "patronymic": "", "class": [2020, 7, "А"]},
            }
        ]
    assert boris.fill(f"{load}/undo").status_code == 303
    assert (people(app), needs(app)) == (["Птицына Ольга"], {"Птицына": "проект"})


def test_a_load_with_somebody_in_a_pair_stays(app: Flask, cast: Cast, boris: PageClient) -> None:
    load = loaded(boris, cast)
    with registers(app, cast) as school:
        mentor = school.mentor("Белкин Юрий")
        mentee = db.session.query(Participation).order_by(Participation.id).first()
        school.pair(mentor, mentee, started=mentee.joined)  # type: ignore[arg-type]
    page = boris.get(f"{load}/undo")
    assert "№ 1 уже в парах" in text_of(page)
    assert boris.send(f"{load}/undo").status_code == 422
    assert len(people(app)) == 3


def test_a_known_person_changed_since_keeps_the_load(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        known = school.mentee("Птицына Ольга", need="проект")
    load = loaded(boris, cast)
    boris.fill(f"/schools/{cast.boris_school}/mentees/{known.participation_id}/edit", need="спорт")
    assert "№ 1 изменены после загрузки" in text_of(boris.get(f"{load}/undo"))
    assert boris.send(f"{load}/undo").status_code == 422
    assert needs(app)["Птицына"] == "спорт"


def test_somebody_of_the_other_register_stays_in_it(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentor("Птицына Ольга")
    load = loaded(boris, cast)
    assert rows(app) == [2, 3, 2, 2]
    boris.fill(f"{load}/undo")
    assert rows(app) == [1, 1, 1, 1]


def test_a_load_not_carried_out_has_nothing_to_undo(cast: Cast, boris: PageClient) -> None:
    path = checked(boris, cast).request.path
    assert "Отменять нечего" in text_of(boris.get(f"{path}/undo"))
    assert boris.send(f"{path}/undo").status_code == 422
