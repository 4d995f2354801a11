"""Text as Russians write it: numbers, numerals, dates, names, classes, sorting and searching.

Everything here is pure: no clock, no settings, no database. Strings that must not break across
lines carry no-break spaces.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from babel.core import Locale

from nastav import days

NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"
DASH: Final = "\u2014"
"""What stands in place of a figure that cannot be given."""

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100

_LOCALE: Final = Locale("ru")
MONTHS: Final = tuple(_LOCALE.months["format"]["wide"][month] for month in range(1, 13))
WEEKDAYS: Final = tuple(_LOCALE.days["format"]["wide"][day] for day in range(7))  # from Monday
"""Genitive names: «января» first."""

_LOOKALIKES: Final = dict(zip(map(ord, "abcehkmoptxyë"), "авсенкмортхуё", strict=True))
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_QUOTES: Final = dict.fromkeys(map(ord, "«»\"'„“”‘’"), " ")
AS_TYPED: Final = _LOOKALIKES | _DASHES | _QUOTES
"""How a lower-case date or class is put right before it is read."""

_DATE_HINT: Final = "Укажите дату в формате ДД.ММ.ГГГГ, например 08.12.2020"


class BadDate(ValueError):
    """A date that cannot be read; the text is a Russian sentence that says how to mend it."""


# --- Numbers ------------------------------------------------------------------------------------


def number(value: int | None) -> str:
    """Return «1 996» with a no-break space in thousands and a true minus; None gives «—»."""
    if value is None:
        return DASH
    text = f"{abs(value):,}".replace(",", NBSP)
    return f"{MINUS}{text}" if value < 0 else text


def signed(value: int | None) -> str:
    """Return a deviation with its sign: «+4», «−4», «0»; None gives «—»."""
    return f"+{number(value)}" if value is not None and value > 0 else number(value)


def round_half_up(value: Decimal, digits: int = 0) -> Decimal:
    """Return the value with so many decimals, halves away from zero, as Excel's ROUND does."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def share(part: int | None, whole: int | None) -> Decimal | None:
    """Return part of whole in per cent with one decimal, or None where there is no percentage."""
    if part is None or not whole:
        return None
    return round_half_up(Decimal(part) * 100 / Decimal(whole), digits=1)


def percent(part: int | None, whole: int | None) -> str:
    """Return «90,9 %»; «—» where the part is unknown or the whole is nothing."""
    value = share(part, whole)
    return DASH if value is None else f"{_decimal(value)}{NBSP}%"


def _decimal(value: Decimal) -> str:
    text = f"{abs(value):,.1f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{text}" if value < 0 else text


# --- Numerals and lists -------------------------------------------------------------------------


def plural(n: int, text: str, few: str, many: str) -> str:
    """Return the word that agrees with n: 1 этап, 2 этапа, 5 этапов. Only the word."""
    return {"one": text, "few": few}.get(_plural_form(n), many)


_plural_form: Final = lru_cache(maxsize=1000)(_LOCALE.plural_form)


def counted(n: int, text: str, few: str, many: str) -> str:
    """Return the number with its agreed word, «12 этапов», held by a no-break space."""
    return f"{number(n)}{NBSP}{plural(n, text, few, many)}"


def days_late(n: int) -> str:
    """Return «−9 дн.» for n days past a deadline (n as `dates.days_overdue` gives it)."""
    return f"{number(-n)}{NBSP}дн."


def too_long(length: int, limit: int) -> str:
    """Return why a text of so many characters is refused, with both numbers and what to do."""
    has = counted(length, "знак", "знака", "знаков")
    return f"Слишком длинно: {has}, а помещается не больше {number(limit)}. Сократите текст."


def out_of(n: int, text: str, many: str) -> str:
    """Return what stands after «из»: «21 наставника», «5 наставников» (both words genitive)."""
    return f"{number(n)}{NBSP}{plural(n, text, many, many)}"


def list_and(items: Iterable[str | int]) -> str:
    """Return «1, 2 и 3»; nothing gives an empty string."""
    *head, last = [str(item) for item in items] or [""]
    return f"{', '.join(head)} и {last}" if head else last


def inside(sentence: str) -> str:
    """Return a sentence as it goes on after a colon; «SWOT» stays as it is."""
    is_word = sentence[1:2].islower() or sentence[1:2].isspace()
    return sentence[0].lower() + sentence[1:] if is_word else sentence


# --- Dates --------------------------------------------------------------------------------------


