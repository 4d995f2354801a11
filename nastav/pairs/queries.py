"""Reading pairs and groups of one school."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload, selectinload

from nastav import dates
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.kinds.models import PairKind
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.pairs.presence import drafts_waiting, in_closed_year
from nastav.pairs.rows import Member, PairRow
from nastav.people import queries as people
from nastav.people.models import TEXTS, Kind, Part, Participation, Person, RegisterNumber
from nastav.people.rows import Entry, SchoolClass
from nastav.plan.models import PlanTarget
from nastav.statements import made_once, read

_Rows = Select[*tuple[Any, ...]]
# of a member's line in the register the texts are not read
_NO_TEXTS: dict[str, Any] = dict.fromkeys(TEXTS, "")


def pairs_of(school_id: int, first: date, last: date, *, first_year: int) -> list[PairRow]:
    """Return a school's pairs that count in a span of days, drafts too, the latest started first.

    Args:
        school_id: the school.
        first: the first day of the span, in it.
        last: its last day, in it.
        first_year: the school year the classes are shown for.
    """
    touching = [Pair.started <= last, Pair.counts_until >= first]
    return _rows(school_id, touching, first_year)


def undecided(school_id: int, on: date, *, first_year: int) -> list[PairRow]:
    """Return the pairs that count no more on a day and wait for the decision of п. 2.3.

    Those of a closed school year wait no more.
    """
    is_open = Pair.state.in_((PairState.ACTIVE, PairState.PAUSED))
    return _rows(school_id, [is_open, Pair.counts_until < on, ~in_closed_year()], first_year)


def drafts(school_id: int, first: date, last: date, *, first_year: int) -> list[PairRow]:
    """Return the drafts that wait to be begun on a page of drafts (`rules.span_of_drafts`)."""
    return _rows(school_id, list(drafts_waiting(first, last)), first_year)


def pair_row(school_id: int, pair_id: int, *, first_year: int) -> PairRow | None:
    """Return one pair of a school as lists show it, or None."""
    asked = {"school_id": school_id, "pair_id": pair_id}
    return next(iter(_read(_of_one(), asked, first_year)), None)


def pair_rows(school_id: int, pair_ids: Sequence[int], *, first_year: int) -> list[PairRow]:
    """Return these pairs of a school, in the order of their ids here; a foreign id is left out."""
    found = {row.id: row for row in _rows(school_id, [Pair.id.in_(pair_ids)], first_year)}
    return [found[pair_id] for pair_id in pair_ids if pair_id in found]


def pairs_with(school_id: int, person_id: int, *, first_year: int) -> list[PairRow]:
    """Return every pair of a school a person is or was in, the latest started first."""
    inside = select(PairMember.pair_id).filter_by(person_id=person_id)
    return _rows(school_id, [Pair.id.in_(inside)], first_year)


def unfinished(school_id: int, person_ids: Sequence[int], *, first_year: int = 0) -> list[PairRow]:
    """Return the pairs of a school that are not closed and have one of these people, drafts too."""
    inside = select(PairMember.pair_id).where(PairMember.person_id.in_(person_ids))
    return _rows(school_id, [Pair.state != PairState.CLOSED, Pair.id.in_(inside)], first_year)


def pair_choices(school_id: int, first_year: int) -> list[tuple[int, str]]:
    """Return (id, label) of a school's pairs of a school year, drafts left out."""
    first, last = dates.cycle_bounds(first_year)
    rows = pairs_of(school_id, first, last, first_year=first_year)
    return [(row.id, row.label) for row in rows if row.state is not PairState.DRAFT]


def pair(school_id: int, pair_id: int) -> Pair | None:
    """Return a pair with its members and their persons, to be changed, or None."""
    return db.session.scalar(_pair(), {"pair_id": pair_id, "school_id": school_id})


@made_once
def _pair() -> Select[Pair]:
    """Made once: every page and form of a pair asks."""
    own = (Pair.id == bindparam("pair_id"), Pair.school_id == bindparam("school_id"))
    people_of = selectinload(Pair.members).joinedload(PairMember.person)
    return select(Pair).where(*own).options(joinedload(Pair.kind), people_of)


def pairs_by_id(school_id: int, pair_ids: Sequence[int]) -> list[Pair]:
    """Return these pairs of a school with their members, to be changed; a foreign id is left out."""
    rows = (
        select(Pair)
        .where(Pair.school_id == school_id, Pair.id.in_(pair_ids))
        .options(selectinload(Pair.members))
        .order_by(Pair.id)
    )
    return list(db.session.scalars(rows))


def versions(school_id: int, pair_ids: Sequence[int]) -> dict[int, int]:
    """Return the versions of these pairs of a school, by id."""
    rows = select(Pair.id, Pair.version).where(Pair.school_id == school_id, Pair.id.in_(pair_ids))
    return {row.id: row.version for row in db.session.execute(rows)}


