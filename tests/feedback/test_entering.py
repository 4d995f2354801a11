"""Entering a response by the form, without JavaScript."""

from datetime import date

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.feedback.models import Response
from tests.feedback.sheets import questions
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.people import add_group


def new(cast: Cast, more: str = "") -> str:
    at = f"/schools/{cast.boris_school}/2020/feedback/new"
    return f"{at}?part=mentee&moment=final{more}"


def saved(app: Flask) -> list[Response]:
    with app.app_context():
        rows = select(Response).options(selectinload(Response.answers)).order_by(Response.id)
        return list(db.session.scalars(rows))


def test_each_questionnaire_is_chosen_by_one_link(boris: PageClient, cast: Cast) -> None:
    at = f"/schools/{cast.boris_school}/2020/feedback/new"
    links = soup(boris.get(at)).select("main li a[href*='part=']")
    assert len(links) == 8
    for link in links:
        assert link.get_text() in text_of(boris.get(str(link["href"])))
    assert "Какую анкету заполнили" in text_of(boris.get(f"{at}?part=mentor&moment=someday"))


def test_a_filled_questionnaire_is_saved_with_what_was_answered(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    asked = questions(app, cast)
    typed = {
        f"q{asked['satisfied'].id}": "7",
        f"q{asked['wants_to_continue'].id}": "0",
        f"q{asked['valued'].id}": "Проект",
    }
    answer = boris.fill(new(cast), answered_on="8.12", **typed)
    assert answer.status_code == 303
    row = saved(app)[0]
    assert (row.school_id, row.first_year) == (cast.boris_school, 2020)
    assert row.answered_on == date(2020, 12, 8)
    given = {answer.question_id: (answer.value, answer.text) for answer in row.answers}
    assert given == {
        asked["satisfied"].id: (7, ""),
        asked["wants_to_continue"].id: (0, ""),
        asked["valued"].id: (None, "Проект"),
    }


def test_a_scale_is_ten_radios_and_no_answer_is_chosen_at_first(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    name = f"q{questions(app, cast)['satisfied'].id}"
    radios = soup(boris.get(new(cast))).select(f"input[type=radio][name={name}]")
    assert [radio["value"] for radio in radios] == [*map(str, range(1, 11)), ""]
    assert [radio["value"] for radio in radios if radio.has_attr("checked")] == [""]


def test_an_empty_questionnaire_is_refused(app: Flask, cast: Cast, boris: PageClient) -> None:
    answer = boris.fill(new(cast), answered_on="08.12.2020")
    assert answer.status_code == 422
    assert "Нет ни одного ответа" in text_of(answer)
    assert saved(app) == []


def test_wrong_dates_are_explained_and_what_was_typed_is_kept(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    asked = questions(app, cast)
    mark, text = f"q{asked['satisfied'].id}", f"q{asked['valued'].id}"
    for typed, sentence in (
        ("", "Укажите дату, когда заполнили анкету."),
        ("31.11.2020", "31.11.2020 не существует"),
        ("10.12.2020", "Дата ещё не наступила"),
        ("31.08.2020", "Дата не относится к 2020/21 учебному году"),
    ):
        answer = boris.fill(new(cast), answered_on=typed, **{mark: "9", text: "Ёлка"})
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        kept = form_values(find_form(answer))
        assert (kept["answered_on"], kept[mark], kept[text]) == ([typed], ["9"], "Ёлка")
    assert saved(app) == []


def test_a_mark_of_eleven_and_a_foreign_pair_are_refused(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    mark = f"q{questions(app, cast)['satisfied'].id}"
    answer = boris.fill(new(cast), answered_on="08.12.2020", **{mark: "11", "pair": "999"})
    assert answer.status_code == 422
    assert "Отметьте число от 1 до 10 или «нет ответа»." in text_of(answer)
    assert "Выберите пару из списка" in text_of(answer)


def test_a_response_may_name_a_pair_of_the_school(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient
) -> None:
    mark = f"q{questions(app, cast)['satisfied'].id}"
    with app.app_context(), writing():
        mentor, *_ = add_group(cast.boris_school, 2)
        surname = mentor.surname
    boris.fill(new(cast), answered_on="08.12.2020", **{mark: "9", "pair": "1"})
    assert saved(app)[0].pair_id == 1
    page = text_of(boris.get(f"/schools/{cast.boris_school}/2020/feedback/1"))
    assert surname in page
    foreign = f"/schools/{cast.vera_school}/2020/feedback/new?part=mentee&moment=final"
    answer = vera.fill(foreign, answered_on="08.12.2020", **{mark: "9", "pair": "1"})
    assert answer.status_code == 422


def test_the_next_form_keeps_part_moment_and_date(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    mark = f"q{questions(app, cast)['satisfied'].id}"
    page = boris.get(new(cast))
    data = form_values(find_form(page)) | {"answered_on": "08.12.2020", mark: "9", "next": "1"}
    answer = boris.post(find_form(page)["action"], data=data, follow_redirects=True)
    assert "Ответ внесён." in text_of(answer)
    assert "Анкета наставляемого: итоги работы" in text_of(answer)
    kept = form_values(find_form(answer))
    assert (kept["answered_on"], kept[mark]) == (["08.12.2020"], [""])


def test_a_second_click_adds_nothing(app: Flask, cast: Cast, boris: PageClient) -> None:
    mark = f"q{questions(app, cast)['satisfied'].id}"
    page = boris.get(new(cast))
    data = form_values(find_form(page)) | {"answered_on": "08.12.2020", mark: "9"}
    answers = [boris.post(find_form(page)["action"], data=data) for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [
        (303, f"/schools/{cast.boris_school}/2020/feedback")
    ] * 2
    assert len(saved(app)) == 1


def test_fields_nobody_asked_for_are_not_taken(app: Flask, cast: Cast, boris: PageClient) -> None:
    mark = f"q{questions(app, cast)['satisfied'].id}"
    data = form_values(find_form(boris.get(new(cast))))
    data |= {"answered_on": "08.12.2020", mark: "9"}
    data |= {"school_id": cast.vera_school, "first_year": 2021, "version": 7, "person_id": 1}
    boris.post(new(cast).split("?")[0], data=data)
    row = saved(app)[0]
    assert (row.school_id, row.first_year, row.version) == (cast.boris_school, 2020, 1)
    assert row.person_id is None


def test_the_journal_knows_of_the_entry_but_not_what_was_answered(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    asked = questions(app, cast)
    text = f"q{asked['valued'].id}"
    boris.fill(new(cast), answered_on="08.12.2020", **{text: "канарейка"})
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).filter_by(event="response:added")).one()
    assert entry.subject == "№ 1, наставляемые, итог"
    assert (entry.school_id, entry.actor_name) == (cast.boris_school, "Борис Белов")
    assert entry.changes is None


def test_the_head_reads_but_does_not_enter(galina: PageClient, cast: Cast) -> None:
    page = galina.get(f"/schools/{cast.boris_school}/2020/feedback")
    assert page.status_code == 200
    assert "Внести ответ" not in text_of(page)
    assert galina.get(new(cast)).status_code == 403
    assert galina.send(new(cast)).status_code == 403
