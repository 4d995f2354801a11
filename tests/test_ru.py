"""Numbers, numerals, dates, names, classes, searching and sorting, as Russians write them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastav import ru, sqlite

NB = "\u00a0"
MINUS = "\u2212"
DASH = "\u2014"
TODAY = date(2020, 12, 9)
SOME_DAY = st.dates(date(2000, 1, 1), date(2100, 12, 31))
relaxed = settings(deadline=None, max_examples=200)  # a slow machine is not a fault


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1996, f"1{NB}996"),
        (1234567, f"1{NB}234{NB}567"),
        (-4, f"{MINUS}4"),
        (-1996, f"{MINUS}1{NB}996"),
        (None, DASH),
    ],
)
def test_a_number_has_no_break_thousands_and_a_true_minus(value: int | None, text: str) -> None:
    assert ru.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(4, "+4"), (-4, f"{MINUS}4"), (0, "0"), (1996, f"+1{NB}996"), (None, DASH)],
)
def test_a_deviation_carries_its_sign_and_zero_carries_none(value: int | None, text: str) -> None:
    assert ru.signed(value) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (40, 44, f"90,9{NB}%"),
        (49, 400, f"12,3{NB}%"),  # 12,25: half to even would give 12,2
        (1, 3, f"33,3{NB}%"),
        (0, 44, f"0,0{NB}%"),
        (44, 44, f"100,0{NB}%"),
        (50, 4, f"1{NB}250,0{NB}%"),
        (-1, 400, f"{MINUS}0,3{NB}%"),
        (5, 0, DASH),
        (5, None, DASH),
        (None, 44, DASH),
    ],
)
def test_a_percentage_has_one_decimal_and_a_dash_where_there_is_nothing_to_divide_by(
    part: int | None, whole: int | None, text: str
) -> None:
    assert ru.percent(part, whole) == text


@relaxed
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_rounded_half_up_as_whole_numbers_would_round_it(part: int, whole: int) -> None:
    assert ru.share(part, whole) == Decimal((2000 * part + whole) // (2 * whole)) / 10


def test_halves_of_people_are_rounded_up() -> None:
    assert ru.round_half_up(Decimal("2.5")) == 3
    assert ru.round_half_up(Decimal("2.49")) == 2
    assert str(ru.round_half_up(Decimal("12.25"), digits=1)) == "12.3"


WORDS = {"этап": (1, 21, 101), "этапа": (2, 22), "этапов": (0, 5, 11, 12, 14, 25, 111, 112)}


@pytest.mark.parametrize(("n", "word"), [(n, word) for word, ns in WORDS.items() for n in ns])
def test_the_word_agrees_with_the_number(n: int, word: str) -> None:
    assert ru.plural(n, "этап", "этапа", "этапов") == word
    assert ru.counted(n, "этап", "этапа", "этапов") == f"{n}{NB}{word}"


def test_a_large_count_is_held_together_by_no_break_spaces() -> None:
    assert ru.counted(1996, "человек", "человека", "человек") == f"1{NB}996{NB}человек"


def test_days_late_are_written_with_a_minus() -> None:
    assert ru.days_late(9) == f"{MINUS}9{NB}дн."
    assert ru.days_late(0) == f"0{NB}дн."


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["1"], "1"), ([1, 2], "1 и 2"), (["1", "2", "3"], "1, 2 и 3")],
)
def test_a_list_ends_with_and(items: list[str | int], text: str) -> None:
    assert ru.list_and(iter(items)) == text


# --- Dates --------------------------------------------------------------------------------------


def test_dates_are_written_short_in_tables_and_long_in_letters() -> None:
    assert ru.date_short(TODAY) == "09.12.2020"
    assert ru.date_long(TODAY) == f"9{NB}декабря{NB}2020{NB}г."
    assert ru.date_long(date(2021, 5, 25)) == f"25{NB}мая{NB}2021{NB}г."


def test_a_moment_is_shown_by_the_clock_of_the_zone() -> None:
    evening = datetime(2020, 12, 9, 21, 5, tzinfo=UTC)
    assert ru.moment(evening, ZoneInfo("Europe/Moscow")) == "10.12.2020, 00:05"
    assert ru.moment(evening, UTC) == "09.12.2020, 21:05"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        ru.moment(datetime(2020, 12, 9, 14, 5), UTC)  # noqa: DTZ001 - naive on purpose


def test_a_school_year_is_named_by_both_its_years() -> None:
    assert ru.school_year(2020) == "2020/21"
    assert ru.school_year(2008) == "2008/09"
    assert ru.school_year(2099) == "2099/00"


TYPED = """8.12|08.12|8.12.|8,12|8/12|8-12|08.12.2020|8.12.2020|08,12,2020|08122020|8/12/20
8-12-2020|8.12.20|8–12–2020|08. 12. 2020|08.12.2020 г.|08.12.2020г|8 декабря|8 ДЕКАБРЯ
8 декабря 2020|8 декабря 2020 г.|8 декабря 2020г.|8 декабря 2020 года|«8» декабря 2020 г.
8 дек. 2020|8дек|8 дeкaбpя|2020-12-08|2020.12.8|  08.12.2020  |8\u00a0декабря\u00a02020\u00a0г."""
NO_DATES = """| |завтра|8|8.12.020|8.12.1|8 декабрь|8 ма|0812|8.12.2020 к 9:00|8..12|20-12-2020-1
٨.١٢.2020|8.12.20200|декабрь 2020|200-12-08"""


@pytest.mark.parametrize("text", TYPED.replace("\n", "|").split("|"))
def test_a_date_is_understood_however_it_is_typed(text: str) -> None:
    assert ru.parse_date(text, today=TODAY) == date(2020, 12, 8)


@relaxed
@given(SOME_DAY)
def test_every_date_the_site_writes_is_read_back(day: date) -> None:
    written = [ru.date_short(day), ru.date_long(day), day.isoformat(), f"{day:%d%m%Y}"]
    assert [ru.parse_date(text, today=TODAY) for text in written] == [day] * 4


@relaxed
@given(st.dates(date(2020, 9, 1), date(2021, 8, 31)))
def test_a_date_without_a_year_falls_in_the_school_year_asked_for(day: date) -> None:
    assert ru.parse_date(f"{day:%d.%m}", school_year=2020, today=date(2026, 1, 1)) == day
    assert ru.parse_date(f"{day:%d.%m}", today=date(2020, 9, 1)) == day
    assert ru.parse_date(f"{day:%d.%m}", today=date(2021, 8, 31)) == day


def test_29_february_without_a_year_exists_only_in_a_school_year_that_has_it() -> None:
    assert ru.parse_date("29.02", school_year=2019, today=TODAY) == date(2020, 2, 29)
    with pytest.raises(
        ru.BadDate, match=r"29\.02\.2021 не существует: в феврале 2021 года 28 дней"
    ):
        ru.parse_date("29.02", school_year=2020, today=TODAY)


HINT = "Укажите дату в формате ДД.ММ.ГГГГ, например 08.12.2020"


@pytest.mark.parametrize("text", NO_DATES.replace("\n", "|").split("|"))
def test_what_is_no_date_is_refused_with_the_way_to_mend_it(text: str) -> None:
    with pytest.raises(ru.BadDate) as refused:
        ru.parse_date(text, today=TODAY)
    assert str(refused.value) == HINT


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "31.11.2020",
            "31.11.2020 не существует: в ноябре 30 дней. Исправьте дату, например 30.11",
        ),
        ("31 ноября", "31.11.2020 не существует: в ноябре 30 дней."),
        ("31112020", "31.11.2020 не существует: в ноябре 30 дней."),
        ("32.05.21", "32.05.2021 не существует: в мае 31 день."),
        ("32.08.21", "32.08.2021 не существует: в августе 31 день."),
        ("30.02.2024", "30.02.2024 не существует: в феврале 2024 года 29 дней."),
        ("12.25.2020", f"12.25.2020 не существует: месяц — число от 01 до 12. {HINT}"),
        ("1.0", f"01.00.2021 не существует: месяц — число от 01 до 12. {HINT}"),
        ("0.12", f"00.12.2020 не существует: дни считают с 01. {HINT}"),
        ("08.12.1999", "Год 1999 не подходит: укажите год от 2000 до 2100"),
        ("31.02.2101", "Год 2101 не подходит: укажите год от 2000 до 2100"),
    ],
)
def test_a_date_that_cannot_be_is_named_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(ru.BadDate) as refused:
        ru.parse_date(text, today=TODAY)
    assert str(refused.value).startswith(sentence)


@relaxed
@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_clear_refusal(text: str) -> None:
    try:
        sentence, year = "", ru.parse_date(text, today=TODAY).year
    except ru.BadDate as refused:
        sentence, year = str(refused), 0
    assert 2000 <= year <= 2100 or "кажите" in sentence or "Исправьте" in sentence


# --- Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Петрова", "Ирина", "Сергеевна"), "Петрова И. С."),
        (("Петрова", "Ирина", None), "Петрова И."),
        ((" Петрова ", "ирина", ""), "Петрова И."),
        (("Петрова", "И.", "С."), "Петрова И. С."),
        (("Ким", "Анна-Мария", "Львовна"), "Ким А.-М. Л."),
        (("Алиев", "Вагиф", "Ахмед Оглы"), "Алиев В. А. оглы"),
        (("К-014", "", None), "К-014"),
    ],
)
def test_a_short_name_never_breaks_across_lines(
    parts: tuple[str, str, str | None], name: str
) -> None:
    assert ru.short_name(*parts) == name.replace(" ", NB)


def test_a_signature_begins_with_the_initials() -> None:
    signature = ru.initials_first("Давиденко Елена Вячеславовна")
    assert signature == f"Е.{NB}В.{NB}Давиденко"
    assert ru.initials_first("Давиденко") == "Давиденко"
    for typed in ("П. И. Гончаренко", "П.И. Гончаренко", "Гончаренко П. И."):
        assert ru.initials_first(typed) == "П.\xa0И.\xa0Гончаренко"
    assert ru.initials_first("Ясенева Вера (вымышл.)") == "В.\xa0Ясенева (вымышл.)"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Давиденко Елена Вячеславовна", ("Давиденко", "Елена", "Вячеславовна")),
        (f"  Давиденко{NB}{NB}Елена\tВячеславовна ", ("Давиденко", "Елена", "Вячеславовна")),
        ("Петрова, Ирина", ("Петрова", "Ирина", None)),
        ("Петрова Ирина -", ("Петрова", "Ирина", None)),
        ("Петрова", ("Петрова", "", None)),
        ("", ("", "", None)),
        ("Петрова И.С.", ("Петрова", "И.", "С.")),
        ("Пет\u00adрова Ирина\u200b", ("Петрова", "Ирина", None)),
        ("Семе\u0308нов Андреи\u0306", ("Семёнов", "Андрей", None)),
        ("Петров – Водкин Кузьма Сергеевич", ("Петров-Водкин", "Кузьма", "Сергеевич")),
        ("Гарсиа Лопес Мария Ивановна", ("Гарсиа Лопес", "Мария", "Ивановна")),
        ("Алиев Вагиф Ахмед оглы", ("Алиев", "Вагиф", "Ахмед оглы")),
        ("Алиева Лейла Ахмед-кызы", ("Алиева", "Лейла", "Ахмед-кызы")),
        ("Мамедов Али Вагиф Рза Оглы", ("Мамедов Али", "Вагиф", "Рза Оглы")),
        ("Нгуен Тхи Тху Ха", ("Нгуен", "Тхи Тху Ха", None)),
    ],
)
def test_a_full_name_is_split_however_it_is_spaced(
    text: str, parts: tuple[str, str, str | None]
) -> None:
    assert ru.split_full_name(text) == parts


# --- Searching and sorting ----------------------------------------------------------------------

SAME = """Семёнов-Зуев|СЕМЕНОВ ЗУЕВ| семёнов   -  зуев |Ceмeнoв\u00a0Зуев|Семе\u0308нов–Зуев
Се\u00adмёнов, Зуев|Семё\u0301нов «Зуев»|%Семёнов_Зуев"""


@pytest.mark.parametrize("text", SAME.replace("\n", "|").split("|"))
def test_one_name_typed_in_many_ways_is_found_by_one_key(text: str) -> None:
    assert ru.search_key(text) == "семенов зуев"


@pytest.mark.parametrize("text", ["СОШ №5", "СОШ № 5", "сош5", "COШ №5"])
def test_a_school_is_found_with_or_without_its_spaces(text: str) -> None:
    assert ru.search_key(text) == "сош 5"


def test_the_short_i_is_a_letter_of_its_own_even_when_decomposed() -> None:
    assert ru.search_key("Майи\u0306") == "майй"


@relaxed
@given(st.text(max_size=30))
def test_a_search_key_is_its_own_key_and_holds_no_sign_of_the_database(text: str) -> None:
    key = ru.search_key(text)
    assert ru.search_key(key) == key
    assert all(sign.isalnum() or sign == " " for sign in key)
    assert key == " ".join(key.split())


LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
RAW = st.text(alphabet="абеёийжяАЕЁЯ019 -«»№.", max_size=14)


def slow_order(text: str) -> tuple[list[tuple[int, list[int]]], list[bool]]:
    """The rule spelt out: word by word, numbers by size, the alphabet with ё in the place of е."""
    words: list[tuple[int, list[int]]] = []
    kind_before = ""
    for sign in text.lower():
        kind = "digit" if sign.isdigit() else "letter" if sign.isalpha() else ""
        if kind and kind != kind_before:
            words.append((0, [0]) if kind == "digit" else (1, []))
        if kind == "digit":
            words[-1][1][0] = words[-1][1][0] * 10 + int(sign)
        elif kind == "letter":
            words[-1][1].append(LETTERS.index("е" if sign == "ё" else sign))
        kind_before = kind
    return words, [sign == "ё" for sign in text.lower() if sign in "её"]


@settings(deadline=None, max_examples=1000)
@given(RAW, RAW)
def test_stored_keys_sort_as_the_rule_spelt_out(text: str, other: str) -> None:
    left, right = ru.sort_key(text).encode(), ru.sort_key(other).encode()
    assert (left < right) == (slow_order(text) < slow_order(other))
    assert (left == right) == (slow_order(text) == slow_order(other))


IN_ORDER = [
    ["5 «А»", "5 «Б»", "10 «А»", "11"],
    ["5А", "5-б", "10 А"],
    ["СОШ №1", "СОШ №2", "СОШ №5", "СОШ №10", "СОШ №14"],
    ["Елка", "Ёлка", "Елка 2", "Ёлка 2"],
    ["Елкин", "Ёлкин", "Елкина", "Ёлкина", "Жук"],
    ["Ёжиков Яков", "Ежов", "Елин"],
    ["Петров-Водкин", "Петров Яков", "Петрова Анна"],
    ["Ива", "Ивйа", "Ивка"],
    ["Андреев", "Юдин", "Яковлев"],
]


@pytest.mark.parametrize("expected", IN_ORDER)
def test_the_database_sorts_by_stored_keys_as_russians_do(expected: list[str]) -> None:
    base = sqlite.connect(":memory:")
    base.execute("create table t (text, key)")
    rows = [(text, ru.sort_key(text)) for text in reversed(expected)]
    base.executemany("insert into t values (?, ?)", rows)
    found = [row[0] for row in base.execute("select text from t order by key")]
    base.close()
    assert found == expected


def test_stored_keys_keep_their_form_for_they_lie_in_people_s_databases() -> None:
    assert ru.sort_key("СОШ №10") == "сош-0210"
    assert ru.sort_key("Семенов") == "семенов"
    assert ru.sort_key("Семёнов Пётр") == "семенов-петр 011"


def test_case_punctuation_and_look_alikes_do_not_count_in_sorting() -> None:
    assert ru.sort_key("Cемёнов 007") == ru.sort_key("«семёнов», 7")


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("09.12", None, date(2020, 12, 9)),
        ("10.12", None, date(2019, 12, 10)),  # the last that came
        ("25 мая", None, date(2020, 5, 25)),
        ("10.12.2020", None, date(2020, 12, 10)),  # what was typed stays
        ("25.05", 2018, date(2018, 5, 25)),
        ("31.12", 2018, date(2018, 12, 31)),
    ],
)
def test_a_day_asked_back_for_has_been(text: str, year: int | None, day: date) -> None:
    assert ru.parse_past(text, year=year, today=date(2020, 12, 9)) == day