def date_short(day: date) -> str:
    """Return «09.12.2020», for tables and forms."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def date_long(day: date) -> str:
    """Return «9 декабря 2020 г.» with no-break spaces, for letters and reports."""
    return NBSP.join((str(day.day), MONTHS[day.month - 1], str(day.year), "г."))


def moment(when: datetime, zone: tzinfo) -> str:
    """Return «09.12.2020, 14:05» as the clock in the zone shows an aware moment.

    Raises ValueError for a naive datetime: nobody knows which zone it is in.
    """
    if when.utcoffset() is None:
        raise ValueError("moment() needs an aware datetime")
    there = when.astimezone(zone)
    return f"{date_short(there)}, {there:%H:%M}"


def school_year(first_year: int) -> str:
    """Return «2020/21» for the school year that begins in September of first_year."""
    return f"{first_year}/{(first_year + 1) % 100:02}"


_SEPARATOR: Final = r"\s*[.,/-]\s*"  # the comma is the numeric pad in Russian layout
_DATE_FORMS: Final = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"(?P<day>\d\d?){_SEPARATOR}(?P<month>\d\d?)(?:{_SEPARATOR}(?P<year>\d\d(?:\d\d)?))?\.?",
        r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4})",
        rf"(?P<year>\d{{4}}){_SEPARATOR}(?P<month>\d\d?){_SEPARATOR}(?P<day>\d\d?)",
        r"(?P<day>\d\d?)\s*(?P<month>[а-я]{3,})\.?(?:\s*(?P<year>\d\d(?:\d\d)?))?",
    )
)
_YEAR_WORD: Final = re.compile(r"(?<=\d)\s*г(?:\.|ода?)?$")


def parse_date(text: str, *, school_year: int | None = None, today: date) -> date:
    """Return the date a person typed.

    A date without a year falls in the school year that begins in `school_year`, or, without it, in
    the one that contains `today`. Two digits of a year are 20xx. The time that a program writes behind
    a day is dropped; «44110» is a day as Excel counts them. Raises BadDate.
    """
    first = _first_year(today) if school_year is None else school_year
    return _parse(text, lambda month, _: first if month >= 9 else first + 1)


def parse_past(text: str, *, year: int | None = None, today: date) -> date:
    """Return the day that a person asks back for; without a year it is of `year`, or the last that came.

    Raises BadDate.
    """
    last = today.year if year is None else year
    ahead = (today.month, today.day) if year is None else (12, 31)
    return _parse(text, lambda month, day: last - ((month, day) > ahead))


def _parse(text: str, year_of: Callable[[int, int], int]) -> date:
    """Return the date typed; `year_of` says the year of a month and a day that came without one."""
    plain = days.without_time(" ".join(text.casefold().translate(AS_TYPED).split()))
    plain = _YEAR_WORD.sub("", plain)
    if day := days.of_number(plain, FIRST_YEAR, LAST_YEAR):
        return day
    found = next((hit for form in _DATE_FORMS if (hit := form.fullmatch(plain))), None)
    if found is None:
        raise BadDate(_DATE_HINT)
    month, of_month = _month(found["month"]), int(found["day"])
    if found["year"] is None:
        year = year_of(month, of_month)
    else:
        year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    return _existing(of_month, month, year)


def _first_year(day: date) -> int:
    """`dates.cycle_of` again: the two modules may not import each other."""
    return day.year if day.month >= 9 else day.year - 1


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    for index, name in enumerate(MONTHS, start=1):
        if name.startswith(text):
            return index
    raise BadDate(_DATE_HINT)


def _existing(day: int, month: int, year: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadDate(f"Год {year} не подходит: укажите год от {FIRST_YEAR} до {LAST_YEAR}")
    named = f"{day:02}.{month:02}.{year} не существует"
    if not 1 <= month <= 12:
        raise BadDate(f"{named}: месяц — число от 01 до 12. {_DATE_HINT}")
    last = monthrange(year, month)[1]
    if day < 1:
        raise BadDate(f"{named}: дни считают с 01. {_DATE_HINT}")
    if day > last:
        where = f"в {MONTHS[month - 1][:-1]}е" + (f" {year} года" if month == 2 else "")
        length = f"{last} {plural(last, 'день', 'дня', 'дней')}"
        mend = f"Исправьте дату, например {last}.{month:02}.{year}"
        raise BadDate(f"{named}: {where} {length}. {mend}")
    return date(year, month, day)


# --- Names of people ----------------------------------------------------------------------------

_PARTICLES: Final = frozenset({"оглы", "оглу", "кызы", "гызы", "угли", "кизи"})
_INITIAL: Final = re.compile(r"[^\W\d_]\.")
_PATRONYMIC: Final = re.compile(r".+(?:ич|вна|чна)", re.IGNORECASE)


def short_name(surname: str, given: str, patronymic: str | None) -> str:
    """Return «Петрова И. С.» with no-break spaces; parts that are empty are left out."""
    return NBSP.join(part for part in (surname.strip(), _initials(given, patronymic)) if part)


def by_patronymic(patronymic: str | None, he: str, she: str, unknown: str) -> str:
    """Return the word of the gender that a patronymic tells of; a first name tells of none."""
    text = (patronymic or "").casefold()
    if text.endswith(("вна", "чна", "кызы", "гызы")):
        return she
    return he if text.endswith(("ич", "оглы")) else unknown


def initials_first(full_name: str) -> str:
    """Return «Е. В. Давиденко», as it stands in a signature, from the name in full.

    A name that begins with its initials stays so; what stands in brackets behind the name stays there.
    """
    name, bracket, note = visible(full_name).partition("(")
    words = _name_words(name)
    if words and _INITIAL.fullmatch(words[0]):
        said = words
    else:
        surname, given, patronymic = split_full_name(name)
        said = [part for part in (_initials(given, patronymic), surname) if part]
    return " ".join(filter(None, (NBSP.join(said), f"{bracket}{note}")))


def capitalized(text: str) -> str:
    """Return the text with its first letter as a sentence begins; the others stay."""
    return f"{text[:1].upper()}{text[1:]}"


def split_full_name(text: str) -> tuple[str, str, str | None]:
    """Return surname, given name and patronymic of «Фамилия Имя Отчество».

    A missing name is empty, a missing patronymic None; no word typed is lost. Of four words and
    more, what stands before the last two is a double surname when the last is a patronymic;
    «Ахмед оглы» is one patronymic.
    """
    words = _name_words(text)
    end = len(words)
    if end <= 2:
        surname, given = [*words, "", ""][:2]
        return surname, given, None
    if end > 3 and words[-1].casefold() in _PARTICLES:
        start = end - 2
    elif end == 3 or _PATRONYMIC.fullmatch(words[-1]):
        start = end - 1
    else:
        return words[0], " ".join(words[1:]), None
    return " ".join(words[: start - 1]), words[start - 1], " ".join(words[start:])


def _name_words(text: str) -> list[str]:
    plain = visible(text).translate(_DASHES)
    plain = re.sub(r"(?<=\w)\s*-\s*(?=\w)", "-", plain)
    plain = re.sub(r"[,;]|(?<=\.)(?=[^\W\d_])", " ", plain)  # «Петрова И.С.» is three words
    return [word for word in plain.split() if _WORD.search(word)]  # «-» stands for no patronymic


def _initials(given: str, patronymic: str | None) -> str:
    plain = [part for part in (given, patronymic) if part]
    if all(part.isalpha() and part.casefold() not in _PARTICLES for part in plain):
        return NBSP.join(f"{part[0].upper()}." for part in plain)  # nearly every name, in a tenth
    words = _name_words(f"{given} {patronymic or ''}")
    return NBSP.join(
        word.lower()
        if word.casefold() in _PARTICLES
        else "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
        for word in words
    )


# --- Searching and sorting ----------------------------------------------------------------------

_WORD: Final = re.compile(r"[0-9]+|[^\W0-9_]+")


def search_key(text: str) -> str:
    """Return the text as it is searched: a query's key is looked for inside the stored key.

    Lower case, ё = е, Latin look-alikes as Cyrillic, accents and invisible signs gone; letters and
    digits part company («7а» finds 7 «А»); all else is one space. No sign that LIKE treats apart.
    """
    return " ".join(_folded_words(text)).replace("ё", "е")


def search_words(query: str) -> tuple[str, ...]:
    """Return the keys of what was typed into a search, to be looked for one by one, in any order.

    A class and a code stay whole: «7а», «7 А» is «7 а», «К-15» is «к 15».
    """
    words: list[str] = []
    for typed in query.split():
        key = search_key(typed)
        is_letter = len(key) == 1 and key.isalpha()
        if is_letter and words and words[-1].isdecimal():
            words[-1] = f"{words[-1]} {key}"
        else:
            words += [key] if any(sign.isdecimal() for sign in key) else key.split()
    return tuple(words)


def begins(words: Iterable[str], key: str) -> bool:
    """Tell whether each of a search's words begins a word of a search key."""
    text = f" {key}"
    return all(f" {word}" in text for word in words)


