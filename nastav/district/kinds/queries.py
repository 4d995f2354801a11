"""Reading the kinds that a district names: those of any table, and the forms of mentoring."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select

from nastav.db import db
from nastav.district.kinds.models import DistrictKind, PairKind
from nastav.district.models import School

Kind = TypeVar("Kind", bound=DistrictKind)


def all_of(table: type[Kind], district_id: int) -> list[Kind]:
    """Return a district's kinds in their order, the hidden ones too."""
    rows = select(table).filter_by(district_id=district_id)
    return list(db.session.scalars(rows.order_by(table.ordinal, table.id)))


def offered(table: type[Kind], district_id: int) -> list[Kind]:
    """Return a district's kinds in their order, those hidden left out."""
    return [kind for kind in all_of(table, district_id) if not kind.is_hidden]


def one_of(table: type[Kind], district_id: int, kind_id: int) -> Kind | None:
    """Return one kind of a district, or None."""
    return db.session.scalar(select(table).filter_by(district_id=district_id, id=kind_id))


def kinds(district_id: int) -> list[PairKind]:
    """Return a district's forms of mentoring in their order, those hidden left out."""
    return offered(PairKind, district_id)


def kinds_of_school(school_id: int) -> list[PairKind]:
    """Return the forms of mentoring that a school's district offers, in their order."""
    return kinds(db.session.get_one(School, school_id).district_id)


def all_kinds(district_id: int) -> list[PairKind]:
    """Return a district's forms of mentoring in their order, the hidden ones too."""
    return all_of(PairKind, district_id)


def kind(district_id: int, kind_id: int) -> PairKind | None:
    """Return one form of mentoring of a district, or None."""
    return one_of(PairKind, district_id, kind_id)


def kinds_belong(school_id: int, kind_ids: Iterable[int]) -> bool:
    """Tell whether these forms of mentoring are all of the school's district."""
    wanted = set(kind_ids)
    own = select(PairKind.id).where(
        PairKind.district_id.in_(select(School.district_id).filter_by(id=school_id)),
        PairKind.id.in_(wanted),
    )
    return wanted == set(db.session.scalars(own))
