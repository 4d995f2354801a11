"""What weighs most between mentors who all could: what is needed, then an even load."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from nastav.db import db
from nastav.district.models import District
from nastav.matching.rules import Desk, suggestions
from nastav.mentors.profiles.models import Selection
from nastav.mentors.profiles.rows import Profile
from nastav.people.models import Kind, Part
from nastav.people.rows import Entry, SchoolClass
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.registers import registers
from tests.support.school import School

MENTEE = Entry(
    id=1, person_id=1, number=1, part=Part.MENTEE, kind=Kind.PUPIL, surname="Ёлкин", given_name="Лев",
    patronymic="", post="", need="математика, готовится к ОГЭ", source="", expected_result="",
    joined=date(2020, 9, 1), left=None, left_reason="", is_mistake=False, search_key="елкин лев",
    school_class=SchoolClass(2020, 5, "А"), first_year=2020,
)  # fmt: skip
ATHLETE = replace(
    MENTEE, id=2, person_id=2, part=Part.MENTOR, school_class=SchoolClass(2020, 7, "А")
)
TEACHER = replace(
    MENTEE, id=3, person_id=3, part=Part.MENTOR, kind=Kind.TEACHER, school_class=None,
    post="учитель математики",
)  # fmt: skip


def described(person_id: int, competences: str, interests: str = "") -> dict[int, Profile]:
    said = (competences, interests, "", None, None, None, None, None)
    return {person_id: Profile(person_id, *said, Selection.UNDECIDED, frozenset())}


def first(desk: Desk, mentee: Entry = MENTEE) -> Entry:
    return suggestions([mentee], desk)[0].candidates[0].mentor


def test_a_need_of_mathematics_is_met_by_its_teacher_before_a_ready_athlete() -> None:
    sporty = described(2, "волейбол, готов помогать", "спорт, готовится к ГТО")
    assert first(Desk([ATHLETE, TEACHER], sporty, [], {})) is TEACHER


def test_who_meets_more_of_the_need_comes_first() -> None:
    other = replace(TEACHER, id=4, person_id=4)
    desk = Desk([TEACHER, other], described(4, "математика, подготовка к ОГЭ"), [], {})
    assert first(desk) is other


def test_what_a_mentor_can_weighs_more_than_what_they_like() -> None:
    amateur = replace(TEACHER, id=4, person_id=4, post="учитель труда")
    desk = Desk([amateur, TEACHER], described(4, "резьба", "математика, ОГЭ"), [], {})
    assert first(desk) is TEACHER


def test_mentors_who_suit_alike_are_offered_to_as_many_each() -> None:
    mentors = [replace(TEACHER, id=at, person_id=at) for at in (11, 12, 13)]
    mentees = [replace(MENTEE, id=at, person_id=at) for at in range(20, 29)]
    found = suggestions(mentees, Desk(mentors, {}, [], {11: 1}))
    best = Counter(row.candidates[0].mentor.person_id for row in found)
    loads = (best[11] + 1, best[12], best[13])
    assert max(loads) - min(loads) <= 1


@pytest.mark.parametrize(("usual", "left"), [(8, 2), (3, 7)])
def test_a_mentor_without_a_limit_leads_no_more_than_is_usual(usual: int, left: int) -> None:
    mentees = [replace(MENTEE, id=at, person_id=at) for at in range(20, 30)]
    found = suggestions(mentees, Desk([TEACHER], {}, [], {}, usual_most=usual))
    assert sum(not row.candidates for row in found) == left
    own = {3: replace(described(3, "")[3], most_mentees=10)}
    found = suggestions(mentees, Desk([TEACHER], own, [], {}, usual_most=usual))
    assert all(row.candidates for row in found)


def test_the_district_sets_what_is_usual(
    app: Flask, anna: PageClient, boris: PageClient, school: School
) -> None:
    at = f"{school.pairs}/matching"
    assert "ведёт 1 из 8" in text_of(boris.get(at))
    page = "/districts/1/settings/rules"
    assert anna.fill(page, most_mentees="0", reason="письмо").status_code == 422
    assert anna.fill(page, most_mentees="3", reason="письмо").status_code == 303
    with app.app_context():
        assert db.session.get_one(District, 1).rules_number == 2  # nothing is counted otherwise
    assert "ведёт 1 из 3" in text_of(boris.get(at))


def test_a_second_pair_is_said_before_and_after(boris: PageClient, school: School) -> None:
    at = f"{school.pairs}/matching"
    assert "уже ведёт пару или группу, эта будет второй" in text_of(boris.get(at))
    mentee = str(school.free.person_id)
    answer = boris.fill(at, **{f"mentor-{mentee}": str(school.teacher.person_id)}, pick=[mentee])
    assert "У 1 наставника пара или группа уже есть" in text_of(boris.get(answer.location))
    new = f"{school.pairs}/new"
    assert "уже ведёт пару или группу, обучение не пройдено" in text_of(boris.get(new))
    typed = {"mentor_id": str(school.teacher.person_id), "mentee_ids": [str(school.late.person_id)]}
    answer = boris.fill(new, **typed, started="01.12.2020")
    told = text_of(boris.get(answer.location)).replace("\xa0", " ")
    assert "Наставник уже ведёт и другую пару или группу: № 1." in told


def test_the_whole_of_each_mentor_is_read_and_one_is_chosen(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    post = "учитель математики и информатики высшей категории, классный руководитель"
    with registers(app, cast) as own:
        own.mentor("Длинная Вера Павловна", kind=Kind.TEACHER, post=post)
    page = soup(boris.get(f"{school.pairs}/matching"))
    group = page.select("[role=radiogroup]")[0]
    assert post in group.get_text()
    assert len(group.select("input:checked")) == 1
    assert not page.select("main select")


def test_what_is_needed_is_said_as_the_profile_says_it() -> None:
    mentee = replace(MENTEE, need="учёба")
    known = described(2, "русский язык, литература,физика и английский язык, волейбол")
    found = suggestions([mentee], Desk([ATHLETE], known, [], {}))[0].candidates[0]
    assert "помогает с тем, что нужно: русский язык, литература, физика" in found.reasons


@pytest.mark.parametrize(
    ("patronymic", "word"),
    [("Павловна", "обучена"), ("Ильич", "обучен"), ("", "обучение пройдено")],
)
def test_training_is_said_in_the_gender_that_the_patronymic_tells(
    patronymic: str, word: str
) -> None:
    mentor = replace(TEACHER, patronymic=patronymic)
    found = suggestions([MENTEE], Desk([mentor], {}, [3], {}))[0].candidates[0]
    assert word in found.reasons
