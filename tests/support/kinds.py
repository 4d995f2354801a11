"""Tables in every kind of file that schools bring: .xlsx, .xls, .ods, .csv and .txt."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

Box = tuple[int, int, int, int]  # first row and column, last row and column, from 1


@dataclass(frozen=True)
class Error:
    """A cell in which Excel shows an error."""

    text: str


@dataclass(frozen=True)
class Formula:
    """A formula; None as its result: the program that wrote the file counted nothing."""

    text: str
    result: str | None = None


@dataclass(frozen=True)
class Made:
    """A sheet to be written: the first of its rows stands in row 1."""

    rows: Sequence[Sequence[Any]]
    name: str = "Лист1"
    merged: Sequence[Box] = ()
    hidden: Sequence[int] = ()  # rows
    is_hidden: bool = False


def xlsx(*sheets: Made) -> bytes:
    """Return a workbook of Excel."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for made in sheets:
        sheet = book.create_sheet(made.name)
        for row, values in enumerate(made.rows, start=1):
            for column, value in enumerate(values, start=1):
                _fill(sheet.cell(row, column), value)
        for first, left, last, right in made.merged:
            sheet.merge_cells(f"{get_column_letter(left)}{first}:{get_column_letter(right)}{last}")
        for row in made.hidden:
            sheet.row_dimensions[row].hidden = True
        sheet.sheet_state = "hidden" if made.is_hidden else "visible"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(cell: Cell, value: Any) -> None:
    if isinstance(value, Error):
        cell.value, cell.data_type = value.text, "e"
    elif isinstance(value, Formula):
        assert value.result is None, "openpyxl writes no results"
        cell.value = value.text
    elif isinstance(value, str):
        cell.value, cell.data_type = value, "s"
    else:
        cell.value = value


def shared_xlsx(made: Made) -> bytes:
    """Return a workbook whose texts stand in a part of their own, as Excel and 1С write them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(made.name)
        for row, values in enumerate(made.rows):
            sheet.write_row(row, 0, values)
    return file.getvalue()


_XLS_ERRORS = {"#N/A": 0x2A, "#REF!": 0x17, "#VALUE!": 0x0F, "#DIV/0!": 0x07}


def xls(*sheets: Made) -> bytes:
    """Return a workbook of the old Excel."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for made in sheets:
        sheet = book.add_sheet(made.name, cell_overwrite_ok=True)
        for row, values in enumerate(made.rows):
            for column, value in enumerate(values):
                if isinstance(value, Error):
                    sheet.row(row).set_cell_error(column, _XLS_ERRORS[value.text])
                elif isinstance(value, date):
                    sheet.write(row, column, value, day)
                elif value is not None:
                    sheet.write(row, column, value)
        for first, left, last, right in made.merged:
            sheet.merge(first - 1, last - 1, left - 1, right - 1)
        for row in made.hidden:
            sheet.row(row - 1).hidden = 1
        sheet.visibility = int(made.is_hidden)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def ods(*sheets: Made) -> bytes:
    """Return a table of LibreOffice."""
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in _NAMES.items())
    tables = "".join(map(_ods_table, sheets))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        '<office:automatic-styles><style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        target.writestr("content.xml", content)
        target.writestr("META-INF/manifest.xml", "<manifest/>")
    return file.getvalue()


def _ods_table(made: Made) -> str:
    spans = {
        (top, left): (last - top + 1, right - left + 1) for top, left, last, right in made.merged
    }
    covered = {
        (row, column)
        for top, left, last, right in made.merged
        for row in range(top, last + 1)
        for column in range(left, right + 1)
    } - set(spans)
    lines = []
    for row, values in enumerate(made.rows, start=1):
        hidden = ' table:visibility="filter"' if row in made.hidden else ""
        cells = "".join(
            _ods_cell(value, spans.get((row, at)), is_covered=(row, at) in covered)
            for at, value in enumerate(values, start=1)
        )
        rest = '<table:table-cell table:number-columns-repeated="16000"/>'
        lines.append(f"<table:table-row{hidden}>{cells}{rest}</table:table-row>")
    lines.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>')
    style = ' table:style-name="off"' if made.is_hidden else ""
    return (
        f"<table:table table:name={quoteattr(made.name)}{style}>{''.join(lines)}</table:table-row>"
        "</table:table>"
    )


def _ods_cell(value: Any, span: tuple[int, int] | None, *, is_covered: bool) -> str:
    tag = "table:covered-table-cell" if is_covered else "table:table-cell"
    more = ""
    if span:
        more = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    shown = ""
    if isinstance(value, Error):
        more += ' office:value-type="string" calcext:value-type="error"'
        shown = value.text
    elif isinstance(value, Formula):
        more += f" table:formula={quoteattr('of:' + value.text)}"
        if value.result is not None:
            more, shown = f'{more} office:value-type="string"', value.result
    elif isinstance(value, date):
        moment = value.isoformat()
        more += f' office:value-type="date" office:date-value="{moment}"'
        shown = f"{value:%d.%m.%y}"
    elif isinstance(value, int | float):
        more += f' office:value-type="float" office:value="{value}"'
        shown = str(value)
    elif value is not None:
        more, shown = f'{more} office:value-type="string"', str(value)
    lines = shown.split("\n") if shown else []
    return f"<{tag}{more}>{''.join(map(_paragraph, lines))}</{tag}>"


def _paragraph(line: str) -> str:
    spaced = escape(line).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")
    return f"<text:p>{spaced}</text:p>"


def text(*sheets: Made, encoding: str = "utf-8", separator: str = ";", mark: bytes = b"") -> bytes:
    """Return the first sheet as text, as Excel saves .csv and .txt."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
    width = max(map(len, sheets[0].rows), default=0)  # Excel writes all rows equally long
    for row in sheets[0].rows:
        writer.writerow([*map(_shown, row), *[""] * (width - len(row))])
    return mark + file.getvalue().encode(encoding)


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y} {value.hour}:{value:%M:%S}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Error):
        return value.text
    return "" if value is None else str(value)


def csv_1251(*sheets: Made) -> bytes:
    """Return the first sheet as Russian Excel saves «CSV (разделители — запятые)»."""
    return text(*sheets, encoding="cp1251")


def csv_utf8(*sheets: Made) -> bytes:
    """Return the first sheet as Excel saves «CSV UTF-8»."""
    return text(*sheets, mark=b"\xef\xbb\xbf")


def unicode_text(*sheets: Made) -> bytes:
    """Return the first sheet as Excel saves «Текст Юникод (*.txt)»."""
    return text(*sheets, encoding="utf-16-le", separator="\t", mark=b"\xff\xfe")


BOOKS: dict[str, Callable[..., bytes]] = {"xlsx": xlsx, "xls": xls, "ods": ods}
TEXTS: dict[str, Callable[..., bytes]] = {
    "csv_1251": csv_1251,
    "csv_utf8": csv_utf8,
    "csv_plain": text,
    "unicode_text": unicode_text,
}


def repacked(content: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """Return the archive with each part as `change` of its name and content gives it; None: left out."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if (changed := change(name, source.read(name))) is not None:
                entry = zipfile.ZipInfo("x")
                entry.filename, entry.compress_type = changed[0], zipfile.ZIP_DEFLATED
                target.writestr(entry, changed[1])
    return file.getvalue()
