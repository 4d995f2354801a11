"""The self-check, sending, the receipt, taking back, asking for reopening."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from nastav import dates
from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.people.models import Participation
from nastav.stages.models import SchoolStage, StageState, Step, Transition
from tests.stages.stand import DONE, Stand
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_pair, add_person


def transition(app: Flask, step: Step) -> Transition:
    with app.app_context():
        return db.session.scalars(
            select(Transition).filter_by(step=step).order_by(Transition.id.desc())
        ).first()  # type: ignore[return-value]


def test_the_self_check_names_what_to_mend_and_offers_no_button(
    stand: Stand, boris: PageClient
) -> None:
    boris.fill(stand.url(1, "/activities/1/edit"), "/edit", **DONE)
    page = boris.get(stand.url(1, "/submit"))
    text = text_of(page)
    for number in (2, 3, 4, 5):
        assert f"Мероприятие {number}: отметьте «выполнено» или «не требуется»." in text
        link = stand.url(1, f"/activities/{number}/edit")
        assert soup(page).select_one(f"a[href='{link}']")
    assert "Мероприятие 1: добавлено 1 из 3 ожидаемых документов." in text
    assert "Срок прошёл 9 дней назад" in text
    assert not soup(page).select("main form")


def test_a_stage_is_not_sent_half_done_whatever_is_posted(stand: Stand, boris: PageClient) -> None:
    boris.fill(stand.url(1, "/activities/1/edit"), "/edit", **DONE)
    answer = boris.send(stand.url(1, "/submit"), {"version": stand.sheet(1).version})
    assert answer.status_code == 422
    assert "Мероприятие 2" in text_of(answer)
    assert stand.state(1) is StageState.IN_PROGRESS


def test_fewer_documents_than_expected_never_block(stand: Stand, boris: PageClient) -> None:
    stand.fill(1)
    page = boris.get(stand.url(1, "/submit"))
    assert "1 из 3 ожидаемых" in text_of(page)
    assert boris.fill(page, "/submit").status_code == 303
    assert stand.state(1) is StageState.SUBMITTED


def test_a_proof_that_is_gone_blocks_the_sending(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    with app.app_context(), writing():
        person = add_person(stand.cast.boris_school)
    boris.fill(stand.url(2, "/activities/1/edit"), "/edit", **DONE)
    boris.fill(stand.url(2, "/activities/2/edit"), "/edit", status="done", done_on="1.12")
    assert soup(boris.get(stand.url(2, "/submit"))).select("main form")
    with app.app_context(), writing():
        db.session.execute(
            update(Participation).filter_by(person_id=person.id).values(is_mistake=True)
        )
    page = boris.get(stand.url(2, "/submit"))
    assert "Мероприятие 2: нет подтверждения" in text_of(page)
    assert not soup(page).select("main form")


def test_a_double_click_sends_once_and_shows_the_receipt(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    stand.fill(1)
    page = boris.get(stand.url(1, "/submit"))
    locations = [boris.fill(page, "/submit").location for _ in range(2)]
    assert locations == [stand.url(1, "/sent")] * 2
    assert stand.count(Transition, step=Step.SUBMITTED) == 1
    receipt = text_of(boris.get(stand.url(1, "/sent")))
    assert "Отправлен 09.12.2020, " in receipt
    assert "Борис Белов" in receipt
    assert "с опозданием на 9 дней" in receipt
    snapshot = transition(app, Step.SUBMITTED).snapshot
    assert snapshot is not None
    assert [activity["status"] for activity in snapshot] == ["done"] * 5
    assert snapshot[0]["documents"] == ["Приказ №\xa0145 от\xa012.10.2020"]


def test_what_changed_since_the_self_check_is_not_sent_unseen(
    stand: Stand, boris: PageClient
) -> None:
    stand.fill(1)
    page = boris.get(stand.url(1, "/submit"))
    boris.fill(stand.url(1, "/activities/2/edit"), "/edit", comment="добавлено позже")
    assert boris.fill(page, "/submit").status_code == 409
    assert stand.state(1) is StageState.IN_PROGRESS


@pytest.mark.parametrize(("day", "late"), [(date(2020, 11, 30), 0), (date(2020, 12, 1), 1)])
def test_lateness_is_stamped_at_the_sending(stand: Stand, day: date, late: int) -> None:
    dates.configure(fixed=day)
    stand.put(1, StageState.SUBMITTED)
    sheet = stand.sheet(1)
    assert sheet.sent_late == late
    assert sheet.submitted_at is not None
    assert dates.local(sheet.submitted_at).date() == day


def test_lateness_is_judged_anew_until_the_first_decision_then_fixed(
    stand: Stand, boris: PageClient
) -> None:
    dates.configure(fixed=date(2020, 11, 30))
    stand.put(1, StageState.SUBMITTED)
    boris.fill(stand.url(1), "/withdraw")
    assert stand.sheet(1).sent_late is None
    dates.configure(fixed=date(2020, 12, 2))
    boris.fill(stand.url(1, "/submit"), "/submit")
    assert stand.sheet(1).sent_late == 2
    stand.decide(1, StageState.RETURNED)
    dates.configure(fixed=date(2020, 12, 10))
    boris.fill(stand.url(1, "/submit"), "/submit")
    assert stand.sheet(1).sent_late == 2


def test_a_year_before_the_site_is_never_late(app: Flask, stand: Stand, boris: PageClient) -> None:
    with app.app_context(), writing():
        db.session.execute(update(Cycle).values(before_site=True))
    stand.fill(1)
    assert "просрочен" not in text_of(boris.get(stand.url(1)))
    boris.fill(stand.url(1, "/submit"), "/submit")
    assert stand.sheet(1).sent_late == 0


def test_a_withdrawn_stage_is_what_it_was_before(stand: Stand, boris: PageClient) -> None:
    stand.put(1, StageState.RETURNED)
    boris.fill(stand.url(1, "/submit"), "/submit")
    assert stand.state(1) is StageState.SUBMITTED
    boris.fill(stand.url(1), "/withdraw")
    sheet = stand.sheet(1)
    assert sheet.state is StageState.RETURNED
    assert sheet.fix_by == date(2020, 12, 14)
    assert sheet.sent_late == 9


def test_a_stage_decided_meanwhile_cannot_be_withdrawn(stand: Stand, boris: PageClient) -> None:
    stand.put(1, StageState.SUBMITTED)
    page = boris.get(stand.url(1))
    stand.decide(1, StageState.ACCEPTED)
    assert boris.fill(page, "/withdraw").status_code == 409
    assert stand.state(1) is StageState.ACCEPTED


def test_an_unanswered_remark_is_named_before_sending(stand: Stand, boris: PageClient) -> None:
    stand.put(1, StageState.RETURNED)
    sentence = "Мероприятие 1: не написано, что исправлено"
    assert sentence in text_of(boris.get(stand.url(1, "/submit")))
    boris.fill(stand.url(1, "/activities/1/edit"), "/edit", answer="Номер указан")
    assert sentence not in text_of(boris.get(stand.url(1, "/submit")))


def test_reopening_is_asked_with_a_reason(
    app: Flask, stand: Stand, boris: PageClient, anna: PageClient
) -> None:
    stand.put(1, StageState.ACCEPTED)
    url = stand.url(1, "/reopening")
    page = boris.get(url)
    assert "Напишите, что нужно исправить." in text_of(boris.fill(page, url, reason=" "))
    boris.fill(page, url, reason="Забыли план мероприятий")
    boris.fill(page, url, reason="Забыли план мероприятий")
    assert "Школа просит открыть этап: Забыли план мероприятий" in text_of(anna.get(stand.url(1)))
    assert transition(app, Step.REOPENING_ASKED).note == "Забыли план мероприятий"
    assert stand.count(Transition, step=Step.REOPENING_ASKED) == 1
    assert stand.count(SchoolStage, state=StageState.ACCEPTED) == 1


def test_pairs_that_end_later_are_named_in_the_last_stage(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    with app.app_context(), writing():
        school = stand.cast.boris_school
        add_pair(school, None, [], planned_end=date(2021, 6, 1))
        add_pair(school, None, [], planned_end=date(2021, 5, 25))
    text = text_of(boris.get(stand.url(7, "/submit")))
    assert "У 1 пары или группы согласованный срок работы позже 25.05.2021." in text