def partners(school_id: int, part: Part, on: date) -> dict[int, list[tuple[int, list[Entry]]]]:
    """Return who is in a pair on a day: person's id → (pair's id, the people of the other side).

    Drafts count nowhere and are left out.
    """
    current = [
        Pair.state != PairState.DRAFT,
        Pair.started <= on,
        Pair.counts_until >= on,
    ]
    found: dict[int, list[tuple[int, list[Entry]]]] = defaultdict(list)
    for row in _rows(school_id, current, 0):
        present = [member.who for member in row.members if _is_in(member, on)]
        others = [who for who in present if who.part is not part]
        for who in present:
            if who.part is part:
                found[who.person_id].append((row.id, others))
    return found


def drafted(school_id: int, part: Part) -> dict[int, list[tuple[int, list[Entry]]]]:
    """Return who is in a draft, as `partners` does of pairs."""
    found: dict[int, list[tuple[int, list[Entry]]]] = defaultdict(list)
    for row in _rows(school_id, [Pair.state == PairState.DRAFT], 0):
        staying = [member.who for member in row.members if member.left is None]
        for who in staying:
            if who.part is part:
                found[who.person_id].append(
                    (row.id, [other for other in staying if other.part is not part])
                )
    return found


def kinds_of_pairs(school_id: int) -> dict[int, int]:
    """Return the form of mentoring of each pair of a school, by the pair's id."""
    rows = select(Pair.id, Pair.kind_id).where(Pair.school_id == school_id)
    return {row.id: row.kind_id for row in db.session.execute(rows)}


