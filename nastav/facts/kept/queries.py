"""The register numbers that stand behind the figures of stages: no names, so the district may read them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    Date,
    Integer,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from nastav import dates
from nastav.db import db
from nastav.district.models import School
from nastav.facts.kept.rules import NOUNS, Numbers
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Part, Participation, RegisterNumber
from nastav.plans.models import PlanLine

_PLACE: Final = bindparam("place_id", type_=Integer)  # a school or a district
_FIRST, _LAST = (bindparam(name, type_=Date) for name in ("first", "last"))


def of_school(school_id: int, first_year: int, keys: Iterable[str]) -> Numbers:
    """Return the numbers behind these figures of a school in a school year, by `Activity.counts`.

    Figures that no register stands behind are left out.
    """
    wanted = _known(keys)
    found = _read(school_id, first_year, wanted, of_school=True).get(school_id, {})
    return {key: found.get(key, frozenset()) for key in wanted}


def of_district(district_id: int, first_year: int, keys: Iterable[str]) -> dict[int, Numbers]:
    """Return the same of every school of a district that has any, in one query."""
    return _read(district_id, first_year, _known(keys), of_school=False)


def _known(keys: Iterable[str]) -> tuple[str, ...]:
    asked = set(keys)
    return tuple(key for key in NOUNS if key in asked)


def _read(
    place_id: int, first_year: int, keys: tuple[str, ...], *, of_school: bool
) -> dict[int, Numbers]:
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    if keys:
        first, last = dates.cycle_bounds(first_year)
        params = {"place_id": place_id, "first": first, "last": last}
        for school_id, key, numbers in db.session.execute(_statement(keys, of_school), params):
            found[school_id][key].update(map(int, numbers.split(",")))
    return {
        school_id: {key: frozenset(numbers) for key, numbers in own.items()}
        for school_id, own in found.items()
    }


@cache
def _statement(keys: tuple[str, ...], of_school: bool) -> Any:
    return union_all(*(_numbers(key, of_school) for key in keys))


def _numbers(key: str, of_school: bool) -> Any:
    """Numbers of a school as one text «17,48,61»: a row for each would cost more than the counting."""
    place = _PLACE if of_school else select(School.id).where(School.district_id == _PLACE)
    people = _ABOUT[key](place).subquery()
    listed = func.aggregate_strings(cast(RegisterNumber.number, String), ",")
    return (
        select(people.c.school_id, literal(key), listed)
        .join(
            RegisterNumber,
            and_(
                RegisterNumber.person_id == people.c.person_id,
                RegisterNumber.school_id == people.c.school_id,
            ),
        )
        .group_by(people.c.school_id)
    )


def _in(column: Any, place: Any) -> Any:
    """Tell of a school that it is the place, or one of the place's."""
    return column == place if place is _PLACE else column.in_(place)


def _register(place: Any, part: Part, *more: Any) -> Any:
    """Whoever stands in a register on a day of the school year, mistakes left out."""
    return (
        select(Participation.school_id, Participation.person_id)
        .distinct()
        .where(
            _in(Participation.school_id, place),
            Participation.part == part,
            Participation.is_mistake.is_(False),
            Participation.joined <= _LAST,
            or_(Participation.left.is_(None), Participation.left >= _FIRST),
            *more,
        )
    )


def _trained(place: Any) -> Any:
    attended = (
        select(TrainingAttendance.person_id)
        .join(Training, Training.id == TrainingAttendance.training_id)
        .where(Training.school_id == Participation.school_id, Training.held_on <= _LAST)
    )
    return _register(place, Part.MENTOR, Participation.person_id.in_(attended))


def _paired(place: Any, *more: Any) -> Any:
    """Mentees of the pairs that the school year's dates touch, drafts left out."""
    return (
        select(Pair.school_id, PairMember.person_id)
        .distinct()
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(
            _in(Pair.school_id, place),
            PairMember.part == Part.MENTEE,
            Pair.state != PairState.DRAFT,
            Pair.started <= _LAST,
            Pair.counts_until >= _FIRST,
            *more,
        )
    )


_ABOUT: Final[dict[str, Callable[[Any], Any]]] = {
    "mentees": lambda place: _register(place, Part.MENTEE),
    "mentors": lambda place: _register(place, Part.MENTOR),
    "trained_mentors": _trained,
    "pairs": _paired,
    "pairs_with_goal": lambda place: _paired(place, Pair.goal != ""),
    "pairs_with_plan": lambda place: _paired(place, exists().where(PlanLine.pair_id == Pair.id)),
}
