"""Wished ages meet a pupil's age where it is known, else the ages of the class."""

from dataclasses import replace
from datetime import date

import pytest

from nastav.matching.rules import Desk, suggestions
from nastav.mentors.profiles.models import Selection
from nastav.mentors.profiles.rows import Profile
from nastav.people.models import Kind, Part
from nastav.people.rows import AgeGroup, Entry, SchoolClass

MENTEE = Entry(
    id=1, person_id=1, number=1, part=Part.MENTEE, kind=Kind.PUPIL, surname="Ёлкин", given_name="Лев",
    patronymic="", post="", need="", source="", expected_result="", joined=date(2020, 9, 1), left=None,
    left_reason="", is_mistake=False, search_key="елкин лев", school_class=SchoolClass(2020, 5, "А"),
    first_year=2020,
)  # fmt: skip
TEACHER = replace(
    MENTEE, id=2, person_id=2, number=2, part=Part.MENTOR, kind=Kind.TEACHER, school_class=None
)
TWELVE = replace(MENTEE, school_class=None, age_group=AgeGroup("Вокал", 12, date(2020, 9, 1)))


def is_suited(mentee: Entry, first: int | None, last: int | None) -> bool:
    wish = Profile(2, "", "", "", None, None, None, first, last, Selection.UNDECIDED, frozenset())
    desk = Desk([TEACHER], {2: wish}, [], {})
    return bool(suggestions([mentee], desk)[0].candidates)


@pytest.mark.parametrize(
    ("first", "last", "suits"),
    [(10, 12, True), (12, 14, True), (13, None, False), (None, 10, False), (11, 11, True)],
)
def test_a_fifth_grader_is_eleven_or_twelve(first: int, last: int, suits: bool) -> None:
    assert is_suited(MENTEE, first, last) is suits


def test_an_age_that_was_entered_holds_over_the_years_since(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nastav.dates.today", lambda: date(2022, 10, 1))
    assert is_suited(TWELVE, 14, 16)
    assert not is_suited(TWELVE, 10, 13)


def test_a_pupil_of_whom_neither_is_known_meets_every_wish() -> None:
    assert is_suited(replace(MENTEE, school_class=None), 10, 12)
