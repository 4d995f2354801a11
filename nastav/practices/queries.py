"""Reading the practices of one school."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from nastav.db import db
from nastav.district.kinds.models import PairKind
from nastav.practices.models import Practice, PracticeState


@dataclass(frozen=True)
class PracticeLine:
    """A practice as the school's list shows it."""

    id: int
    title: str
    kind: str
    state: PracticeState
    published_on: date | None
    taken_off_reason: str


def practices(school_id: int) -> Sequence[PracticeLine]:
    """Return the practices of a school, the latest first."""
    rows = (
        select(
            Practice.id,
            Practice.title,
            PairKind.name.label("kind"),
            Practice.state,
            Practice.published_on,
            Practice.taken_off_reason,
        )
        .join(PairKind, PairKind.id == Practice.kind_id)
        .where(Practice.school_id == school_id)
        .order_by(Practice.id.desc())
    )
    return [PracticeLine(**row) for row in db.session.execute(rows).mappings()]


def practice(school_id: int, practice_id: int) -> Practice | None:
    """Return a practice of a school, to be changed, or None."""
    return db.session.scalar(select(Practice).filter_by(id=practice_id, school_id=school_id))
