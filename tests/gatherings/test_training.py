"""Training of mentors: entering, attendance, what follows for stage IV."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from nastav.db import db
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.people.models import Kind
from nastav.people.operations import Added
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.queries import statements
from tests.support.registers import Registers, registers

FIELDS: dict[str, Any] = {"held_on": "1.12", "hours": "4", "programme": "Школа наставника"}


@dataclass(frozen=True)
class School:
    """Борис's school with two mentors."""

    url: str
    teacher: Added
    pupil: Added

    @property
    def board(self) -> str:
        return f"{self.url}/2020/training"


@pytest.fixture
def school(app: Flask, cast: Cast) -> School:
    with registers(app, cast) as own:
        teacher = own.mentor("Громова Анна", kind=Kind.TEACHER, post="учитель физики")
        pupil = own.mentor("Белкин Юрий", grade=10)
    return School(f"/schools/{cast.boris_school}", teacher, pupil)


def held(app: Flask) -> list[tuple[str, int, int]]:
    """Return day, hours and attendance of every training saved."""
    with app.app_context():
        return [
            (
                f"{training.held_on:%d.%m.%Y}",
                training.hours,
                db.session.query(TrainingAttendance).filter_by(training_id=training.id).count(),
            )
            for training in db.session.query(Training)
        ]


def test_training_is_entered_with_its_attendance(
    app: Flask, boris: PageClient, school: School
) -> None:
    answer = boris.fill(f"{school.board}/new", **FIELDS, present=[str(school.teacher.person_id)])
    assert (answer.status_code, answer.location) == (303, school.board)
    assert held(app) == [("01.12.2020", 4, 1)]
    page = text_of(boris.get(school.board))
    assert "Обучено 1 из 2 наставников" in page
    assert "Белкин Юрий" in page
    assert "Громова" not in page  # trained


def test_two_cards_made_one_are_one_in_a_training_of_both(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast) as own:
        double = own.mentor("Белкин Юра", grade=10)
    ids = [str(school.pupil.person_id), str(double.person_id)]
    boris.fill(f"{school.board}/new", **{**FIELDS, "present": ids})
    card = f"/schools/{cast.boris_school}/mentors/{school.pupil.participation_id}"
    merge = f"{card}/merge?with={double.person_id}"
    assert boris.fill(merge, "/merge", keep=ids[0]).status_code == 303
    row = soup(boris.get(school.board)).select_one("tbody td[data-label=Участников]")
    assert row is not None
    assert row.get_text(strip=True) == "1"
    assert boris.fill(f"{school.board}/1", hours="8").status_code == 303
    assert held(app)[0][2] == 2  # the mark stays behind, for the undo


def test_a_second_click_adds_nothing(app: Flask, boris: PageClient, school: School) -> None:
    page = boris.get(f"{school.board}/new")
    for _ in range(2):
        assert boris.fill(page, **FIELDS).status_code == 303
    assert len(held(app)) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"held_on": "10.12.2020"}, "Дата ещё не наступила"),
        ({"held_on": "01.06.2019"}, "2020/21 учебный год"),
        ({"held_on": "вчера"}, "дат"),
        ({"hours": "0"}, "Укажите от 1 часа"),
        ({"programme": ""}, "Укажите программу"),
        ({"present": ["777"]}, "нет в базе"),
    ],
)
def test_bad_input_is_explained_and_kept(
    app: Flask, boris: PageClient, school: School, fields: dict[str, Any], sentence: str
) -> None:
    answer = boris.fill(f"{school.board}/new", **{**FIELDS, "leader": "Центр", **fields})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert form_values(find_form(answer))["leader"] == ["Центр"]
    assert held(app) == []


def test_attendance_is_corrected_and_a_stale_form_is_not_saved(
    app: Flask, boris: PageClient, school: School
) -> None:
    boris.fill(f"{school.board}/new", **FIELDS)
    card = f"{school.board}/1"
    stale = boris.get(card)
    both = [str(school.teacher.person_id), str(school.pupil.person_id)]
    assert boris.fill(card, present=both).status_code == 303
    assert held(app)[0][2] == 2
    answer = boris.fill(stale, present=both[:1], hours="8")
    assert answer.status_code == 409
    assert "отмечено: 2" in text_of(answer)
    assert held(app) == [("01.12.2020", 4, 2)]
    assert boris.fill(answer).status_code == 303
    assert held(app) == [("01.12.2020", 8, 1)]


def test_what_was_entered_by_mistake_is_removed(
    app: Flask, boris: PageClient, school: School
) -> None:
    boris.fill(f"{school.board}/new", **FIELDS, present=[str(school.pupil.person_id)])
    assert boris.fill(f"{school.board}/1", "remove").status_code == 303
    assert held(app) == []


def test_the_head_reads_and_another_school_finds_nothing(
    cast: Cast, boris: PageClient, galina: PageClient, vera: PageClient, school: School
) -> None:
    boris.fill(f"{school.board}/new", **FIELDS, present=[str(school.pupil.person_id)])
    page = galina.get(f"{school.board}/1")
    assert "Белкин" in text_of(page)
    assert 'name="present"' not in page.text
    assert vera.get(f"/schools/{cast.vera_school}/2020/training/1").status_code == 404


def test_stage_four_shows_who_is_trained(boris: PageClient, school: School) -> None:
    boris.fill(f"{school.board}/new", **FIELDS, present=[str(school.pupil.person_id)])
    page = boris.get(f"{school.url}/2020/stages/4")
    assert "Обучено 1 из 2 наставников учебного года" in text_of(page)
    assert school.board in page.text


def test_the_page_costs_the_same_for_any_number_of_mentors(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    def cost() -> int:
        with statements() as found:
            assert boris.get(school.board).status_code == 200
        return len(found)

    cost()
    few = cost()
    with registers(app, cast) as own:
        _add_many(own)
    assert cost() == few


def _add_many(own: Registers) -> None:
    for _ in range(40):
        own.mentor(grade=9)
