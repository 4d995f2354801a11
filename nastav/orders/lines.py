"""An order file as read: its tables, the line of each key, and every mistake noted in one place.

`tomllib` gives values without positions, so the line of a key is found by a small scanner over
the same text. It runs only when there is a mistake to report. Keys inside inline tables are not
located: a message without a line is better than one with a wrong line.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TypeGuard

SIZE_LIMIT = 1_000_000  # bytes; the real order takes 12 kB
TEXT_LIMIT = 500  # characters in one value
YEARS = (2000, 2100)

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*|[\[\]{}]|\n",
    re.DOTALL,
)
_KEY = re.compile(r"""(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^"'=\n])+""")
_BARE = re.compile(r"[A-Za-z0-9_-]+")

# The beginnings of tomllib's messages (CPython 3.11-3.14, Lib/tomllib/_parser.py).
_SYNTAX = {
    "Invalid date or datetime": "такой даты нет в календаре",
    "Expected '=' after a key": "после ключа нужен знак «=»",
    "Expected newline": (
        "значение записано неверно или после него лишние знаки; "
        "число пишется так: 285, дата так: 2020-11-30"
    ),
    "Expected ']": "не закрыта скобка в заголовке таблицы",
    "Expected": "не закрыт текст в кавычках",
    "Unterminated string": "не закрыты кавычки",
    "Illegal character": "не закрыты кавычки или в тексте стоит служебный знак",
    "Found invalid character": "недопустимый служебный знак",
    "Unescaped": "перед знаком «\\» в тексте нужен ещё один «\\»",
    "Unclosed array": "не закрыта скобка списка или пропущена запятая",
    "Unclosed inline table": "не закрыта фигурная скобка или пропущена запятая",
    "Duplicate inline table key": "ключ повторяется",
    "Cannot declare": "такая таблица уже есть выше",
    "Cannot": "такой ключ уже есть выше",
    "Invalid value": "значение не разобрать: текст пишется в прямых кавычках, число без кавычек",
    "Invalid initial character": "имя ключа пишется латинскими буквами или берётся в кавычки",
    "Invalid statement": "имя ключа пишется латинскими буквами или берётся в кавычки",
}

_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "нет такого файла",
    IsADirectoryError: "это папка",
    PermissionError: "нет права на чтение",
}


class OrderError(Exception):
    """The order file has mistakes and nothing of it was taken; `problems` has a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read(path: Path) -> "Table":
    """The top table of the file at `path`. Raises OrderError if it is not readable as TOML."""
    text = _text(path)
    try:
        values = tomllib.loads(text + "\n")  # or a fault in the last line has no number
    except tomllib.TOMLDecodeError as error:
        raise OrderError([_syntax_problem(str(error))]) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; "[" 3,000 times
        raise OrderError(["В файле слишком длинное число или слишком много скобок."]) from error
    if not values:
        raise OrderError(["Файл пуст: в нём нет ни одного ключа."])
    return Table(values, "", Problems(text))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        reason = _REASONS.get(type(error), "ошибка чтения")
        raise OrderError([f"Файл {path} не открывается: {reason}."]) from error
    if len(raw) > SIZE_LIMIT:
        raise OrderError(["Файл больше 1 МБ: это не файл приказа."])
    if raw.startswith(b"\xef\xbb\xbf"):
        raise OrderError(
            ["Файл начинается с метки BOM: сохраните его в кодировке «UTF-8 без BOM»."]
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        sentence = "файл не в кодировке UTF-8; сохраните его в кодировке «UTF-8 без BOM»."
        raise OrderError([f"Строка {line}: {sentence}"]) from error


def _syntax_problem(message: str) -> str:
    matching = (said for start, said in _SYNTAX.items() if message.startswith(start))
    said = next(matching, "запись не разобрать, проверьте кавычки, скобки и знак «=»")
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if place:
        return f"Строка {place[1]}, знак {place[2]}: {said}."
    return f"Конец файла: {said}."


def join(path: str, key: str) -> str:
    """The path of `key` in the table at `path`, quoted as TOML wants it."""
    shown = key if _BARE.fullmatch(key) else f'"{key}"'
    return f"{path}.{shown}" if path else shown


def key_lines(text: str) -> dict[str, int]:
    """The path of each table and key in valid TOML, and its line; both count from 1."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}  # tables so far in each array of tables
    table = ""
    for number, statement in _statements(text):
        if statement.startswith("["):
            table = _header_path(statement, number, found, counts)
            found[table] = number
            continue
        path = table
        key = _KEY.match(statement)
        for part in _parts(f"{key[0]}= 0") if key else []:
            path = join(path, part)
            found.setdefault(path, number)
    return found


def _header_path(statement: str, number: int, found: dict[str, int], counts: dict[str, int]) -> str:
    path = ""
    parts = _parts(statement)
    for place, part in enumerate(parts, start=1):
        path = join(path, part)
        found.setdefault(path, number)
        if place == len(parts) and statement.startswith("[["):
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path


