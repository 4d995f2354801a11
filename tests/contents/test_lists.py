"""Lists and counts of papers equal what the registers say of the day, over random schools."""

from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask

from nastav import ru
from nastav.consents import queries as consents
from nastav.consents.models import Consent, Signer
from nastav.consents.queries import Missing
from nastav.contents import bases, meeting1, team, training
from nastav.contents.collectors import COLLECT
from nastav.contents.scope import Content
from nastav.db import db, writing
from nastav.district.models import School
from nastav.gatherings.training import queries as trainings
from nastav.papers.filler import Heading
from nastav.people import queries as people
from nastav.people.models import Kind, Part, Participation, Person
from nastav.stages.models import Activity, SchoolActivity
from tests.contents.places import fill_school
from tests.contents.scopes import scope
from tests.support.cast import Cast
from tests.support.people import add_person

FIRST = date(2020, 9, 1)


def fill(school_id: int, seed: int) -> None:
    """Add people who join and leave on random days, some by mistake, some with a consent."""
    random = Random(seed)
    for _ in range(random.randrange(1, 25)):
        joined = FIRST + timedelta(random.randrange(150))
        left = joined + timedelta(random.randrange(100)) if random.random() < 0.4 else None
        part, kind = random.choice(list(Part)), random.choice((Kind.PUPIL, Kind.TEACHER))
        grade = random.choice((0, 5, 9)) if kind is Kind.PUPIL else 0
        is_mistake = random.random() < 0.1
        own = {"joined": joined, "left": left, "is_mistake": is_mistake}
        person = add_person(school_id, part=part, kind=kind, grade=grade, **own)  # type: ignore[arg-type]
        if random.random() < 0.5:
            signed = joined + timedelta(random.randrange(30))
            signer = random.choice(list(Signer))
            row = {"person_id": person.id, "school_id": school_id, "signer": signer}
            db.session.add(Consent(signed_on=signed, **row))


def rows(content: Content, name: str) -> list[dict[str, str]]:
    if not content.sheets:
        return []
    return [dict(item) for item in content.sheets[0].lists[name] if not isinstance(item, Heading)]


def assert_list(
    content: Content, school_id: int, part: Part, on: date, missing: list[Missing]
) -> None:
    """A base has the register's people in its order, their number, and a remark of who lacks a consent."""
    there = people.present(school_id, part, on, first_year=2020)
    listed = [(row["имя"], row["номер"]) for row in rows(content, "участники")]
    assert listed == [(who.full_name, str(who.number)) for who in there]
    if not there:
        assert content.nothing
        return
    assert content.sheets[0].fields["итог"].startswith(f"{len(there)}{ru.NBSP}")
    ids = {who.person_id for who in there}
    bare = sum(each.who.person_id in ids for each in missing)
    said = any("нет согласия" in remark for remark in content.remarks)
    assert said is bool(bare)
    assert not bare or str(bare) in content.remarks[0]


@pytest.mark.parametrize("seed", range(12))
def test_lists_are_the_registers_of_the_day(app: Flask, cast: Cast, seed: int) -> None:
    on = FIRST + timedelta(Random(seed).randrange(100))
    with app.app_context():
        with writing():
            fill(cast.boris_school, seed)
        asked = scope(cast.boris_school, on)
        missing = consents.missing(asked.school, on)
        assert_list(bases.mentees(asked), cast.boris_school, Part.MENTEE, on, missing)
        assert_list(bases.mentors(asked), cast.boris_school, Part.MENTOR, on, missing)
        pupils = [each for each in missing if each.who.kind is Kind.PUPIL]
        for key in ("consents", "taking_part"):
            sheets = COLLECT[key](asked).sheets
            assert [data.fields["имя"] for data in sheets] == [m.who.full_name for m in pupils]
        adults = COLLECT["mentor_consents"](asked).sheets
        assert len(adults) == len(missing) - len(pupils)


@pytest.mark.parametrize("seed", range(12))
def test_who_lacks_a_consent_is_known_as_of_the_day(app: Flask, cast: Cast, seed: int) -> None:
    on = FIRST + timedelta(Random(seed).randrange(100))
    with app.app_context():
        with writing():
            fill(cast.boris_school, seed)
        school = cast.boris_school
        held = consents.held(cast.district, on)
        there = {
            who.person_id
            for part in Part
            for who in people.present(school, part, on, first_year=2020)
        }
        missing = {each.who.person_id for each in consents.missing(scope(school, on).school, on)}
    assert missing == {key for key in there if (school, key) not in held}


