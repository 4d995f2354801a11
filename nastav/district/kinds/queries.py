"""Reading a district's forms of mentoring."""

from collections.abc import Iterable

from sqlalchemy import select

from nastav.db import db
from nastav.district.kinds.models import PairKind
from nastav.district.models import School


def kinds(district_id: int) -> list[PairKind]:
    """Return a district's forms of mentoring in their order, those hidden left out."""
    return [one for one in all_kinds(district_id) if not one.is_hidden]


def all_kinds(district_id: int) -> list[PairKind]:
    """Return a district's forms of mentoring in their order, the hidden ones too."""
    rows = select(PairKind).filter_by(district_id=district_id)
    return list(db.session.scalars(rows.order_by(PairKind.ordinal, PairKind.id)))


def kind(district_id: int, kind_id: int) -> PairKind | None:
    """Return one form of mentoring of a district, or None."""
    return db.session.scalar(select(PairKind).filter_by(district_id=district_id, id=kind_id))


def kinds_belong(school_id: int, kind_ids: Iterable[int]) -> bool:
    """Tell whether these forms of mentoring are all of the school's district."""
    wanted = set(kind_ids)
    own = select(PairKind.id).where(
        PairKind.district_id.in_(select(School.district_id).filter_by(id=school_id)),
        PairKind.id.in_(wanted),
    )
    return wanted == set(db.session.scalars(own))
