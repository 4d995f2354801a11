"""Two curators at once on one register: nothing is lost or half done, and the second is told."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from nastav.db import db
from nastav.pairs.models import Pair, PairMember
from nastav.people.models import Participation, Person
from tests.loads.loading import checked, decided, needs, people
from tests.support.cast import Cast
from tests.support.pages import PageClient, TestResponse, soup, text_of
from tests.support.registers import registers


@dataclass(frozen=True)
class School:
    """Addresses in the school of Борис: a mentee in a group of two with a mentor, one who is free."""

    base: str
    paired: str
    free: str
    free_id: int
    mentor_id: int


@pytest.fixture
def school(app: Flask, cast: Cast) -> School:
    with registers(app, cast) as own:
        mentor = own.mentor("Громов Юрий")
        paired, other = own.mentee("Птицына Ольга"), own.mentee("Птицына Оля")
        own.pair(mentor, paired, other)
        free = own.mentee("Ёлкин Лев")
        base = f"/schools/{cast.boris_school}"
        cards = (f"{base}/mentees/{person.participation_id}" for person in (paired, free))
        return School(base, *cards, free.person_id, mentor.person_id)


def line(app: Flask, card: str) -> tuple[str, date | None, list[date | None]]:
    """Return the surname, the day of leaving, and the days of leaving pairs of whose card it is."""
    with app.app_context():
        row = db.session.get_one(Participation, int(card.rsplit("/", 1)[1]))
        left = db.session.query(PairMember).filter_by(person_id=row.person_id)
        surname = db.session.get_one(Person, row.person_id).surname
        return surname, row.left, [pair_member.left for pair_member in left]


def refused(answer: TestResponse, status: int = 409) -> str:
    """Assert that an answer refuses, and return what it says."""
    assert answer.status_code == status
    return text_of(answer)


def test_who_left_while_the_card_was_edited_stays_gone_and_is_told(
    app: Flask, boris: PageClient, school: School
) -> None:
    editing = boris.get(f"{school.paired}/edit")
    boris.fill(f"{school.paired}/leave", left="08.12.2020", reason="переезд")
    text = refused(boris.fill(editing, surname="Щеглова"))
    assert "Щеглова" in text  # what was typed is kept
    gone = date(2020, 12, 8)
    assert line(app, school.paired) == ("Птицына", gone, [gone])


def test_who_was_edited_while_leaving_was_open_has_not_left_by_half(
    app: Flask, boris: PageClient, school: School
) -> None:
    leaving = boris.get(f"{school.paired}/leave")
    boris.fill(f"{school.paired}/edit", surname="Щеглова")
    answer = boris.fill(leaving, left="08.12.2020", reason="переезд")
    refused(answer)
    assert line(app, school.paired) == ("Щеглова", None, [None])


def test_nobody_who_left_meanwhile_is_taken_into_a_pair(
    app: Flask, boris: PageClient, school: School
) -> None:
    forming = boris.get(f"{school.base}/2020/pairs/new")
    boris.fill(f"{school.free}/leave", left="08.12.2020", reason="переезд")
    answer = boris.fill(
        forming,
        mentor_id=str(school.mentor_id),
        mentee_ids=[str(school.free_id)],
        started="09.12.2020",
    )
    assert "в базе только по 08.12.2020" in refused(answer, 422)
    with app.app_context():
        assert db.session.query(Pair).count() == 1


def test_who_was_taken_into_a_pair_meanwhile_leaves_that_pair_too(
    app: Flask, boris: PageClient, school: School
) -> None:
    leaving = boris.get(f"{school.free}/leave")
    boris.fill(
        f"{school.base}/2020/pairs/new",
        mentor_id=str(school.mentor_id),
        mentee_ids=[str(school.free_id)],
        started="07.12.2020",
    )
    boris.fill(leaving, left="08.12.2020", reason="переезд")
    _, left, of_pairs = line(app, school.free)
    assert [left] == of_pairs


@pytest.mark.parametrize("first", ["merge", "edit"])
def test_of_a_merge_and_an_edit_the_second_is_told(
    app: Flask, boris: PageClient, school: School, first: str
) -> None:
    editing = boris.get(f"{school.paired}/edit")
    alike = soup(boris.get(f"{school.paired}/merge")).select_one("#alike a")
    merging = boris.get(str(alike["href"]))
    if first == "merge":
        assert boris.fill(merging, "/merge").status_code == 303
        refused(boris.fill(editing, surname="Щеглова"))
    else:
        assert boris.fill(editing, surname="Щеглова").status_code == 303
        refused(boris.fill(merging, "/merge"))
    with app.app_context():
        gone = [person for person in db.session.query(Person) if person.merged_into_id]
    assert len(gone) == (first == "merge")
    assert line(app, school.paired)[0] == ("Птицына" if first == "merge" else "Щеглова")


TABLE = "ФИО\tКласс\tЗапрос\nЁлкин Лев\t7А\tспорт\nНовак Олег\t6Б\tучёба"


def test_a_load_of_somebody_edited_since_its_check_shows_the_check_anew(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    check = decided(boris, checked(boris, cast, TABLE))
    boris.fill(f"{school.free}/edit", need="проект")
    again = boris.fill(check)
    assert "проект → спорт" in refused(again)
    assert "Новак Олег" not in people(app)
    assert needs(app)["Ёлкин"] == "проект"
    boris.fill(again)
    assert (needs(app)["Ёлкин"], needs(app)["Новак"]) == ("спорт", "учёба")


def test_an_edit_of_somebody_updated_by_a_load_sees_both_versions(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    editing = boris.get(f"{school.free}/edit")
    boris.fill(decided(boris, checked(boris, cast, TABLE)))
    text = refused(boris.fill(editing, need="проект"))
    assert "спорт" in text
    assert "проект" in text
    assert needs(app)["Ёлкин"] == "спорт"
