"""Rewards: the school's system, awards of mentors by school year."""

from typing import Any

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.mentors.awards.models import Award, RewardSystem
from tests.conftest import ClientOf
from tests.practices.conftest import School
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers

GIVEN: dict[str, Any] = {"given_on": "4.12", "kind": "diploma", "reason": "За помощь младшим"}
SYSTEM = {"what_for": "План пары выполнен", "how": "Грамота в мае", "document": "Положение № 12"}


def awards(app: Flask) -> list[tuple[int, str, str, str]]:
    with app.app_context():
        rows = db.session.query(Award).order_by(Award.id)
        return [(row.person_id, f"{row.given_on:%d.%m.%Y}", row.kind, row.reason) for row in rows]


@pytest.fixture
def board(school: School) -> str:
    return f"{school.url}/2020/rewards"


def test_several_mentors_are_given_the_same_at_once(
    app: Flask, boris: PageClient, galina: PageClient, school: School, board: str
) -> None:
    both = [school.teacher.person_id, school.pupil.person_id]
    answer = boris.fill(f"{board}/new", **GIVEN, mentors=[str(person_id) for person_id in both])
    assert (answer.status_code, answer.location) == (303, board)
    assert awards(app) == [
        (person_id, "04.12.2020", "diploma", "За помощь младшим") for person_id in sorted(both)
    ]
    page = galina.get(board)
    assert "2 поощрения, 2 наставника" in text_of(page).replace("\xa0", " ")
    assert "грамота" in text_of(page)
    assert not (soup(page).select_one("main") or soup(page)).select("form, a[href$=new]")


def test_a_mentors_card_leads_to_all_that_was_given(
    boris: PageClient, school: School, board: str
) -> None:
    card = f"{school.url}/mentors/{school.pupil.participation_id}"
    assert soup(boris.get(card)).select(f'a[href="{card}/rewards"]')
    assert "Поощрений пока не было" in text_of(boris.get(f"{card}/rewards"))
    offered = boris.get(f"{board}/new?mentor={school.pupil.person_id}")
    assert form_values(find_form(offered))["mentors"] == [str(school.pupil.person_id)]
    boris.fill(offered, **GIVEN)
    assert "За помощь младшим" in text_of(boris.get(f"{card}/rewards"))
    other = f"{school.url}/mentors/{school.teacher.participation_id}"
    assert "За помощь младшим" not in text_of(boris.get(f"{other}/rewards"))


def test_an_award_is_shown_in_its_own_school_year(
    app: Flask, cast: Cast, boris: PageClient, school: School, board: str
) -> None:
    boris.fill(f"{board}/new", **GIVEN, mentors=[str(school.pupil.person_id)])
    with app.app_context(), writing():
        db.session.add(Cycle(district_id=cast.district, first_year=2021))
    assert "За помощь младшим" in text_of(boris.get(board))
    assert "За помощь младшим" not in text_of(boris.get(f"{school.url}/2021/rewards"))


def test_a_second_click_gives_nothing_more(
    app: Flask, boris: PageClient, school: School, board: str
) -> None:
    page = boris.get(f"{board}/new")
    for _ in range(2):
        boris.fill(page, **GIVEN, mentors=[str(school.pupil.person_id)])
    assert len(awards(app)) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"given_on": "10.12.2020"}, "Дата ещё не наступила"),
        ({"given_on": "25.05.2020"}, "2020/21 учебный год"),
        ({"reason": ""}, "Укажите, за что"),
        ({"mentors": []}, "Отметьте хотя бы одного наставника"),
        ({"mentors": ["777"]}, "нет в базе"),
    ],
)
def test_bad_input_is_explained_and_kept(
    app: Flask, boris: PageClient, school: School, board: str, fields: Any, sentence: str
) -> None:
    typed = {**GIVEN, "document": "приказ № 9", "mentors": [str(school.pupil.person_id)], **fields}
    answer = boris.fill(f"{board}/new", **typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert form_values(find_form(answer))["document"] == ["приказ № 9"]
    assert awards(app) == []


def test_an_award_is_corrected_a_stale_form_is_not_and_a_mistake_is_removed(
    app: Flask, boris: PageClient, school: School, board: str
) -> None:
    boris.fill(f"{board}/new", **GIVEN, mentors=[str(school.pupil.person_id)])
    stale = boris.get(f"{board}/1")
    assert boris.fill(f"{board}/1", kind="prize").status_code == 303
    answer = boris.fill(stale, reason="За проект")
    assert answer.status_code == 409
    assert "грамота" in text_of(answer)
    assert awards(app)[0][2:] == ("prize", "За помощь младшим")
    assert boris.fill(answer).status_code == 303
    assert awards(app)[0][2:] == ("diploma", "За проект")
    assert boris.fill(f"{board}/1", "remove").status_code == 303
    assert awards(app) == []


def test_the_system_is_written_down_once_and_kept_from_a_stale_form(
    app: Flask, boris: PageClient, board: str
) -> None:
    first = boris.get(f"{board}/system")
    assert boris.fill(first, **SYSTEM).status_code == 303
    page = text_of(boris.get(board))
    assert all(text in page for text in SYSTEM.values())
    answer = boris.fill(first, **{**SYSTEM, "how": "Доска почёта"})
    assert answer.status_code == 409
    assert boris.fill(answer).status_code == 303
    assert "Напишите, как" in text_of(boris.fill(f"{board}/system", how=""))
    with app.app_context():
        assert [system.how for system in db.session.query(RewardSystem)] == ["Доска почёта"]


def test_names_stay_in_the_school(
    app: Flask, cast: Cast, client_of: ClientOf, boris: PageClient, school: School, board: str
) -> None:
    boris.fill(f"{board}/new", **GIVEN, mentors=[str(school.pupil.person_id)])
    boris.fill(f"{board}/system", **SYSTEM)
    pages = (board, f"{board}/1", f"{school.url}/mentors/{school.pupil.participation_id}/rewards")
    for login, status in (("anna", 403), ("gleb", 403), ("vera", 404)):
        assert {client_of(login).get(page).status_code for page in pages} == {status}
    other = f"/schools/{cast.vera_school}/2020/rewards/1"
    assert client_of("vera").get(other).status_code == 404
    with app.app_context():
        rows = db.session.query(AuditEntry.event, AuditEntry.subject)
        entries = rows.filter(AuditEntry.event.in_(["award:added", "reward_system:saved"])).all()
    number = "№ 2"
    assert entries[0] == ("award:added", f"грамота 04.12.2020: {number}")
    assert entries[1][0] == "reward_system:saved"


def test_the_page_costs_the_same_for_any_number(
    app: Flask, cast: Cast, boris: PageClient, school: School, board: str
) -> None:
    def cost() -> int:
        with statements() as found:
            assert boris.get(board).status_code == 200
        return len(found)

    boris.fill(f"{board}/new", **GIVEN, mentors=[str(school.pupil.person_id)])
    few = cost()
    with registers(app, cast) as own:
        many = [own.mentor(grade=9) for _ in range(30)]
    boris.fill(f"{board}/new", **GIVEN, mentors=[str(mentor.person_id) for mentor in many])
    assert cost() == few