def _parts(statement: str) -> list[str]:
    """The names in a dotted key or header, by the parser itself."""
    parts = []
    inner: object = tomllib.loads(statement)
    while isinstance(inner, dict) and inner:
        name, inner = next(iter(inner.items()))
        parts.append(name)
    return parts


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Line and text of each header and each `key = value`, however many lines it takes."""
    start, line, depth = 0, 1, 0
    for token in _TOKEN.finditer(text + "\n"):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and depth == 0:
            statement = text[start : token.start()]
            if statement.strip() and not statement.lstrip().startswith("#"):
                yield line, statement.strip()
            line += statement.count("\n") + 1
            start = token.end()


class Problems:
    """Every mistake found in one file; told together, in the order of the file's lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._noted: list[tuple[str, str]] = []
        self._tables: list[Table] = []

    @cached_property
    def _lines(self) -> dict[str, int]:
        return key_lines(self._text)

    def opened(self, table: "Table") -> None:
        """Remember a table, to look through it for missing and unknown keys at the end."""
        self._tables.append(table)

    def note(self, path: str, complaint: str) -> None:
        """Add a mistake of the key or table at `path`."""
        self._noted.append((path, complaint))

    def raise_if_any(self) -> None:
        """Raise OrderError if anything was noted, or a key is missing or unknown."""
        for table in self._tables:
            table.note_missing_and_unknown()
        if self._noted:
            last = len(self._text)
            noted = sorted(self._noted, key=lambda each: self._lines.get(each[0], last))
            raise OrderError([self._sentence(*each) for each in noted])

    def _sentence(self, path: str, complaint: str) -> str:
        if not path:
            return f"Во всём файле {complaint}."
        line = f"Строка {self._lines[path]}, " if path in self._lines else ""
        return f"{line}{path}: {complaint}."


class Table:
    """One table of the file. Each read notes its mistake and then gives an empty value."""

    def __init__(self, values: dict[str, object], path: str, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self.values = values
        self._asked: list[str] = []
        self._missing: list[str] = []
        problems.opened(self)

    def note(self, key: str, complaint: str) -> None:
        """Add a mistake of this table's `key`."""
        self.problems.note(join(self.path, key), complaint)

    def note_missing_and_unknown(self) -> None:
        """Note required keys that are absent and keys never asked for; a typo counts once."""
        absent = [key for key in self._asked if key not in self.values]
        for key in [key for key in self.values if key not in self._asked]:
            meant = get_close_matches(key, absent, n=1)
            hint = f"; возможно, имелось в виду {meant[0]}" if meant else ""
            self.note(key, f"неизвестный ключ{hint}")
            self._missing = [name for name in self._missing if name not in meant]
        for key in self._missing:
            self.problems.note(self.path, f"нет обязательного ключа {key}")

    def _take(self, key: str, required: bool) -> object:
        """The value, or None where the key is absent (TOML itself has no null)."""
        self._asked.append(key)
        if required and key not in self.values:
            self._missing.append(key)
        return self.values.get(key)

    def text(self, key: str, *, required: bool = True) -> str:
        """A line of text without invisible characters; "" where absent or wrong."""
        value = self._take(key, required)
        if value is None:
            return ""
        complaint = _complaint_about_text(value)
        if complaint:
            self.note(key, complaint)
            return ""
        return str(value)

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`; 0 where absent or wrong."""
        value = self._take(key, required=True)
        if value is None:
            return 0
        if not _is_whole(value, low, high):
            self.note(key, f"нужно целое число от {low} до {high}, а дано {shown(value)}")
            return 0
        return value

    def wholes(self, key: str, low: int, high: int, *, required: bool = True) -> tuple[int, ...]:
        """A list of whole numbers from `low` to `high`; () where absent or wrong."""
        value = self._take(key, required)
        if value is None:
            return ()
        if not isinstance(value, list) or not value:
            self.note(key, f"нужен список целых чисел, а дано {shown(value)}")
            return ()
        wrong = [n for n, each in enumerate(value, start=1) if not _is_whole(each, low, high)]
        for n in wrong:
            said = f"нужно целое число от {low} до {high}, а дано {shown(value[n - 1])}"
            self.note(key, f"{n}-е значение: {said}")
        return () if wrong else tuple(value)

    def day(self, key: str) -> date | None:
        """A calendar date; None where absent or wrong."""
        value = self._take(key, required=True)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.note(key, f"нужна дата без кавычек в виде 2020-11-30, а дано {shown(value)}")
            return None
        if not YEARS[0] <= value.year <= YEARS[1]:
            self.note(key, f"год должен быть от {YEARS[0]} до {YEARS[1]}, а дано {shown(value)}")
            return None
        return value

    def flag(self, key: str) -> bool:
        """true or false; False where absent or wrong."""
        value = self._take(key, required=False)
        if value is not None and not isinstance(value, bool):
            self.note(key, f"нужно true или false, а дано {shown(value)}")
        return value is True

    def table(self, key: str, *, required: bool = True) -> "Table":
        """The table under `key`; where absent or wrong an empty one whose gaps are not told."""
        value = self._take(key, required)
        if isinstance(value, dict):
            return Table(value, join(self.path, key), self.problems)
        if value is not None:
            self.note(key, f"нужна таблица [{join(self.path, key)}], а дано {shown(value)}")
        return Table({}, key, Problems(""))

    def tables(self, key: str) -> list["Table"]:
        """The tables [[key]] in the order of the file; paths count them from 1."""
        value = self._take(key, required=True)
        path = join(self.path, key)
        if value is None:
            return []
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            self.note(key, f"нужны таблицы [[{path}]], а дано {shown(value)}")
            return []
        return [Table(v, f"{path}[{n}]", self.problems) for n, v in enumerate(value, start=1)]


def _is_whole(value: object, low: int, high: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


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
