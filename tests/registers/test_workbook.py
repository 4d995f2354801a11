"""The workbook of the own school's pairs."""

from datetime import date
from typing import Any

from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from tests.support.books import rows_of
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup
from tests.support.registers import registers
from tests.support.school import School


def table(client: PageClient, school: School) -> list[dict[str, Any]]:
    """Return the rows of the workbook by their headings."""
    rows = rows_of(client.get(f"{school.pairs}.xlsx").data)
    start = next(at for at, row in enumerate(rows) if row[0] == "Пара, №")
    lines = [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]
    return [line for line in lines if isinstance(line["Пара, №"], int)]


def test_each_mentee_of_a_pair_has_a_row_with_what_the_pair_agreed_on(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    goal = {"goal": "=1+1", "order_number": "12-у", "order_date": "05.10.2020"}
    boris.fill(f"{school.card}/edit", planned_end="31.05.2021", **goal)
    for day in ("08.12.2020", "01.12.2020"):
        boris.fill(school.card, "/meetings", topic="Проект", held_on=day)
    with registers(app, cast) as own:
        own.pair(school.pupil, school.free, school.late, started=date(2020, 12, 1))
    first, second, last = table(boris, school)
    assert [first["Наставляемый"], second["Наставляемый"]] == ["Ёлкин Лев", "Новак Олег"]
    assert first["Пара, №"] == second["Пара, №"]
    assert (first["Класс"], first["Встреч"], first["Последняя встреча"]) == ("10 «А»", 0, None)
    assert (last["Наставник"], last["Наставляемый"]) == ("Громова Анна", "Птицына Ольга")
    assert (last["Цель"], last["Приказ"]) == ("=1+1", "№ 12-у от 05.10.2020")
    assert (last["Состояние"], last["Формат встреч"], last["Встреч"]) == ("действует", "очно", 2)
    days = [last[name].date() for name in ("Начало", "Плановое окончание", "Последняя встреча")]
    assert days == [date(2020, 10, 5), date(2021, 5, 31), date(2020, 12, 8)]


def test_the_board_leads_to_it_and_the_journal_notes_it(
    app: Flask, boris: PageClient, galina: PageClient, school: School
) -> None:
    for client in (boris, galina):
        (link,) = soup(client.get(school.pairs)).select("a[href$='pairs.xlsx']")
        assert client.get(str(link["href"])).status_code == 200
    with app.app_context():
        noted = db.session.query(AuditEntry).filter_by(event="export:downloaded").all()
        assert [entry.subject for entry in noted] == ["pairs-2020.xlsx"] * 2


def test_it_never_leaves_the_school(vera: PageClient, anna: PageClient, school: School) -> None:
    assert vera.get(f"{school.pairs}.xlsx").status_code == 404
    assert anna.get(f"{school.pairs}.xlsx").status_code == 403
