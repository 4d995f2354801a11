"""From a pasted text or a file to rows whose cells have names. Nothing is judged here, and nothing lost
without a word: what is left out is said in the notes, what may be taken all the same is kept aside.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nastav import ru
from nastav.columns.column import Asked, Cells, plain
from nastav.intake import clipboard
from nastav.intake.reader import File, Sheet
from nastav.people.models import Part
from nastav.tables import lines, values
from nastav.tables.lines import ASIDE, LINE, SHEET, Answers, Found, Line

MOST_ROWS = 2000
NO_ANSWERS: Answers = {}
# the sheet beside the rows of our own files, which says how to fill them in
GUIDE = "Справочник"
GUIDE_HEADS = ("Столбец", "Как заполнять", "Пример")

_OF_OTHERS = {Part.MENTEE: r"\bнаставник", Part.MENTOR: r"\bнаставляем"}
TOO_MUCH = f"За один раз — не больше {ru.number(MOST_ROWS)} строк и 60 столбцов: загрузите частями."


class BadTable(ValueError):
    """A table that cannot be checked row by row; the text says in Russian how to mend it."""


@dataclass(frozen=True)
class Table:
    """Rows that hold anything, by their number, and what was not read."""

    rows: tuple[tuple[int, Cells], ...]
    notes: tuple[str, ...]  # sentences for the person
    asked: tuple[Asked, ...] = ()  # columns that the person has to name before rows can be read


def place(number: int, cells: Cells) -> str:
    """Return where a row stands: «3», or «лист «5А», строка 3» where several sheets are read."""
    sheet = cells.get(SHEET)
    return f"лист «{sheet}», строка {cells.get(LINE, number)}" if sheet else str(number)


def within_sentence(number: int, cells: Cells, word: str = "строку") -> str:
    """Return «строку 3», or «строку 3 листа «5А»»; the word as the sentence bends it."""
    sheet = cells.get(SHEET)
    return f"{word} {cells.get(LINE, number)}" + (f" листа «{sheet}»" if sheet else "")


def pasted(text: str, part: Part, answers: Answers = NO_ANSWERS) -> Table:
    """Return the rows of a pasted text.

    Raises:
        BadTable: nothing is in it, or too much.
    """
    found = lines.read(_lines(text), part, answers)
    _check_size(found)
    return Table(tuple(found.rows), tuple(found.notes), tuple(found.asked))


def of_file(file: File, part: Part, answers: Answers = NO_ANSWERS) -> Table:
    """Return the rows of the sheets with people: of the first to be loaded, of the others aside.

    Sheets called like classes belong together. Where no sheet has a heading we know, the first with any
    text is read.

    Raises:
        BadTable: no sheet holds anything, or it holds too much.
    """
    filled = [
        sheet
        for sheet in file.sheets
        if sheet.rows and not sheet.is_hidden and not _is_guide(sheet)
    ]
    if not filled:
        raise BadTable("В файле нет заполненных строк. Проверьте, тот ли это файл.")
    headed = [
        sheet for sheet in filled if lines.heading(_cleaned(sheet), part, answers) is not None
    ]
    people = headed or filled[:1]
    first = next((person for person in people if not _is_others(person, part)), people[0])
    people, read = _fitting(first, people, part, answers)
    notes = [*_of_kind(file), *_of_sheets(file, people)]
    if len(people) == 1:
        return Table(tuple(read[0].rows), (*notes, *read[0].notes), tuple(read[0].asked))
    taken = {person.name for person in people if person is first or _belong(first, person)}
    rows = [
        row
        for sheet, found in zip(people, read, strict=True)
        for row in _of_one(found.rows, sheet, is_taken=sheet.name in taken)
    ]
    classes = [person.name for person, found in zip(people, read, strict=True) if found.is_by_sheet]
    if classes:
        notes.insert(0, _by_sheet(classes))
    for sheet, found in zip(people, read, strict=True):
        notes += [f"Лист «{sheet.name}». {note}" for note in found.notes]
    asked = read[people.index(first)].asked
    return Table(tuple(enumerate(rows, start=1)), tuple(notes), tuple(asked))


def _fitting(
    first: Sheet, people: list[Sheet], part: Part, answers: Answers
) -> tuple[list[Sheet], list[Found]]:
    """The sheets with people and what was read of them, as many as one load may hold; the first must."""
    found = {first.name: _of_sheet(first, part, answers, is_alone=len(people) == 1)}
    _check_size(found[first.name], is_cut=first.is_cut)
    room = MOST_ROWS - len(found[first.name].rows)
    for sheet in people:
        if sheet is first or sheet.is_cut:
            continue
        more = _asked_with(found[first.name], _of_sheet(sheet, part, answers))
        if more.rows and len(more.rows) <= room:
            found[sheet.name] = more
            room -= len(more.rows)
    fitting = [person for person in people if person.name in found]
    return fitting, [found[sheet.name] for sheet in fitting]


def _asked_with(first: Found, other: Found) -> Found:
    """Ask for a column once, whatever sheet it is on; what only another sheet has is passed over."""
    keys = {asked.heading: asked.key for asked in first.asked if asked.heading}
    named = {asked.key: keys.get(asked.heading, "") for asked in other.asked}
    rows = []
    for number, cells in other.rows:
        kept = {named.get(key, key): cell for key, cell in cells.items()}
        kept.pop("", None)
        rows.append((number, kept))
    lost = [f"«{column.heading}»" for column in other.asked if not named[column.key]]
    notes = [f"Не поняты и пропущены столбцы: {', '.join(lost)}."] if lost else []
    return replace(other, rows=rows, notes=[*other.notes, *notes], asked=[])


def _is_guide(sheet: Sheet) -> bool:
    return sheet.name == GUIDE and tuple(sheet.rows[0][1][: len(GUIDE_HEADS)]) == GUIDE_HEADS


def _is_others(sheet: Sheet, part: Part) -> bool:
    """Whether a sheet is called after the people of the other register."""
    return re.search(_OF_OTHERS[part], sheet.name.casefold()) is not None


def _belong(first: Sheet, other: Sheet) -> bool:
    return values.is_class(first.name) and values.is_class(other.name)


def _of_one(rows: Sequence[tuple[int, Cells]], sheet: Sheet, *, is_taken: bool) -> Iterator[Cells]:
    """Yield the rows of one sheet of several, each with its sheet and its number there."""
    aside = {} if is_taken else {ASIDE: SHEET}
    for number, cells in rows:
        yield {**cells, SHEET: sheet.name, LINE: str(number), **aside}


def _of_kind(file: File) -> list[str]:
    """What a kind of file leaves open."""
    notes = []
    if file.is_guessed:
        notes.append("Текст прочитан в кодировке Windows-1251: проверьте, верно ли читаются имена.")
    if file.is_text:
        notes.append(
            "В текстовом файле не видно, какие строки скрыты и какие ячейки объединены: "
            "проверьте, нет ли лишних строк."
        )
    return notes


def _of_sheets(file: File, read: list[Sheet]) -> list[str]:
    """Which sheet was read, where there are several, and which were not, with the rows they hold."""
    if len(file.sheets) == 1:
        return []
    notes = [f"Прочитан лист «{read[0].name}»."] if len(read) == 1 else []
    unread = [
        sheet for sheet in file.sheets if sheet.rows and sheet not in read and not _is_guide(sheet)
    ]
    if unread:
        listed = ", ".join(
            f"{'скрытый ' if sheet.is_hidden else ''}«{sheet.name}» "
            f"(строк: {'больше ' if sheet.is_cut else ''}{ru.number(len(sheet.rows))})"
            for sheet in unread
        )
        notes.append(f"Не прочитаны листы: {listed}.")
    return notes


def _by_sheet(names: list[str]) -> str:
    return f"Класс взят из названия листа: {ru.list_and(f'«{name}»' for name in names)}."


# --- one sheet ------------------------------------------------------------------------------------


def _check_size(found: Found, *, is_cut: bool = False) -> None:
    if is_cut or len(found.rows) > MOST_ROWS:
        raise BadTable(TOO_MUCH)
    if not found.rows:
        raise BadTable("Строк с данными не нашлось: под заголовком пусто.")


def _of_sheet(sheet: Sheet, part: Part, answers: Answers, *, is_alone: bool = False) -> Found:
    found = lines.read(_cleaned(sheet), part, answers, sheet.hidden)
    if values.is_class(sheet.name) and not any("class" in cells for _, cells in found.rows):
        rows = [(number, {**cells, "class": sheet.name}) for number, cells in found.rows]
        notes = [_by_sheet([sheet.name]), *found.notes] if is_alone else found.notes
        return replace(found, rows=rows, notes=notes, is_by_sheet=True)
    return found


def _cleaned(sheet: Sheet) -> list[Line]:
    return [(number, [plain(cell) for cell in cells]) for number, cells in sheet.rows]


def _lines(text: str) -> list[Line]:
    """Text typed by hand has no tabs; a comma or a semicolon parts its cells."""
    if "\t" in text:
        rows = clipboard.cells(text)
    else:
        rows = [re.split("[;,]", line) for line in text.replace("\0", "").splitlines()]
    plainly = [(number, [plain(cell) for cell in cells]) for number, cells in enumerate(rows, 1)]
    return [(number, cells) for number, cells in plainly if any(cells)]
