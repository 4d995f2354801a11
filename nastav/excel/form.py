"""What a sheet is: cells, formulas, columns, forms, as plain data that no library has touched.

What people typed travels as `Cell`, and a `Cell` is never written as a formula (security.md#s14).
A `Formula` is another type and takes only keys of columns, figures and a few functions. It carries
the result the site has counted: Excel's protected view, phones and mail previews show that one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from nastav.excel.chart import Chart, Small

INTEGER = "#,##0"  # Russian Excel shows the comma as a no-break space
PERCENT = "#,##0.0%"
GAP = '+#,##0;"−"#,##0;0'  # U+2212; quoted, because a bare sign is not a literal of the format language
DAY = "DD.MM.YYYY"

REFERENCE = re.compile(r"\{(\w+)(:body)?\}")
_CELLS = r"\{\w+(?::body)?\}(?::\{\w+\})?"  # a cell, a column's rows, or a run of one row
_WORDS = (
    r'"(?:—|>=0|[а-яё, *]+)"'  # our own words and criteria for COUNTIF, never what somebody typed
)
_FORMULA = re.compile(rf"(?!=)(?:{_CELLS}|{_WORDS}|[A-Z]+\(|[\d.]|[-+*/=<>(),])+")
_FUNCTIONS = {
    *("SUM", "SUMIF", "COUNT", "COUNTIF", "COUNTIFS"),
    *("IF", "OR", "AND", "ROUND", "MIN", "MAX"),
}

Align = Literal["left", "center", "right"]
Result = int | float | Decimal | str


@dataclass(frozen=True)
class Style:
    """Look of a cell: fill and ink as «#RRGGBB», empty for none."""

    fill: str = ""
    ink: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Cell:
    """A value that is written as it is and can never become a formula."""

    value: str | int | float | Decimal | date | None
    number_format: str = "General"
    align: Align = "center"
    style: Style = Style()


@dataclass(frozen=True)
class Formula:
    """The program's own formula; `{key}` is a cell of this row, `{key:body}` the column's rows.

    `result` is what the site has counted, in the formula's own unit (0.909 for 90.9 %).
    """

    template: str
    result: Result
    number_format: str = INTEGER
    style: Style = Style()
    align: Align = "center"

    def __post_init__(self) -> None:
        names = set(re.findall(r"([A-Z]+)\(", self.template))
        if not _FORMULA.fullmatch(self.template) or names - _FUNCTIONS:
            raise ValueError(f"Not a formula of this program: {self.template!r}")


def text(value: str, *, align: Align = "left", style: Style = Style()) -> Cell:
    """Text, whatever it begins with; control characters and what exceeds a cell are cut.

    Spaces are plain, so that what a person types into Excel's search is found.
    """
    return Cell(value.replace("\N{NO-BREAK SPACE}", " "), align=align, style=style)


def integer(value: int, *, style: Style = Style(), note: str = "") -> Cell:
    """A whole number: people, pairs, days.

    A note stands behind the number in the same cell, as part of its format: formulas see the number
    alone, and another number typed over it keeps the note.
    """
    if '"' in note:
        raise ValueError(f"A note in a number's format holds no quotes: {note!r}")
    return Cell(value, f'{INTEGER}" {note}"' if note else INTEGER, style=style)


def percent(share: float | Decimal, *, style: Style = Style()) -> Cell:
    """A share shown in per cent with one decimal: 0.909 → 90.9 %."""
    return Cell(share, PERCENT, style=style)


def gap(value: int, *, style: Style = Style()) -> Cell:
    """A deviation from the plan with its sign: +4, −4, 0."""
    return Cell(value, GAP, style=style)


def day(value: date, *, style: Style = Style()) -> Cell:
    """A real date (time of the day is dropped), sortable in Excel."""
    return Cell(date(value.year, value.month, value.day), DAY, style=style)


