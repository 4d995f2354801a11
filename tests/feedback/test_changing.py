"""Reading, correcting and deleting a response."""

from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.feedback import queries, questionnaires
from nastav.feedback.models import Moment, Question, Questionnaire, Respondent, Response
from tests.conftest import ClientOf
from tests.feedback.sheets import enter, questions
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of

HTML = "<b>жирно</b> & <script>alert(1)</script>"


def at(cast: Cast, response_id: int, more: str = "") -> str:
    return f"/schools/{cast.boris_school}/2020/feedback/{response_id}{more}"


def stored(app: Flask, cast: Cast, response_id: int) -> tuple[Response, dict[int, int | str]]:
    with app.app_context():
        row = queries.response(cast.boris_school, 2020, response_id)
        assert row is not None
        return row, {
            answer.question_id: answer.text or (answer.value or 0) for answer in row.answers
        }


def test_open_answers_are_read_by_the_school_with_html_escaped(
    app: Flask, cast: Cast, galina: PageClient
) -> None:
    (response_id,) = enter(app, cast, {"valued": HTML, "wants_to_mentor": 0})
    page = galina.get(at(cast, response_id))
    assert HTML in text_of(page)
    assert not soup(page).select("main b, main script")
    assert "Исправить ответ" not in text_of(page)
    no = soup(page).find("dt", string=lambda text: bool(text and "стать наставником" in text))
    assert no
    assert no.find_next("dd").get_text() == "нет"


def test_a_corrected_response_keeps_the_rest(app: Flask, cast: Cast, boris: PageClient) -> None:
    asked = questions(app, cast)
    (response_id,) = enter(app, cast, {"satisfied": 3, "usefulness": 8, "valued": "Проект"})
    changed = {f"q{asked['satisfied'].id}": "10", f"q{asked['valued'].id}": ""}
    answer = boris.fill(at(cast, response_id, "/edit"), answered_on="02.12.2020", **changed)
    assert (answer.status_code, answer.location) == (303, at(cast, response_id))
    row, given = stored(app, cast, response_id)
    assert given == {asked["satisfied"].id: 10, asked["usefulness"].id: 8}
    assert (row.version, row.answered_on.day) == (2, 2)


