"""What pair a row names: who stands on the other side, known or new, and the pair's own facts. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from nastav import ru
from nastav.columns import category, naming
from nastav.columns import cells as reading
from nastav.columns.column import Cells, TooLong, passed_over
from nastav.columns.pair import PAIR, READERS
from nastav.columns.register import kind_label
from nastav.people.models import Kind, Part
from nastav.people.rows import Entry
from nastav.people.rules import Namesakes, NewPerson

OTHER = {Part.MENTEE: Part.MENTOR, Part.MENTOR: Part.MENTEE}
SIDE = {Part.MENTEE: "наставляемый", Part.MENTOR: "наставник"}
Known = Mapping[tuple[int, int], Sequence[date | None]]


class Ambiguous(ValueError):
    """A name that several people have; the text asks which of them is meant."""


@dataclass(frozen=True)
class Partner:
    """Who stands on the other side: somebody of the register, or somebody to be entered."""

    part: Part
    known: Entry | None = None
    new: NewPerson | None = None

    @property
    def key(self) -> str:
        """Return what tells this person from others of one table."""
        if self.known:
            return str(self.known.person_id)
        return repr(self.new and self.new.identity)

    @property
    def text(self) -> str:
        """Return «наставник Дубова Мария, новая запись, ученик 9 «А»»."""
        if self.known:
            return f"{SIDE[self.part]} {self.known.full_name}, №{ru.NBSP}{self.known.number}"
        if self.new is None:
            return ""
        what = self.new.label(kind_label(self.new.kind, self.part))
        return f"{SIDE[self.part]} {self.new.full_name}, новая запись, {what}"


@dataclass(frozen=True)
class ReadyPair:
    """A draft pair that a row makes beside its own person."""

    partners: tuple[Partner, ...]
    kind: str
    started: date
    planned_end: date | None = None
    order_number: str = ""
    order_date: date | None = None
    role_model: str = ""
    outcome: str = ""

    @property
    def text(self) -> str:
        """Return everything of it in one line."""
        days = f"с {ru.date_short(self.started)}"
        if self.planned_end:
            days += f" по {ru.date_short(self.planned_end)}"
        order = f"приказ №{ru.NBSP}{self.order_number}" if self.order_number else ""
        if order and self.order_date:
            order += f" от {ru.date_short(self.order_date)}"
        texts = [*(partner.text for partner in self.partners), self.kind, days, order]
        texts.append(f"ролевая модель: {self.role_model}" if self.role_model else "")
        texts.append(f"итог: {self.outcome}" if self.outcome else "")
        return "; ".join(filter(None, texts))


@dataclass(frozen=True)
class Found:
    """The pair of a row, what has to be mended before it loads, and what is passed over."""

    pair: ReadyPair | None = None
    problem: str = ""
    notices: tuple[str, ...] = ()


@dataclass
class Desk:
    """What rows are read for: the registers, the forms of the district, the pairs there are."""

    part: Part
    namesakes: Namesakes
    kinds: Sequence[str]
    joined: date
    class_year: int
    together: Known = field(default_factory=dict)  # (mentor, mentee) → days of start, None if open
    made: set[tuple[str, ...]] = field(default_factory=set)  # pairs of rows before
    # new partners of rows before, by the surname's key: of many rows nobody is compared with all
    fresh: dict[str, list[NewPerson]] = field(default_factory=dict)

    @property
    def other(self) -> Part:
        return OTHER[self.part]


def find(cells: Cells, own: NewPerson, known: Entry | None, desk: Desk) -> Found:
    """Return the pair that a row names, if any; a pair that is there already is none.

    Raises:
        TooLong: a text of it does not fit.
    """
    if not ru.search_key(cells.get("partner", "")):
        return Found()
    facts, notices = _facts(cells)
    try:
        pair = _pair(cells, own, known, desk, facts)
    except Ambiguous as asked:
        return Found(problem=str(asked), notices=notices)
    except ValueError as mistake:
        return Found(notices=(*notices, f"Пара не создастся. {mistake}"))
    return Found(pair, notices=notices)


def _pair(
    cells: Cells, own: NewPerson, known: Entry | None, desk: Desk, facts: dict[str, Any]
) -> ReadyPair | None:
    started = facts.pop("started") or own.joined
    named = [_partner(name, place, cells, started, known, desk) for name, place in _named(cells)]
    is_dated = "pair_period" in cells
    partners = [
        partner
        for partner in named
        if not _is_there(partner, known, started if is_dated else None, desk)
    ]
    if not partners:
        return None
    kind = _kind(cells, own, partners[0], desk)
    if not kind:
        raise ValueError("Укажите форму наставничества.")
    for entry in (known, *(partner.known for partner in partners)):
        if entry and entry.joined > started:
            since, day = ru.date_short(entry.joined), ru.date_short(started)
            raise ValueError(f"{entry.short_name} в базе с {since}, а пара с {day}.")
        if entry and entry.left:
            raise ValueError(f"{entry.short_name} выбыл(а) {ru.date_short(entry.left)}.")
    key = (str(known.person_id) if known else repr(own.identity), kind)
    partners = [partner for partner in partners if (*key, partner.key) not in desk.made]
    desk.made |= {(*key, partner.key) for partner in partners}
    return ReadyPair(tuple(partners), kind, started, **facts) if partners else None


# --- the pair's own facts -------------------------------------------------------------------------


def _facts(cells: Cells) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Read what the pair's columns say; what cannot be read is passed over.

    Raises:
        TooLong: a text does not fit.
    """
    found: dict[str, Any] = {}
    notices = []
    for column in PAIR:
        if column.key not in READERS or column.key not in cells or column.key in found:
            continue
        cell = cells[column.key]
        if not ru.search_key(cell):
            continue
        try:
            found[column.key] = READERS[column.key](cell)
        except TooLong:
            raise
        except ValueError as mistake:
            notices.append(passed_over(column.title, cell, mistake))
    number, dated = found.get("order") or ("", None)
    first, last = found.get("pair_period") or (None, None)
    facts = {
        "started": first,
        "planned_end": _not_before(found.get("pair_ended") or last, first),
        "order_number": number,
        "order_date": dated,
        "role_model": found.get("role_model", ""),
        "outcome": found.get("pair_result", ""),
    }
    return facts, tuple(notices)


