"""An invented school's paper: what a template is tried and shown with."""

from types import MappingProxyType
from typing import Final

from nastav.papers.filler import Data
from nastav.papers.kinds import COMMON, Kind

ROWS: Final = 3
# of lists: a name of each row, so that one sees what repeats
_NAMES: Final = MappingProxyType(
    {
        "имя": ("Гончаренко Павел Игоревич", "Мельник Ирина Сергеевна", "Бондарь Олег Львович"),
        "наставник": ("Савчук Артём, 10 «А»", "Руденко Вера, 9 «Б»", "Ярош Нина Ивановна, учитель"),
    }
)


def data(kind: Kind, rows: int = ROWS) -> Data:
    """Return the examples of a kind's fields, and some rows of each of its lists."""
    lists = {
        name: [_row(dict(example), place) for place in range(rows)]
        for name, example in kind.lists.items()
    }
    return Data({**COMMON, **kind.fields}, lists)


def _row(example: dict[str, str], place: int) -> dict[str, str]:
    if example.get("номер") == "1":
        example["номер"] = str(place + 1)
    if place:
        example |= {name: _NAMES[name][place % ROWS] for name in example.keys() & _NAMES.keys()}
    return example
