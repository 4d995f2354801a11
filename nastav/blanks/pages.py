"""What the pages of the templates show: the kinds there are, their fields, an example."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from nastav import ru
from nastav.papers import builder
from nastav.papers import example as examples
from nastav.papers.catalogue import KINDS
from nastav.papers.filler import BadTemplate, fill
from nastav.papers.kinds import COMMON, Kind

_DAY: Final = date(2020, 12, 9)  # of the invented paper: COMMON's `на_дату`
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII")


@dataclass(frozen=True)
class Field:
    """A field as the page of a kind lists it."""

    name: str  # «{группа.имя}»
    example: str
    is_of_list: bool


def has_ours(kind: Kind) -> bool:
    """Tell whether the site has a text of a kind: without one there is nothing to edit."""
    return (builder.TEXTS / f"{kind.text}.txt").is_file()


def offered() -> list[Kind]:
    """Return the kinds of which a district may have a template of its own."""
    return [kind for kind in KINDS.values() if has_ours(kind)]


def by_stage(kinds: Iterable[Kind]) -> list[tuple[str, list[Kind]]]:
    """Return (stage's numeral, its kinds)."""
    together = groupby(kinds, key=lambda kind: kind.stage)
    return [(_ROMAN[stage - 1], list(own)) for stage, own in together]


def fields(kind: Kind) -> list[Field]:
    """Return every field that a template of a kind may hold: its own, its lists', the common ones."""
    own = [Field(f"{{{name}}}", value, False) for name, value in kind.fields.items()]
    inner = [
        Field(f"{{{name}.{each}}}", value, True)
        for name, items in kind.lists.items()
        for each, value in items.items()
    ]
    return [*own, *inner, *(Field(f"{{{name}}}", value, False) for name, value in COMMON.items())]


def needed(kind: Kind) -> str:
    """Return «{школа_кратко}, {директор} и строка таблицы со списком «группа»», or ""."""
    fields = [f"{{{name}}}" for name in kind.required if name not in kind.lists]
    lists = [f"строка таблицы со списком «{name}»" for name in kind.required if name in kind.lists]
    return ru.list_and([*fields, *lists])


def refusal(faults: Sequence[str]) -> str:
    """Return the sentence beside the field: the fault, or how many there are."""
    if len(faults) == 1:
        return faults[0]
    counted = ru.counted(len(faults), "ошибка", "ошибки", "ошибок")
    return f"Бланк не принят: {counted}, они перечислены в начале страницы."


def example(kind: Kind, template: bytes) -> tuple[bytes, str]:
    """Return a template filled with an invented school, or why its fields are others by now."""
    try:
        return fill(template, examples.data(kind), title=kind.name, made_on=_DAY), ""
    except BadTemplate as refusal:
        return b"", str(refusal)