@pytest.mark.parametrize("seed", range(4))
def test_needs_are_counted_of_the_same_people(app: Flask, cast: Cast, seed: int) -> None:
    on = date(2020, 12, 9)
    with app.app_context():
        with writing():
            fill(cast.boris_school, seed)
            for at, row in enumerate(db.session.query(Participation)):
                row.need = ("", "математика", "выступать")[at % 3]
        content = meeting1.collect(scope(cast.boris_school, on))
        there = people.present(cast.boris_school, Part.MENTEE, on, first_year=2020)
    counted = {row["запрос"]: int(row["сколько"]) for row in rows(content, "запросы")}
    assert sum(counted.values()) == len(there)
    for need, count in counted.items():
        assert count == sum((who.need or "не указан") == need for who in there) or not there


def test_a_made_paper_keeps_its_people_and_an_erased_one_is_a_number(
    app: Flask, cast: Cast
) -> None:
    with app.app_context():
        with writing():
            fill_school(cast.boris_school, 3)
        made = bases.mentees(scope(cast.boris_school))
    with app.app_context(), writing():
        late_id = add_person(cast.boris_school, "Поздняя Анна").id
        gone = db.session.get_one(Person, made.ids["people"][0])
        gone.surname = gone.given_name = gone.patronymic = ""
    with app.app_context():
        again = bases.mentees(scope(cast.boris_school, chosen=made.ids))
        assert late_id in bases.mentees(scope(cast.boris_school)).ids["people"]
    assert sorted(again.ids["people"]) == sorted(made.ids["people"])
    assert any(row["имя"].startswith("участник №") for row in rows(again, "участники"))


def test_a_sheet_of_consent_is_drawn_again_when_it_was_signed_since(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with writing():
            young = add_person(cast.boris_school, "Ёлкин Лев", grade=5)
            add_person(cast.boris_school, "Щеглова Анна", grade=9)
            young_id = young.id
        made = COLLECT["consents"](scope(cast.boris_school))
        marks = {data.fields["имя"]: data.fields["подпись_ребёнка"] for data in made.sheets}
        assert marks["Ёлкин Лев"] == ""
        assert marks["Щеглова Анна"].startswith("Я согласен")
    with app.app_context(), writing():
        row = {"person_id": young_id, "school_id": cast.boris_school}
        db.session.add(Consent(signer=Signer.GUARDIAN, signed_on=date(2020, 12, 1), **row))
    with app.app_context():
        assert len(COLLECT["consents"](scope(cast.boris_school)).sheets) == 1
        again = COLLECT["consents"](scope(cast.boris_school, chosen=made.ids))
    assert [data.fields["имя"] for data in again.sheets] == ["Ёлкин Лев", "Щеглова Анна"]


def test_the_journal_lists_who_took_part(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with writing():
            fill_school(cast.boris_school, 9)
        content = training.collect(scope(cast.boris_school))
        (line,) = trainings.trainings(cast.boris_school, 2020)
        before = training.collect(scope(cast.boris_school, date(2020, 11, 11)))
    assert len(rows(content, "журнал")) == line.present == 4
    (heading,) = [each for each in content.sheets[0].lists["журнал"] if isinstance(each, Heading)]
    assert heading.text.startswith("12.11.2020, Как слушать")
    assert before.nothing.startswith("обучения ещё не было")


def test_who_signs_the_order_need_not_say_that_they_read_it(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with writing():
            fill_school(cast.boris_school, 1)
        found = rows(team.collect(scope(cast.boris_school)), "группа")
    assert [(row["роль"], row["подпись"]) for row in found] == [
        ("руководитель", "–"),
        ("школьный куратор", ""),
    ]


def test_the_roadmap_says_what_the_school_said_else_the_usual(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with writing():
            own = db.session.query(Activity).filter_by(key="informing").one()
            own.title = "Как напечатано в приказе"
            said = {"school_id": cast.boris_school, "activity_id": own.id}
            db.session.add(SchoolActivity(responsible="Петрова И. С.", **said))
        asked = scope(cast.boris_school)
        roadmap, plan = COLLECT["roadmap"](asked), COLLECT["plan"](asked)
        assert db.session.get_one(School, cast.boris_school)
    lines = {row["номер"]: row for row in rows(roadmap, "мероприятия")}
    assert len(lines) == 22
    assert lines["1.2"]["что"] == "Как напечатано в приказе"
    assert lines["1.2"]["ответственный"] == "Петрова И. С."
    assert lines["6.4"]["ответственный"] == "педагог-психолог"
    assert all(row["результат"] for row in lines.values())
    stages = [i.text for i in roadmap.sheets[0].lists["мероприятия"] if isinstance(i, Heading)]
    assert len(stages) == 7
    assert stages[0].startswith("I. ")
    months = [i.text for i in plan.sheets[0].lists["мероприятия"] if isinstance(i, Heading)]
    assert [month.partition(" ")[0] for month in months] == ["Ноябрь", "Декабрь", "Май"]
    assert sorted(row["номер"] for row in rows(plan, "мероприятия")) == sorted(lines)
