"""The workbook of a school's own feedback."""

from io import BytesIO

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.feedback.models import Moment
from tests.feedback.sheets import enter
from tests.support.cast import Cast
from tests.support.pages import PageClient


def rows(content: bytes, sheet: str) -> list[list[object]]:
    """Return the rows of a sheet that hold anything."""
    found = load_workbook(BytesIO(content))[sheet].iter_rows(values_only=True)
    return [list(row) for row in found if any(cell is not None for cell in row)]


def test_the_workbook_holds_the_sums_and_every_answer(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    sheet: dict[str, int | str] = {"satisfied": 9, "wants_to_mentor": 1, "valued": "=1+1"}
    enter(app, cast, *[sheet] * 5)
    enter(app, cast, {"goal_clear": 3}, moment=Moment.START)
    answer = boris.get(f"/schools/{cast.boris_school}/2020/feedback.xlsx")
    assert answer.status_code == 200
    who = "Наставляемые, итог"
    sums = next(row for row in rows(answer.data, "Сколько ответили") if row[0] == who)
    assert (sums[1], sums[4], sums[5]) == (5, 5, 5)
    marks = rows(answer.data, "Оценки")
    first = next(row for row in marks if row[0] == who)
    assert first[2:12] == [0, 0, 0, 0, 0, 0, 0, 0, 5, 0]
    assert next(row for row in marks if row[0] == "Наставляемые, начало")[12] == "меньше 5"
    said = [row[5] for row in rows(answer.data, "Ответы") if row[1] is not None]
    assert said[1:4] == [9, "да", "=1+1"]
    cells = load_workbook(BytesIO(answer.data))["Ответы"]
    assert {
        cell.data_type for row in cells.iter_rows() for cell in row if cell.value == "=1+1"
    } == {"s"}


def test_the_download_is_noted_and_only_the_school_s(
    app: Flask, cast: Cast, galina: PageClient, anna: PageClient, vera: PageClient
) -> None:
    at = f"/schools/{cast.boris_school}/2020/feedback.xlsx"
    assert galina.get(at).status_code == 200
    assert anna.get(at).status_code == 403
    assert vera.get(at).status_code == 404
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).filter_by(event="export:downloaded")).one()
        assert (entry.subject, entry.school_id) == ("feedback-2020.xlsx", cast.boris_school)
