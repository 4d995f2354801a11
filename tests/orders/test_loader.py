"""A mistake in an order file gets a sentence with its line and key, and loads nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nastav.orders.loader import OrderError, default_path, load
from nastav.orders.places import key_lines

Complaints = Callable[..., list[str]]


@pytest.fixture
def complaints(tmp_path: Path) -> Complaints:
    """Problems of the real order after replacements, each of which must find its text."""

    def complain(*replacements: tuple[str, str]) -> list[str]:
        text = default_path().read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        return problems_of(tmp_path, text.encode())

    return complain


def problems_of(folder: Path, content: bytes) -> list[str]:
    path = folder / "order.toml"
    path.write_bytes(content)
    with pytest.raises(OrderError) as caught:
        load(path)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def line_of(fragment: str) -> int:
    lines = default_path().read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if line.startswith(fragment))


def test_short_row_names_line_key_and_how_many_are_needed(complaints: Complaints) -> None:
    assert complaints(("[32, 81, 129, 177, 225]", "[32, 81, 129, 177]")) == [
        f"Строка {line_of('mentees = [32,')}, plan.schools[3].mentees: "
        "нужно 5 чисел (по числу лет в plan.years), а дано 4."
    ]


def test_all_mistakes_come_together_in_the_order_of_lines(complaints: Complaints) -> None:
    problems = complaints(
        ("due = 2020-12-31", 'due = "31.12.2020"'),
        ("[68, 169, 270, 372, 473]", "[68, 169, -270, true, 473]"),
        ('number = "428"', "number = 428"),
    )
    row = f"Строка {line_of('mentees = [68')}, plan.schools[1].mentees"
    assert problems == [
        f"Строка {line_of('number')}, order.number: нужен текст в кавычках, а дано число 428.",
        f"{row}: 3-е значение: нужно целое число от 0 до 1000000, а дано число -270.",
        f"{row}: 4-е значение: нужно целое число от 0 до 1000000, а дано true.",
        f"Строка {line_of('due = 2020-12-31')}, stages[4].due: "
        "нужна дата без кавычек в виде 2020-11-30, а дано текст «31.12.2020».",
    ]


def test_misspelt_key_is_told_once_with_what_was_meant(complaints: Complaints) -> None:
    assert complaints(("due = 2020-11-30", "duee = 2020-11-30")) == [
        f"Строка {line_of('due = 2020-11-30')}, stages[1].duee: "
        "неизвестный ключ; возможно, имелось в виду due."
    ]


def test_unknown_key_without_a_likeness_is_told_plainly(complaints: Complaints) -> None:
    (problem,) = complaints(('ref = "п. 2.1"', 'ref = "п. 2.1"\ncolour = "синий"'))
    assert problem.endswith("school_duties[1].colour: неизвестный ключ.")


def test_missing_key_names_the_line_of_its_table(complaints: Complaints) -> None:
    first_school = line_of("[[plan.schools]]")
    assert complaints(('name = "СОШ №1"\n', "")) == [
        f"Строка {first_school}, plan.schools[1]: нет обязательного ключа name."
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"СОШ №2"', '"сош № 1"', "такая школа уже есть в plan.schools[1]: сош № 1"),
        ('key = "pairs"', 'key = "training"', "такой ключ этапа уже есть в stages[4]: training"),
        ('"formats"', '"roadmap"', "ключ мероприятия уже есть в stages[1].activities[5]: roadmap"),
        ('key = "pairs"', 'key = "Пары"', "ключ пишется строчными латинскими буквами"),
        ("ordinal = 3", "ordinal = 4", "этапы идут по порядку: нужно 3, а дано 4"),
        ("ordinal = 3", "ordinal = true", "нужно целое число от 1 до 39, а дано true"),
        ('roman = "IV"', 'roman = "VI"', "у этапа 4 римская цифра IV, а дано VI"),
        ('counts = "pairs"', 'counts = "pair"', "«pair»; возможно, имелось в виду pairs"),
        ('counts = "pairs"', 'counts = "xyz"', "сайт не умеет считать «xyz»; можно: mentees,"),
        ("documents = 3", "documents = -3", "нужно целое число от 0 до 100, а дано число -3"),
        ("documents = 3", f"documents = 0x{'f' * 9000}", "а дано слишком большое число"),
        ("documents = 3", "documents = 3.0", "а дано дробное число"),
        ("2021, 2022, 2023", "2022, 2021, 2023", "годы должны идти по возрастанию"),
        ("2021, 2022, 2023", "2021, 2021, 2023", "годы должны идти по возрастанию"),
        ("mentee_percent = [10,", "mentee_percent = [110,", "от 0 до 100, а дано число 110"),
        ("[285, 713,", "[", "нужно 5 чисел (по числу лет в plan.years), а дано 3"),
        ("mentors = [2, 5, 7, 9, 12]", "mentors = []", "нужен список целых чисел, а дано пустой"),
        ('"СОШ №14" = 60', '"СОШ №3" = 60', '"СОШ №3": такой школы нет в plan.schools'),
        ('"СОШ №14" = 60', '"СОШ №14" = "60"', "целое число от 0 до 1000000, а дано текст «60»"),
        ("due = 2020-12-15", "due = 2002-12-15", "вне учебного года 2020/21"),
        ("due = 2020-12-15", "due = 1520-12-15", "год должен быть от 2000 до 2100"),
        ("due = 2020-12-15", "due = 2020-12-15T10:00:00", "а дано дата со временем"),
        ("pair_period = true", 'pair_period = "да"', "нужно true или false, а дано текст «да»"),
        ('short = "Завершение"', 'short = ""', "текст пуст"),
        ('short = "Завершение"', 'short = " Завершение"', "лишние пробелы в начале или в конце"),
        ('short = "Завершение"', 'short = "А\\u200bБ"', "перенос строки или невидимый знак"),
        ('short = "Завершение"', f'short = "{"а" * 501}"', "текст длиннее 500 знаков: в нём 501"),
    ],
)
def test_one_mistake_is_one_sentence(complaints: Complaints, old: str, new: str, said: str) -> None:
    problem = complaints((old, new))[0]
    assert said in problem
    assert problem.startswith("Строка ")
    assert problem.endswith(".")


def test_missing_and_misplaced_tables_are_told(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, 'district = "Район"\nplan = []\n[[stages]]\n'.encode())
    assert "Строка 1, district: нужна таблица [district], а дано текст «Район»." in problems
    assert "Строка 2, plan: нужна таблица [plan], а дано пустой список." in problems
    assert "Строка 3, stages[1]: нет обязательного ключа activities." in problems
    assert "Во всём файле нет обязательного ключа order." in problems


def test_key_inside_an_inline_table_is_told_without_a_line(tmp_path: Path) -> None:
    text = default_path().read_text(encoding="utf-8")
    before, after = text.split("[[working_group]]", 1)[0], text.split("[[school_duties]]", 1)[1]
    inline = 'working_group = [{name = "Анна", post = 5}]\n'
    whole = inline + before + "[[school_duties]]" + after
    assert problems_of(tmp_path, whole.encode()) == [
        "working_group[1].post: нужен текст в кавычках, а дано число 5."
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Файл пуст: в нём нет ни одного ключа."),
        (b"# only a comment\n", "Файл пуст: в нём нет ни одного ключа."),
        (b"\xef\xbb\xbf[order]\n", "Файл начинается с метки BOM"),
        ("[order]\n# Приказ".encode("cp1251"), "Строка 2: файл не в кодировке UTF-8"),
        ("[order]".encode("utf-16"), "Строка 1: файл не в кодировке UTF-8"),
        (b"#" * 1_000_001, "Файл больше 1 МБ"),
        (
            b"[stages]\ndue = 2020-11-31",
            "Строка 2, знак 7: не разобрать «due = 2020-11-31». Проверьте",
        ),
        (b"[order]\nnumber 428", "Строка 2, знак 8: не разобрать «number 428»."),
        (b"a = 1\na = 2\n", "Строка 2, знак 6: не разобрать «a = 2»."),
        (b"a = 30.11.2020\n", "Строка 1, знак 10: не разобрать «a = 30.11.2020»."),
        (
            "a = «б»\n".encode(),
            "Строка 1, знак 5: не разобрать «a = «б»». Проверьте: текст",
        ),
        ("ключ = 1\n".encode(), "Строка 1, знак 1: не разобрать «ключ = 1»."),
        (b"a = [1, 2\nb = 3\n", "Строка 2, знак 1: не разобрать «b = 3»."),
        (b'a = """x\n', "Конец файла: не закрыт"),
        (b"a = " + b"9" * 5000, "В файле слишком длинное число"),
        (b"a = " + b"[" * 5000, "слишком много скобок"),
    ],
)
def test_file_that_is_not_readable_toml_is_refused(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (problem,) = problems_of(tmp_path, content)
    assert said in problem


def test_missing_file_and_folder_are_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(OrderError, match=r"нет\.toml не открывается: нет такого файла\."):
        load(tmp_path / "нет.toml")
    with pytest.raises(OrderError, match="не открывается"):
        load(tmp_path)


def test_optional_figures_may_be_left_out(tmp_path: Path) -> None:
    optional = ("printed_", "totals_note", "due_note", "mentee_percent", "mentor_percent")
    lines = default_path().read_text(encoding="utf-8").splitlines()
    path = tmp_path / "order.toml"
    kept = "\n".join(line for line in lines if not line.startswith(optional))
    path.write_text(kept.split("[plan.derived")[0] + kept.split('"СОШ №14" = 60')[1], "utf-8")
    order = load(path)
    assert order.plan_years[0].printed_mentees is None
    assert order.plan_years[0].mentor_percent is None
    assert order.plan[0].derived_mentee_base is None
    assert (order.totals_note, order.stages[0].due_note, order.stages[0].printed_due) == (
        "",
        "",
        "",
    )
    assert order.stages[0].due == date(2020, 11, 30)


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "order.toml"
    path.write_bytes(default_path().read_bytes().replace(b"\n", b"\r\n"))
    assert load(path) == load()


def test_lines_are_found_behind_strings_lists_and_quoted_keys() -> None:
    text = '''a = """
[[not.a.table]]
b = 1 """
c = [ # ]
  1,
]
[[t]] # first
"к = ч".d = '#'
[[t]]
[[t.u]]
  e = "[" # {
[t.v]
f = {g = 1}
'''
    found = key_lines(text)
    assert found == {
        "a": 1,
        "c": 4,
        "t": 7,
        "t[1]": 7,
        't[1]."к = ч"': 8,
        't[1]."к = ч".d': 8,
        "t[2]": 9,
        "t[2].u": 10,
        "t[2].u[1]": 10,
        "t[2].u[1].e": 11,
        "t[2].v": 12,
        "t[2].v.f": 13,
    }


@pytest.mark.parametrize(
    ("years", "said"), [("2020", "нужно 1 число"), ("2020, 2021, 2022", "нужно 3 числа")]
)
def test_needed_figures_agree_with_their_number(
    complaints: Complaints, years: str, said: str
) -> None:
    problems = complaints(("years = [2020, 2021, 2022, 2023, 2024]", f"years = [{years}]"))
    assert len(problems) == 4 + 2 * 13  # percents, printed totals, and each school's rows
    assert all(f"{said} (по числу лет в plan.years), а дано 5." in each for each in problems)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("due = 2020-12-15\n", "stages[6]: нет обязательного ключа due."),
        ("documents = 3\n", "stages[1].activities[1]: нет обязательного ключа documents."),
        ("mentors = [4, 9, 13, 18, 22]\n", "plan.schools[1]: нет обязательного ключа mentors."),
    ],
)
def test_missing_figure_is_told_once(complaints: Complaints, line: str, sentence: str) -> None:
    (problem,) = complaints((line, ""))
    assert problem.endswith(sentence)


