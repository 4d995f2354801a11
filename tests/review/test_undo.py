"""Taking a decision back (rules.md#undo), and opening an accepted stage again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from nastav.db import writing
from nastav.review import queries
from nastav.review.forms import PHRASES
from nastav.stages.models import StageState, Step
from tests.review.deciding import decide, remark_fields
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.stages import StageOf, put, remarks, send_again, stage_row, steps, withdraw

STAGE = "/schools/4/2020/stages/1"  # СОШ №5
PAGE = f"{STAGE}/review"
SENT = ("СОШ №5", 1, "submitted")


def accept(anna: PageClient) -> str:
    """Accept the stage and return the address that opens by itself."""
    return str(decide(anna, anna.get(PAGE), decision="accept").location)


def test_a_decision_is_named_and_can_be_taken_back(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    following = accept(anna)
    assert "СОШ №5, этап I принят." in text_of(anna.get(following))
    answer = anna.fill(following, "/undo")
    assert answer.location == PAGE
    row = stage_row(app, "СОШ №5", 1)
    assert (row.state, row.decided_at) == (StageState.SUBMITTED, None)
    taken = steps(app, "СОШ №5", 1)
    assert [step.step for step in taken[-2:]] == [Step.ACCEPTED, Step.UNDONE]
    assert taken[-2].is_undone
    assert "Решение отменено" in text_of(anna.get(PAGE))


def test_undoing_a_return_brings_the_earlier_remarks_back(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 1, "returned"))
    send_again(app, "СОШ №5", 1)
    page = anna.get(PAGE)
    typed = {remark_fields(page)[1]: "Ещё одно."}
    answer = decide(anna, page, decision="return", fix_by="14.12.2020", **typed)
    anna.fill(str(answer.location), "/undo")
    assert [(remark.text, remark.is_open) for remark in remarks(app)] == [
        ("Укажите номер приказа.", True),
        ("Ещё одно.", False),
    ]
    row = stage_row(app, "СОШ №5", 1)
    assert (row.state, row.fix_by) == (StageState.SUBMITTED, date(2020, 12, 5))
    assert row.decided_at is not None


def test_the_remarks_of_a_return_taken_back_stand_in_the_form_again(
    anna: PageClient, app: Flask
) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    first, second, *_ = remark_fields(page)
    phrase = first.replace("remark", "phrase")
    typed = {phrase: PHRASES[0], first: "Номер не читается.", second: "Нет приказа.\r\nИ плана."}
    answer = decide(anna, page, decision="return", fix_by="14.12.2020", **typed)
    anna.fill(str(answer.location), "/undo")
    again = anna.get(PAGE)
    values = form_values(find_form(again, PAGE))
    assert values[phrase] == [PHRASES[0]]
    assert values[first] == "Номер не читается."
    assert values[second] == "Нет приказа.\nИ плана."
    assert values["fix_by"] == ["14.12.2020"]
    assert "снова в форме" in text_of(again)
    assert decide(anna, again, decision="return").status_code == 303
    assert [remark.text for remark in remarks(app, is_open=True)] == [
        f"{PHRASES[0]} Номер не читается.",
        "Нет приказа.\nИ плана.",
    ]
    assert stage_row(app, "СОШ №5", 1).fix_by == date(2020, 12, 14)


def test_remarks_taken_back_are_gone_once_the_stage_went_on(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    answer = decide(anna, page, decision="return", **{remark_fields(page)[0]: "Нет приказа."})
    anna.fill(str(answer.location), "/undo")
    withdraw(app, "СОШ №5", 1)
    send_again(app, "СОШ №5", 1)
    again = anna.get(PAGE)
    assert form_values(find_form(again, PAGE))[remark_fields(again)[0]] == ""
    assert "снова в форме" not in text_of(again)


def test_undo_is_void_once_the_school_has_saved(
    anna: PageClient, boris: PageClient, app: Flask
) -> None:
    put(app, SENT)
    page = anna.get(PAGE)
    typed = {remark_fields(page)[0]: "Нет приказа."}
    following = anna.get(str(decide(anna, page, decision="return", **typed).location))
    assert soup(following).select("#undo")
    saved = boris.fill(
        f"{STAGE}/activities/1/edit", "edit", status="in_progress", comment="Ищем приказ"
    )
    assert saved.status_code == 303
    assert not soup(anna.get(following.request.full_path)).select("#undo")
    answer = anna.fill(following, "/undo")
    assert answer.status_code == 409
    assert "Решение уже нельзя отменить" in text_of(answer)
    assert stage_row(app, "СОШ №5", 1).state is StageState.RETURNED


@pytest.mark.parametrize(("minutes", "status"), [(9, 303), (11, 409), (-4, 303), (-6, 409)])
def test_undo_holds_for_ten_minutes(
    anna: PageClient, app: Flask, minutes: int, status: int
) -> None:
    put(app, SENT)
    following = anna.get(accept(anna))
    with app.app_context(), writing():
        row = StageOf("СОШ №5", 1).row()
        made = queries.last_step(row.id)
        assert made is not None
        made.at = datetime.now(UTC) - timedelta(minutes=minutes)
    assert anna.fill(following, "/undo").status_code == status


def test_a_decision_of_somebody_else_is_neither_named_nor_undone(
    anna: PageClient, app: Flask, cast: Cast
) -> None:
    put(app, SENT)
    accept(anna)
    with app.app_context(), writing():
        made = queries.last_step(StageOf("СОШ №5", 1).row().id)
        assert made is not None
        made.actor_id = cast.users["gleb"]
    assert "принят." not in text_of(anna.get(f"/districts/1/review?done={made.id}"))
    assert anna.send(f"{PAGE}/undo", {"decision": made.id}).status_code == 409


def test_undone_twice_is_undone_once(anna: PageClient, app: Flask) -> None:
    put(app, SENT)
    following = anna.get(accept(anna))
    assert anna.fill(following, "/undo").status_code == 303
    assert anna.fill(following, "/undo").status_code == 409
    assert [step.step for step in steps(app, "СОШ №5", 1)].count(Step.UNDONE) == 1


def test_reopening_asks_for_a_reason_and_a_day(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 1, "accepted"))
    answer = anna.fill(PAGE, "/reopen", reason="", fix_by="1.12.2020")
    assert answer.status_code == 422
    assert "Укажите причину" in text_of(answer)
    assert "Этот день уже прошёл" in text_of(answer)
    assert stage_row(app, "СОШ №5", 1).state is StageState.ACCEPTED


def test_reopening_answers_the_schools_request(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 1, "accepted"))
    with app.app_context(), writing():
        StageOf("СОШ №5", 1).row().reopening_reason = "Приказ заменён новым"
    assert "Приказ заменён новым" in text_of(anna.get(PAGE))
    answer = anna.fill(PAGE, "/reopen", reason="Замените приказ", fix_by="16.12.2020")
    assert answer.location == PAGE
    row = stage_row(app, "СОШ №5", 1)
    assert (row.state, row.fix_by, row.reopening_reason) == (
        StageState.RETURNED,
        date(2020, 12, 16),
        "",
    )
    assert steps(app, "СОШ №5", 1)[-1].note == "Замените приказ"


def test_a_stale_reopening_keeps_the_reason(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 1, "accepted"))
    page = anna.get(PAGE)
    with app.app_context(), writing():
        StageOf("СОШ №5", 1).row().reopening_reason = "Приказ заменён новым"
    answer = anna.fill(page, "/reopen", reason="Замените приказ", fix_by="16.12.2020")
    assert answer.status_code == 409
    assert "Замените приказ" in answer.get_data(as_text=True)
    assert anna.fill(answer, "/reopen").status_code == 303
