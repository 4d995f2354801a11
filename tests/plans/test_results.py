"""Of a task the plan keeps what was planned, what came of it and the mentor's mark."""

import io

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from nastav.db import db, writing
from nastav.pairs.models import Pair
from nastav.plans.models import PlanLine
from nastav.privacy import After
from nastav.retention import erasing
from tests.support.pages import PageClient, soup, text_of
from tests.support.school import School

TASK = {
    "task-what": "Выступить перед классом",
    "task-result": "доклад на 5 минут",
    "task-actual": "доклад о звёздах",
    "task-mark": "выполнено частично",
}


def saved(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        lines = db.session.scalars(select(PlanLine).order_by(PlanLine.id))
        return [(line.result, line.actual, line.mark) for line in lines]


def test_results_and_the_mark_stand_in_the_plan_and_on_its_sheet(
    app: Flask, boris: PageClient, school: School
) -> None:
    plan = f"{school.card}/plan"
    boris.fill(plan, "/lines/task", **TASK)
    assert saved(app) == [("доклад на 5 минут", "доклад о звёздах", "выполнено частично")]
    for address in (plan, f"{plan}/print"):
        table = soup(boris.get(address)).select("table")[0].get_text(" ", strip=True)
        assert "Планируемый результат Фактический результат Отметка наставника" in table
        assert "доклад на 5 минут доклад о звёздах выполнено частично" in " ".join(table.split())


def test_other_tables_of_a_plan_ask_for_neither(
    app: Flask, boris: PageClient, school: School
) -> None:
    page = soup(boris.get(f"{school.card}/plan"))
    marks = [field["name"] for field in page.select("input[name$=-mark], input[name$=-actual]")]
    assert marks == ["task-actual", "task-mark"]
    typed = {"activity-what": "Музей", "activity-mark": "хорошо"}
    boris.send(f"{school.card}/plan/lines/activity", {**typed, "once_token": "1"})
    assert saved(app) == [("", "", "")]


def test_the_mark_is_given_later_and_a_stale_one_shows_both(
    app: Flask, boris: PageClient, school: School
) -> None:
    plan = f"{school.card}/plan"
    boris.fill(plan, "/lines/task", **{**TASK, "task-mark": ""})
    stale = boris.get(f"{plan}/lines/1/edit")
    boris.fill(f"{plan}/lines/1/edit", "/edit", **{"line1-mark": "хорошо"})
    answer = boris.fill(stale, "/edit", **{"line1-mark": "отлично"})
    assert answer.status_code == 409
    assert "Отметка наставника хорошо отлично" in text_of(answer)
    boris.fill(answer, "/edit")
    assert saved(app)[0][2] == "отлично"


def test_a_mark_that_does_not_fit_is_refused_whole(
    app: Flask, boris: PageClient, school: School
) -> None:
    answer = boris.fill(f"{school.card}/plan", "/lines/task", **{**TASK, "task-mark": "о" * 101})
    assert answer.status_code == 422
    assert "о" * 101 in answer.text
    assert saved(app) == []


def test_the_workbook_of_pairs_has_a_sheet_of_plans(boris: PageClient, school: School) -> None:
    boris.fill(f"{school.card}/plan", "/lines/task", **TASK)
    sheet = load_workbook(io.BytesIO(boris.get(f"{school.pairs}.xlsx").data))[
        "Индивидуальные планы"
    ]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert [
        school.pair, "Громова Анна", "Задачи на периоды", "Выступить перед классом",
        "доклад на 5 минут", "доклад о звёздах", "выполнено частично",
    ] in rows  # fmt: skip


def test_they_are_erased_with_the_plan(app: Flask, boris: PageClient, school: School) -> None:
    boris.fill(f"{school.card}/plan", "/lines/task", **TASK)
    with app.app_context(), writing():
        erasing.erase(After.PAIR, {"pair": select(Pair.id)})
    assert saved(app) == [("", "", "")]
