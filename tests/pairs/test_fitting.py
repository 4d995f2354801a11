"""The form of mentoring follows who leads; one that contradicts its people is said."""

from dataclasses import dataclass

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from nastav.district.kinds.models import PairKind
from nastav.pairs.fitting import misfit, proposed, sides
from nastav.people.models import Kind
from tests.pairs.test_forming import Saved, form
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of
from tests.support.registers import registers
from tests.support.school import School

P, T, S, E, G = Kind.PUPIL, Kind.TEACHER, Kind.STUDENT, Kind.EMPLOYER, Kind.GRADUATE


@dataclass
class Form:
    name: str


FORMS = [Form(kind["name"]) for kind in PairKind.first]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ученик – ученик", (P, P)),
        ("Учитель — ученик", (T, P)),
        ("педагог - обучающийся", (T, P)),
        ("молодой учитель–ученик", (T, P)),
        ("работодатель – студент", (E, S)),
        ("выпускник – ученик", (G, P)),
        ("шефство", (None, None)),
        ("офицер – ученик", (None, P)),
    ],
)
def test_a_name_says_who_leads_whom(name: str, said: tuple[Kind | None, Kind | None]) -> None:
    assert sides(name) == said


@pytest.mark.parametrize(
    ("mentor", "mentee", "name"),
    [
        (P, P, "ученик – ученик"),
        (T, P, "учитель – ученик"),
        (S, P, "студент – ученик"),
        (E, P, "работодатель – ученик"),
        (T, T, "учитель – учитель"),
        (G, P, None),
    ],
)
def test_the_form_follows_who_leads(mentor: Kind, mentee: Kind, name: str | None) -> None:
    found = proposed(FORMS, [mentor], [mentee])
    assert (found.name if found else None) == name


def test_what_contradicts_is_said_with_what_fits() -> None:
    assert misfit("ученик – ученик", [T], [P], FORMS) == (
        "Форма «ученик – ученик» не подходит участникам: ведёт педагог. Подходит «учитель – ученик»."
    )
    assert misfit("учитель – учитель", [T], [P, T]) == (
        "Форма «учитель – учитель» не подходит участникам: наставляемый — ученик."
    )
    assert misfit("шефство", [E], [P], FORMS) == ""


@given(st.sampled_from(Kind), st.sampled_from((P, T)))
def test_what_is_proposed_never_contradicts(mentor: Kind, mentee: Kind) -> None:
    found = proposed(FORMS, [mentor], [mentee])
    assert found is None or misfit(found.name, [mentor], [mentee]) == ""


def test_a_new_pair_of_a_teacher_is_teacher_and_pupil(
    boris: PageClient, school: School, saved: Saved
) -> None:
    answer = form(boris, school, mentor_id=school.teacher.person_id)
    assert answer.status_code == 303
    page = text_of(boris.get(answer.location))
    assert "учитель – ученик" in page
    assert "Форма и участники расходятся" not in page


def test_who_no_form_fits_is_asked_to_choose(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast) as own:
        parent = own.mentor("Ветров Олег", kind=Kind.PARENT, post="врач")
    answer = form(boris, school, mentor_id=parent.person_id, goal="Проект")
    assert answer.status_code == 422
    assert "По участникам форма не определяется" in text_of(answer)
    assert "Проект" in text_of(answer)


def test_a_form_that_contradicts_is_said_on_the_card_and_in_the_self_check(
    boris: PageClient, school: School
) -> None:
    card = text_of(boris.get(school.card))  # of a teacher, in the first form of the list
    assert "Форма и участники расходятся" in card
    assert "Подходит «учитель – ученик»." in card
    check = text_of(boris.get(f"{school.url}/2020/stages/5/submit"))
    assert "Форма наставничества не подходит участникам, пар и групп: 1." in check
    assert "не подходит" not in text_of(boris.get(f"{school.url}/2020/stages/6/submit"))
