"""Accepting and returning: what is kept, what is refused, what comes back as it was typed."""

from datetime import date

from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.stages.models import StageState, Step
from nastav.stages.queries import stage_sheet
from tests.review.deciding import decide, remark_fields, review_form
from tests.support.pages import PageClient, soup, text_of
from tests.support.stages import put, remarks, send_again, stage_row, steps, withdraw

PAGE = "/schools/4/2020/stages/1/review"  # СОШ №5
SENT = ("СОШ №5", 1, "submitted")


def test_the_page_shows_what_the_school_says(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    text = text_of(anna.get(PAGE))
    assert "Этап I. Подготовка условий" in text
    assert "1. Нормативная база" in text
    assert "выполнено 20.11.2020, ответственный: Завуч Зимина" in text
    assert "Ожидаются 3 документа" in text


def test_accepting_closes_the_stage_and_stamps_the_first_decision(
    anna: PageClient, app: Flask
) -> None:
    put(app, SENT)
    answer = decide(anna, anna.get(PAGE), decision="accept")
    assert answer.status_code == 303
    row = stage_row(app, "СОШ №5", 1)
    assert row.state is StageState.ACCEPTED
    assert row.decided_at is not None
    assert steps(app, "СОШ №5", 1)[-1].actor_name == "Анна Андреева"
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="stage:accepted").one()
    assert (entry.school_id, entry.subject) == (4, "Этап I")


def test_a_return_keeps_remarks_by_activity_and_the_day(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    first, second = remark_fields(page)[:2]
    typed = {
        first: "Нет приказа.",
        second.replace("remark", "phrase"): "Укажите ответственного: фамилию и должность.",
    }
    decide(anna, page, decision="return", fix_by="14.12", **typed)
    row = stage_row(app, "СОШ №5", 1)
    assert (row.state, row.fix_by) == (StageState.RETURNED, date(2020, 12, 14))
    assert steps(app, "СОШ №5", 1)[-1].fix_by == date(2020, 12, 14)
    kept = remarks(app, is_open=True)
    assert [remark.text for remark in kept] == [
        "Нет приказа.",
        "Укажите ответственного: фамилию и должность.",
    ]


def test_a_return_without_a_remark_is_refused(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    answer = decide(anna, anna.get(PAGE), decision="return", fix_by="14.12.2020")
    assert answer.status_code == 422
    assert "Напишите замечание хотя бы к одному мероприятию" in text_of(answer)
    assert stage_row(app, "СОШ №5", 1).state is StageState.SUBMITTED


def test_a_day_in_the_past_is_refused_and_the_remark_kept(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    field = remark_fields(page)[1]
    answer = decide(anna, page, decision="return", fix_by="08.12.2020", **{field: "Нет приказа."})
    assert answer.status_code == 422
    assert "Этот день уже прошёл: укажите 09.12.2020 или позже" in text_of(answer)
    form = review_form(answer)
    assert form.select(f"textarea[name={field}]")[0].get_text().strip() == "Нет приказа."
    assert form.select("input[name=fix_by]")[0]["value"] == "08.12.2020"
    assert not remarks(app)


def test_no_day_and_today_are_told_apart(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    typed = {remark_fields(page)[0]: "Нет приказа."}
    assert decide(anna, page, decision="return", fix_by=" ", **typed).status_code == 422
    assert decide(anna, page, decision="return", fix_by="9.12.2020", **typed).status_code == 303


def test_remarks_typed_are_not_lost_by_accepting(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    answer = decide(anna, page, decision="accept", **{remark_fields(page)[0]: "Нет приказа."})
    assert answer.status_code == 422
    assert "замечания не отправляются" in text_of(answer)
    assert "Нет приказа." in answer.get_data(as_text=True)
    assert stage_row(app, "СОШ №5", 1).state is StageState.SUBMITTED


def test_remarks_are_closed_by_the_next_decision_and_kept(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 1, "returned"))
    first_decision = stage_row(app, "СОШ №5", 1).decided_at
    send_again(app, "СОШ №5", 1)
    page = anna.get(PAGE)
    assert "Замечание было: Укажите номер приказа. Что исправлено: Номер указан." in text_of(page)
    decide(anna, page, decision="accept")
    assert [remark.is_open for remark in remarks(app)] == [False]
    assert stage_row(app, "СОШ №5", 1).decided_at == first_decision


def test_a_stage_withdrawn_meanwhile_answers_409_with_what_was_typed(
    anna: PageClient, app: Flask
) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    withdraw(app, "СОШ №5", 1)
    typed = {remark_fields(page)[0]: "Нет приказа."}
    answer = decide(anna, page, decision="return", fix_by="14.12.2020", **typed)
    assert answer.status_code == 409
    assert "Сейчас этап в работе: школа его отозвала" in text_of(answer)
    assert "Нет приказа." in text_of(answer)
    assert stage_row(app, "СОШ №5", 1).state is StageState.IN_PROGRESS
    assert not remarks(app)


def test_a_stage_sent_anew_meanwhile_is_not_accepted_unread(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    withdraw(app, "СОШ №5", 1)
    send_again(app, "СОШ №5", 1)
    answer = decide(anna, page, decision="accept")
    assert answer.status_code == 409
    assert stage_row(app, "СОШ №5", 1).state is StageState.SUBMITTED
    assert decide(anna, answer, decision="accept").status_code == 303


def test_a_second_click_has_one_effect_and_leads_on(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    first, second = (decide(anna, page, decision="accept") for _ in range(2))
    assert first.location == second.location
    assert [step.step for step in steps(app, "СОШ №5", 1)].count(Step.ACCEPTED) == 1


def test_a_decision_without_a_button_changes_nothing(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    assert decide(anna, anna.get(PAGE)).status_code == 422
    assert stage_row(app, "СОШ №5", 1).state is StageState.SUBMITTED


def test_a_stage_not_sent_offers_no_decision(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 1, "3"))
    answer = anna.get(PAGE)
    assert "Школа ещё не отправила этап на проверку" in text_of(answer)
    assert not soup(answer).select("form.review")
    assert anna.send("/schools/4/2020/stages/2/review", {"decision": "accept"}).status_code == 404


def test_a_remark_is_on_the_schools_sheet_at_once(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    decide(
        anna,
        page,
        decision="return",
        fix_by="14.12.2020",
        **{remark_fields(page)[0]: "Нет приказа."},
    )
    with app.app_context():
        sheet = stage_sheet(4, 1, 1)
    assert sheet is not None
    assert [remark.text for remark in sheet.remarks] == ["Нет приказа."]
    assert sheet.standing.due == date(2020, 12, 14)
