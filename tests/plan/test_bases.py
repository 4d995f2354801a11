"""The pupils that the plan is a share of: confirmed once, corrected in the grid, journalled."""

from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.plan import queries
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

PAGE = "/districts/1/settings/plan"
GRID = "?from=2024"  # part of the address of the grid's form: the page's first form is another
QUESTION = "База наставляемых — все обучающиеся района (2 852)?"
CONFIRMED = "все обучающиеся района: 2 852, подтверждено 09.12.2020"
REASON = "Отчёт ОО-1 на 01.09.2020"


def said(client: PageClient) -> str:
    return text_of(client.get(PAGE)).replace("\xa0", " ")


def journal(app: Flask) -> list[AuditEntry]:
    with app.app_context():
        rows = db.session.query(AuditEntry).filter(AuditEntry.event.startswith("plan:bases"))
        return list(rows.order_by(AuditEntry.id))


def pupils(app: Flask, school: int) -> int | None:
    with app.app_context():
        return next(row.pupils for row in queries.pupils(1) if row.school_id == school)


def test_the_question_is_asked_once(app: Flask, anna: PageClient) -> None:
    assert QUESTION in said(anna)
    page = anna.get(PAGE)
    assert anna.fill(page, "/bases/confirm").location == PAGE
    assert QUESTION not in said(anna)
    assert CONFIRMED in said(anna)
    anna.fill(page, "/bases/confirm")  # a second click, another tab
    (entry,) = journal(app)
    assert (entry.event, entry.subject) == ("plan:bases_confirmed", "База наставляемых: 2852")


def test_correcting_confirms(app: Flask, anna: PageClient, cast: Cast) -> None:
    school = cast.boris_school
    link = soup(anna.get(PAGE)).find("a", string="Исправить")
    assert link
    assert link["href"] == "#plan-grid"
    typed = {f"mentee_base_{school}": "446", f"mentor_base_{school}": "116", "reason": REASON}
    answer = anna.fill(f"{PAGE}{GRID}", GRID, **typed)
    assert (answer.status_code, answer.location) == (303, f"{PAGE}{GRID}")
    assert pupils(app, school) == 446
    assert CONFIRMED.replace("2 852", "2 862") in said(anna)
    changed, confirmed = journal(app)
    assert changed.changes == {
        "СОШ №5, обучающихся всего": [436, 446],
        "СОШ №5, обучающихся 9–11 классов": [None, 116],
        "причина": ["", REASON],
    }
    assert confirmed.subject == "База наставляемых: 2862"


def test_a_share_is_of_the_schools_whose_pupils_are_known(anna: PageClient, cast: Cast) -> None:
    typed = {f"mentor_base_{cast.boris_school}": "116", "reason": REASON}
    anna.fill(f"{PAGE}{GRID}", GRID, **typed)
    (row,) = (row for row in soup(anna.get(PAGE)).select("tfoot tr") if "Доля" in row.get_text())
    shares = [cell.get_text().replace("\xa0", " ") for cell in row.select("td")]
    assert shares[-1] == "10,3 %"  # 12 of 116, not 88 of 116


def test_the_next_year_is_filled_from_the_corrected_bases(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    school = cast.boris_school
    typed = {f"mentee_base_{school}": "500", f"mentor_base_{school}": "116", "reason": REASON}
    anna.fill(f"{PAGE}{GRID}", GRID, **typed)
    anna.fill(f"{PAGE}/years", year="2026", mentee_percent="10", mentor_percent="10")
    with app.app_context():
        found = {year: queries.target_rows(1, year)[school] for year in (2024, 2026)}
        assert (found[2026].mentees, found[2026].mentors) == (50, 12)
        assert found[2024].mentees == 305  # a cell that exists stays


def test_bases_of_earlier_years_confirm_nothing(app: Flask, anna: PageClient, cast: Cast) -> None:
    anna.fill(f"{PAGE}/years", year="2025", mentee_percent="", mentor_percent="")
    typed = {f"mentee_base_{cast.boris_school}": "400", "reason": REASON}
    anna.fill(f"{PAGE}{GRID}", GRID, **typed)
    assert [entry.event for entry in journal(app)] == ["plan:bases_changed"]
    assert pupils(app, cast.boris_school) == 436  # the last year's


def test_a_known_number_may_not_be_emptied(app: Flask, anna: PageClient, cast: Cast) -> None:
    typed = {f"mentee_base_{cast.boris_school}": "", "reason": REASON}
    answer = anna.fill(f"{PAGE}{GRID}", GRID, **typed)
    assert answer.status_code == 422
    assert "СОШ №5, обучающихся всего: Укажите, сколько обучающихся" in text_of(answer)
    assert journal(app) == []


def test_a_form_of_an_older_plan_keeps_what_was_typed(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    name = f"mentee_base_{cast.boris_school}"
    page = anna.get(f"{PAGE}{GRID}")
    anna.fill(page, GRID, **{name: "400", "reason": REASON})
    answer = anna.fill(page, GRID, **{name: "410", "reason": REASON})
    assert answer.status_code == 409
    assert "СОШ №5, обучающихся всего: сохранено 400, у вас 410" in text_of(answer)
    assert pupils(app, cast.boris_school) == 400


def test_only_the_coordinator_confirms(gleb: PageClient, boris: PageClient) -> None:
    for client in (gleb, boris):
        assert client.send(f"{PAGE}/bases/confirm").status_code == 403
