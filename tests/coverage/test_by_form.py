"""Numbers by form of mentoring, for any date: by hand, against the slow count, on screen and in Excel."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from nastav.coverage.byform import rules
from nastav.coverage.byform.queries import of_district, of_school
from nastav.coverage.byform.rules import Numbers, Stay
from nastav.coverage.byform.sheet import by_form_sheet
from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from nastav.district.models import School
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Kind, Part, Person
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_meeting, add_member, add_pair, add_person, member

TODAY = date(2020, 12, 9)
DAY = date(2020, 1, 1)


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

STAYS = st.lists(
    st.builds(
        lambda form_id, pair, person, part, first, length: Stay(
            1, form_id, form_id * 10 + pair, form_id * 1000 + pair * 100 + person, person, part,
            DAY + timedelta(first), DAY + timedelta(first + length),
        ),
        st.integers(1, 2), st.integers(0, 1), st.integers(1, 4), st.sampled_from(Part),
        st.integers(0, 6), st.integers(0, 5),
    ),
    max_size=8,
)  # fmt: skip
MET = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 12)), max_size=6)


@given(STAYS, MET)
def test_numbers_equal_the_slow_count(stays: list[Stay], met: list[tuple[int, int]]) -> None:
    days = [(stays[at].member_id, DAY + timedelta(offset)) for at, offset in met if at < len(stays)]
    calendar = [DAY + timedelta(offset) for offset in range(20)]
    standing = {
        (stay, day)
        for stay in stays
        for day in calendar
        if stay.first <= day <= stay.last
        and any(
            other.pair_id == stay.pair_id
            and other.part is not stay.part
            and other.first <= day <= other.last
            for other in stays
        )
    }
    slow = Numbers(
        pairs=len({stay.pair_id for stay, _ in standing}),
        mentors=len({stay.person_id for stay, _ in standing if stay.part is Part.MENTOR}),
        mentees=len({stay.person_id for stay, _ in standing if stay.part is Part.MENTEE}),
        met=len(
            {
                stay.person_id
                for stay, day in standing
                if stay.part is Part.MENTEE and (stay.member_id, day) in days
            }
        ),
    )
    cuts = rules.together(stays)
    assert rules.numbers(rules.met(cuts, days)) == slow
    assert rules.numbers(rules.met(cuts, few_of(cuts, days))) == slow


def few_of(cuts: list[Stay], days: list[tuple[int, date]]) -> list[tuple[int, date]]:
    """As the query reads them: the ends of everybody, all days of whom these do not tell."""
    own = {member: [day for who, day in days if who == member] for member, _ in days}
    ends = {member: (min(each), max(each)) for member, each in own.items()}
    asked = rules.undecided(cuts, ends)
    return [(member, day) for member, day in days if member in asked or day in ends[member]]


def test_a_meeting_between_the_first_and_the_last_is_seen() -> None:
    """Who met before and after a stay too has met in it on a day that is neither end."""
    mentee = Stay(1, 1, 1, 1, 1, Part.MENTEE, DAY, DAY + timedelta(9))
    mentor = Stay(1, 1, 1, 2, 2, Part.MENTOR, DAY + timedelta(3), DAY + timedelta(6))
    cuts = rules.together([mentee, mentor])
    days = [(1, DAY + timedelta(offset)) for offset in (1, 5, 8)]
    assert rules.numbers(rules.met(cuts, few_of(cuts, days))).met == 1
    assert rules.numbers(rules.met(cuts, few_of(cuts, [days[0], days[2]]))).met == 0


def test_the_book_is_made_on_an_empty_district(app: Flask) -> None:
    with app.app_context():
        sheet = by_form_sheet(of_district(1, "Район", 2020, TODAY), "Район")
    assert sheet.rows == []
