"""The plan of a pair: its texts, the lines of its three tables, the sheet, what is taken over."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.pairs.models import Decision, Pair, PairState
from nastav.plans.models import PairPlan, PlanLine
from nastav.privacy import After
from nastav.retention import erasing
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.registers import registers
from tests.support.school import School

SECRET = "Составить план проекта о звёздах"


def saved(app: Flask) -> list[PlanLine]:
    with app.app_context():
        return list(db.session.scalars(select(PlanLine).order_by(PlanLine.id)))


@pytest.fixture
def plan(boris: PageClient, school: School) -> str:
    """Return the address of a plan with one task, line 1."""
    address = f"{school.card}/plan"
    typed = {"task-what": SECRET, "task-period": "октябрь", "task-result": "план готов"}
    boris.fill(address, "/lines/task", **typed)
    return address


def test_lines_of_each_kind_are_added_and_counted_on_the_card(
    app: Flask, boris: PageClient, school: School, plan: str
) -> None:
    assert "Плана пока нет" not in text_of(boris.get(school.card))
    boris.fill(plan, "/lines/activity", **{"activity-what": "Музей", "activity-who": "Громова"})
    boris.fill(plan, "/lines/support", **{"support-what": "Занятие"})
    assert [(line.kind, line.who, line.result) for line in saved(app)] == [
        ("task", "", "план готов"),
        ("activity", "Громова", ""),
        ("support", "педагог-психолог", ""),
    ]
    said = "1 задача, выполнено 0; 1 мероприятие, выполнено 0; 1 запись психолога, выполнено 0."
    card = text_of(boris.get(school.card))
    assert (
        "Задачи на периоды 0 из 1 План мероприятий 0 из 1 Психологическое сопровождение 0 из 1"
        in card
    )
    assert said in text_of(boris.get(plan))


def test_the_same_form_sent_twice_adds_one_line(app: Flask, boris: PageClient, plan: str) -> None:
    form = boris.get(plan)
    for _ in range(2):
        assert boris.fill(form, "/lines/task", **{"task-what": "Выступить"}).status_code == 303
    assert len(saved(app)) == 2


def test_a_line_without_text_or_done_tomorrow_is_refused(
    app: Flask, boris: PageClient, plan: str
) -> None:
    typed = {"task-period": "май", "task-done_on": "10.12.2020"}  # today is the 9th
    answer = boris.fill(plan, "/lines/task", **typed)
    assert answer.status_code == 422
    for text in ("Напишите в нескольких словах.", "Дата ещё не наступила"):
        assert text in text_of(answer)
    assert soup(answer).select_one("#task-period")["value"] == "май"  # type: ignore[index]
    assert len(saved(app)) == 1


def test_a_line_is_changed_marked_and_removed(app: Flask, boris: PageClient, plan: str) -> None:
    boris.fill(f"{plan}/lines/1/edit", "/edit", **{"line1-period": "ноябрь"})
    assert boris.fill(plan, "/lines/1/done").status_code == 303
    (line,) = saved(app)
    assert (line.period, line.done_on, line.version) == ("ноябрь", date(2020, 12, 9), 3)
    assert "1 задача, выполнено 1" in text_of(boris.get(plan))
    boris.fill(f"{plan}/lines/1/edit", "/edit", **{"line1-done_on": ""})
    assert saved(app)[0].done_on is None
    boris.fill(f"{plan}/lines/1/edit", "/remove")
    assert saved(app) == []


def test_of_two_who_change_a_line_the_second_sees_both(
    app: Flask, boris: PageClient, plan: str
) -> None:
    stale = boris.get(f"{plan}/lines/1/edit")
    old = boris.get(plan)
    boris.fill(stale, "/edit", **{"line1-period": "ноябрь"})
    answer = boris.fill(stale, "/edit", **{"line1-period": "май"})
    assert answer.status_code == 409
    assert "Дата или период ноябрь май" in text_of(answer)
    assert boris.fill(old, "/lines/1/done").status_code == 409
    assert boris.fill(stale, "/remove").status_code == 409
    boris.fill(answer, "/edit")
    assert saved(app)[0].period == "май"


def test_with_htmx_the_row_and_the_table_are_swapped(boris: PageClient, plan: str) -> None:
    row = boris.get(f"{plan}/lines/1/edit", headers=HTMX)
    assert soup(row).select_one("tr.editing#line-1")
    answer = boris.send(f"{plan}/lines/1/done", {"version": "1"}, headers=HTMX)
    assert "09.12.2020" in text_of(answer)
    assert "выполнено 1" in soup(answer).select_one("#plan-tally[hx-swap-oob]").text  # type: ignore[union-attr]
    answer = boris.send(f"{plan}/lines/task", {"task-what": "Ещё"}, headers=HTMX)
    assert len(soup(answer).select("#section-task tbody tr")) == 2


def test_what_the_plan_begins_with_is_saved_under_a_version(
    app: Flask, boris: PageClient, school: School
) -> None:
    texts = f"{school.card}/plan/texts"
    stale = boris.get(texts)
    boris.fill(stale, strengths="Любит читать")
    assert "Любит читать" in text_of(boris.get(f"{school.card}/plan"))
    answer = boris.fill(stale, strengths="Рисует")
    assert answer.status_code == 409
    assert "Сильные стороны Любит читать Рисует" in text_of(answer)
    boris.fill(answer)
    with app.app_context():
        assert db.session.scalars(select(PairPlan.strengths)).all() == ["Рисует"]


def test_the_journal_names_the_pair_and_nothing_of_the_plan(
    app: Flask, boris: PageClient, plan: str
) -> None:
    boris.fill(f"{plan}/texts", weaknesses=SECRET)
    with app.app_context():
        rows = db.session.scalars(select(AuditEntry).where(AuditEntry.event.like("pair_plan:%")))
        said = [f"{row.event} {row.subject} {row.changes}" for row in rows]
    assert len(said) == 2
    assert not [text for text in said if "звёздах" in text or "Птицына" in text]


def test_who_may_read_and_change(client_of: ClientOf, plan: str) -> None:
    for login, status in {"galina": 200, "anna": 403, "gleb": 403, "vera": 404}.items():
        client = client_of(login)
        for address in (plan, f"{plan}/print"):
            assert client.get(address).status_code == status
        refused = 403 if status == 200 else status
        assert client.send(f"{plan}/lines/task", {"task-what": "Чужое"}).status_code == refused
        for step in ("edit", "done", "remove"):
            answer = client.send(f"{plan}/lines/1/{step}", {"version": "1"})
            assert answer.status_code == refused, (login, step)


def test_a_line_of_another_pair_is_not_found(
    app: Flask, cast: Cast, boris: PageClient, school: School, plan: str
) -> None:
    with registers(app, cast) as own:
        other = own.pair(school.pupil, school.free).id
    assert boris.get(f"{school.pairs}/{other}/plan/lines/1/edit").status_code == 404
    assert boris.send(f"{plan}/lines/nothing", {"nothing-what": "Слово"}).status_code == 404


def test_the_sheet_has_lines_to_sign_and_room_to_write(boris: PageClient, plan: str) -> None:
    page = boris.get(f"{plan}/print")
    for part in (
        "Индивидуальный план пары",
        SECRET,
        "Громова",
        "Птицына",
        "Педагог-психолог",
        "(подпись)",
    ):
        assert part in text_of(page)
    assert [len(table.select("tbody tr")) for table in soup(page).select("table")] == [1, 3, 3]
    board = plan.removesuffix("/1/plan") + "/plans"
    assert "План есть у 1 из 1 пары или группы" in text_of(boris.get(board))
    assert SECRET in text_of(boris.get(f"{board}/print"))


def test_what_was_left_undone_is_taken_over_once(
    app: Flask, cast: Cast, boris: PageClient, school: School, plan: str
) -> None:
    boris.fill(plan, "/lines/task", **{"task-what": "Сделано", "task-done_on": "01.12.2020"})
    boris.fill(f"{plan}/texts", strengths="Любит читать")
    with registers(app, cast) as own:
        db.session.get_one(Pair, school.pair).state = PairState.CLOSED
        db.session.get_one(Pair, school.pair).ended = date(2020, 12, 1)
        db.session.get_one(Pair, school.pair).decision = Decision.CONTINUE
        new = own.pair(
            school.teacher, school.paired, started=date(2020, 12, 2), continues_id=school.pair
        ).id
    address = f"{school.pairs}/{new}/plan"
    page = boris.get(address)
    for _ in range(2):
        boris.fill(page, "/take")
    lines = [line for line in saved(app) if line.pair_id == new]
    assert [(line.what, line.period) for line in lines] == [(SECRET, "")]
    assert "Любит читать" in text_of(boris.get(address))
    assert "Взять невыполненное" not in text_of(boris.get(address))


def test_the_stage_says_how_many_pairs_have_a_plan(
    boris: PageClient, school: School, plan: str
) -> None:
    page = boris.get(f"{school.url}/2020/stages/6")
    assert "Индивидуальный план есть у 1 из 1 пары или группы" in text_of(page)
    assert "сопровождение есть в планах 0 из 1 пары или группы" in text_of(page)
    assert soup(page).select_one(f"main a[href='{school.pairs}/plans']")


def test_the_texts_of_an_old_plan_are_erased(app: Flask, boris: PageClient, plan: str) -> None:
    boris.fill(f"{plan}/texts", strengths="Любит читать", weaknesses="Чтение вслух")
    with app.app_context(), writing():
        erasing.erase(After.PAIR, {"pair": select(Pair.id)})
    (line,) = saved(app)
    assert (line.what, line.period, line.who, line.result) == ("", "", "", "")
    with app.app_context():
        row = db.session.scalars(select(PairPlan)).one()
    assert (row.strengths, row.weaknesses) == ("", "")
