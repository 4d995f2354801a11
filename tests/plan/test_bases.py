"""The base of mentees: asked once whether it is all pupils, corrected, journalled."""

from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.plan import queries
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

YEARS = "/districts/1/settings/plan"
PAGE = f"{YEARS}/bases"
QUESTION = "База наставляемых — все обучающиеся района (2 852)?"
CONFIRMED = "все обучающиеся района: 2 852, подтверждено 09.12.2020"
REASON = "Отчёт ОО-1 на 01.09.2020"


def said(client: PageClient) -> str:
    return text_of(client.get(YEARS)).replace("\xa0", " ")


def journal(app: Flask) -> list[AuditEntry]:
    with app.app_context():
        rows = db.session.query(AuditEntry).filter(AuditEntry.event.startswith("plan:bases"))
        return list(rows.order_by(AuditEntry.id))


def pupils(app: Flask, school: int) -> int | None:
    with app.app_context():
        return next(row.pupils for row in queries.pupils(1) if row.school_id == school)


def test_the_question_is_asked_once(app: Flask, anna: PageClient) -> None:
    assert QUESTION in said(anna)
    page = anna.get(YEARS)
    assert anna.fill(page, "/bases/confirm").location == YEARS
    assert QUESTION not in said(anna)
    assert CONFIRMED in said(anna)
    anna.fill(page, "/bases/confirm")  # a second click, another tab
    (entry,) = journal(app)
    assert (entry.event, entry.subject) == ("plan:bases_confirmed", "База наставляемых: 2852")


def test_correcting_confirms(app: Flask, anna: PageClient, cast: Cast) -> None:
    school = cast.boris_school
    link = soup(anna.get(YEARS)).find("a", string="Исправить")
    assert link
    assert link["href"] == PAGE
    before = pupils(app, school)
    assert before
    answer = anna.fill(PAGE, **{f"pupils_{school}": str(before + 10), "reason": REASON})
    assert (answer.status_code, answer.location) == (303, YEARS)
    assert pupils(app, school) == before + 10
    assert CONFIRMED.replace("2 852", "2 862") in said(anna)
    changed, confirmed = journal(app)
    assert changed.changes == {"СОШ №5": [before, before + 10], "причина": ["", REASON]}
    assert confirmed.subject == "База наставляемых: 2862"


def test_the_next_year_is_filled_from_the_corrected_base(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    anna.fill(PAGE, **{f"pupils_{cast.boris_school}": "500", "reason": REASON})
    anna.fill(YEARS, year="2026", mentee_percent="10", mentor_percent="")
    with app.app_context():
        found = {year: queries.target_rows(1, year)[cast.boris_school] for year in (2024, 2026)}
        assert found[2026].mentees == 50
        assert found[2024].mentees == 305  # a cell that exists stays


def test_saving_what_was_right_confirms_without_a_change(app: Flask, anna: PageClient) -> None:
    anna.fill(PAGE, reason=REASON)
    assert [entry.event for entry in journal(app)] == ["plan:bases_confirmed"]


def test_a_known_number_may_not_be_emptied(app: Flask, anna: PageClient, cast: Cast) -> None:
    answer = anna.fill(PAGE, **{f"pupils_{cast.boris_school}": "", "reason": REASON})
    assert answer.status_code == 422
    assert "Укажите, сколько обучающихся в школе" in text_of(answer)
    assert journal(app) == []


def test_a_form_of_an_older_plan_keeps_what_was_typed(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    school = cast.boris_school
    page = anna.get(PAGE)
    anna.fill(PAGE, **{f"pupils_{school}": "400", "reason": REASON})
    answer = anna.fill(page, "/bases", **{f"pupils_{school}": "410", "reason": REASON})
    assert answer.status_code == 409
    assert "СОШ №5: сохранено 400, у вас 410" in text_of(answer)
    assert pupils(app, school) == 400


def test_only_the_coordinator_is_asked(gleb: PageClient, boris: PageClient) -> None:
    for client in (gleb, boris):
        assert client.get(PAGE).status_code == 403
