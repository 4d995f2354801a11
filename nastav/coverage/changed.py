"""What rules 2 changed in the figures: by year and school, how many counted before and now, and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from nastav import dates
from nastav.coverage.counted import Stretch, in_pairs
from nastav.coverage.figures import Verdict
from nastav.coverage.queries import period
from nastav.db import db
from nastav.district.models import School
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Kind, Part, Participation, Person

Child = tuple[int, Part]  # person's id


@dataclass
class Change:
    """Children of a school in pairs in a year: how many by the rules before, how many now."""

    year: int
    school: str
    part: Part
    was: int = 0
    now: int = 0
    causes: Counter[Verdict] = field(default_factory=Counter)  # why some count no more
    moved: int = 0  # count in another school now

    @property
    def is_one(self) -> bool:
        """Tell whether anything changed."""
        return self.was != self.now or bool(self.causes)


def changes(district_id: int, today: date) -> list[Change]:
    """Return what changed, the earliest year first, schools in the order's order; the rest left out."""
    rows = _spans(district_id)
    schools = select(School.id, School.name).filter_by(district_id=district_id)
    ordered = db.session.execute(schools.order_by(School.ordinal))
    names = {school_id: name for school_id, name in ordered}  # noqa: C416 - a typed dict
    if not rows:
        return []
    years = range(min(row.begin for row in rows).year, today.year + 1)
    found = [change for year in years for change in _of_year(district_id, names, rows, year, today)]
    return [change for change in found if change.is_one]


@dataclass(frozen=True)
class _Span:
    """Days of a member in a pair by the rules before; `until`: the last one of them that still counts."""

    child: Child
    school_id: int
    row_id: int
    begin: date
    last: date
    until: date


def _spans(district_id: int) -> list[_Span]:
    """Pupils in pairs as rules 1 read them: whoever stood on the other side, until whatever day."""
    rows = (
        select(PairMember, Pair, Participation.left.label("line_left"))
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(Person, Person.id == PairMember.person_id)
        .join(
            Participation,
            (Participation.person_id == PairMember.person_id)
            & (Participation.part == PairMember.part)
            & (Participation.school_id == Pair.school_id),
        )
        .where(
            Pair.school_id.in_(select(School.id).where(School.district_id == district_id)),
            Pair.state != PairState.DRAFT,
            Person.kind == Kind.PUPIL,
            Participation.is_mistake.is_(False),
        )
    )
    return [_span(*row) for row in db.session.execute(rows)]


def _span(member: Any, pair: Any, line_left: date | None) -> _Span:
    last = min(day or dates.NEVER for day in (member.left, pair.ended, line_left))
    begin = max(member.joined, pair.started)
    child = (member.person_id, member.part)
    return _Span(child, pair.school_id, member.id, begin, last, min(last, pair.counts_until))


def _of_year(
    district_id: int, names: Mapping[int, str], rows: list[_Span], year: int, today: date
) -> Iterable[Change]:
    first, last = period(year, today)
    touching = [row for row in rows if row.begin <= min(row.last, last) and row.last >= first]
    before = _places(touching, last)
    counted, verdicts = _now(Stretch(district_id, first, last))
    within = {row.child for row in touching if row.begin <= row.until and row.until >= first}
    found: dict[tuple[int, Part], Change] = {}
    for school_id, name in names.items():
        for part in Part:
            found[school_id, part] = Change(year, name, part)
    for child, school_id in before.items():
        change = found[school_id, child[1]]
        change.was += 1
        if child not in counted:
            lost = Verdict.ALONE if child in within else Verdict.UNDECIDED
            change.causes[verdicts.get(child, lost)] += 1
        elif counted[child] != school_id:
            change.moved += 1
    for (_, part), school_id in counted.items():
        found[school_id, part].now += 1
    return found.values()


def _places(touching: list[_Span], last: date) -> dict[Child, int]:
    """The school of the last day of each child, as `counted` chooses it."""
    found: dict[Child, list[_Span]] = defaultdict(list)
    for row in touching:
        found[row.child].append(row)
    return {
        child: max(own, key=lambda row: (min(row.last, last), row.begin, row.row_id)).school_id
        for child, own in found.items()
    }


def _now(asked: Stretch) -> tuple[dict[Child, int], dict[Child, Verdict]]:
    """Whom the present rules count, and where; of the others the verdict."""
    rows = in_pairs(False)
    counted: dict[Child, int] = {}
    verdicts: dict[Child, Verdict] = {}
    columns = (rows.c.school_id, rows.c.person_id, rows.c.part, rows.c.verdict)
    for school_id, person_id, part, verdict in db.session.execute(select(*columns), asked.params):
        if verdict == Verdict.COUNTED:
            counted[person_id, Part(part)] = school_id
        else:
            verdicts[person_id, Part(part)] = Verdict(verdict)
    return counted, verdicts
