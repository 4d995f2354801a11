"""«Исполнение приказа» as a workbook: the lines of the page, laid out as an appendix to a report."""

from datetime import datetime

from nastav import excel, terms
from nastav.coverage.sheet import as_of
from nastav.district.models import District
from nastav.district.signing import corner, signatures
from nastav.execution import rules
from nastav.execution.facts import Execution
from nastav.execution.rules import PointState
from nastav.execution.words import LATE, Point

TITLE = "Исполнение приказа"
_COLUMNS = (
    excel.Column("ref", "Пункт", width=9),
    excel.Column("what", "Что велено", width=42),
    excel.Column("state", "Состояние", width=18),
    excel.Column("figures", "Цифры на дату", width=76),
    excel.Column("proof", "Чем подтверждается", width=36),
)


def execution_book(
    found: Execution, points: list[Point], district: District, made_at: datetime
) -> bytes:
    """Return the points of the order on a day as an XLSX file.

    Args:
        found: the figures.
        points: the lines of the page.
        district: the row with the order's requisites.
        made_at: when the file is made, in local time.
    """
    form = execution_form(found, points, district)
    return excel.save(excel.Book(f"{TITLE} № {district.order_number}", [form], made_at))


def execution_form(found: Execution, points: list[Point], district: District) -> excel.Form:
    """Return the sheet: a row a point or an appendix."""
    return excel.Form(
        name="Исполнение",
        title=f"{TITLE} № {district.order_number}",
        subtitle=f"{district.name}, {as_of(found.on)}",
        corner=corner(district),
        columns=_COLUMNS,
        rows=[_row(point) for point in points],
        notes=[rules.RULE],
        signatures=signatures(district),
    )


def _row(point: Point) -> excel.Row:
    return [
        excel.text(point.ref, style=excel.Style(bold=True)),
        excel.text(point.what),
        excel.text(state_words(point), style=_style(point.state)),
        excel.text(point.figures),
        excel.text(point.proof),
    ]


def state_words(point: Point) -> str:
    """Return «исполняется, с нарушением срока»."""
    return f"{terms.POINT_STATES[point.state]}{f', {LATE}' if point.is_late else ''}"


def _style(state: PointState) -> excel.Style:
    fill, ink = terms.COLOURS[terms.POINT_LOOKS[state][0]]
    return excel.Style(fill, ink)
