"""Questions with lists: worded by the coordinator, printed, typed in stacks, answered by links."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav.db import db
from nastav.feedback import questionnaires
from nastav.feedback.models import Moment, QuestionKind, Respondent, Response
from tests.feedback.sheets import questionnaire
from tests.feedback.test_options import HELP, SOURCES, ask, fields, kept, page_of
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

OPTIONS = "от учителя\n  от   друзей \n\nс сайта школы\n"


def edit_page(app: Flask, cast: Cast) -> str:
    with app.app_context():
        found = questionnaire(cast, Respondent.MENTEE, Moment.FINAL)
        return f"/districts/{cast.district}/settings/questionnaires/{found.id}/edit"


def grid(app: Flask, cast: Cast) -> str:
    with app.app_context():
        found = questionnaire(cast, Respondent.MENTEE, Moment.FINAL)
        return f"{page_of(cast)}/grid?questionnaire={found.id}&rows=10"


def test_the_coordinator_writes_the_options_one_a_line(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    typed = {"text_9": "От кого узнали?", "kind_9": "one", "options_9": OPTIONS}
    answer = anna.fill(edit_page(app, cast), **typed)
    assert answer.status_code == 303
    with app.app_context():
        last = questionnaire(cast, Respondent.MENTEE, Moment.FINAL).questions[-1]
        assert (last.kind, last.options) == (QuestionKind.ONE, list(SOURCES))
    shown = text_of(anna.get(str(answer.location)))
    assert "один из списка: от учителя; от друзей; с сайта школы" in shown
    again = anna.fill(edit_page(app, cast), options_9="от учителя\nсам нашёл")
    assert again.status_code == 303
    with app.app_context():
        last = questionnaire(cast, Respondent.MENTEE, Moment.FINAL).questions[-1]
        assert (last.key, last.options) == ("own_1", ["от учителя", "сам нашёл"])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("", "Нужно от 2 до 12 вариантов, а вписано 0."),
        ("да", "Нужно от 2 до 12 вариантов, а вписано 1."),
        ("\n".join(map(str, range(13))), "Нужно от 2 до 12 вариантов, а вписано 13."),
        ("да\nнет\n ДА", "Вариант «ДА» вписан дважды, оставьте один."),
        (f"да\n{'н' * 101}", f"Вариант «{'н' * 40}…» длиннее 100 знаков: в нём 101."),
    ],
)
def test_a_list_that_cannot_be_asked_is_refused_and_stays(
    app: Flask, cast: Cast, anna: PageClient, options: str, sentence: str
) -> None:
    typed = {"text_9": "Когда?", "kind_9": "several", "options_9": options}
    answer = anna.fill(edit_page(app, cast), **typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    area = soup(answer).find("textarea", id="options_9")
    assert area is not None
    assert area.get_text().strip() == options.strip()


def test_options_of_a_question_without_a_list_are_not_lost_in_silence(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    typed = {"text_9": "Когда?", "kind_9": "text", "options_9": "да\nнет"}
    answer = anna.fill(edit_page(app, cast), **typed)
    assert answer.status_code == 422
    assert "Варианты бывают только у ответа из списка" in text_of(answer)


def test_options_without_a_question_are_not_lost_in_silence(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    answer = anna.fill(edit_page(app, cast), kind_9="one", options_9="да\nнет")
    assert answer.status_code == 422
    assert "Впишите вопрос" in text_of(answer)


def test_a_printed_list_is_numbered_as_the_grid_asks(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    asked = ask(app, cast)
    at = f"{page_of(cast)}/paper/print?questionnaire={asked.id}&for_whom=copies&copies=1"
    sheet = soup(boris.get(at)).select("article.paper")[0]
    lists = [[line.get_text() for line in each.select("li")] for each in sheet.select("ol")]
    assert lists == [list(SOURCES), list(HELP)]
    assert "В чём помогли? (можно обвести несколько)" in sheet.get_text()
    assert "1 — от учителя; 2 — от друзей; 3 — с сайта школы" in text_of(boris.get(grid(app, cast)))


def test_a_stack_takes_numbers_of_options_and_keeps_the_order_of_its_rows(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    ask(app, cast)
    source, helped = fields(app, cast)
    typed = {
        f"r1_{source}": "3", f"r1_{helped}": "3, 1",
        f"r2_{helped}": "2",
        f"r4_{source}": "1", f"r4_{helped}": "1 2 3",
    }  # fmt: skip
    assert boris.fill(grid(app, cast), answered_on="8.12", **typed).status_code == 303
    with app.app_context():
        rows = select(Response).options(selectinload(Response.answers)).order_by(Response.id)
        saved = [[answer.value for answer in row.answers] for row in db.session.scalars(rows)]
    assert saved == [[4, 5], [2], [1, 7]]


@pytest.mark.parametrize(
    ("column", "typed", "needed"),
    [
        (0, "4", "номер варианта от 1 до 3"),
        (0, "1,2", "номер варианта от 1 до 3"),
        (0, "0", "номер варианта от 1 до 3"),
        (1, "1,4", "номера вариантов от 1 до 3 через запятую, каждый один раз"),
        (1, "2,2", "номера вариантов от 1 до 3 через запятую, каждый один раз"),
        (1, "учёба", "номера вариантов от 1 до 3 через запятую, каждый один раз"),
        (1, "1,", "номера вариантов от 1 до 3 через запятую, каждый один раз"),
    ],
)
def test_a_number_that_no_option_has_is_refused_by_row_and_column(
    app: Flask, cast: Cast, boris: PageClient, column: int, typed: str, needed: str
) -> None:
    ask(app, cast)
    cell = f"r2_{fields(app, cast)[column]}"
    answer = boris.fill(grid(app, cast), answered_on="8.12", **{cell: typed})
    assert answer.status_code == 422
    assert f"нужно {needed} или ничего, а введено «{typed}»" in text_of(answer)
    assert kept(app) == []


def open_link(app: Flask, asked_id: int, boris: PageClient, at: str) -> str:
    """Make links to a questionnaire; return the address behind the first."""
    typed = {"questionnaire": str(asked_id), "size": "5", "expires_on": "20.12.2020"}
    made = boris.fill(at, **typed)
    slips = soup(boris.get(f"{made.location}/print"))
    return f"/a/{slips.select('.slips dd.nowrap')[0].get_text()}"


def test_behind_a_link_nothing_is_marked_beforehand(
    app: Flask, cast: Cast, boris: PageClient, nobody: PageClient
) -> None:
    asked = ask(app, cast)
    link = open_link(app, asked.id, boris, f"{page_of(cast)}/links")
    page: Any = nobody.get(link)
    assert soup(page).select("input[type=radio], input[type=checkbox]")
    assert not soup(page).select("[checked]")
    refused = nobody.fill(page)
    assert refused.status_code == 422
    assert "Нет ни одного ответа" in text_of(refused)
    assert not soup(refused).select("[checked]")
    _, helped = fields(app, cast)
    assert nobody.fill(refused, **{helped: ["2", "4"]}).status_code == 303


def test_a_mark_that_is_no_answer_is_refused_behind_a_link_too(
    app: Flask, cast: Cast, boris: PageClient, nobody: PageClient
) -> None:
    asked = ask(app, cast)
    link = open_link(app, asked.id, boris, f"{page_of(cast)}/links")
    source, _ = fields(app, cast)
    answer = nobody.fill(link, **{source: "3"})
    assert answer.status_code == 422
    assert "Отметьте вариант из списка" in text_of(answer)


# --- variants -------------------------------------------------------------------------------------


def variant_page(app: Flask, cast: Cast, anna: PageClient, kind: str) -> str:
    page = anna.get(edit_page(app, cast).removesuffix("/edit"))
    link = soup(page).find("a", attrs={"aria-label": f"Сделать вариант для формы «{kind}»"})
    assert link is not None
    return str(link["href"])


def test_a_variant_for_one_form_is_asked_beside_the_common_one(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    at = variant_page(app, cast, anna, "учитель – ученик")
    assert anna.fill(at, text_9="Помог ли учитель?", kind_9="yes_no").status_code == 303
    title = "Анкета наставляемого: итоги работы"
    with app.app_context():
        offered = [title for _, title in questionnaires.choices(cast.district)]
        common = questionnaire(cast, Respondent.MENTEE, Moment.FINAL)
        assert (common.number, common.title) == (1, title)
    assert offered[2:4] == [title, f"{title} (учитель – ученик)"]
    chosen = soup(boris.get(f"{page_of(cast)}/new")).find("a", string=offered[3])
    assert chosen is not None
    form = boris.get(str(chosen["href"]))
    assert "Помог ли учитель?" in text_of(form)
    marks = soup(form).select("fieldset .mark input[value='1']")
    answer = boris.fill(form, answered_on="8.12", next="1", **{str(marks[-1]["name"]): "1"})
    assert "kind=" in str(answer.location)
    assert "Помог ли учитель?" in text_of(boris.get(str(answer.location)))


def test_a_variant_made_twice_at_once_keeps_what_the_second_typed(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    at = variant_page(app, cast, anna, "учитель – ученик")
    second = anna.get(at)
    anna.fill(at, text_9="Первый?", kind_9="yes_no")
    answer = anna.fill(second, text_9="Второй?", kind_9="yes_no")
    assert answer.status_code == 409
    assert "Второй?" in text_of(answer)
    assert "Первый?" in text_of(answer)


def test_a_form_of_another_district_or_none_has_no_variant(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    for kind in ("999", "x", ""):
        assert anna.get(f"{edit_page(app, cast)}?kind={kind}").status_code == 404
