"""«Этапы по форме приложения 2» and «Просрочено»: what schools say of activities, and who is late."""

from collections.abc import Sequence

from nastav import excel, ru, terms
from nastav.district.models import District
from nastav.excel import Cell, Column, Formula
from nastav.reports.records import ActivityLine, Material
from nastav.reports.sheets.looks import subtitle
from nastav.rollup import board as boards
from nastav.rollup.board import Row

NO_YEAR = "Учебный год на эту дату не открыт: этапов нет."
_ACTIVITIES = (
    Column("school", "ОО", width=14),
    Column("stage", "Этап", width=8),
    Column("title", "Мероприятие", width=62),
    Column("due", "Срок этапа", width=12),
    Column("state", "Состояние", width=15),
    Column("done", "Дата", width=12),
    Column("who", "Ответственный", width=26),
    Column("papers", "Документ", width=38),
)
_LATE = (
    Column("school", "ОО", width=18),
    Column("stage", "Этап", width=46),
    Column("due", "Срок", width=14),
    Column("state", "Состояние", width=62),
    Column("days", "Дней просрочки", width=14),
)
_LOOKS = {"not_started": "not_started", "in_progress": "in_progress", "done": "accepted"}


def activities_form(material: Material, district: District) -> excel.Form:
    """Return a row an activity of a school, with arrows to narrow the list by any column."""
    return excel.Form(
        name="Этапы",
        title="Этапы реализации целевой модели наставничества по форме приложения 2"
        f"{_year(material)}",
        subtitle=subtitle(material, district),
        columns=_ACTIVITIES,
        rows=[_activity(line) for line in material.activities],
        notes=_notes(material),
        has_filter=bool(material.activities),
    )


def _activity(line: ActivityLine) -> list[Cell | Formula]:
    look = terms.COLOURS[_LOOKS.get(line.status.value, "not_started")]
    return [
        excel.text(line.school),
        excel.text(line.roman, align="center"),
        excel.text(line.title),
        excel.day(line.due),
        excel.text(
            terms.ACTIVITY_STATES[line.status.value], align="center", style=excel.Style(*look)
        ),
        excel.day(line.done_on) if line.done_on else excel.BLANK,
        excel.text(line.responsible),
        excel.text("; ".join(line.documents)),
    ]


def _notes(material: Material) -> list[str]:
    if material.board is None:
        return [NO_YEAR]
    return [
        "Состояние мероприятия — со слов школы на этот день. Приняла ли его работу комиссия района, "
        "говорит этап: его состояние — в книге «Сводка по этапам»."
    ]


def overdue_form(material: Material, district: District) -> excel.Form:
    """Return a row an overdue stage of a school."""
    late = boards.overdue(material.board) if material.board else []
    count = sum(len(row.cells) for row in late)
    total = excel.formula("COUNT({days:body})", result=count)
    total_row: excel.Row = [excel.text("ИТОГО этапов"), *[excel.BLANK] * 3, total]
    return excel.Form(
        name="Просрочено",
        title=f"Этапы с нарушением срока{_year(material)}",
        subtitle=subtitle(material, district),
        columns=_LATE,
        rows=_late_rows(late),
        totals=[total_row],
        notes=[] if late else [NO_YEAR if material.board is None else "Просроченных этапов нет."],
    )


def _late_rows(late: Sequence[Row]) -> list[excel.Row]:
    return [
        [
            excel.text(row.school),
            excel.text(f"{cell.stage.roman}. {cell.stage.short}"),
            excel.day(cell.stage.due),
            excel.text(cell.full),
            excel.integer(cell.line.standing.days_late),
        ]
        for row in late
        for cell in row.cells
    ]


def _year(material: Material) -> str:
    return f", {ru.school_year(material.board.first_year)} учебный год" if material.board else ""
