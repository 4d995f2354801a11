"""The order on pairs by property: names, classes, counts of the list are the registers' own."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from flask import Flask

from nastav.contents.collectors import COLLECT
from nastav.contents.scope import Content, Ids
from nastav.db import db, writing
from nastav.pairs import queries
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.pairs.rows import PairRow
from nastav.people.models import Kind, Part, Participation, Person
from tests.contents.scopes import scope
from tests.support.cast import Cast
from tests.support.people import add_pair, add_person

Collect = Callable[..., Content]


@pytest.fixture
def collect(app: Flask, cast: Cast) -> Collect:
    """Return a function: what is chosen → the content of the order on 9 December."""

    def found(chosen: Ids | None = None) -> Content:
        with app.app_context():
            return COLLECT["pairs"](scope(cast.boris_school, chosen=chosen))

    return found


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def random_pairs(school_id: int, chance: Random) -> None:
    """Form pairs and groups, some with an order, some over, some with a member gone or struck off."""
    for _ in range(chance.randrange(3, 12)):
        kind = chance.choice([Kind.PUPIL, Kind.TEACHER])
        mentor = add_person(school_id, part=Part.MENTOR, kind=kind)
        mentees = [add_person(school_id) for _ in range(chance.randrange(1, 5))]
        pair = add_pair(school_id, mentor, mentees)
        db.session.flush()
        pair.state = chance.choice([PairState.DRAFT, PairState.ACTIVE, PairState.ACTIVE])
        if chance.random() < 0.3:
            pair.order_number, pair.order_date = "5", date(2020, 10, 5)
        members = db.session.query(PairMember).filter_by(pair_id=pair.id, part=Part.MENTEE).all()
        if chance.random() < 0.3:
            members[0].left = date(2020, 11, 1)
        if chance.random() < 0.2:
            line = db.session.query(Participation).filter_by(person_id=members[-1].person_id).one()
            line.is_mistake = True


def wanted_of(rows: list[PairRow]) -> dict[int, dict[Part, set[str]]]:
    """Return who stands in each pair that has no order and both sides, by part."""
    wanted = {}
    for row in rows:
        present = [m for m in row.members if m.left is None and not m.is_mistake]
        names = {
            part: {f"{m.who.surname} {m.who.given_name}" for m in present if m.who.part is part}
            for part in Part
        }
        if row.order_number == "" and all(names.values()):
            wanted[row.id] = names
    return wanted


@pytest.mark.parametrize("seed", range(6))
def test_the_list_is_the_registers_own(app: Flask, cast: Cast, collect: Collect, seed: int) -> None:
    with app.app_context(), writing():
        random_pairs(cast.boris_school, Random(seed))
    content = collect()
    with app.app_context():
        first, last = date(2020, 9, 1), date(2021, 8, 31)
        rows = queries.pairs_of(cast.boris_school, first, last, first_year=2020)
    wanted = wanted_of(rows)
    if not wanted:
        assert content.nothing
        return
    items = content.sheets[0].lists["пары"]
    assert content.ids["pairs"] == sorted(wanted)
    assert [item["номер"] for item in items] == [str(n) for n in range(1, len(wanted) + 1)]
    for item, key in zip(items, sorted(wanted), strict=True):
        mentees = {line.partition(",")[0] for line in item["наставляемые"].split("\n")}
        assert mentees == wanted[key][Part.MENTEE]
        (mentor,) = wanted[key][Part.MENTOR]
        assert item["наставник"].startswith(mentor)
        assert all("7 «А»" in plain(line) for line in item["наставляемые"].split("\n"))
    total = plain(content.sheets[0].fields["итог"])
    people = sum(len(names[Part.MENTEE]) for names in wanted.values())
    assert f"{people} наставляем" in total
    assert f"{len(wanted)} наставник" in total
    assert collect(content.ids).sheets == content.sheets  # drawn again it is the same


def test_an_erased_child_is_a_participant_with_a_number(
    app: Flask, cast: Cast, collect: Collect
) -> None:
    with app.app_context(), writing():
        child = add_person(cast.boris_school, "Канарейкин Семён")
        add_pair(cast.boris_school, add_person(cast.boris_school, part=Part.MENTOR), [child])
    ids = collect().ids
    with app.app_context(), writing():
        person = db.session.query(Person).filter_by(surname="Канарейкин").one()
        person.surname = person.given_name = person.patronymic = ""
    (item,) = collect(ids).sheets[0].lists["пары"]
    assert plain(item["наставляемые"]).startswith("участник № 1")


def test_a_pair_without_a_side_is_left_out_and_named_by_number(
    app: Flask, cast: Cast, collect: Collect
) -> None:
    with app.app_context(), writing():
        for _ in range(2):
            mentor = add_person(cast.boris_school, part=Part.MENTOR)
            pair = add_pair(cast.boris_school, mentor, [add_person(cast.boris_school)])
        gone = db.session.query(PairMember).filter_by(pair_id=pair.id, part=Part.MENTOR).one()
        gone.left = date(2020, 11, 1)
        left_out = pair.id
    content = collect()
    assert len(content.ids["pairs"]) == 1
    said = f"не вошла пара № {left_out}: нет наставника или наставляемых"
    assert said in [plain(remark) for remark in content.remarks]
    assert said in [plain(remark) for remark in collect(content.ids).remarks]


def test_it_says_why_there_is_nothing_to_assign(app: Flask, cast: Cast, collect: Collect) -> None:
    assert collect().nothing == "нечего закреплять: пар и групп ещё нет"
    with app.app_context(), writing():
        for _ in range(3):
            mentor = add_person(cast.boris_school, part=Part.MENTOR)
            add_pair(cast.boris_school, mentor, [add_person(cast.boris_school)])
        for pair in db.session.query(Pair):
            pair.order_number = "5"
    assert plain(collect().nothing) == "нечего закреплять: все 3 пары уже с приказом"
