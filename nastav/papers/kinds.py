"""What kinds of papers there are, as data: what each is called, proves, holds and asks for.

What stands in a paper is said here once, with an invented example of each field: the texts are written with
these names, the rooms that own the figures fill exactly these, a district's template is checked by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Names(StrEnum):
    """Whose names stand in a paper: one with children's is drawn anew each time and leaves no school."""

    NONE = "none"
    ADULTS = "adults"
    CHILDREN = "children"


@dataclass(frozen=True)
class Proof:
    """A document line that a signed paper becomes: of which activity (its key), called what."""

    activity: str
    kind: str  # «Приказ о рабочей группе»: a kind from this list, never typed


Fields = Mapping[str, str]  # name of a field → an invented example


@dataclass(frozen=True)
class Kind:
    """A kind of paper."""

    key: str
    name: str  # «приказ о рабочей группе и кураторе», as a list of papers says it
    stage: int  # ordinal of the stage it belongs to
    file: str  # beginning of the file's name, ASCII
    names: Names = Names.NONE
    is_each: bool = False  # a sheet for each of many: people, pairs, questionnaires
    is_numbered: bool = False  # signed with a number and a date of its own
    approved_by: str = ""  # key of the order that approves it and gives it number and date
    proofs: tuple[Proof, ...] = ()
    fields: Fields = field(default_factory=dict)  # beyond the common ones
    lists: Mapping[str, Fields] = field(default_factory=dict)
    # what the school itself writes in it, once a year: column of `SchoolTexts` → the field it fills
    texts: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()  # fields and lists that a district's own template must hold
    needs: tuple[
        str, ...
    ] = ()  # requisites without which it is not made (`requisites.records.FIELDS`)

    @property
    def text(self) -> str:
        """Return the name of its text in `texts/`."""
        return self.key


# requisites that most papers ask for
HEAD: Final = ("full_name", "short_name", "place", "head_name", "head_post")
CURATOR: Final = ("curator",)
# what every paper of a school may hold; no child is among them
COMMON: Fields = MappingProxyType(
    {
        "школа": "Муниципальное бюджетное общеобразовательное учреждение средняя общеобразовательная "
        "школа № 5",
        "школа_кратко": "МБОУ СОШ № 5",
        "место": "ст-ца Калининская",
        "адрес": "353780, ст-ца Калининская, ул. Ленина, 1",
        "учредитель": "",
        "директор": "П. И. Гончаренко",
        "директор_должность": "Директор",
        "куратор": "И. С. Мельник",
        "куратор_должность": "заместитель директора по воспитательной работе",
        "год": "2020/21",
        "на_дату": "9 декабря 2020 г.",
        # after «Во исполнение приказа»
        "приказ_района": "управления образования администрации муниципального образования Калининский "
        "район от 23.09.2020 № 428 «О внедрении целевой модели наставничества обучающихся»",
        "формы": "ученик – ученик, учитель – ученик",
        **{f"срок_{n}": day for n, day in enumerate(("30.11.2020", "06.12.2020", "10.12.2020"), 1)},
        **{f"срок_{n}": day for n, day in enumerate(("31.12.2020", "10.12.2020", "15.12.2020"), 4)},
        "срок_7": "25.05.2021",
    }
)