def _not_before(end: date | None, start: date | None) -> date | None:
    return None if end and start and end < start else end


def _kind(cells: Cells, own: NewPerson, partner: Partner, desk: Desk) -> str:
    """Return the form named, or the only one whose sides are these two."""
    named = [
        text
        for part in re.split("[;,]", _form(cells))
        for text in reading.kinds_like(part, desk.kinds)
    ]
    if named:
        return named[0] if len(set(named)) == 1 else ""
    theirs = partner.known.kind if partner.known else partner.new.kind if partner.new else None
    sides = (own.kind, theirs) if desk.part is Part.MENTOR else (theirs, own.kind)
    fitting = [kind for kind in desk.kinds if reading.sides(kind) == sides]
    return fitting[0] if len(fitting) == 1 else ""


def _form(cells: Cells) -> str:
    return cells.get("pair_kind") or cells.get("kinds", "")


# --- who stands on the other side -----------------------------------------------------------------


def _named(cells: Cells) -> list[tuple[str, str]]:
    """Return name and place of each person of the other side: «Дубова М.И., учитель»."""
    found: list[list[str]] = []
    for piece in re.split(r"[;,\n]|\bи\b(?=\s+[А-ЯЁ])", cells["partner"]):
        words = piece.split()
        if len(words) > 1 and sum(word[:1].isupper() for word in words) > 1:
            found.append([" ".join(words), ""])
        elif found and words:
            found[-1][1] = ", ".join(filter(None, (found[-1][1], " ".join(words))))
        elif words:
            found.append([" ".join(words), ""])
    place = cells.get("partner_place", "")
    return [(name, own or place) for name, own in found]


