"""The register numbers that stand behind the figures of stages: no names, so the district may read them.

Whom a figure counts is said in `facts.counts` alone; here the same rows give numbers in place of a count.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import String, and_, cast, func, literal, select, union_all

from nastav import dates
from nastav.db import db
from nastav.facts import counts
from nastav.facts.counts import Figure, Reach
from nastav.facts.kept.rules import NOUNS, Numbers
from nastav.pairs.models import Pair, PairMember
from nastav.people.models import Part, Participation, RegisterNumber
from nastav.statements import made_once


def of_school(school_id: int, first_year: int, keys: Iterable[str]) -> Numbers:
    """Return the numbers behind these figures of a school in a school year, by `Activity.counts`.

    Figures that no register stands behind are left out.
    """
    wanted = _known(keys)
    found = of_schools([school_id], first_year, wanted).get(school_id, {})
    return {key: found.get(key, frozenset()) for key in wanted}


def of_schools(
    school_ids: Collection[int], first_year: int, keys: Iterable[str]
) -> dict[int, Numbers]:
    """Return the same of every of these schools that has any, in one query."""
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    wanted = _known(keys)
    if wanted and school_ids:
        first, last = dates.cycle_bounds(first_year)
        params = {"school_ids": sorted(school_ids), "first": first, "last": last}
        for school_id, key, numbers in db.session.execute(_statement(wanted), params):
            found[school_id][key].update(map(int, numbers.split(",")))
    return {
        school_id: {key: frozenset(numbers) for key, numbers in own.items()}
        for school_id, own in found.items()
    }


def _known(keys: Iterable[str]) -> tuple[str, ...]:
    asked = set(keys)
    return tuple(key for key in NOUNS if key in asked)


@made_once
def _statement(keys: tuple[str, ...]) -> Any:
    figures = counts.figures(Reach.EACH)
    return union_all(*(_numbers(key, figures[key]) for key in keys))


def _numbers(key: str, figure: Figure) -> Any:
    """Numbers of a school as one text «17,48,61»: a row for each would cost more than the counting."""
    rows: Any = figure.of(Reach.EACH)
    who = Participation.person_id
    if figure.school is Pair.school_id:  # a pair is told by its mentees
        is_mentee = and_(PairMember.pair_id == Pair.id, PairMember.part == Part.MENTEE)
        rows, who = rows.select_from(Pair).join(PairMember, is_mentee), PairMember.person_id
    columns = (figure.school.label("school_id"), who.label("person_id"))
    people = rows.with_only_columns(*columns).distinct().subquery()
    listed = func.aggregate_strings(cast(RegisterNumber.number, String), ",")
    is_own = and_(
        RegisterNumber.person_id == people.c.person_id,
        RegisterNumber.school_id == people.c.school_id,
    )
    found = select(people.c.school_id, literal(key), listed).join(RegisterNumber, is_own)
    return found.group_by(people.c.school_id)
