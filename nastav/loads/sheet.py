"""Workbooks of the registers: the empty template, the export with the same columns, the rows to mend."""

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Any

from nastav import ru
from nastav.columns.column import Column
from nastav.columns.register import choices, columns, written
from nastav.excel.table import Table, TableColumn, Value, save
from nastav.intake.reader import Sheet
from nastav.loads.extras.rules import Extras
from nastav.loads.rows import Row
from nastav.people.models import Part
from nastav.people.rows import Entry
from nastav.tables.table import GUIDE, GUIDE_HEADS

TITLES = {Part.MENTEE: "Наставляемые", Part.MENTOR: "Наставники"}


def template(
    part: Part, kinds: Sequence[str], made_at: datetime, *, without: Container[str]
) -> bytes:
    """Return the workbook to fill in: headings, and a sheet that says what may stand under them.

    Args:
        part: of which register.
        kinds: the names of the district's forms of mentoring.
        made_at: the time written into the file.
        without: keys of columns that are left out.
    """
    shown = written(part, in_template=True, without=without)
    heads = [_column(column, part, kinds) for column in shown]
    tables = [Table(TITLES[part], heads), _guide(shown, part, kinds)]
    return save(f"{TITLES[part]}: шаблон", tables, made_at)


def export(
    part: Part,
    entries: Sequence[Entry],
    extras: Mapping[int, Extras],
    official: Mapping[int, Mapping[str, Any]],
    kinds: Sequence[str],
    made_at: datetime,
    *,
    without: Container[str],
) -> bytes:
    """Return a register with the template's columns and the numbers; loaded, it changes nothing."""
    shown = written(part, without=without)
    rows = []
    for entry in entries:
        holds = extras.get(entry.person_id, Extras()).values
        values = {**holds, **official.get(entry.person_id, {})}
        rows.append([_value(column, entry, values) for column in shown])
    table = Table(
        TITLES[part], [_column(column, part, kinds) for column in shown], rows, is_filtered=True
    )
    return save(TITLES[part], [table, _guide(shown, part, kinds)], made_at)


def is_ours(sheets: Sequence[Sheet], part: Part) -> bool:
    """Tell whether a workbook is an export of ours: its guide, and the column of register numbers."""
    heads = {sheet.name: sheet.rows[0][1] for sheet in sheets if sheet.rows}
    numbers = next(column.title for column in columns(part) if column.key == "number")
    return heads.get(GUIDE, ())[:3] == GUIDE_HEADS and numbers in heads.get(TITLES[part], ())


def to_mend(part: Part, rows: Sequence[Row], kinds: Sequence[str], made_at: datetime) -> bytes:
    """Return the bad rows as they were sent, each with what to mend, to be loaded again."""
    keys = {key for row in rows for key in row.cells}
    shown = [column for column in columns(part) if column.key in keys]
    heads = [TableColumn("Строка", 8), TableColumn("Что исправить", 44)]
    table = Table(
        "Исправить",
        [
            *heads,
            *(
                TableColumn(column.title, column.width, choices(column, part, kinds))
                for column in shown
            ),
        ],
        [
            [
                row.place if "sheet" in row.cells else row.number,
                row.note,
                *(row.cells.get(column.key) for column in shown),
            ]
            for row in rows
        ],
    )
    return save(f"{TITLES[part]}: исправить", [table, _guide(shown, part, kinds)], made_at)


def _column(column: Column, part: Part, kinds: Sequence[str]) -> TableColumn:
    return TableColumn(
        column.title, column.width, choices(column, part, kinds), is_day=column.is_day
    )


def _value(column: Column, entry: Entry, values: Mapping[str, Any]) -> Value:
    if column.write:
        return column.write(entry)
    value = values.get(column.key)
    return column.said(value) if column.said and value is not None else None


def _guide(shown: Sequence[Column], part: Part, kinds: Sequence[str]) -> Table:
    """How to fill each column, with an example and what is allowed; no row of it is ever loaded."""
    heads = [*zip(GUIDE_HEADS, (28, 60, 24), strict=True), ("Значения", 50)]
    return Table(
        GUIDE,
        [TableColumn(title, width) for title, width in heads],
        [
            [
                column.title,
                column.hint,
                column.example,
                ", ".join(choices(column, part, kinds)).replace(ru.NBSP, " "),
            ]
            for column in shown
        ],
    )
