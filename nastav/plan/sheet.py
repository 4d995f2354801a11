"""The plan as a workbook laid out as appendix 1: edited in Excel, it is read back by `paste.of_file`."""

from collections.abc import Sequence
from datetime import datetime

from nastav import excel, ru
from nastav.district.models import District
from nastav.district.signing import corner, signatures
from nastav.excel import Cell, Formula
from nastav.plan.grid import MENTEES, Column, Foot, Grid
from nastav.plan.rules import shown

TITLE = "План охвата по годам"
SUM, ORDERED, GAP = "ИТОГО, сумма по школам", "ИТОГО по приказу", "Сумма минус приказ"
_NAMED = 12  # edited cells, in the note under the table
NOTES = (
    "Пустая ячейка — план не введён, школа не входит в процент района; 0 — школе никого не запланировано.",
)


def plan_book(grid: Grid, district: District, made_at: datetime) -> bytes:
    """Return the plan of a few years as an XLSX file.

    Args:
        grid: the cells.
        district: the row with the order's requisites.
        made_at: when the file is made, in local time; the same gives the same bytes.
    """
    form = plan_form(grid, district)
    return excel.save(excel.Book(f"{TITLE}, {grid.span}", [form], made_at))


def subtitle(district: District) -> str:
    """Return «Калининский район, по форме приложения 1; цель: …»."""
    target = f"; цель: {district.target}" if district.target else ""
    return f"{district.name}, по форме приложения 1 к приказу № {district.order_number}{target}"


def plan_form(grid: Grid, district: District) -> excel.Form:
    """Return the sheet: a line a school, the years side by side, the sums under them."""
    heads = [_column(grid, column) for column in grid.columns]
    return excel.Form(
        name=f"План {grid.span}",
        title=TITLE,
        subtitle=subtitle(district),
        corner=corner(district),
        columns=[excel.Column("school", "ОО", width=22.8), *heads],
        rows=[
            [excel.text(name), *(_cell(grid, (school_id, at.name)) for at in grid.columns)]
            for school_id, name in grid.schools
        ],
        totals=_totals(grid.foot),
        notes=[*NOTES, _note(grid)] if grid.edited else NOTES,
        signatures=signatures(district),
    )


def heading(grid: Grid, column: Column) -> tuple[str, str]:
    """Return what stands over a column: «2020 год» over «наставл. 10 %»."""
    if column.year is None:
        return "Обучающихся", "всего" if column.part == MENTEES else grid.grades
    plan = next(plan for plan in grid.plans if plan.year == column.year)
    is_mentees = column.part == MENTEES
    percent = shown(plan.mentee_percent if is_mentees else plan.mentor_percent)
    who = "наставл." if is_mentees else "наставн."
    return f"{column.year} год", f"{who} {percent}{ru.NBSP}%" if percent else who


def _column(grid: Grid, column: Column) -> excel.Column:
    group, title = heading(grid, column)
    return excel.Column(column.name, title, group, 9.6)


def _cell(grid: Grid, key: tuple[int, str]) -> Cell:
    value, said = grid.cells.get(key), grid.in_order(key)
    if value is None:
        return Cell(None)
    # what the order prints stands under the table: the column is too narrow for it
    return excel.integer(value, note="*" if said else "", style=excel.Style(bold=bool(said)))


def _note(grid: Grid) -> str:
    said = edits(grid)
    more = [f"и ещё {ru.number(len(said) - _NAMED)}"] if len(said) > _NAMED else []
    return f"* Исправлено после приказа: {'; '.join([*said[:_NAMED], *more])}."


def edits(grid: Grid) -> list[str]:
    """Return «СОШ №7, 2022 год, наставляемых 50, в приказе 45» of every edited cell."""
    return [
        f"{grid.label(key)} {ru.number(grid.cells.get(key))}, {grid.in_order(key)}"
        for key in grid.edited
    ]


def _totals(foot: Sequence[Foot]) -> list[list[Cell | Formula]]:
    sums: list[Cell | Formula] = [excel.text(SUM), *map(_sum, foot)]
    if all(own.printed is None for own in foot):
        return [sums]
    ordered = [excel.DASH if own.printed is None else excel.integer(own.printed) for own in foot]
    return [sums, [excel.text(ORDERED), *ordered], [excel.text(GAP), *map(_gap, foot)]]


def _sum(own: Foot) -> Formula:
    """The sum of a column's numbers; «—» where it holds none, which is not 0."""
    result = "—" if own.total is None else own.total
    body = f"{{{own.name}:body}}"
    return excel.formula(f'IF(COUNT({body})=0,"—",SUM({body}))', result=result)


def _gap(own: Foot) -> Cell | Formula:
    if own.printed is None:
        return excel.DASH
    body = f"{{{own.name}:body}}"
    return excel.formula(
        f'IF(COUNT({body})=0,"—",SUM({body})-{own.printed})',
        result="—" if own.gap is None else own.gap,
        show=excel.GAP,
    )