def finished(school_id: int, part: Part) -> set[int]:
    """Return the ids of the persons who were in a pair that was closed."""
    rows = (
        select(PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(Pair.school_id == school_id, Pair.state == PairState.CLOSED, PairMember.part == part)
        .distinct()
    )
    return set(db.session.scalars(rows))


def memberships(school_id: int, person_id: int, part: Part) -> list[PairMember]:
    """Return a person's memberships in a school's pairs, each with its pair, to be changed."""
    params = {"school_id": school_id, "person_id": person_id, "part": part}
    return list(db.session.scalars(_memberships(), params))


@made_once
def _memberships() -> Select[PairMember]:
    """Made once: every save of a person asks."""
    member = PairMember
    own = (member.person_id == bindparam("person_id"), member.part == bindparam("part"))
    rows = select(member).join(member.pair).where(Pair.school_id == bindparam("school_id"), *own)
    return rows.options(joinedload(member.pair)).order_by(member.joined)


def led_by(school_id: int, mentor_id: int) -> set[int]:
    """Return the mentees a mentor leads now, in pairs and groups that go on: persons' ids."""
    own, other = aliased(PairMember), aliased(PairMember)
    rows = (
        select(other.person_id)
        .join(Pair, Pair.id == other.pair_id)
        .join(own, own.pair_id == Pair.id)
        .where(
            Pair.school_id == school_id,
            Pair.state.in_((PairState.ACTIVE, PairState.PAUSED)),
            Pair.counts_until >= dates.today(),
            own.person_id == mentor_id,
            own.part == Part.MENTOR,
            own.left.is_(None),
            other.part == Part.MENTEE,
            other.left.is_(None),
        )
    )
    return set(db.session.scalars(rows))


def busy(school_id: int, person_ids: Sequence[int], pair_id: int) -> list[int]:
    """Return which of these mentees are in another pair that goes on: their register numbers."""
    rows = (
        select(RegisterNumber.number)
        .join(PairMember, PairMember.person_id == RegisterNumber.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(
            RegisterNumber.school_id == school_id,
            Pair.school_id == school_id,
            Pair.id != pair_id,
            Pair.state.in_((PairState.ACTIVE, PairState.PAUSED)),
            Pair.counts_until >= dates.today(),
            PairMember.part == Part.MENTEE,
            PairMember.left.is_(None),
            PairMember.person_id.in_(person_ids),
        )
        .distinct()
        .order_by(RegisterNumber.number)
    )
    return list(db.session.scalars(rows))


def year_of_pairs(district_id: int, today: date) -> int:
    """Return the school year under whose address a school's pairs are shown from other pages."""
    cycle = districts.current_cycle(district_id, today)
    return cycle.first_year if cycle else dates.cycle_of(today)


@dataclass
class Sides:
    """A pair's form, and what those who lead and those who are led are (`PairRow.sides`)."""

    school_id: int
    form: str
    lead: set[Kind] = field(default_factory=set)
    led: set[Kind] = field(default_factory=set)


def sides_of_each(school_ids: Sequence[int], first: date, last: date) -> list[Sides]:
    """Return who stands in the pairs of these schools that count in a span of days; one query.

    Drafts are left out, and pairs without anybody.
    """
    line = (Participation.person_id, Participation.part, Participation.school_id)
    in_register = select(*line).where(
        Participation.school_id.in_(school_ids), Participation.is_mistake.is_(False)
    )
    rows = (
        select(Pair.id, Pair.school_id, PairKind.name, PairMember.part, Person.kind)
        .distinct()
        .join(PairKind, PairKind.id == Pair.kind_id)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .join(Person, Person.id == PairMember.person_id)
        .where(
            Pair.school_id.in_(school_ids),
            Pair.state != PairState.DRAFT,
            Pair.started <= last,
            Pair.counts_until >= first,
            or_(Pair.state == PairState.CLOSED, PairMember.left.is_(None)),
            tuple_(PairMember.person_id, PairMember.part, Pair.school_id).in_(in_register),
        )
    )
    found: dict[int, Sides] = {}
    for pair_id, school_id, form, part, kind in db.session.execute(rows):
        sides = found.setdefault(pair_id, Sides(school_id, form))
        (sides.led if part is Part.MENTEE else sides.lead).add(kind)
    return list(found.values())


def target(school_id: int, part: Part, year: int) -> int | None:
    """Return the plan of a school for a calendar year, or None where none was entered."""
    column = PlanTarget.mentees if part is Part.MENTEE else PlanTarget.mentors
    return db.session.scalar(select(column).filter_by(school_id=school_id, year=year))


def _is_in(member: Member, on: date) -> bool:
    return (
        member.joined <= on and (member.left is None or member.left >= on) and not member.is_mistake
    )


def _rows(school_id: int, conditions: Iterable[Any], first_year: int) -> list[PairRow]:
    return _read(_statements(*conditions), {"school_id": school_id}, first_year)


@made_once
def _of_one() -> tuple[_Rows, ...]:
    """Made once: every form of a pair's meetings asks."""
    return _statements(Pair.id == bindparam("pair_id"))


def _statements(*conditions: Any) -> tuple[_Rows, ...]:
    """What reads the pairs of a school under these conditions, their members, and the classes of those."""
    chosen = select(Pair.id).where(Pair.school_id == bindparam("school_id"), *conditions)
    state = (Pair.id, Pair.state, PairKind.name.label("kind"), Pair.meets)
    days = (Pair.started, Pair.planned_end, Pair.ended, Pair.counts_until)
    decided = (Pair.decision, Pair.continues_id, Pair.goal, Pair.role_model)
    pairs = (
        select(*state, *days, *decided, Pair.order_number, Pair.order_date)
        .join(PairKind, PairKind.id == Pair.kind_id)
        .where(Pair.id.in_(chosen))
        .order_by(Pair.started.desc(), Pair.id.desc())
    )
    inside = select(PairMember.person_id).where(PairMember.pair_id.in_(chosen))
    members = _member_rows().where(PairMember.pair_id.in_(chosen))
    return pairs, members, people.last_classes(inside)


def _read(statements: tuple[_Rows, ...], asked: dict[str, Any], first_year: int) -> list[PairRow]:
    pairs, members, classes = statements
    known = people.read_classes(classes, asked, first_year) if first_year else {}
    there = _members(read(members, asked).all(), known, first_year)
    rows = read(pairs, asked).mappings().all()
    return [PairRow(**row, members=tuple(there[row["id"]])) for row in rows]


def _members(
    rows: Iterable[Any], known: Mapping[int, SchoolClass], first_year: int
) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = defaultdict(list)
    for row in rows:
        who = Entry(
            id=row.line_id or 0,
            person_id=row.person_id,
            number=row.number or 0,
            part=row.part,
            kind=row.kind,
            surname=row.surname,
            given_name=row.given_name,
            patronymic=row.patronymic,
            post=row.post,
            **_NO_TEXTS,
            joined=row.joined,
            left=row.left,
            left_reason=row.left_reason,
            is_mistake=row.line_id is None,
            search_key=row.search_key,
            school_class=known.get(row.person_id),
            first_year=first_year,
        )
        found[row.pair_id].append(
            Member(row.id, row.pair_id, row.joined, row.left, row.left_reason, who.is_mistake, who)
        )
    return found


@made_once
def _member_rows() -> _Rows:
    """Every member of a pair; `line_id` is their line in the register, none when it was a mistake."""
    line = _lines()
    return (
        select(
            PairMember.id,
            PairMember.pair_id,
            PairMember.person_id,
            PairMember.part,
            PairMember.joined,
            PairMember.left,
            PairMember.left_reason,
            Person.kind,
            Person.surname,
            Person.given_name,
            Person.patronymic,
            Person.post,
            Person.search_key,
            RegisterNumber.number,
            line.c.line_id,
        )
        .join(Person, Person.id == PairMember.person_id)
        .outerjoin(
            line,
            (line.c.person_id == PairMember.person_id) & (line.c.part == PairMember.part),
        )
        .outerjoin(
            RegisterNumber,
            (RegisterNumber.person_id == PairMember.person_id)
            & (RegisterNumber.school_id == bindparam("school_id")),
        )
        .order_by(Person.sort_key, PairMember.id)
    )


def _lines() -> Subquery:
    """The last line of each person in each part, mistakes left out."""
    # grouped once: a look-up for each member reads the whole register each time (measured)
    return (
        select(
            Participation.person_id,
            Participation.part,
            func.max(Participation.id).label("line_id"),
        )
        .where(
            Participation.school_id == bindparam("school_id"), Participation.is_mistake.is_(False)
        )
        .group_by(Participation.person_id, Participation.part)
        .subquery()
    )
