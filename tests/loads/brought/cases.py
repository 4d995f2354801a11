"""The tables: by name, the register they are for and the file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.support import kinds
from tests.support.kinds import Error, Formula, Made, repacked

HOME = Path(__file__).parent
HEAD = ("№", "ФИО", "Класс", "Запрос")
TWO = [HEAD, (1, "Козлова Жанна Ильинична", "5А", "учёба"), (2, "Рогов Лев", "6Б", None)]
CASES: dict[str, tuple[str, Callable[[], bytes]]] = {}


def case(book: str = "mentees") -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Enter a table under the name of its function."""

    def entered(made: Callable[[], bytes]) -> Callable[[], bytes]:
        CASES[made.__name__] = (book, made)
        return made

    return entered


def twin(name: str) -> bytes:
    return (HOME / "twins" / name).read_bytes()


# --- files ----------------------------------------------------------------------------------------


@case()
def parts_in_another_case() -> bytes:
    """As 1С writes: the table of strings under a name that the list of parts spells otherwise."""
    content = kinds.shared_xlsx(Made(TWO))
    return repacked(
        content, lambda name, part: (name.replace("sharedStrings", "SharedStrings"), part)
    )


@case()
def parts_with_backslashes() -> bytes:
    return repacked(
        kinds.shared_xlsx(Made(TWO)), lambda name, part: (name.replace("/", "\\"), part)
    )


@case()
def strict_namespaces() -> bytes:
    return twin("strict.xlsx")


@case()
def an_empty_fill() -> bytes:
    def emptied(name: str, part: bytes) -> tuple[str, bytes]:
        if name.endswith("styles.xml"):
            for empty in (b"<patternFill />", b"<patternFill/>"):  # as the writer has lxml or not
                part = part.replace(b"<fill>" + empty + b"</fill>", b"<fill/>")
            assert b"<fill/>" in part
        return name, part

    return repacked(kinds.xlsx(Made(TWO)), emptied)


@case()
def thirty_thousand_empty_rows_with_borders() -> bytes:
    rows = "".join(
        f'<row r="{row}" spans="1:16" ht="15" x14ac:dyDescent="0.25">'
        + "".join(f'<c r="{letter}{row}" s="0"/>' for letter in "ABCDEF")
        + "</row>"
        for row in range(4, 30_004)
    )

    def bordered(name: str, part: bytes) -> tuple[str, bytes]:
        if name.endswith("sheet1.xml"):
            part = part.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
            names = b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
            part = part.replace(b"<worksheet ", b"<worksheet " + names)
        return name, part

    return repacked(kinds.xlsx(Made(TWO)), bordered)


WITH_ALL = Made(
    [
        HEAD,
        (1, "Козлова Жанна Ильинична", "5А", Error("#N/A")),
        (2, "Рогов Лев", None, "учёба"),
        (3, "Ветров Олег", "7В", "скрыт"),
        (4, "Шилов Яков", Error("#REF!"), None),
    ],
    merged=[(2, 3, 3, 3)],
    hidden=[4],
)


@case()
def an_old_workbook() -> bytes:
    return kinds.xls(WITH_ALL)


@case()
def a_table_of_libreoffice() -> bytes:
    return kinds.ods(WITH_ALL)


@case()
def a_csv_in_windows_1251() -> bytes:
    return kinds.csv_1251(Made(TWO))


@case()
def a_csv_in_utf8_with_commas() -> bytes:
    rows = [("ФИО", "Класс", "Запрос"), ("Козлова Жанна", '5 "А"', "учёба, спорт\nи пение")]
    return kinds.text(Made(rows), separator=",", mark=b"\xef\xbb\xbf")


@case()
def unicode_text_of_excel() -> bytes:
    return kinds.unicode_text(Made(TWO))


# --- sheets and header ----------------------------------------------------------------------------


@case()
def a_sheet_for_each_class() -> bytes:
    head = ("№", "ФИО ученика")
    return kinds.xlsx(
        Made([("Расписание",), ("пн", "математика"), ("вт", "русский")], "Расписание"),
        Made([head, (1, "Козлова Жанна"), (2, "Рогов Лев")], "5А"),
        Made([head, (1, "Ветров Олег")], "5Б"),
        Made([head, (1, "Шилов Яков")], "6А"),
        Made([head, (1, "Старов Пётр")], "Архив", is_hidden=True),
    )


