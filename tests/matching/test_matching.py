"""Suggestions of a mentor for those without a pair, and the drafts made of them."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.district.kinds import queries as kinds
from nastav.matching import operations
from nastav.mentors.profiles import operations as profiles
from nastav.mentors.profiles.operations import ProfileData
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Kind
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers
from tests.support.school import School


@pytest.fixture
def at(school: School) -> str:
    return f"{school.pairs}/matching"


def describe(app: Flask, cast: Cast, person_id: int, **fields: Any) -> None:
    with app.app_context(), writing():
        data = ProfileData(**fields)
        profiles.save_profile(cast.actor("boris"), cast.boris_school, person_id, data, version=0)


def drafts(app: Flask) -> list[Pair]:
    with app.app_context():
        return db.session.query(Pair).filter_by(state=PairState.DRAFT).all()


def rows(client: PageClient, at: str) -> list[str]:
    answer = soup(client.get(at))
    return [
        " ".join(row.get_text(" ").split()).replace("\xa0", " ")
        for row in answer.select("tbody tr")
    ]


def test_only_those_without_a_pair_or_draft_are_listed(
    boris: PageClient, school: School, at: str
) -> None:
    found = " ".join(rows(boris, at))
    assert "Ёлкин Л." in found
    assert "Новак О." in found
    assert "Птицына" not in found


@pytest.mark.parametrize(
    ("closed", "today"), [(False, date(2021, 9, 6)), (True, date(2020, 12, 9))]
)
def test_who_waits_for_a_decision_or_has_finished_is_not_without_a_pair(
    boris: PageClient,
    school: School,
    at: str,
    monkeypatch: pytest.MonkeyPatch,
    closed: bool,
    today: date,
) -> None:
    if closed:
        end = {"ended": "08.12.2020", "reason": "цель достигнута", "decision": "finish"}
        boris.fill(f"{school.card}/close", **end)
    monkeypatch.setattr("nastav.dates.today", lambda: today)
    found = " ".join(rows(boris, at))
    assert "Ёлкин Л." in found
    assert "Птицына" not in found


def test_the_reason_names_the_step_in_class(
    app: Flask, cast: Cast, boris: PageClient, school: School, at: str
) -> None:
    with registers(app, cast) as own:
        own.mentee("Лапкин Пётр", grade=8)
    row = next(text for text in rows(boris, at) if "Лапкин" in text)
    assert "Старше на 2 класса; пока никого не ведёт, в этом списке предложен ещё 1 ученику." in row


def test_need_and_competence_outweigh_the_class(
    app: Flask, cast: Cast, boris: PageClient, school: School, at: str
) -> None:
    describe(
        app, cast, school.teacher.person_id, competences="олимпиадная математика", free_time="среда"
    )
    with registers(app, cast) as own:
        own.mentee("Лапкин Пётр", grade=8, need="математика")
    row = next(text for text in rows(boris, at) if "Лапкин" in text)
    assert (
        "Помогает с тем, что нужно: математика; взрослый наставник; свободное время: среда" in row
    )
    assert "ведёт 1" in row


def test_a_full_mentor_is_not_suggested_and_the_rest_hear_why(
    app: Flask, cast: Cast, boris: PageClient, school: School, at: str
) -> None:
    describe(app, cast, school.teacher.person_id, most_mentees=1)
    describe(app, cast, school.pupil.person_id, grade_from=9)
    row = next(text for text in rows(boris, at) if "Новак" in text)  # 7th class
    assert "нагрузка заполнена" in row
    assert len(soup(boris.get(at)).select("[role=radiogroup]")) == 1  # Ёлкин, of the 10th


def test_a_mentor_younger_than_the_mentee_is_no_mentor(
    app: Flask, cast: Cast, boris: PageClient, school: School, at: str
) -> None:
    describe(app, cast, school.teacher.person_id, decision=profiles.Selection.DECLINED)
    with registers(app, cast) as own:
        own.mentee("Лапкин Пётр", grade=11)
    row = next(text for text in rows(boris, at) if "Лапкин" in text)
    assert "Все наставники-ученики младше" in row


def test_what_is_chosen_becomes_drafts_by_mentor(
    app: Flask, boris: PageClient, school: School, at: str
) -> None:
    mentor = str(school.teacher.person_id)
    ids = [str(school.free.person_id), str(school.late.person_id)]
    answer = boris.fill(at, **{f"mentor-{person_id}": mentor for person_id in ids}, pick=ids)
    assert (answer.status_code, answer.location) == (303, f"{school.pairs}/drafts")
    (made,) = drafts(app)
    assert made.state is PairState.DRAFT
    assert rows(boris, at) == []


def test_a_second_click_makes_no_second_draft(app: Flask, boris: PageClient, at: str) -> None:
    answer = boris.get(at)
    for _ in range(2):
        assert boris.fill(answer).status_code == 303
    ids = [draft.id for draft in drafts(app)]
    assert boris.get(at).status_code == 200
    assert len(ids) == len({draft.id for draft in drafts(app)})
    assert 1 <= len(ids) <= 2


def test_somebody_paired_meanwhile_is_told_and_nothing_is_made(
    app: Flask, boris: PageClient, school: School, at: str
) -> None:
    stale = boris.get(at)
    fields = {"person_id": str(school.free.person_id), "joined": "01.12.2020"}
    boris.fill(school.card, "/members", **fields)
    answer = boris.fill(stale)
    assert answer.status_code == 409
    assert "Список изменился" in text_of(answer)
    assert drafts(app) == []


def test_nothing_ticked_is_explained(boris: PageClient, at: str) -> None:
    answer = boris.fill(at, pick=[])
    assert answer.status_code == 422
    assert "Отметьте хотя бы одного" in text_of(answer)


def test_the_form_of_mentoring_follows_who_leads_whom(app: Flask, cast: Cast) -> None:
    with app.app_context():
        offered = kinds.kinds(cast.district)
        names = {mentor.id: mentor.name for mentor in offered}
        cases = {
            (Kind.PUPIL, Kind.PUPIL): "ученик – ученик",
            (Kind.TEACHER, Kind.PUPIL): "учитель – ученик",
            (Kind.TEACHER, Kind.TEACHER): "учитель – учитель",
        }
        for sides, name in cases.items():
            assert names[operations.kind_for(*sides, offered, frozenset())] == name
        only = next(iter(names))
        assert operations.kind_for(Kind.TEACHER, Kind.PUPIL, offered, frozenset({only})) == only


def test_the_page_costs_the_same_for_any_number(
    app: Flask, cast: Cast, boris: PageClient, at: str
) -> None:
    def cost() -> int:
        with statements() as found:
            assert boris.get(at).status_code == 200
        return len(found)

    cost()
    few = cost()
    with registers(app, cast) as own:
        for _ in range(30):
            own.mentee(grade=5)
            own.mentor(grade=9)
    assert cost() == few


def test_a_long_list_is_matched_page_by_page(
    app: Flask, cast: Cast, boris: PageClient, at: str
) -> None:
    with registers(app, cast) as own:
        for number in range(60):
            own.mentee(f"Яковлев Ян{chr(ord('а') + number % 30)}", grade=9)
    first, second = boris.get(at), boris.get(f"{at}?page=2")
    assert "Здесь 1–50 из 62 наставляемых без пары" in text_of(first)
    picks = [{box["value"] for box in soup(page).select("[name=pick]")} for page in (first, second)]
    assert not picks[0] & picks[1]
    left = [len(soup(page).select("h2 ~ table tbody tr")) for page in (first, second)]
    assert [len(found) + rest for found, rest in zip(picks, left, strict=True)] == [50, 12]
    assert soup(second).select_one("nav [aria-current=page]")
