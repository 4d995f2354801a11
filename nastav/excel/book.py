"""Saves a book as a file: the same book gives the same bytes, formulas bring their results."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from xml.sax.saxutils import escape

from openpyxl import Workbook

from nastav.excel.form import Book, Result
from nastav.excel.page import Page, clean, page_font

CREATOR = "Наставничество"
MIME_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def save(book: Book) -> bytes:
    """The workbook as an XLSX file; the same book gives the same bytes.

    ValueError if the book has no sheets or a formula names a column that its form lacks.
    """
    if not book.forms:
        raise ValueError("A workbook needs at least one sheet")
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    # The font of empty cells, and the one whose digits are the unit of a column's width.
    workbook._fonts[0] = page_font()  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = page_font()  # type: ignore[attr-defined]
    results = {}
    for number, form in enumerate(book.forms, 1):
        sheet = workbook.create_sheet(sheet_name(form.name))
        results[f"xl/worksheets/sheet{number}.xml"] = Page(sheet, form).draw()
    made_at = book.made_at.replace(tzinfo=None, microsecond=0)
    properties = workbook.properties
    properties.title, properties.creator = clean(book.title), CREATOR
    properties.created = made_at
    raw = io.BytesIO()
    workbook.save(raw)
    return settled(raw, results, made_at)


def sheet_name(name: str) -> str:
    """Return the name as Excel takes it for a sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip("' ")[:31] or "Лист"


def settled(raw: io.BytesIO, results: Mapping[str, Mapping[str, Result]], at: datetime) -> bytes:
    """Return the same archive with the formulas' results in it and no trace of the clock.

    openpyxl writes a formula without its result and stamps the file with the present moment.
    """
    settled = io.BytesIO()
    stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>"
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(settled, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            if name in results:
                part = _with_results(part, results[name])
            if name == "docProps/core.xml":
                part = re.sub(r"[^<>]*</dcterms:modified>", stamp, part)
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            target.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return settled.getvalue()


def _with_results(sheet: str, results: Mapping[str, Result]) -> str:
    def filled(match: re.Match[str]) -> str:
        result = results[match[2]]
        kind = ' t="str"' if isinstance(result, str) else ""
        return f"<c {match[1]}{kind}>{match[3]}<v>{escape(str(result))}</v></c>"

    return re.sub(r'<c (r="([A-Z]+\d+)"[^>]*)>(<f>[^<]*</f>)<v ?(?:/>|></v>)</c>', filled, sheet)
