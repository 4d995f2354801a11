"""Reads a person's TOML file into dataclasses; every mistake is told at once, with its line and key.

cattrs builds the dataclasses and collects what went wrong; `values` has the rules and their sentences.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_origin

from nastav.late import late
from nastav.orders.places import join, key_lines
from nastav.orders.values import Misplaced, Wrong, shown

if TYPE_CHECKING:
    import cattrs
else:
    cattrs = late("cattrs")

SIZE_LIMIT = 1_000_000  # bytes; the real order takes 12 kB

_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "нет такого файла",
    IsADirectoryError: "это папка",
    PermissionError: "нет права на чтение",
}
File = TypeVar("File")
Hook = Callable[[Any, Any], Any]


class OrderError(Exception):
    """The order file has mistakes and nothing of it was taken; `problems` has a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Notes:
    """The mistakes found in one file; told together, in the order of the file's lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._noted: list[tuple[str, str]] = []

    def note(self, path: str, complaint: str) -> None:
        """Add a mistake of the key or table at `path`."""
        self._noted.append((path, complaint))

    def raise_if_any(self) -> None:
        """Raise OrderError if anything was noted."""
        if not self._noted:
            return
        lines, last = key_lines(self._text), len(self._text)
        noted = sorted(self._noted, key=lambda each: lines.get(each[0], last))
        raise OrderError([_sentence(path, lines.get(path), said) for path, said in noted])


def _sentence(path: str, line: int | None, complaint: str) -> str:
    if not path:
        return f"Во всём файле {complaint}."
    return f"{f'Строка {line}, ' if line else ''}{path}: {complaint}."


def read(path: Path, shape: type[File]) -> tuple[File, Notes]:
    """Return the file as `shape`, and where to note what is wrong between its values.

    Raises:
        OrderError: it is not readable as TOML, or a key is missing, unknown or breaks its rule.
    """
    text = _text(path)
    notes = Notes(text)
    try:
        return _converter().structure(_parsed(text), shape), notes
    except cattrs.BaseValidationError as error:
        for place, complaint in _complaints(error, ""):
            notes.note(place, complaint)
        notes.raise_if_any()
        raise


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = tomllib.loads(text + "\n")  # or a fault in the last line has no number
    except tomllib.TOMLDecodeError as error:
        raise OrderError([_syntax_problem(text, str(error))]) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; "[" 3,000 times
        raise OrderError(["В файле слишком длинное число или слишком много скобок."]) from error
    if not found:
        raise OrderError(["Файл пуст: в нём нет ни одного ключа."])
    return found


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


def _syntax_problem(text: str, message: str) -> str:
    """Tell where `tomllib` stopped; its reasons are English, change and may not be relied on."""
    advice = (
        "текст пишется в прямых кавычках, число так: 285, дата так: 2020-11-30 (и она есть в "
        "календаре), ключ — латинскими буквами или в кавычках и один раз, после ключа стоит «=», "
        "скобки и кавычки закрыты, в списке между значениями запятые"
    )
    place = re.search(r"line (\d+), column (\d+)", message)
    if not place:
        return f"Конец файла: не закрыты кавычки или скобка. Проверьте: {advice}."
    line = text.split("\n")[int(place[1]) - 1 : int(place[1])]
    written = f" «{line[0].strip()[:60]}»" if line and line[0].strip() else ""
    return f"Строка {place[1]}, знак {place[2]}: не разобрать{written}. Проверьте: {advice}."


# --- cattrs -----------------------------------------------------------------------------------------


@cache
def _converter() -> "cattrs.Converter":
    found = cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)
    found.register_structure_hook_func(_has_rule, lambda value, kind: kind.__metadata__[0](value))
    found.register_structure_hook_func(_is_tables, _tables)
    found.register_structure_hook_factory(is_dataclass, lambda kind: _table(kind, found))
    found.register_structure_hook_factory(_is_names, lambda kind: _names(kind, found))
    return found


def _has_rule(kind: Any) -> bool:
    return get_origin(kind) is Annotated and callable(kind.__metadata__[0])


def _is_tables(kind: Any) -> bool:
    return get_origin(kind) is tuple and is_dataclass(get_args(kind)[0])


def _is_names(kind: Any) -> bool:
    return get_origin(kind) is dict


def _table(kind: type[Any], converter: "cattrs.Converter") -> Hook:
    return _only_tables(
        cattrs.gen.make_dict_structure_fn(
            kind,
            converter,
            _cattrs_forbid_extra_keys=True,
            _cattrs_detailed_validation=True,
        )
    )


def _names(kind: Any, converter: "cattrs.Converter") -> Hook:
    return _only_tables(converter.gen_structure_mapping(kind))


def _only_tables(build: Hook) -> Hook:
    def structure(value: object, kind: Any) -> Any:
        if not isinstance(value, dict):
            raise Misplaced("нужна таблица [{}], а дано " + shown(value))
        return build(value, kind)

    return structure


def _tables(value: object, kind: Any) -> tuple[Any, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
        raise Misplaced("нужны таблицы [[{}]], а дано " + shown(value))
    rows: Any = GenericAlias(list, get_args(kind)[:1])
    return tuple(_converter().structure(value, rows))


def _complaints(error: Exception, path: str) -> Iterator[tuple[str, str]]:
    """Walk what cattrs collected: the path of each key, counted from 1, and what is wrong with it."""
    match error:
        case cattrs.ClassValidationError():
            yield from _of_table(error, path)
        case cattrs.IterableValidationError():
            for each, note in error.group_exceptions()[0]:
                key = note.index  # a list's place or a table's key
                place = f"{path}[{key + 1}]" if isinstance(key, int) else join(path, key)
                yield from _complaints(each, place)
        case Misplaced():
            yield path, error.complaints[0].replace("{}", path, 1)
        case Wrong():
            yield from ((path, each) for each in error.complaints)
        case _:
            raise error


def _of_table(error: "cattrs.ClassValidationError", path: str) -> Iterator[tuple[str, str]]:
    named, others = error.group_exceptions()
    missing = [note.name for each, note in named if isinstance(each, KeyError)]
    for each in others:
        if not isinstance(each, cattrs.ForbiddenExtraKeysError):
            raise each
        optional = [field.name for field in fields(each.cl) if not _is_required(field)]
        for key in sorted(each.extra_fields):
            meant = get_close_matches(key, [*missing, *optional], n=1)
            hint = f"; возможно, имелось в виду {meant[0]}" if meant else ""
            yield join(path, key), f"неизвестный ключ{hint}"
            missing = [name for name in missing if name not in meant]  # a typo is told once
    yield from ((path, f"нет обязательного ключа {name}") for name in missing)
    for each, note in named:
        if not isinstance(each, KeyError):
            yield from _complaints(each, join(path, note.name))


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING
