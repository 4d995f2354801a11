"""What the start page of a school is tried with, and its list as a person reads it."""

from datetime import date, datetime

from bs4 import Tag
from flask import Flask
from werkzeug.test import TestResponse

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.identity.transfers.models import Transfer
from nastav.people.models import Part, Person
from nastav.stages.models import Stage
from tests.support.cast import BORIS_SCHOOL, Cast
from tests.support.pages import soup
from tests.support.people import add_pair, add_person

SURNAME = "Ландышева"
REMARK = "Укажите номер приказа."
URGENT = (
    (BORIS_SCHOOL, 1, "returned"),
    (BORIS_SCHOOL, 2, "1"),
    (BORIS_SCHOOL, 3, "1"),
    (BORIS_SCHOOL, 6, "accepted"),
)


def enter(app: Flask, school_id: int, mentees: int, paired: int) -> None:
    """Put mentees into a register, so many of them into one group with a pupil as mentor."""
    with app.app_context(), writing():
        people = [add_person(school_id, f"{SURNAME} Анна{n}") for n in range(mentees)]
        mentor = add_person(school_id, f"{SURNAME} Пётр", part=Part.MENTOR, grade=10)
        add_pair(school_id, mentor, people[:paired], date(2020, 10, 5))


def note_visit(app: Flask, cast: Cast, at: datetime) -> None:
    """Have Boris done something at a moment; newer entries are of later ids."""
    with app.app_context(), writing():
        boris = cast.actor("boris")
        db.session.add(
            AuditEntry(
                at=at,
                event="sign_in:opened",
                actor_id=boris.id,
                actor_name="",
                school_id=boris.school_id,
            )
        )


def add_cycle(district_id: int, first_year: int) -> None:
    """Open a school year with stage I alone, due on 30 November; caller commits."""
    cycle = Cycle(district_id=district_id, first_year=first_year)
    db.session.add(cycle)
    db.session.flush()
    db.session.add(
        Stage(
            cycle_id=cycle.id,
            ordinal=1,
            key="conditions",
            roman="I",
            title="Подготовка условий",
            short="Подготовка",
            due=date(first_year, 11, 30),
        )
    )


def add_transfer(person: Person, from_school: int, to_school: int) -> None:
    """Offer a pupil to another school; caller commits."""
    db.session.add(
        Transfer(
            person_id=person.id,
            school_id=from_school,
            to_school_id=to_school,
            part=Part.MENTEE,
            left=date(2020, 12, 1),
        )
    )


def tasks(answer: TestResponse) -> list[Tag]:
    return soup(answer).select(".todo li")


def titles(answer: TestResponse) -> list[str]:
    return [" ".join(task.select(".todo-title")[0].get_text().split()) for task in tasks(answer)]


def task(answer: TestResponse, title: str) -> Tag:
    """Return the one task whose title has these words."""
    (found,) = [task for task in tasks(answer) if title in " ".join(task.get_text(" ").split())]
    return found


def groups(answer: TestResponse) -> list[str]:
    return [" ".join(head.get_text(" ").split()) for head in soup(answer).select(".todo h2")]
