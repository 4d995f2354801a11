"""Rows of people and pairs: the register's on the day, whatever happened; counted once, nobody lost."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.contents import rows
from nastav.contents.collectors import COLLECT
from nastav.contents.rows import Line
from nastav.db import db, writing
from nastav.district.models import School
from nastav.identity.merging.operations import merge
from nastav.mentors.awards.models import Award
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Kind, Part, Participation
from tests.contents.schools import DAY, anything, one_of_each
from tests.contents.scopes import scope
from tests.support.cast import Cast
from tests.support.people import add_member, add_pair, add_person

SEEDS = pytest.mark.parametrize("seed", range(5))
Sides = tuple[frozenset[int], frozenset[int]]


@pytest.fixture
def school(app: Flask, cast: Cast) -> Iterator[int]:
    """Return a school in whose application context the test runs; what it adds is thrown away."""
    with app.app_context(), writing():
        yield cast.boris_school


def sides(pair: Pair, day: date) -> Sides:
    """Return who stands in a pair after a day, by its tables: the mentors' and the mentees' ids."""
    day = max(min(day, pair.ended or day), pair.started)
    found: dict[Part, set[int]] = {part: set() for part in Part}
    for member in db.session.scalars(select(PairMember).filter_by(pair_id=pair.id)):
        line = select(Participation).filter_by(person_id=member.person_id, part=member.part)
        is_known = db.session.scalars(line.filter_by(is_mistake=False)).first() is not None
        to_the_end = pair.ended is not None and member.left == pair.ended
        stays = member.left is None or member.left > day or to_the_end
        if is_known and stays and member.joined <= day:
            found[member.part].add(member.person_id)
    return frozenset(found[Part.MENTOR]), frozenset(found[Part.MENTEE])


def listed(lines: list[Line]) -> list[tuple[int, Sides]]:
    return [
        (
            line.row.id,
            (
                frozenset(who.person_id for who in line.mentors),
                frozenset(who.person_id for who in line.mentees),
            ),
        )
        for line in lines
    ]


def pairs(school: int) -> list[Pair]:
    found = db.session.scalars(select(Pair).filter_by(school_id=school)).all()
    return sorted(found, key=lambda pair: (pair.started, pair.id))


@SEEDS
def test_lists_are_the_registers_of_the_day(school: int, seed: int) -> None:
    anything(school, Random(seed))
    asked = scope(school)
    going = [
        pair
        for pair in pairs(school)
        if pair.state is not PairState.DRAFT and (pair.ended is None or pair.ended > DAY)
    ]
    whole = [(pair.id, both) for pair in going if all(both := sides(pair, DAY))]
    found = rows.read(asked, lambda row: rows.goes_on(row, DAY))
    assert whole
    assert listed(list(found.whole)) == whole
    assert {row.id for row in found.left_out} == {pair.id for pair in going} - dict(whole).keys()
    mentors = len(frozenset().union(*(both[0] for _, both in whole)))
    mentees = len(frozenset().union(*(both[1] for _, both in whole)))
    assert found.total.replace("\xa0", " ").split(", ")[1].startswith(f"{mentors} наставник")
    assert found.total.replace("\xa0", " ").split(", ")[2].startswith(f"{mentees} наставляем")
    assert sum(int(word) for word in found.total.replace("\xa0", " ").split(",")[0].split()
               if word.isdecimal()) == len(whole)  # fmt: skip
    assert COLLECT["plans"](asked).ids == found.ids


@SEEDS
def test_minutes_name_each_pair_that_was_decided_of(school: int, seed: int) -> None:
    anything(school, Random(seed))
    decided = [pair for pair in pairs(school) if pair.ended and pair.ended <= DAY]
    expected = [pair for pair in decided if all(sides(pair, pair.ended or DAY))]
    content = COLLECT["final"](scope(school))
    assert list(content.ids.get("pairs", [])) == [pair.id for pair in expected]
    if expected:
        said = content.sheets[0].fields["решили"].replace("\xa0", " ").split(", ")
        counts = {words.split()[0]: int(words.split()[1]) for words in said}
        for decision, word in (("continue", "продолжить"), ("finish", "завершить")):
            assert counts.get(word, 0) == sum(pair.decision == decision for pair in expected)


@SEEDS
def test_order_on_awards_has_each_award_without_an_order(school: int, seed: int) -> None:
    anything(school, Random(seed))
    awards = db.session.scalars(select(Award).filter_by(school_id=school)).all()
    mistakes = set(
        db.session.scalars(select(Participation.person_id).filter_by(is_mistake=True)).all()
    )
    due = [each for each in awards if not each.document and each.given_on <= DAY]
    expected = {each.id for each in due if each.person_id not in mistakes}
    content = COLLECT["award"](scope(school))
    assert set(content.ids.get("awards", [])) == expected
    lost = len(due) - len(expected)
    assert bool(content.remarks) is bool(lost)
    if expected:
        people = {each.person_id for each in due if each.id in expected}
        assert content.sheets[0].fields["итог"].startswith(f"{len(people)}\xa0наставник")


@SEEDS
def test_changes_are_those_since_the_last_order(school: int, seed: int) -> None:
    anything(school, Random(seed))
    content = COLLECT["changes"](scope(school))
    every = pairs(school)
    ordered = [pair for pair in every if pair.order_number]
    since = max(pair.order_date for pair in ordered if pair.order_date and pair.order_date <= DAY)
    ended = [pair for pair in ordered if pair.ended and since < pair.ended <= DAY]
    begun = [pair for pair in every if not pair.order_number and not pair.ended]
    assert content.ids.get("ended", []) == [
        pair.id for pair in ended if all(sides(pair, pair.ended or DAY))
    ]
    assert content.ids.get("pairs", []) == [pair.id for pair in begun if all(sides(pair, DAY))]


# --- how one is written -----------------------------------------------------------------------------


def test_people_are_written_in_the_nominative_with_what_they_are(school: int) -> None:
    teacher = add_person(school, "Бондарь Лев Андреевич", part=Part.MENTOR, kind=Kind.TEACHER)
    teacher.post = "учитель математики"
    bare = add_person(school, "Жук Роман Олегович", part=Part.MENTOR, kind=Kind.EMPLOYER)
    child = add_person(school, "Римская-Корсакова Анна Львовна", grade=8)
    unknown = add_person(school, "Ли Мо", grade=0)
    add_pair(school, teacher, [child, unknown])
    add_pair(school, bare, [child])
    first, second = rows.read(scope(school), lambda _: True).items
    assert first["наставник"] == "Бондарь Лев Андреевич, учитель математики"
    assert first["наставляемые"] == "Ли Мо\nРимская-Корсакова Анна, 8\xa0«А»"
    assert second["наставник"] == "Жук Роман Олегович, работодатель"
    assert [first["номер"], second["номер"]] == ["1", "2"]


def test_period_says_what_is_known(school: int) -> None:
    mentor, child = add_person(school, part=Part.MENTOR), add_person(school)
    begun, end = date(2020, 10, 5), date(2021, 5, 25)
    add_pair(school, mentor, [child], begun)
    add_pair(school, mentor, [child], begun, planned_end=end)
    add_pair(school, mentor, [child], begun, planned_end=end, ended=date(2020, 12, 4))
    add_pair(school, mentor, [child], begun, planned_end=end, state=PairState.DRAFT)
    add_pair(school, mentor, [child], begun, state=PairState.DRAFT)
    found = rows.read(scope(school), lambda _: True)
    assert [item["период"].replace("\xa0", " ") for item in found.items] == [
        "с 05.10.2020",
        "05.10.2020 – 25.05.2021",
        "05.10.2020 – 04.12.2020",
        "с даты приказа по 25.05.2021",
        "с даты приказа",
    ]
    assert "в списке 2\xa0черновика" in rows.remarks(scope(school), found)


def test_who_changes_places_on_a_day_is_printed_once(school: int) -> None:
    old, new = (add_person(school, part=Part.MENTOR) for _ in range(2))
    pair = add_pair(school, None, [add_person(school)])
    add_member(pair, old, Part.MENTOR, pair.started, DAY)
    add_member(pair, new, Part.MENTOR, DAY)
    (line,) = rows.read(scope(school), lambda _: True).whole
    assert [who.person_id for who in line.mentors] == [new.id]


def test_remarks_name_nobody(school: int) -> None:
    mentor, twice = add_person(school, part=Part.MENTOR), add_person(school, "Щеглова Анна")
    bare = add_person(school, "Канарейкин Пётр", grade=0)
    old = add_person(school, "Снегирёв Олег", joined=date(2019, 10, 1))
    add_pair(school, mentor, [twice, bare, old])
    add_pair(school, mentor, [twice])
    add_pair(school, mentor, [])
    lost = add_pair(school, None, [bare])
    found = rows.read(scope(school), lambda _: True)
    said = "; ".join(rows.remarks(scope(school), found)).replace("\xa0", " ")
    assert f"не вошли пары № {lost.id - 1}, № {lost.id}: нет наставника или наставляемых" in said
    assert "у 3 детей нет согласия: № 2, № 3, № 4" in said
    assert "у 1 ребёнка две пары или группы: № 2" in said
    assert "у 1 ученика не указан класс: № 3" in said
    assert "у 1 ученика указан класс прошлого учебного года: № 4" in said
    assert not {"Щеглова", "Канарейкин", "Снегирёв"} & set(said.replace(",", " ").split())


def test_two_cards_made_one_are_one(school: int, cast: Cast) -> None:
    one_of_each(school)
    kept, dropped = (add_person(school, "Стрижов Глеб Олегович") for _ in range(2))
    pair = add_pair(school, add_person(school, part=Part.MENTOR), [kept, dropped])
    before = rows.read(scope(school), lambda row: row.id == pair.id)
    assert len(before.whole[0].mentees) == 2
    own = db.session.get_one(School, school)
    merge(cast.actor("boris"), own, kept, dropped, versions=[kept.version, dropped.version])
    db.session.flush()
    again = rows.read(scope(school, chosen=before.ids), lambda _: False)
    (line,) = again.whole
    assert [who.person_id for who in line.mentees] == [kept.id]
    assert again.total.endswith("1\xa0наставляемый")