BLANK = Cell(None)
DASH = Cell("—")
NO_DATA = Cell("нет данных")


def formula(
    template: str, *, result: Result, show: str = INTEGER, style: Style = Style()
) -> Formula:
    """A live formula; ValueError if it holds anything but columns, figures and known functions."""
    return Formula(template, result, show, style)


def total(key: str, *, result: int) -> Formula:
    """Sum of a column's body rows; text such as «нет данных» is left out by SUM itself."""
    return Formula(f"SUM({{{key}:body}})", result)


def count_words(cells: str, words: str, *, result: int) -> Formula:
    """How many cells hold these words (`*` stands for any text, case does not count).

    `cells` is `{key:body}`, the rows of a column, or `{first}:{last}`, a run of this row.
    """
    return Formula(f'COUNTIF({cells},"{words}")', result)


def share(part: str, whole: str, actual: int | None, target: int | None) -> Formula:
    """Column `part` of column `whole` in per cent, with the figures in them (None: no number).

    Shows «—» where the whole is 0 or either is no number.
    """
    template = f'IF(OR(COUNT({{{part}}},{{{whole}}})<2,{{{whole}}}=0),"—",{{{part}}}/{{{whole}}})'
    return Formula(template, actual / target if actual is not None and target else "—", PERCENT)


def difference(part: str, whole: str, actual: int | None, target: int | None) -> Formula:
    """Column `part` minus column `whole` with its sign, with the figures in them.

    Shows «—» where either is no number.
    """
    template = f'IF(COUNT({{{part}}},{{{whole}}})<2,"—",{{{part}}}-{{{whole}}})'
    return Formula(template, "—" if actual is None or target is None else actual - target, GAP)


Row = Sequence[Cell | Formula]


@dataclass(frozen=True)
class Column:
    """A column; neighbours with the same `group` share a heading. Width in characters."""

    key: str
    title: str
    group: str = ""
    width: float | None = None


@dataclass(frozen=True)
class Signature:
    """Who signs: the post, and the name with initials first (empty: room to write it)."""

    post: str
    name: str = ""


@dataclass(frozen=True)
class Form:
    """One sheet, laid out as an appendix of an order and printed on A4 landscape."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Sequence[Row] = ()
    corner: Sequence[str] = ()
    subtitle: str = ""
    notes: Sequence[str] = ()
    signatures: Sequence[Signature] = ()
    frozen_columns: int = 1
    charts: Sequence[Chart] = ()
    small: Small | None = None
    has_filter: bool = False  # arrows in the heading: a long list is narrowed by a column's values

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if not keys or len(set(keys)) < len(keys):
            raise ValueError(f"{self.name}: columns need keys of their own: {keys}")
        if any(len(row) != len(keys) for row in [*self.rows, *self.totals]):
            raise ValueError(f"{self.name}: each row needs {len(keys)} cells")
        if self.signatures and len(keys) < 3:
            raise ValueError(f"{self.name}: a signature needs three columns")
        drawn = {each.key for chart in self.charts for each in chart.series}
        if self.small:
            drawn |= {key for run in self.small.runs for key in (run.first, run.last)}
        if not drawn | {chart.along for chart in self.charts} <= set(keys):
            raise ValueError(f"{self.name}: a chart draws columns that the form lacks")


@dataclass(frozen=True)
class Book:
    """A workbook: its title (a document property), its sheets, the local time it was made."""

    title: str
    forms: Sequence[Form]
    made_at: datetime


def explanation(paragraphs: Iterable[tuple[str, str]], *, name: str = "Как считалось") -> Form:
    """A sheet of prose: what is shown on the left, how it was counted on the right."""
    bold = Style(bold=True)
    return Form(
        name=name,
        title=name,
        columns=[Column("what", "Показатель", width=34), Column("how", "Правило", width=104)],
        rows=[(text(heading, style=bold), text(prose)) for heading, prose in paragraphs],
    )