def names_known(cells: Cells, part: Part, namesakes: Namesakes) -> bool:
    """Tell whether everybody named on the other side stands in the registers, by name or by code."""
    if not ru.search_key(cells.get("partner", "")):
        return True
    names = [naming.names({"name": name}, uses_codes=False) for name, _ in _named(cells)]
    return all(namesakes.called(**name, part=OTHER[part]) for name in names)


def _partner(
    name: str, place: str, cells: Cells, started: date, with_: Entry | None, desk: Desk
) -> Partner:
    """Return who a name is.

    Raises:
        Ambiguous: several people of the register are called so.
        ValueError: nobody is, and it is not said who it would be.
    """
    whole = naming.names({"name": name}, uses_codes=False)
    people = desk.namesakes.called(**whole, part=desk.other)
    if len(people) > 1 and with_:  # whoever is in a pair with this person already is meant
        pairs = [person for person in people if desk.together.get(_ids(person, with_, desk))]
        people = pairs if len(pairs) == 1 else people
    if len(people) > 1:
        numbers = ru.list_and(sorted(person.number for person in people))
        side = SIDE[desk.other].capitalize()
        raise Ambiguous(
            f"{side} «{name}»: так зовут нескольких, №{ru.NBSP}{numbers}. Впишите имя полностью."
        )
    if people:
        return Partner(desk.other, known=people[0])
    return Partner(desk.other, new=_new(name, whole, place, cells, started, desk))


def _ids(entry: Entry, other: Entry, desk: Desk) -> tuple[int, int]:
    pair = (entry.person_id, other.person_id)
    return pair if desk.other is Part.MENTOR else (pair[1], pair[0])


def _new(
    name: str, whole: Mapping[str, str], place: str, cells: Cells, started: date, desk: Desk
) -> NewPerson:
    title = f"{SIDE[desk.other].capitalize()} «{name}»"
    if problem := naming.problem({"name": name}, dict(whole), uses_codes=False):
        raise ValueError(f"{title}: {problem[:1].lower()}{problem[1:]}")
    alike = desk.fresh.setdefault(ru.search_key(whole["surname"]), [])
    same = [new_person for new_person in alike if naming.is_called(whole, new_person)]
    if len(same) == 1:
        return replace(same[0], joined=min(same[0].joined, started))
    said = {key: text for key, text in (("post", place), ("kinds", _form(cells))) if text}
    try:
        what = category.read(said, desk.other, None, is_coded=False, has_classes=False)
    except ValueError as mistake:
        why = str(mistake)
        raise ValueError(f"{title}: {why[:1].lower()}{why[1:]}") from None
    surname, given_name, patronymic = (whole[key] for key in naming.NAMES)
    made = NewPerson(
        surname=surname,
        given_name=given_name,
        patronymic=patronymic,
        joined=min(started, desk.joined),
        kind=what.kind,
        grade=what.grade,
        letter=what.letter,
        post=what.post,
        class_year=desk.class_year,
        same_as=_same_as(whole, what.kind, desk),
    )
    alike.append(made)
    return made


def _same_as(whole: Mapping[str, str], kind: Kind, desk: Desk) -> int | None:
    """A mentor who is a mentee already is one person: of the same name and kind there is just one."""
    people = {
        entry.person_id
        for entry in desk.namesakes.called(**whole, part=desk.part)
        if entry.kind is kind and entry.given_name and "." not in entry.given_name
    }
    return people.pop() if len(people) == 1 else None


def _is_there(partner: Partner, own: Entry | None, started: date | None, desk: Desk) -> bool:
    """Tell whether the two are in such a pair already: an open one, one begun on this day, or any."""
    if own is None or partner.known is None:
        return False
    days = desk.together.get(_ids(partner.known, own, desk), ())
    return bool(days) if started is None else None in days or started in days
