"""What a value of a person's TOML file may be: rules that cattrs asks, each with a Russian sentence."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Generic, TypeGuard, TypeVar

TEXT_LIMIT = 500  # characters in one value
YEARS = (2000, 2100)
Option = TypeVar("Option", bound=StrEnum)


class Wrong(ValueError):
    """A value breaks its rule; each complaint is the end of a Russian sentence."""

    def __init__(self, *complaints: str) -> None:
        super().__init__(*complaints)
        self.complaints = complaints


class Misplaced(Wrong):
    """A value stands where a table is wanted; the complaint has a `{}` for the key's path."""


def text(value: object) -> str:
    """Take a line of text without invisible characters."""
    complaint = _complaint_about_text(value)
    if complaint:
        raise Wrong(complaint)
    return str(value)


def day(value: object) -> date:
    """Take a calendar date."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Wrong(f"нужна дата без кавычек в виде 2020-11-30, а дано {shown(value)}")
    if not YEARS[0] <= value.year <= YEARS[1]:
        raise Wrong(f"год должен быть от {YEARS[0]} до {YEARS[1]}, а дано {shown(value)}")
    return value


def flag(value: object) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise Wrong(f"нужно true или false, а дано {shown(value)}")
    return value


@dataclass(frozen=True)
class Whole:
    """Takes a whole number from `low` to `high`."""

    low: int
    high: int

    def __call__(self, value: object) -> int:
        """Take one number."""
        if not self.allows(value):
            raise Wrong(self.complaint(value))
        return value

    def allows(self, value: object) -> TypeGuard[int]:
        """Tell whether a value is such a number; true and false are none."""
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        return self.low <= value <= self.high

    def complaint(self, value: object) -> str:
        """Return what is wrong with a value."""
        return f"нужно целое число от {self.low} до {self.high}, а дано {shown(value)}"


@dataclass(frozen=True)
class Wholes(Whole):
    """Takes a list of whole numbers from `low` to `high`, at least one."""

    def __call__(self, value: object) -> tuple[int, ...]:  # type: ignore[override]
        """Take a list; each wrong number is a complaint of its own."""
        if not isinstance(value, list) or not value:
            raise Wrong(f"нужен список целых чисел, а дано {shown(value)}")
        wrong = [(n, each) for n, each in enumerate(value, start=1) if not self.allows(each)]
        if wrong:
            raise Wrong(*(f"{n}-е значение: {self.complaint(each)}" for n, each in wrong))
        return tuple(value)


@dataclass(frozen=True)
class OneOf(Generic[Option]):
    """Takes one of the words of a StrEnum."""

    options: type[Option]

    def __call__(self, value: object) -> Option:
        """Take one word."""
        if (word := text(value)) not in set(self.options):
            raise Wrong(f"нужно одно из {', '.join(self.options)}, а дано {word}")
        return self.options(word)


Text = Annotated[str, text]
Day = Annotated[date, day]
Flag = Annotated[bool, flag]


def _complaint_about_text(value: object) -> str:
    if not isinstance(value, str):
        return f"нужен текст в кавычках, а дано {shown(value)}"
    if not value.strip():
        return "текст пуст"
    if value != value.strip():
        return "лишние пробелы в начале или в конце текста"
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} for letter in value):
        return "в тексте перенос строки или невидимый знак"
    if len(value) > TEXT_LIMIT:
        return f"текст длиннее {TEXT_LIMIT} знаков: в нём {len(value)}"
    return ""


def shown(value: object) -> str:
    """A value in a Russian sentence, never long: «число 5», «текст «пять»»."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):  # a long hexadecimal cannot be printed at all
        return f"число {value}" if abs(value) < 10**15 else "слишком большое число"
    if isinstance(value, str):
        return f"текст «{value[:40]}…»" if len(value) > 40 else f"текст «{value}»"
    if isinstance(value, list):
        return "список" if value else "пустой список"
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"дата {value:%d.%m.%Y}"
    kinds = {float: "дробное число", dict: "таблица", datetime: "дата со временем"}
    return kinds.get(type(value), "время")
