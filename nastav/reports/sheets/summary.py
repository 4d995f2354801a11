"""«Сводка»: what matters most, on one page."""

from itertools import groupby
from typing import Final

from nastav import excel
from nastav.district.models import District
from nastav.excel import Cell, Column, Formula
from nastav.execution import words
from nastav.progress import text
from nastav.reports.figures import Line, lines
from nastav.reports.records import Material
from nastav.reports.sheets.looks import subtitle

_SECTION: Final = "#F5F7F9"
_COLUMNS = (
    Column("what", "Показатель", width=66),
    Column("whole", "План или всего", width=16),
    Column("fact", "Факт", width=15),
    Column("percent", "%", width=11),
    Column("gap", "Отклонение от плана", width=18),
)


def summary_form(material: Material, district: District) -> excel.Form:
    """Return the sheet: a line a figure, with the sentences of the pages under them."""
    number, rest, gap = words.lead(list(material.points), material.coverage)
    said = f"Исполнение приказа: {number}{rest}"
    said += f": до плана района не хватает {gap}." if gap else "."
    return excel.Form(
        name="Сводка",
        title=f"Отчёт об исполнении приказа № {district.order_number}",
        subtitle=subtitle(material, district),
        columns=_COLUMNS,
        rows=_rows(material),
        notes=[text.plain(text.lead(material.progress)), said],
    )


def _rows(material: Material) -> list[excel.Row]:
    """The lines that have something to say, each section under its own heading."""
    rows: list[excel.Row] = []
    told = [line for line in lines(material) if line.is_told]
    for section, own in groupby(told, lambda line: line.section):
        heading = excel.text(section, style=excel.Style(fill=_SECTION, bold=True))
        rows.append([heading, *[excel.Cell(None, style=excel.Style(fill=_SECTION))] * 4])
        rows += map(_row, own)
    return rows


def _row(line: Line) -> list[Cell | Formula]:
    share = excel.share("fact", "whole", line.fact, line.whole) if line.has_whole else excel.BLANK
    is_plan = line.has_whole and line.is_plan
    gap = _gap(line) if is_plan else excel.BLANK
    return [
        excel.text(line.what),
        _whole(line),
        excel.NO_DATA if line.fact is None else excel.integer(line.fact),
        share,
        gap,
    ]


def _gap(line: Line) -> Formula:
    """Fact minus plan; a district without data lacks the whole plan (rules.md#two-gaps)."""
    gap = "—" if line.whole is None else (line.fact or 0) - line.whole
    template = 'IF(COUNT({whole})=0,"—",SUM({fact})-{whole})'
    return excel.formula(template, result=gap, show=excel.GAP)


def _whole(line: Line) -> Cell:
    if not line.has_whole:
        return excel.BLANK
    return excel.DASH if line.whole is None else excel.integer(line.whole)