def test_of_two_tabs_the_second_sees_both_and_may_keep_its_own(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    asked = questions(app, cast)
    mark = f"q{asked['satisfied'].id}"
    (response_id,) = enter(app, cast, 3)
    late = boris.get(at(cast, response_id, "/edit"))
    boris.fill(at(cast, response_id, "/edit"), **{mark: "5"})
    answer = boris.fill(late, **{mark: "9"})
    assert answer.status_code == 409
    rows = soup(answer).select("#differences tbody tr")
    assert [row.get_text("|", strip=True) for row in rows] == [f"{asked['satisfied'].text}|9|5"]
    assert stored(app, cast, response_id)[1][asked["satisfied"].id] == 5
    assert soup(answer).find("a", string="Взять сохранённое")
    assert boris.fill(answer, **{}).status_code == 303  # «Оставить моё»
    assert stored(app, cast, response_id)[1][asked["satisfied"].id] == 9


def test_a_changed_text_alone_makes_the_other_tab_stale(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    text = f"q{questions(app, cast)['valued'].id}"
    (response_id,) = enter(app, cast, {"valued": "было"})
    late = boris.get(at(cast, response_id, "/edit"))
    boris.fill(at(cast, response_id, "/edit"), **{text: "стало"})
    assert boris.fill(late, **{text: "моё"}).status_code == 409


def test_saving_twice_changes_once(app: Flask, cast: Cast, boris: PageClient) -> None:
    mark = f"q{questions(app, cast)['satisfied'].id}"
    (response_id,) = enter(app, cast, 3)
    page = boris.get(at(cast, response_id, "/edit"))
    assert [boris.fill(page, **{mark: "5"}).status_code for _ in range(2)] == [303, 303]
    with app.app_context():
        rows = select(func.count()).select_from(AuditEntry).filter_by(event="response:changed")
        assert db.session.scalar(rows) == 1


def test_an_old_response_keeps_its_own_questionnaire(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    (old,) = enter(app, cast, 3)
    new_wording(app, cast, "Довольны ли вы?")
    assert "Насколько вы довольны совместной работой" in text_of(boris.get(at(cast, old, "/edit")))
    newest = f"/schools/{cast.boris_school}/2020/feedback/new?part=mentee&moment=final"
    assert "Довольны ли вы?" in text_of(boris.get(newest))


def test_answers_to_two_wordings_of_a_question_are_summed(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    enter(app, cast, 8, 8, 8)
    new_wording(app, cast, "Довольны ли вы?")
    enter(app, cast, 9, 9)
    page = text_of(boris.get(f"/schools/{cast.boris_school}/2020/feedback"))
    assert "7 и больше из 10 поставили 5 из 5" in page
    assert "Довольны ли вы?" in page
    assert "Насколько вы довольны" not in page


def new_wording(app: Flask, cast: Cast, text: str) -> None:
    """Add a second version of the final questionnaire of mentees, with this one question."""
    with app.app_context(), writing():
        source = questionnaires.newest(cast.district, Respondent.MENTEE, Moment.FINAL)
        assert source is not None
        first = source.questions[0]
        question = Question(
            ordinal=1, key=first.key, kind=first.kind, text=text, low=first.low, high=first.high
        )
        db.session.add(
            Questionnaire(
                district_id=cast.district,
                part=Respondent.MENTEE,
                moment=Moment.FINAL,
                number=2,
                title=source.title,
                questions=[question],
            )
        )


def test_a_deleted_response_is_gone_from_pages_and_kept_in_the_table(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    ids = enter(app, cast, 8, 8, 8, 8, 8)
    page = boris.get(at(cast, ids[0]))
    answers = [boris.fill(page, "/delete") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    listed = text_of(boris.get(f"/schools/{cast.boris_school}/2020/feedback"))
    assert f"Ответ № {ids[0]}" not in listed
    assert "поставили" not in listed  # four are left
    assert boris.get(at(cast, ids[0])).status_code == 404
    assert boris.get(at(cast, ids[0], "/edit")).status_code == 404
    with app.app_context():
        events = db.session.scalars(select(AuditEntry.event).filter_by(event="response:deleted"))
        assert list(events) == ["response:deleted"]
        assert db.session.get_one(Response, ids[0]).deleted_at is not None


def test_a_stale_page_does_not_delete(app: Flask, cast: Cast, boris: PageClient) -> None:
    (response_id,) = enter(app, cast, 3)
    page = boris.get(at(cast, response_id))
    boris.fill(at(cast, response_id, "/edit"), answered_on="02.12.2020")
    assert boris.fill(page, "/delete").status_code == 409
    assert stored(app, cast, response_id)[0].deleted_at is None


def test_what_was_typed_into_a_response_deleted_meanwhile_can_be_saved_anew(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    text = f"q{questions(app, cast)['valued'].id}"
    (response_id,) = enter(app, cast, {"valued": "было"})
    late = boris.get(at(cast, response_id, "/edit"))
    boris.fill(at(cast, response_id), "/delete")
    answer = boris.fill(late, **{text: "моё"})
    assert answer.status_code == 409
    assert form_values(find_form(answer))[text] == "моё"
    assert boris.fill(answer).status_code == 303
    with app.app_context():
        rows = select(Response).filter_by(deleted_at=None).options(selectinload(Response.answers))
        assert [row.answers[0].text for row in db.session.scalars(rows)] == ["моё"]


def test_a_response_of_another_school_or_year_is_not_found(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, client_of: ClientOf
) -> None:
    (response_id,) = enter(app, cast, 3)
    enter(app, cast, 4, login="vera")
    assert vera.get(at(cast, response_id)).status_code == 404
    for more in ("", "/edit"):
        own = f"/schools/{cast.vera_school}/2020/feedback/{response_id}{more}"
        assert vera.get(own).status_code == 404
    assert (
        vera.send(f"/schools/{cast.vera_school}/2020/feedback/{response_id}/delete").status_code
        == 404
    )
    with app.app_context(), writing():
        db.session.execute(update(Response).filter_by(id=response_id).values(first_year=2026))
    assert boris.get(at(cast, response_id)).status_code == 404


def test_single_answers_are_refused_to_the_district_and_changes_to_the_head(
    app: Flask, cast: Cast, anna: PageClient, gleb: PageClient, galina: PageClient
) -> None:
    (response_id,) = enter(app, cast, 3)
    for client in (anna, gleb):
        assert client.get(at(cast, response_id)).status_code == 403
        assert client.get(f"/schools/{cast.boris_school}/2020/feedback").status_code == 403
    assert galina.send(at(cast, response_id, "/edit")).status_code == 403
    assert galina.send(at(cast, response_id, "/delete")).status_code == 403


def test_answers_to_a_wording_that_asks_nothing_are_counted(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    ids = enter(app, cast, 8, 8, 8, 8, 8)
    with app.app_context(), writing():
        empty = Questionnaire(
            district_id=cast.district,
            part=Respondent.MENTEE,
            moment=Moment.FINAL,
            number=2,
            title="Без вопросов",
        )
        db.session.add(empty)
        db.session.flush()
        db.session.get_one(Response, ids[0]).questionnaire_id = empty.id
    page = text_of(boris.get(f"/schools/{cast.boris_school}/2020/feedback"))
    assert "поставили 5 из 5" in page
