"""Who may be one child entered twice, whatever the class."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastav.people.alike import couples, same_name
from nastav.people.models import Kind


@dataclass(frozen=True)
class Card:
    person_id: int
    surname: str
    given_name: str
    patronymic: str = ""
    kind: Kind = Kind.PUPIL


def card(name: str, number: int = 1, kind: Kind = Kind.PUPIL) -> Card:
    surname, given_name, *rest = name.split(" ")
    return Card(number, surname, given_name, " ".join(rest), kind)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Козлова Жанна Олеговна", "Козлова Жанна Олеговна"),
        ("Козлова Жанна Олеговна", "Козлова Жанна"),
        ("Козлова Жанна Олеговна", "козлова ЖАННА О."),
        ("Королёв Пётр", "Королев Петр"),
        ("Козлова Жанна", "Koзлoвa Жaннa"),  # Latin o and a
        ("Козлова-Птицына Жанна", "Козлова Жанна"),
        ("Козлова-Птицына Жанна", "Птицына Жанна"),
    ],
)
def test_one_name_written_in_two_ways(name: str, other: str) -> None:
    assert same_name(card(name), card(other))
    assert same_name(card(other), card(name))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Козлова Жанна Олеговна", "Козлова Жанна Ивановна"),
        ("Козлова Жанна", "Козлова Анна"),
        ("Козлова-Птицына Жанна", "Козлова-Сорокина Жанна"),
        ("Козлова Жанна", "Козленко Жанна"),
        ("К-15 ", "К-15 "),
    ],
)
def test_two_names(name: str, other: str) -> None:
    assert not same_name(card(name), card(other))


def test_a_pupil_is_no_teacher() -> None:
    assert not same_name(card("Козлова Жанна"), card("Козлова Жанна", kind=Kind.TEACHER))


NAMES = st.lists(
    st.builds(
        " ".join,
        st.tuples(
            st.sampled_from(("Козлова", "Козлова-Птицына", "Птицына", "Королёва", "Королева")),
            st.sampled_from(("Жанна", "Анна")),
            st.sampled_from(("", "Олеговна", "Ивановна")),
        ),
    ),
    max_size=12,
)


@given(NAMES)
def test_couples_are_all_pairs_of_one_name(names: list[str]) -> None:
    cards = [card(name, number) for number, name in enumerate(names)]
    found = {(person.person_id, other.person_id) for person, other in couples(cards)}
    slow = {
        (person.person_id, other.person_id)
        for person in cards
        for other in cards
        if person.person_id < other.person_id and same_name(person, other)
    }
    assert found == slow


def test_two_lines_of_one_person_are_no_couple() -> None:
    assert list(couples([card("Козлова Жанна", 3), card("Козлова Жанна", 3)])) == []
