"""Ready pairs: rows that name both sides become draft pairs, once, and the undo takes them back."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from nastav.db import db
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Kind, Part, Participation
from tests.loads.loading import checked, load_of, people, sent, tables, updated, url
from tests.registers.test_codes import switch
from tests.support.books import rows_of
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.registers import registers

HEAD = (
    "ФИО наставляемого\tКласс\tФИО наставника\tМесто работы/учебы наставника\tФорма\t"
    "Период\tПриказ\tИтог\n"
)
ROW = (
    "Птицына Ольга\t7А\tГромов Юрий Ильич\tСОШ №5, 10Б\tученик-ученик\t"
    "01.10.2020-25.05.2021\t№ 12 от 30.09.2020\tрада\n"
)


def pairs(app: Flask) -> list[dict[str, Any]]:
    with app.app_context():
        rows = db.session.query(Pair).order_by(Pair.id)
        members = db.session.query(PairMember.pair_id, PairMember.part)
        sides = [(pair, part) for pair, part in members]
        return [
            {**vars(row), "sides": sorted(part.value for at, part in sides if at == row.id)}
            for row in rows
        ]


def test_a_row_with_both_sides_makes_a_draft_and_its_mentor(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = checked(boris, cast, HEAD + ROW + "Ёлкин Лев\t5Б\tГромов Ю. И.\t\tученик-ученик\t\t\t")
    text = text_of(page).replace("\xa0", " ")
    assert "черновик пары: наставник Громов Юрий Ильич, новая запись, ученик 10 «Б»" in text
    assert soup(page).select_one("#load-form button").get_text() == "Загрузить 2, создать 2\xa0пары"
    assert pairs(app) == []
    boris.fill(page)
    assert people(app) == ["Ёлкин Лев", "Громов Юрий Ильич", "Птицына Ольга"]
    first, second = pairs(app)
    assert (first["state"], first["started"]) == (PairState.DRAFT, date(2020, 10, 1))
    assert first["planned_end"] == date(2021, 5, 25)
    assert (first["order_number"], first["order_date"]) == ("12", date(2020, 9, 30))
    assert (first["outcome"], first["sides"]) == ("рада", ["mentee", "mentor"])
    assert second["started"] == date(2020, 12, 9)
    with app.app_context():
        joined = {row.part: row.joined for row in db.session.query(Participation)}
        assert joined[Part.MENTOR] == date(2020, 10, 1)


def test_the_undo_takes_the_drafts_and_both_sides_with_them(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = checked(boris, cast, HEAD + ROW)
    load = boris.fill(page).location
    assert "Созданы черновики пар: 1, для них внесено людей в другую базу: 1." in text_of(
        boris.get(load)
    )
    asked = boris.get(f"{load}/undo")
    assert "Удалятся созданные черновики пар: 1." in text_of(asked)
    boris.fill(asked)
    assert (people(app), pairs(app)) == ([], [])


def test_a_draft_that_somebody_has_begun_keeps_the_load(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    load = boris.fill(checked(boris, cast, HEAD + ROW)).location
    (pair,) = pairs(app)
    drafts = f"/schools/{cast.boris_school}/2020/pairs/drafts"
    boris.fill(drafts, pick=str(pair["id"]))
    assert pairs(app)[0]["state"] is PairState.ACTIVE
    assert "уже начаты или изменены" in text_of(boris.get(f"{load}/undo"))
    assert boris.send(f"{load}/undo").status_code == 422
    assert len(people(app)) == 2


def test_the_same_table_again_makes_no_second_pair(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(checked(boris, cast, HEAD + ROW + ROW))
    assert len(pairs(app)) == 1
    page = checked(boris, cast, HEAD + ROW)
    assert list(tables(page)) == ["Повторы, не загрузятся"]
    assert not soup(page).select("#load-form button")
    boris.fill(page)
    assert len(pairs(app)) == 1


def test_a_known_mentor_is_found_by_initials_and_of_two_somebody_has_to_say(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentor("Громов Юрий", patronymic="Ильич", kind=Kind.TEACHER)
    row = "Птицына Ольга\t7А\tГромов Ю.И.\t\tучитель-ученик\t\t\t"
    text = text_of(checked(boris, cast, HEAD + row)).replace("\xa0", " ")
    assert "наставник Громов Юрий Ильич, № 1; учитель – ученик" in text
    with registers(app, cast) as school:
        school.mentor("Громов Яков", patronymic="Ильич", kind=Kind.TEACHER)
        school.mentor("Громов Юлий", patronymic="Иванович", kind=Kind.TEACHER)
    page = checked(boris, cast, HEAD + row)
    assert "так зовут нескольких, № 1 и 3" in tables(page)["Исправить"][0].replace("\xa0", " ")
    load = page.request.path
    boris.fill(f"{load}/rows/2/edit", cell_partner="Громов Юлий")
    boris.fill(load)
    with app.app_context():
        mentor = db.session.query(PairMember).filter_by(part=Part.MENTOR).one()
        assert mentor.person_id == 3


def test_mentors_with_several_mentees_make_a_group(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    text = (
        "ФИО наставника\tДолжность\tФИО наставляемых\tКласс наставляемых\tФорма наставничества\n"
        "Громов Юрий\tучитель\tПтицына Ольга, Ёлкин Лев\t7А\tучитель – ученик"
    )
    boris.fill(checked(boris, cast, text, book="mentors"))
    assert [pair["sides"] for pair in pairs(app)] == [["mentee", "mentee", "mentor"]]


def test_a_pair_before_its_people_joined_is_not_made_and_says_so(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentor("Громов Юрий", patronymic="Ильич", grade=10)
    row = ROW.replace("01.10.2020-25.05.2021", "01.08.2020-25.05.2021")
    page = checked(boris, cast, HEAD + row)
    text = text_of(page).replace("\xa0", " ")
    assert "Пара не создастся. Громов Ю. И. в базе с 01.09.2020, а пара с 01.08.2020." in text
    boris.fill(page)
    assert pairs(app) == []


@pytest.mark.parametrize("book", ["mentees", "mentors"])
def test_an_export_has_the_official_columns_and_changes_nothing_when_loaded(
    app: Flask, cast: Cast, boris: PageClient, book: str
) -> None:
    with registers(app, cast) as school:
        mentor = school.mentor("Громов Юрий", patronymic="Ильич", kind=Kind.TEACHER)
        school.pair(mentor, school.mentee("Птицына Ольга"), school.mentee("Ёлкин Лев"))
    content = boris.get(url(cast, book).replace("/import", ".xlsx")).data
    heads, *rows = rows_of(content)
    kind = "Форма наставничества" if book == "mentees" else "Форма наставничества в паре"
    other = "ФИО наставника" if book == "mentees" else "ФИО наставляемых"
    assert {other, kind, "Дата завершения программы", "Результаты программы"} <= set(heads)
    partners = {row[heads.index(other)] for row in rows}
    assert partners == (
        {"Громов Юрий Ильич"} if book == "mentees" else {"Ёлкин Лев; Птицына Ольга"}
    )
    page = boris.get(sent(boris, cast, content, book).location)
    assert list(tables(page)) == ["Повторы, не загрузятся"]
    assert "Пара не создастся" not in text_of(page)


def test_an_update_and_a_pair_come_in_one_load(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
    load = checked(boris, cast, HEAD.replace("Итог", "Запрос") + ROW).request.path
    updated(boris, load)
    assert len(pairs(app)) == 1
    assert load_of(app).changed_count == 1
    boris.fill(f"{load}/undo")
    assert (pairs(app), people(app)) == ([], ["Птицына Ольга"])


def test_where_pupils_have_codes_no_name_comes_in_on_the_other_side(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentor("Громов Юрий", kind=Kind.TEACHER)
    switch(app, on=True)
    text = "Код\tКласс\tФИО наставника\tФорма\nК-1\t7А\tГромов Юрий\tучитель-ученик\n"
    text += "К-2\t7А\tПтицына Ольга\tученик-ученик"
    page = checked(boris, cast, text)
    assert "Не взяты имена из столбца пары, строк: 1." in text_of(page)
    assert "Птицына" not in repr(load_of(app).rows)
    load = page.request.path
    answer = boris.fill(f"{load}/rows/3/edit", cell_partner="Птицына Ольга")
    assert answer.status_code == 422
    boris.fill(load)
    assert len(pairs(app)) == 1
    boris.fill(f"{url(cast, 'mentors')}", text="ФИО\tФИО наставляемого\nГромов Юрий\tК-2")
    content = boris.get(url(cast).replace("/import", ".xlsx")).data
    assert list(tables(boris.get(sent(boris, cast, content).location))) == [
        "Повторы, не загрузятся"
    ]
