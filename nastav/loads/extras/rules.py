"""What a row says beside the register, and in what it differs from what the card holds. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nastav import ru
from nastav.columns import cells
from nastav.columns.column import Change, Column, Room, TooLong, passed_over, plain
from nastav.columns.extras import CONSENT, PROFILE
from nastav.consents.models import SIGNER_LABELS, Signer
from nastav.people.models import Part

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Paper:
    """A consent to take part that the card holds."""

    id: int
    version: int
    signer: Signer
    signed_on: date
    number: str
    is_withdrawn: bool


@dataclass(frozen=True)
class Extras:
    """What a card holds: the profile by the columns' keys (empty: none), the papers, the latest last."""

    profile: Mapping[str, Any] = field(default_factory=dict)
    papers: Sequence[Paper] = ()

    @property
    def values(self) -> dict[str, Any]:
        """Return what our files hold, by the columns' keys: of the papers the latest that holds."""
        held = [paper for paper in self.papers if not paper.is_withdrawn]
        if not held:
            return dict(self.profile)
        paper = held[-1]
        latest = {"signer": paper.signer, "signed_on": paper.signed_on, "paper": paper.number}
        return {**self.profile, **latest}


@dataclass(frozen=True)
class TypedPaper:
    """A consent as typed; who signed may not be said, then `usual` did."""

    signed_on: date
    signer: Signer | None
    usual: Signer
    number: str = ""


@dataclass(frozen=True)
class RowExtras:
    """What a row says beside the register: of the profile only what its cells hold."""

    profile: Mapping[str, Any] = field(default_factory=dict)
    paper: TypedPaper | None = None


@dataclass(frozen=True)
class Read:
    """What a row's cells say, what is to be mended in them, and what is passed over."""

    typed: RowExtras
    problems: list[str]
    notices: list[str]


def read(typed: Cells, part: Part, kinds: Sequence[str], usual: Callable[[date], Signer]) -> Read:
    """Return what a row's cells say: what cannot be read is passed over, what does not fit is refused.

    Args:
        typed: the cells.
        part: of which register.
        kinds: the names of the district's forms of mentoring.
        usual: who has to sign on a day, where a row does not say who did.
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    notices: list[str] = []
    for column in (*PROFILE, *CONSENT):
        if column.key not in typed or part not in column.parts:
            continue
        cell = typed[column.key]
        meant = _meant(column, cell)
        try:
            value = meant.read(cell) if meant.read else cells.kinds(cell, kinds)
        except TooLong as mistake:
            problems.append(f"«{column.title}»: {mistake}")
            continue
        except ValueError as mistake:
            notices.append(passed_over(column.title, cell, mistake))
            continue
        if value not in (None, ""):
            values.setdefault(meant.key, value)
    paper, more = _paper(values, usual)
    return Read(RowExtras(values, paper), problems, [*notices, *more])


_SPANS = {column.key: column for column in PROFILE if column.key in ("grades", "ages")}


def _meant(column: Column, cell: str) -> Column:
    """The column a wish belongs to by its own word: «5–7 класс» under «Желаемый возраст»."""
    if column.key == "ages" and cells.says_grades(cell):
        return _SPANS["grades"]
    return _SPANS["ages"] if column.key == "grades" and cells.says_ages(cell) else column


def _paper(
    values: dict[str, Any], usual: Callable[[date], Signer]
) -> tuple[TypedPaper | None, list[str]]:
    """Take the consent out of the values; without its day there is none, and that is said."""
    signer, day, number = (values.pop(key, None) for key in ("signer", "signed_on", "paper"))
    if day:
        return TypedPaper(day, signer, usual(day), number or ""), []
    is_named = signer or number
    return None, [
        "Согласие не загрузится: укажите его дату, например 01.09.2020."
    ] if is_named else []


def said(typed: RowExtras) -> list[tuple[str, str]]:
    """Return the title and the text of each value of the profile that a row says."""
    return [
        (column.title, shown(column.said(typed.profile[column.key])))
        for column in PROFILE
        if column.said and column.key in typed.profile
    ]


def paper_said(paper: TypedPaper) -> str:
    """Return «01.09.2020, законный представитель, № 12»."""
    return _paper_text(paper.signer or paper.usual, paper.signed_on, paper.number)


def changes(typed: RowExtras, known: Extras) -> list[Change]:
    """Return in what a row differs from what the card holds; an empty cell differs in nothing."""
    return [*_of_profile(typed, known), *_of_paper(typed.paper, known)]


def withdrawn(typed: RowExtras, known: Extras) -> Paper | None:
    """Return the paper a row names if it was withdrawn; a load never brings it back."""
    same = _same(typed.paper, known) if typed.paper else []
    return same[-1] if same and all(paper.is_withdrawn for paper in same) else None


def _of_profile(typed: RowExtras, known: Extras) -> Iterator[Change]:
    for column in PROFILE:
        if column.key not in typed.profile or column.said is None:
            continue
        value, was = typed.profile[column.key], known.profile.get(column.key)
        new, old = shown(column.said(value)), "" if was is None else shown(column.said(was))
        if new != old:
            yield Change(
                column.key,
                column.title[:1].lower() + column.title[1:],
                old,
                new,
                value,
                Room.PROFILE,
            )


def _of_paper(typed: TypedPaper | None, known: Extras) -> Iterator[Change]:
    """A paper is the day and who signed; another day or signer is another paper."""
    if typed is None:
        return
    same = _same(typed, known)
    if not same:
        fresh = (typed.signer or typed.usual, typed.signed_on, typed.number)
        yield Change("paper", "согласие", "", _paper_text(*fresh), (0, *fresh), Room.CONSENT)
        return
    held = [paper for paper in same if not paper.is_withdrawn]
    if held and typed.number and typed.number not in [plain(paper.number) for paper in held]:
        paper = held[-1]
        whose = (paper.signer, paper.signed_on)
        old, new = (_paper_text(*whose, number) for number in (paper.number, typed.number))
        yield Change("paper", "согласие", old, new, (paper.id, *whose, typed.number), Room.CONSENT)


def _same(typed: TypedPaper, known: Extras) -> list[Paper]:
    return [
        paper
        for paper in known.papers
        if paper.signed_on == typed.signed_on and typed.signer in (None, paper.signer)
    ]


def _paper_text(signer: Signer, day: date, number: str) -> str:
    text = f"{ru.date_short(day)}, {SIGNER_LABELS[signer]}"
    return f"{text}, №{ru.NBSP}{number}" if number else text


def shown(value: Any) -> str:
    """Return a value as the preview says it."""
    return ru.date_short(value) if isinstance(value, date) else plain(str(value))
