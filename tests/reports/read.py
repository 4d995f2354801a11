"""One district read from every medium: screen and its print, workbook, справка: page, Word, text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from bs4 import BeautifulSoup, Tag
from openpyxl import load_workbook

from tests.coverage.test_sheet import shown, words_of
from tests.support.pages import PageClient, soup

Rows = dict[str, tuple[str, ...]]  # what stands first in a row → the rest
TOTAL = "ИТОГО, сумма по школам"


@dataclass
class Read:
    """What was read, by what it is: `where` → rows. Equal things stand under equal names."""

    coverage: dict[str, Rows]  # plan, fact, per cent, deviation, twice: by medium
    mentees: dict[str, Rows]  # the same of mentees alone
    left_out: dict[str, Rows]  # people told of beside the figures
    shortfall: dict[str, Rows]  # to the plan of each school
    forms: dict[str, Rows]  # pairs of each form
    order: dict[str, Rows]  # the points of the order
    stages: dict[str, Rows]  # accepted, waiting, returned, overdue


def plain(text: object) -> str:
    return re.sub(r"\s+", " ", str(text).replace("\xa0", " ")).strip()


def rows_of(lines: Iterable[Iterable[object]]) -> Rows:
    found = [[plain(cell) for cell in line] for line in lines]
    assert len({row[0] for row in found if row}) == len([row for row in found if row]), found
    return {row[0]: tuple(row[1:]) for row in found if row}


def printed_rows(page: BeautifulSoup, select: str) -> Rows:
    """Return the rows of a table that is on paper too."""
    lines: list[Tag] = list(page.select(select))
    assert not [line for line in lines if line.find_parent(class_="no-print")], select
    return rows_of([words_of(cell) for cell in line.select("th, td")] for line in lines)


# --- screen and paper -----------------------------------------------------------------------------


def read(client: PageClient, year: int, query: str, book: Path) -> Read:
    """Return the district as it stands everywhere; the workbook is kept for LibreOffice."""
    client.checks = False
    district, execution = "/districts/1", f"/districts/1/execution{query}"
    page = soup(client.get(f"{district}/coverage/{year}{query}"))
    both = "#coverage-table tbody tr, #coverage-table tfoot tr"
    sheet = soup(client.get(f"{district}/coverage/{year}{query}{'&' if query else '?'}view=table"))
    points = soup(client.get(execution))
    found = Read(
        coverage={"screen": printed_rows(page, both), "sheet": printed_rows(sheet, both)},
        mentees=spravkas(client, query),
        left_out={"screen": printed_rows(page, "#left-out tbody tr")},
        shortfall={"screen": printed_rows(page, ".dots tbody tr")},
        forms={"screen": _pairs(printed_rows(page, "#forms tbody tr"))},
        order={"screen": _points(points)},
        stages={"screen": _stages(_points(points)["1.2"][-1])},
    )
    book.write_bytes(client.get(f"{district}/reports/book.xlsx{query}").data)
    return found


def spravkas(client: PageClient, query: str) -> dict[str, Rows]:
    """Return the table of the справка: the page, the document, the text."""
    address = "/districts/1/execution/spravka"
    page = soup(client.get(f"{address}{query}"))
    document = docx.Document(BytesIO(client.get(f"{address}.docx{query}").data))
    text = client.get(f"{address}.txt{query}").get_data(as_text=True)
    return {
        "справка": printed_rows(page, ".word tbody tr, .word tfoot tr"),
        "docx": rows_of([cell.text for cell in row.cells] for row in document.tables[0].rows[1:]),
        "txt": rows_of(
            line.split("\t")
            for line in text.splitlines()
            if line.count("\t") == 4 and line[:2] != "ОО"
        ),
    }


def _pairs(rows: Rows) -> Rows:
    return {name: (cells[-1],) for name, cells in rows.items() if cells[-1] != "0"}


def _points(page: BeautifulSoup) -> Rows:
    rows = printed_rows(page, "#points tbody tr")
    return {name: (cells[1], cells[2]) for name, cells in rows.items()}


def _stages(said: str) -> Rows:
    """Return the counts of «1 из 91 этапа принято, 1 на проверке, …»."""
    counts = re.search(
        r"([\d ]+) из ([\d ]+) этап\w* принято, (\d+) на проверке, .*?(\d+) возвращено", said
    )
    assert counts, said
    late = re.search(r"просрочено (\d+)", said)
    accepted, whole, waiting, returned = (plain(number) for number in counts.groups())
    overdue = late[1] if late else "0"
    return {
        "Принято": (whole, accepted),
        "На проверке": (whole, waiting),
        "Возвращено": (whole, returned),
        "Просрочено": (whole, overdue),
    }


# --- the workbook ---------------------------------------------------------------------------------


class Book:
    """The report as a program shows it."""

    def __init__(self, path: Path) -> None:
        self.book: Any = load_workbook(path, data_only=True)

    def lines(self, name: str) -> list[list[str]]:
        """Return the filled rows of a sheet as they are shown."""
        rows = [
            [plain(shown(cell.value, cell.number_format)) for cell in row if cell.value is not None]
            for row in self.book[name].iter_rows()
        ]
        return [row for row in rows if row]

    def table(self, name: str, first: str = "ОО") -> list[list[str]]:
        """Return the rows of the table that begins under a heading: schools and sums."""
        lines = self.lines(name)
        at = next(at for at, row in enumerate(lines) if row[0] == first)
        return [row for row in lines[at + 1 :] if row[0].startswith(("СОШ", "ИТОГО"))]


def read_book(found: Read, path: Path) -> Read:
    """Add what the workbook says under «workbook»."""
    book = Book(path)
    found.coverage["workbook"] = rows_of(book.table("Охват"))
    sums = {row[0]: row for row in book.table("Не вошли в счёт")}[TOTAL]
    found.left_out["workbook"] = {str(at): (number,) for at, number in enumerate(sums[1:])}
    found.shortfall["workbook"] = rows_of(book.table("До плана по школам"))
    found.forms["workbook"] = _district_forms(book)
    points = {row[0]: row for row in book.lines("Исполнение") if len(row) > 3}
    found.order["workbook"] = {
        # a tag and a word beside it are a line with a comma there
        name: (points[name][2].replace(", с ", " с "), points[name][3])
        for name in found.order["screen"]
    }
    summary = {row[0]: row for row in book.lines("Сводка")}
    found.stages["workbook"] = {
        name: (summary[name][1], summary[name][2]) for name in found.stages["screen"]
    }
    found.coverage["summary"] = {
        name: tuple(row[1:]) for name, row in summary.items() if name.startswith("Охвачено")
    }
    late = [row for row in book.lines("Просрочено") if row[0] == "ИТОГО этапов"]
    found.stages["overdue"] = {"Просрочено": (late[0][-1],)}
    return found


def _district_forms(book: Book) -> Rows:
    rows = [row for row in book.lines("Мониторинг") if row[0] == "Калининский район"]
    found = {row[1]: (row[4],) for row in rows}
    found.pop("Всего, разные люди", None)
    return found
