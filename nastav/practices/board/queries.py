"""Reading the board: published practices of a district, and how many each school has. No names."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from nastav import ru
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.kinds.models import PairKind
from nastav.district.models import School
from nastav.mentors.awards import queries as rewards
from nastav.practices.models import Practice, PracticeState


@dataclass(frozen=True)
class Posted:
    """A practice on the board."""

    id: int
    version: int
    title: str
    school_id: int
    school: str
    kind_id: int
    kind: str
    audience: str
    done: str
    result: str
    since_year: int
    published_on: date

    def matches(self, words: Collection[str]) -> bool:
        """Tell whether each word of a search (`ru.search_words`) is found in it."""
        texts = (self.title, self.school, self.kind, self.audience, self.done, self.result)
        text = ru.search_key(" ".join(texts))
        return all(word in text for word in words)


@dataclass(frozen=True)
class Tally:
    """What a school has told and given: counts, and whether it has a system of rewards."""

    id: int
    name: str
    practices: int
    awards: int
    has_system: bool


def posted(district_id: int) -> list[Posted]:
    """Return every practice on a district's board, the latest first."""
    rows = _posted(district_id).order_by(Practice.published_on.desc(), Practice.id.desc())
    return [Posted(**row) for row in db.session.execute(rows).mappings()]


def posted_one(district_id: int, practice_id: int) -> Posted | None:
    """Return one practice on a district's board, or None."""
    rows = _posted(district_id).where(Practice.id == practice_id)
    row = db.session.execute(rows).mappings().first()
    return Posted(**row) if row else None


def posted_row(district_id: int, practice_id: int) -> Practice | None:
    """Return one practice on a district's board, to be taken off, or None."""
    rows = (
        select(Practice)
        .join(School, School.id == Practice.school_id)
        .where(
            School.district_id == district_id,
            Practice.id == practice_id,
            Practice.state == PracticeState.PUBLISHED,
        )
    )
    return db.session.scalar(rows)


def schools_of(district_id: int, every: Iterable[Posted]) -> list[tuple[int, str]]:
    """Return the schools that have a practice among these, as the order has them."""
    having = {posted.school_id for posted in every}
    names = districts.school_names(district_id)
    return [(school_id, name) for school_id, name in names.items() if school_id in having]


def tally(district_id: int, first_year: int) -> list[Tally]:
    """Return for each school its practices on the board and its awards of a school year."""
    schools = districts.schools(district_id)
    school_ids = [school.id for school in schools]
    counted = (
        select(Practice.school_id, func.count().label("number"))
        .where(Practice.school_id.in_(school_ids), Practice.state == PracticeState.PUBLISHED)
        .group_by(Practice.school_id)
    )
    published = {row.school_id: row.number for row in db.session.execute(counted)}
    given = rewards.counts(school_ids, first_year)
    having = rewards.having_system(school_ids)
    return [
        Tally(
            school.id,
            school.name,
            published.get(school.id, 0),
            given.get(school.id, 0),
            school.id in having,
        )
        for school in schools
    ]


def _posted(district_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Practice.id,
            Practice.version,
            Practice.title,
            Practice.school_id,
            School.name.label("school"),
            Practice.kind_id,
            PairKind.name.label("kind"),
            Practice.audience,
            Practice.done,
            Practice.result,
            Practice.since_year,
            Practice.published_on,
        )
        .join(School, School.id == Practice.school_id)
        .join(PairKind, PairKind.id == Practice.kind_id)
        .where(School.district_id == district_id, Practice.state == PracticeState.PUBLISHED)
    )
