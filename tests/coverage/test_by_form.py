"""Numbers by form of mentoring, for any date: by hand, against the slow count, on screen and in Excel."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from nastav.coverage.byform.queries import of_district, of_school
from nastav.coverage.byform.rules import Numbers
from nastav.coverage.byform.sheet import by_form_sheet
from nastav.db import db, write_mode, writing
from nastav.district import queries as districts
from nastav.district.kinds.models import PairKind
from nastav.district.models import School
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Kind, Part, Person
from tests.conftest import ClientOf
from tests.coverage import slow_count as slow
from tests.coverage.slow_count import World
from tests.coverage.test_slow_count import DAYS, SCHOOLS, enter_world, moves, worlds
from tests.support import databases
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_meeting, add_member, add_pair, add_person, member

TODAY = date(2020, 12, 9)


def form(name: str) -> int:
    return db.session.scalars(select(PairKind.id).filter_by(name=name)).one()


def pair(
    school: int, kind: str, mentor: Person | None, mentees: list[Person], **more: object
) -> Pair:
    found = add_pair(school, mentor, mentees, **more)
    found.kind_id = form(kind)
    db.session.flush()
    return found


def year(cast: Cast) -> None:
    """A child in two forms, a teacher with a group that met, a pair that lost its mentor, a draft."""
    school = cast.boris_school
    teacher = add_person(school, part=Part.MENTOR, kind=Kind.TEACHER)
    pupil = add_person(school, part=Part.MENTOR, grade=10)
    both, second, lonely = (add_person(school) for _ in range(3))
    group = pair(school, "учитель – ученик", teacher, [both, second])
    add_meeting(group, date(2020, 11, 5), [member(group, both)])
    pair(school, "ученик – ученик", pupil, [both])
    left = pair(school, "ученик – ученик", None, [lonely])
    add_member(left, pupil, Part.MENTOR, left.started, date(2020, 9, 30))
    pair(school, "студент – ученик", pupil, [second], state=PairState.DRAFT)
    other = add_person(cast.vera_school, part=Part.MENTOR, kind=Kind.TEACHER)
    pair(cast.vera_school, "учитель – ученик", other, [add_person(cast.vera_school)])


def test_each_form_counts_its_own_and_the_total_everybody_once(app: Flask, cast: Cast) -> None:
    with app.app_context(), writing():
        year(cast)
        found = of_district(1, "Район", 2020, TODAY)
        school = of_school(db.session.get_one(School, cast.boris_school), 2020, TODAY)
    assert {line.form: line.numbers for line in school.lines} == {
        "ученик – ученик": Numbers(pairs=1, mentors=1, mentees=1, met=0),
        "учитель – ученик": Numbers(pairs=1, mentors=1, mentees=2, met=1),
    }
    assert school.total == Numbers(pairs=2, mentors=2, mentees=2, met=1)
    assert [place.name for place in found.schools] == ["СОШ №2", "СОШ №5"]
    assert found.schools[1] == school
    assert found.district.total == Numbers(pairs=3, mentors=3, mentees=3, met=1)


@pytest.mark.parametrize(
    ("on", "pairs", "met"),
    [(date(2020, 9, 30), 0, 0), (date(2020, 10, 1), 3, 0), (date(2020, 11, 5), 3, 1)],
)
def test_a_past_date_knows_only_what_had_begun(
    app: Flask, cast: Cast, on: date, pairs: int, met: int
) -> None:
    with app.app_context(), writing():
        year(cast)
        total = of_district(1, "Район", 2020, on).district.total
    assert (total.pairs, total.met) == (pairs, met)


def test_a_meeting_on_a_day_without_the_other_side_is_none(app: Flask, cast: Cast) -> None:
    with app.app_context(), writing():
        school = cast.boris_school
        mentor = add_person(school, part=Part.MENTOR, grade=10)
        mentee = add_person(school)
        lost = pair(school, "ученик – ученик", None, [mentee])
        add_member(lost, mentor, Part.MENTOR, lost.started, date(2020, 10, 31))
        add_meeting(lost, date(2020, 11, 5), [member(lost, mentee)])
        total = of_school(db.session.get_one(School, school), 2020, TODAY).total
    assert total == Numbers(pairs=1, mentors=1, mentees=1, met=0)


def test_screen_and_workbook_say_the_same(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    with app.app_context(), writing():
        year(cast)
        sheet = by_form_sheet(of_district(1, "Район", 2020, TODAY), "Район")
    rows = [[cell.value for cell in row[1:]] for row in [*sheet.totals, *sheet.rows]]
    page = anna.get("/districts/1/coverage/2020/forms")
    shown = [
        [cell.get_text(strip=True) for cell in row.select("th[scope=row], td")]
        for row in soup(page).select("#by-form tbody tr")
    ]
    assert shown == [[str(cell) for cell in row] for row in rows]
    assert "стоит в каждой строке" in text_of(page)
    own = boris.get(f"/schools/{cast.boris_school}/coverage/2020/forms?on=1.10")
    assert "По состоянию на 1 октября 2020" in text_of(own)
    assert "СОШ №2" not in text_of(own)


def test_a_wrong_day_is_explained(anna: PageClient) -> None:
    answer = anna.get("/districts/1/coverage/2020/forms?on=31.11.2020")
    assert answer.status_code == 422
    assert "31.11.2020 не существует" in text_of(answer)
    assert "Пар и групп за 2020 год нет." in text_of(answer)
    assert anna.get("/districts/1/coverage/1980/forms").status_code == 404


def test_the_workbook_of_coverage_has_the_sheet(client_of: ClientOf) -> None:
    answer = client_of("anna").get("/districts/1/exports/coverage-2020.xlsx")
    book = load_workbook(BytesIO(answer.data))
    assert book.sheetnames == [
        "Охват",
        "Кто посчитан",
        "Не вошли в счёт",
        "До плана по школам",
        "По формам",
        "Как считалось",
    ]


# --- against the obvious count, day by day --------------------------------------------------------


@pytest.fixture(scope="module")
def schools(module_app: Flask) -> Iterator[list[int]]:
    with module_app.app_context(), write_mode():
        yield [school.id for school in districts.schools(1)][:SCHOOLS]


def slow_numbers(world: World, pairs: set[int], on: date) -> Numbers:
    """Count some pairs of a world in 2020, by their places in it."""
    standing = [
        (at, seat, member, day)
        for at in pairs
        for seat, member in enumerate(world.pairs[at].members)
        for day in slow.days_of(2020, on)
        if world.pairs[at].counts_on(day)
        and slow.stands(world, world.pairs[at], member, day)
        and slow.is_faced(world, world.pairs[at], member, day)
    ]
    mentees = [row for row in standing if row[2].part is Part.MENTEE]
    return Numbers(
        pairs=len({at for at, *_ in standing}),
        mentors=len({member.person for _, _, member, _ in standing if member.part is Part.MENTOR}),
        mentees=len({member.person for _, _, member, _ in mentees}),
        met=len(
            {
                member.person
                for at, seat, member, day in mentees
                for meeting in world.pairs[at].meetings
                if meeting.day == day and seat in meeting.there and not meeting.is_deleted
            }
        ),
    )


@settings(
    max_examples=databases.examples(200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(world=st.one_of(worlds(), worlds(), moves()), on=DAYS)
def test_numbers_equal_the_slow_count(schools: list[int], world: World, on: date) -> None:
    """Every other pair is of another form; read for the district, with a progress, and for a school."""
    try:
        enter_world(world, schools)
        rows = db.session.scalars(select(Pair).order_by(Pair.id)).all()[-len(world.pairs) :]
        forms = [form("учитель – ученик"), form("ученик – ученик")]
        for at, row in enumerate(rows):
            row.kind_id = forms[at % 2]
        db.session.flush()
        found = of_district(1, "Район", 2020, on)
        every = range(len(world.pairs))
        assert found.district.total == slow_numbers(world, set(every), on)
        lines = {line.form: line.numbers for line in found.district.lines}
        for at, name in enumerate(["учитель – ученик", "ученик – ученик"]):
            own = slow_numbers(world, {place for place in every if place % 2 == at}, on)
            assert lines.get(name, Numbers()) == own
        for at, school in enumerate(schools):
            own = slow_numbers(world, {n for n in every if world.pairs[n].school == at}, on)
            assert of_school(db.session.get_one(School, school), 2020, on).total == own
    finally:
        db.session.rollback()


def test_a_meeting_between_others_is_seen(app: Flask, cast: Cast) -> None:
    """Who met before and after the days with a mentor has met in them on a day that is neither end."""
    found = []
    with app.app_context(), writing():
        school = cast.boris_school
        mentee, mentor = add_person(school), add_person(school, part=Part.MENTOR, grade=10)
        own = pair(school, "ученик – ученик", None, [mentee])
        add_member(own, mentor, Part.MENTOR, date(2020, 10, 10), date(2020, 10, 20))
        for day in (date(2020, 10, 5), date(2020, 10, 25), date(2020, 10, 15)):
            add_meeting(own, day, [member(own, mentee)])
            found.append(of_school(db.session.get_one(School, school), 2020, TODAY).total.met)
    assert found == [0, 0, 1]


def test_the_book_is_made_on_an_empty_district(app: Flask) -> None:
    with app.app_context():
        sheet = by_form_sheet(of_district(1, "Район", 2020, TODAY), "Район")
    assert sheet.rows == []
