"""A mentor's profile and the school's criteria of selection."""

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.mentors.profiles import queries
from nastav.mentors.profiles.rows import Profile
from nastav.people.models import Kind
from nastav.people.operations import Added
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, text_of
from tests.support.registers import registers

FIELDS = {
    "competences": "математика, шахматы",
    "free_time": "вторник после уроков",
    "grade_from": "5",
    "grade_to": "8",
    "most_mentees": "3",
    "decision": "accepted",
    "interviewed_on": "1.12",
}


@pytest.fixture
def mentor(app: Flask, cast: Cast) -> Added:
    with registers(app, cast) as own:
        return own.mentor("Громова Анна", kind=Kind.TEACHER, post="учитель физики")


@pytest.fixture
def at(cast: Cast, mentor: Added) -> str:
    return f"/schools/{cast.boris_school}/mentors/{mentor.participation_id}/profile"


def saved(app: Flask, cast: Cast, mentor: Added) -> Profile | None:
    with app.app_context():
        return queries.profiles(cast.boris_school).get(mentor.person_id)


def test_a_profile_is_saved_and_shown_again(
    app: Flask, cast: Cast, boris: PageClient, mentor: Added, at: str
) -> None:
    form = boris.get(at)
    kind = form_values(find_form(form)).get("kind_ids", []) or ["1"]
    answer = boris.fill(form, **FIELDS, kind_ids=kind)
    assert (answer.status_code, answer.location) == (303, at.removesuffix("/profile"))
    row = saved(app, cast, mentor)
    assert row is not None
    assert (row.grade_from, row.grade_to, row.most_mentees) == (5, 8, 3)
    assert row.kind_ids == frozenset(map(int, kind))
    again = form_values(find_form(boris.get(at)))
    assert again["interviewed_on"] == ["01.12.2020"]
    assert again["kind_ids"] == kind


def test_the_journal_tells_fields_and_no_values(app: Flask, boris: PageClient, at: str) -> None:
    boris.fill(at, **FIELDS)
    with app.app_context():
        (entry,) = db.session.query(AuditEntry).filter_by(event="profile:saved").all()
    assert "компетенции" in entry.subject
    assert "шахматы" not in f"{entry.subject}{entry.changes}"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"grade_from": "8", "grade_to": "5"}, "поменяйте числа местами"),
        ({"grade_to": "12"}, "целое число от 0 до 11, например 11."),
        ({"most_mentees": "0"}, "Укажите от 1"),
        ({"interviewed_on": "31.12.2020"}, "Дата ещё не наступила"),
        ({"kind_ids": ["4000"]}, "Выберите формы наставничества"),
    ],
)
def test_bad_input_is_explained_and_kept(
    app: Flask,
    cast: Cast,
    boris: PageClient,
    mentor: Added,
    at: str,
    fields: dict[str, str],
    sentence: str,
) -> None:
    answer = boris.fill(at, **{"competences": "химия", **fields})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert 'value="химия"' in answer.text
    assert saved(app, cast, mentor) is None


def test_of_two_who_edit_the_second_sees_both(
    app: Flask, cast: Cast, boris: PageClient, mentor: Added, at: str
) -> None:
    boris.fill(at, competences="физика")
    stale = boris.get(at)
    boris.fill(at, kind_ids=["2"])
    answer = boris.fill(stale, kind_ids=["1"], competences="химия")
    assert answer.status_code == 409
    assert "физика" in text_of(answer)
    assert boris.fill(answer).status_code == 303
    row = saved(app, cast, mentor)
    assert row is not None
    assert (row.competences, row.kind_ids) == ("химия", frozenset({1}))


def test_a_mentor_of_another_school_is_not_found(
    vera: PageClient, cast: Cast, mentor: Added
) -> None:
    url = f"/schools/{cast.vera_school}/mentors/{mentor.participation_id}/profile"
    assert vera.get(url).status_code == 404


def test_the_head_reads_the_criteria_that_the_curator_wrote(
    cast: Cast, boris: PageClient, galina: PageClient
) -> None:
    url = f"/schools/{cast.boris_school}/mentors/criteria"
    assert "ещё не внесены" in text_of(galina.get(url))
    assert boris.fill(url, text="желание помогать\nхорошая учёба").status_code == 303
    page = galina.get(url)
    assert "хорошая учёба" in text_of(page)
    assert "<textarea" not in page.text


def test_stale_criteria_are_not_overwritten(cast: Cast, boris: PageClient) -> None:
    url = f"/schools/{cast.boris_school}/mentors/criteria"
    boris.fill(url, text="первое")
    stale = boris.get(url)
    boris.fill(url, text="второе")
    answer = boris.fill(stale, text="третье")
    assert answer.status_code == 409
    assert "второе" in text_of(answer)
    assert "третье" in answer.text
