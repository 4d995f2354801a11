"""Whatever table is written, in whatever kind of file, under whatever headings: the same is read."""

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastav.columns.column import plain
from nastav.intake import child, inspection, reader
from nastav.intake.reader import File
from nastav.people.models import Part
from nastav.tables import values
from nastav.tables.lines import ASIDE
from nastav.tables.table import of_file
from tests import office
from tests.support import kinds
from tests.support.kinds import Made

KINDS = {**kinds.BOOKS, **kinds.TEXTS}
HEADINGS = {
    "surname": ("Фамилия", "ФАМИЛИЯ ученика"),
    "given_name": ("Имя", "имя"),
    "class": ("Класс", "Класс ребёнка", " класс\n"),
    "need": ("Запрос", "Основной запрос", "Потребность"),
    "joined": ("Дата вхождения", "Дата включения в программу"),
}
LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюяё"
NAME = (
    st.text(LETTERS, min_size=2, max_size=9)
    .map(str.capitalize)
    .filter(lambda name: values.said(name) and not values.nobody([name], {0: "name"}))
)
CLASS = st.builds("{} «{}»".format, st.integers(1, 11), st.sampled_from("АБВЩ"))
# what parts cells, and what programs take for something else
SIGNS = "аяЁё ;,|\t\n\"'=+-@#/.№7«»—<&>"
NEED = st.text(SIGNS, max_size=14).map(plain).filter(
    lambda text: not values.is_error(text) and "____" not in text
)  # fmt: skip
DAY = st.dates(date(2000, 1, 1), date(2020, 12, 9))
ROW = st.tuples(NAME, NAME, CLASS, NEED, DAY)


@st.composite
def tables(draw) -> tuple[Made, list[dict[str, str]]]:  # type: ignore[no-untyped-def]
    """Return a sheet with a heading somewhere above its rows, and the cells that should be read."""
    keys = draw(st.permutations(list(HEADINGS)))
    rows = draw(st.lists(ROW, min_size=1, max_size=12))
    head = [draw(st.sampled_from(HEADINGS[key])) for key in keys]
    cap = [[f"К приказу, строка {number}"] for number in range(draw(st.integers(0, 29)))]
    named = [dict(zip(HEADINGS, row, strict=True)) for row in rows]
    lines = [[row[key] for key in keys] for row in named]
    expected = [
        {**row, "joined": f"{row['joined']:%d.%m.%Y}", "need": values.said(row["need"])}
        for row in named
    ]
    cells = [{key: cell for key, cell in row.items() if cell} for row in expected]
    return Made([*cap, head, *lines]), cells


def read(content: bytes) -> File:
    """Read as the site does, but in this process."""
    kind = inspection.inspect(content)
    return reader.as_file(kind, child.answer(kind, content))


def folded(cells: dict[str, str]) -> dict[str, str]:
    return {key: plain(cell) for key, cell in cells.items()}


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=25)
@given(table=tables())
def test_what_is_written_is_read(kind: str, table: tuple[Made, list[dict[str, str]]]) -> None:
    made, expected = table
    found = of_file(read(KINDS[kind](made)), Part.MENTEE)
    assert [cells for _, cells in found.rows] == [folded(cells) for cells in expected]
    first = len(made.rows) - len(expected) + 1
    assert [number for number, _ in found.rows] == list(range(first, len(made.rows) + 1))


@settings(deadline=None, max_examples=25)
@given(
    table=tables(),
    kind=st.sampled_from(sorted(kinds.BOOKS)),
    others=st.integers(0, 14),
    hide=st.integers(0, 2**12),
)
def test_the_sheet_is_found_and_hidden_rows_stay_aside(
    table: tuple[Made, list[dict[str, str]]], kind: str, others: int, hide: int
) -> None:
    made, expected = table
    first = len(made.rows) - len(expected) + 1
    hidden = [first + at for at in range(len(expected)) if hide >> at & 1]
    sheets = [Made([["План", "работы"], ["январь", "1"]], f"План {at}") for at in range(others)]
    sheets.insert(hide % (others + 1), Made(made.rows, "Люди", hidden=hidden))
    found = of_file(read(kinds.BOOKS[kind](*sheets)), Part.MENTEE)
    assert [number for number, cells in found.rows if ASIDE in cells] == hidden
    assert len(found.rows) == len(expected)
    if others:
        assert "Прочитан лист «Люди»." in found.notes
        unread = next(note for note in found.notes if note.startswith("Не прочитаны"))
        assert unread.count("«План") == others


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_libreoffice_writes_what_is_read(tmp_path: Path) -> None:
    chance = random.Random(5)
    rows = [("№", "ФИО", "Класс", "Запрос"), *(
        (at, f"Птицын{letter} Олег", f"{chance.randint(1, 11)} «А»", "учёба; спорт, «пение»")
        for at, letter in enumerate("абвгде", start=1)
    )]  # fmt: skip
    rows[3] = (*rows[3][:2], None, None)
    made = Made(rows, hidden=[6], merged=[(3, 3, 4, 3)])
    source = tmp_path / "list.xlsx"
    source.write_bytes(kinds.xlsx(made))
    expected = of_file(read(source.read_bytes()), Part.MENTEE).rows
    assert expected[1][1]["class"] == expected[2][1]["class"]
    assert [number for number, cells in expected if ASIDE in cells] == [6]
    for kind in ("xls", "ods", "xlsx"):
        converted = office._convert([source], tmp_path / kind, kind)[source]
        assert of_file(read(converted.read_bytes()), Part.MENTEE).rows == expected, kind