@case()
def a_list_on_the_last_sheet_under_a_long_cap() -> bytes:
    cap = [(f"Строка {row} распоряжения о наставничестве",) for row in range(1, 28)]
    return kinds.xlsx(
        Made([("Инструкция",), ("Заполните второй лист",)], "Инструкция"),
        Made([("Сводка", 12)], "Итоги"),
        Made([*cap, ("№", "ФИО", "Класс"), (1, "Козлова Жанна", "5А")], "Список"),
    )


@case()
def two_lists_of_which_one_is_taken() -> bytes:
    return kinds.xlsx(
        Made([("ФИО", "Класс"), ("Козлова Жанна", "5А")], "Наставляемые"),
        Made([("ФИО", "Класс"), ("Рогов Лев", "9А"), ("Ветров Олег", "10А")], "Наставники"),
    )


# --- values ---------------------------------------------------------------------------------------


@case("mentors")
def one_class_merged_over_three() -> bytes:
    return twin("merged-class-mentors.xlsx")


@case()
def a_name_merged_over_three_columns() -> bytes:
    return kinds.xlsx(
        Made(
            [
                ("№", "ФИО", None, None, "Класс"),
                (1, "Козлова", "Жанна", "Ильинична", "5А"),
                (2, "Рогов Лев", None, None, "6Б"),
            ],
            merged=[(1, 2, 1, 4), (3, 2, 3, 4)],
        )
    )


@case()
def filtered_and_hidden_rows() -> bytes:
    rows = [HEAD, *((row, f"Рогов {name}", "5А", "") for row, name in enumerate(NAMES, start=1))]
    return kinds.xlsx(Made(rows, hidden=[3, 5]))


NAMES = ("Лев", "Олег", "Ян", "Пётр", "Илья")


@case()
def formulas_without_results() -> bytes:
    rows = [
        HEAD,
        (1, "Козлова Жанна", Formula("=VLOOKUP(B2,Лист2!A:B,2,0)"), "учёба"),
        (2, "Рогов Лев", "6Б", Formula('=IF(C3="","","учёба")')),
    ]
    return kinds.xlsx(Made(rows))


@case()
def an_error_where_nothing_is_needed() -> bytes:
    return twin("error-value.xlsx")


@case()
def errors_as_text() -> bytes:
    rows = [
        HEAD,
        (1, "Козлова Жанна", "#Н/Д", ""),
        (2, "#ЗНАЧ!", "6Б", "учёба"),
        (3, "Рогов Лев", "6Б", "#REF!"),
    ]
    return kinds.csv_utf8(Made(rows))


@case()
def words_for_nothing() -> bytes:
    rows = [
        ("Фамилия", "Имя", "Отчество", "Класс", "Запрос"),
        ("Козлова", "Жанна", "нет", "5А", "—"),
        ("Рогов", "Лев", "б/о", "6Б", "отсутствует"),
        ("Ветров", "Олег", "-", "7В", "Нет"),
    ]
    return kinds.xlsx(Made(rows))


@case()
def days_with_their_midnight() -> bytes:
    rows = [
        ("ФИО", "Класс", "Дата вхождения"),
        ("Козлова Жанна", "5А", "05.10.2020 0:00:00"),
        ("Рогов Лев", "6Б", "2020-10-06T00:00:00"),
        ("Ветров Олег", "7В", "44111"),
        ("Шилов Яков", "8А", date(2020, 10, 8)),
        ("Лугов Пётр", "8А", "12345"),
    ]
    return kinds.xlsx(Made(rows))


@case()
def numbers_and_classes_in_the_name() -> bytes:
    rows = [
        ("ФИО", "Запрос"),
        ("1. Козлова Жанна, 4Б", "учёба"),
        ("2) Атаев Магомед 3А", ""),
        ("Рогов Лев 12", ""),
    ]
    return kinds.xlsx(Made(rows))


@case()
def a_name_and_a_class_in_one_column() -> bytes:
    return twin("mentees_name_class.tsv")


@case("mentors")
def what_stands_under_the_table() -> bytes:
    rows = [
        ("№", "ФИО", "Класс", "Должность"),
        (1, "Козлова Жанна", "9А", None),
        (2, "Дубов Иван Ильич", None, "директор школы"),
        ("ИТОГО", None, 2, None),
        (None, "Всего: 2 человека", None, None),
        ("Директор школы", "____________", "И.И. Дубов", None),
        (None, "М.П.", None, None),
        (None, "Исполнитель: Рогова А.А., тел. 12-34", None, None),
        ("Исп. Рогова А.А.", None, None, None),
    ]
    return kinds.xlsx(Made(rows))