def sort_key(text: str) -> str:
    """Return a string to be stored, whose plain byte order (COLLATE "C") is the Russian order.

    ё counts as е and decides only between equals, after it; a number sorts by its size and before
    letters; a word before the longer one it begins; case and punctuation do not count.
    """
    words = _folded_words(text)
    primary = "-".join(_sortable(word).replace("ё", "е") for word in words)
    # Only the places of е and ё: trailing zeros change no order, so most keys need no second part.
    marks = "".join("01"[sign == "ё"] for sign in "".join(words) if sign in "её").rstrip("0")
    return f"{primary} {marks}" if marks else primary  # " " < "-" < digits < letters


def _folded_words(text: str) -> list[str]:
    """Runs of letters and runs of digits, folded in everything but ё."""
    plain = visible(text.casefold(), accents=False)
    return _WORD.findall(plain.translate(_LOOKALIKES))


def visible(text: str, *, accents: bool = True) -> str:
    """Without what Excel and Word bring along unseen (soft hyphens, zero-width signs); ё in one."""
    gone = {"Cf"} if accents else {"Cf", "Mn"}
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in composed if unicodedata.category(sign) not in gone)


def _sortable(word: str) -> str:
    """A number led by its length sorts by size at any length: 5 → 015, 10 → 0210."""
    if not word.isdecimal():
        return word
    digits = word.lstrip("0") or "0"
    return f"{min(len(digits), 99):02}{digits}"
