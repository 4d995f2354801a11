"""Saves a book as a file: the same book gives the same bytes, formulas bring their results."""

from nastav.excel.file import File
from nastav.excel.form import Book
from nastav.excel.page import FONT, Page

MIME_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def save(book: Book) -> bytes:
    """The workbook as an XLSX file; the same book gives the same bytes.

    ValueError if the book has no sheets or a formula names a column that its form lacks.
    """
    if not book.forms:
        raise ValueError("A workbook needs at least one sheet")
    file = File(book.title, book.made_at, FONT)
    for form in book.forms:
        Page(file.sheet(form.name), form).draw()
    return file.content()