def test_missing_working_group_is_told_once(complaints: Complaints) -> None:
    text = default_path().read_text(encoding="utf-8")
    group = text[text.index("[[working_group]]") : text.index("# --- The order's body")]
    assert complaints((group, "")) == ["Во всём файле нет обязательного ключа working_group."]


@pytest.mark.parametrize(
    ("written", "shown"), [("5", "число 5"), ("2020-09-01", "дата 01.09.2020"), ("[1]", "список")]
)
def test_tables_written_as_a_value_are_told_with_the_value(
    complaints: Complaints, written: str, shown: str
) -> None:
    text = default_path().read_text(encoding="utf-8")
    group = text[text.index("[[working_group]]") : text.index("# --- The order's body")]
    assert complaints((group, ""), ("[order]", f"working_group = {written}\n[order]")) == [
        f"Строка {line_of('[order]')}, working_group: "
        f"нужны таблицы [[working_group]], а дано {shown}."
    ]


def test_whatever_single_values_are_wrong_they_come_before_what_is_wrong_between_them(
    complaints: Complaints,
) -> None:
    """A list that is too short follows from a wrong one as often as not."""
    wrong, short = ('number = "428"', "number = 428"), ("[285, 713,", "[")
    assert [each.split(":")[0] for each in complaints(wrong, short)] == [
        f"Строка {line_of('number')}, order.number"
    ]
    assert "нужно 5 чисел" in complaints(short)[0]
