"""A block pasted from Excel, spread over the activities of a stage. Pure text in, cells out.

Columns are known by their heading or by the order of the table. An empty cell leaves what is there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nastav import ru
from nastav.intake import clipboard
from nastav.stages.table.words import status_of

ORDER = ("number", "title", "status", "done_on", "responsible", "document", "comment", "reason")
_HEADINGS = {
    "number": re.compile(r"|n|номер|(?:n )?п п"),
    "title": re.compile(r"мероприяти[ея]\b.*|наименование\b.*"),
    "status": re.compile(r"(?:статус|отметка|состояние)\b.*"),
    "done_on": re.compile(r"дата|дата (?:выполнения|исполнения)"),
    "responsible": re.compile(r"(?:ответственн\w+|исполнител[ьи])\b.*"),
    "document": re.compile(r"(?:подтверждающи[ей] )?документы?|подтверждение|вид документа"),
    "doc_number": re.compile(r"(?:номер|n) документа"),
    "doc_dated": re.compile(r"дата документа"),
    "comment": re.compile(r"(?:комментари[йи]|примечани[ея])\b.*"),
    "reason": re.compile(r"почему не требуется|причина\b.*"),
}
MOST = 10  # problems named one by one


@dataclass(frozen=True)
class Spread:
    """What a pasted block says, by the activity's number and the column's name."""

    cells: Mapping[int, Mapping[str, str]]
    problems: tuple[str, ...]  # what could not be put anywhere, with the row of the block

    @property
    def sentence(self) -> str:
        """Return how much was put into the table."""
        rows = ru.counted(len(self.cells), "строка", "строки", "строк")
        return f"Вставлено: {rows}. Проверьте и сохраните таблицу."


def spread(text: str, titles: Mapping[int, str]) -> Spread:
    """Return the cells of a pasted block for the activities with these numbers and titles."""
    block = [[_plain(cell) for cell in row] for row in clipboard.cells(text)]
    rows = [(line, cells) for line, cells in enumerate(block, start=1) if any(cells)]
    columns = _headings(rows[0][1]) if rows else {}
    problems: list[str] = []
    if columns:
        unknown = [cell for at, cell in enumerate(rows.pop(0)[1]) if cell and at not in columns]
        if unknown:
            problems.append(f"Не вставлены столбцы: {', '.join(unknown)}.")
    else:
        columns = _by_place([cells for _, cells in rows])
    placed: dict[int, Mapping[str, str]] = {}
    for place, (line, cells) in enumerate(rows, start=1):
        named = {name: cells[at] for at, name in columns.items() if at < len(cells) and cells[at]}
        number = _activity(named, place, titles)
        if number is None or number in placed:
            problems.append(f"Вставленная строка {line} пропущена: {_why_not(number, titles)}")
            continue
        placed[number] = _cells(line, named, problems)
    return Spread(placed, tuple(_first(problems)))


def _plain(cell: str) -> str:
    """Return a cell on one line; a dash alone says that there is nothing."""
    text = " ".join(cell.split())
    return "" if text in {"-", "–", "—"} else text


def _first(problems: list[str]) -> list[str]:
    """Return the problems worth reading: a whole book pasted by mistake has thousands alike."""
    more = ru.counted(len(problems) - MOST, "строка", "строки", "строк")
    return [*problems[:MOST], f"И ещё {more}."] if len(problems) > MOST else problems


def _headings(cells: list[str]) -> dict[int, str]:
    """Return what each column holds; nothing when the row is no heading."""
    keys = [ru.search_key(cell.replace("№", "n")) for cell in cells]
    columns = {
        at: name
        for at, key in enumerate(keys)
        for name, heading in _HEADINGS.items()
        if heading.fullmatch(key)
    }
    return columns if sum(bool(keys[at]) for at in columns) >= min(2, len(cells)) else {}


def _by_place(rows: list[list[str]]) -> dict[int, str]:
    """Read the columns in the table's order; a block may begin at the number, the title or the status."""
    width = max(map(len, rows), default=0)
    first = next((at for at in range(min(width, 3)) if _are_statuses(rows, at)), None)
    if first is None:
        first = 2 if rows and all(row[0].rstrip(".").isdecimal() for row in rows if row[0]) else 0
    begin = ORDER.index("status") - first
    return dict(enumerate(ORDER[begin : begin + width]))


def _are_statuses(rows: list[list[str]], at: int) -> bool:
    words = [row[at] for row in rows if at < len(row) and row[at]]
    return bool(words) and sum(status_of(word) is not None for word in words) * 2 >= len(words)


def _activity(named: Mapping[str, str], place: int, titles: Mapping[int, str]) -> int | None:
    """Return the number of the activity a row is about: by its number, its title, or its place."""
    number = named.get("number", "").rstrip(".")
    if number.isdecimal():
        return int(number) if int(number) in titles else None
    title = ru.search_key(named.get("title", ""))
    found = [number for number, text in titles.items() if title and ru.search_key(text) == title]
    if found:
        return found[0]
    return place if place in titles else None


def _why_not(number: int | None, titles: Mapping[int, str]) -> str:
    if number is not None:
        return f"мероприятие {number} уже есть в другой строке."
    count = ru.counted(len(titles), "мероприятие", "мероприятия", "мероприятий")
    return f"в этапе {count}."


def _cells(line: int, named: dict[str, str], problems: list[str]) -> Mapping[str, str]:
    """Return the cells of a row under the names of the form's fields."""
    kept = ("done_on", "responsible", "comment", "reason")
    cells: dict[str, str] = {name: named[name] for name in kept if name in named}
    if word := named.get("status"):
        status = status_of(word)
        if status is None:
            problems.append(
                f"Вставленная строка {line}: статус «{word}» не понят, выберите его из списка."
            )
        else:
            cells["status"] = status.value
    if document := _document(named):
        cells["document_line"] = document
    return cells


def _document(named: Mapping[str, str]) -> str:
    """Return a document's line, put together where the block has a column for each part."""
    parts = [named.get("document", "")]
    if number := named.get("doc_number"):
        parts.append(number if number.startswith("№") else f"№ {number}")
    if dated := named.get("doc_dated"):
        parts.append(dated if dated.startswith("от") else f"от {dated}")
    return " ".join(filter(None, parts))
