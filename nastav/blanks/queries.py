"""Reading a district's own templates."""

from sqlalchemy import select

from nastav.blanks.models import Blank, BlankFile
from nastav.db import db


def in_use(district_id: int, kind_key: str) -> Blank | None:
    """Return the district's template that papers of a kind are made of now; None: ours."""
    rows = select(Blank).where(
        Blank.district_id == district_id, Blank.kind_key == kind_key, Blank.is_in_use.is_(True)
    )
    return db.session.scalar(rows)


def all_in_use(district_id: int) -> dict[str, Blank]:
    """Return key of a kind → the district's template of it that is in use."""
    rows = select(Blank).where(Blank.district_id == district_id, Blank.is_in_use.is_(True))
    return {row.kind_key: row for row in db.session.scalars(rows)}


def versions(district_id: int, kind_key: str) -> list[Blank]:
    """Return the templates of a kind that were ever in use, the newest first."""
    rows = select(Blank).where(
        Blank.district_id == district_id, Blank.kind_key == kind_key, Blank.number.is_not(None)
    )
    return list(db.session.scalars(rows.order_by(Blank.number.desc())))


def tried(district_id: int, kind_key: str) -> list[Blank]:
    """Return the templates of a kind that were sent and never put in use."""
    rows = select(Blank).where(
        Blank.district_id == district_id, Blank.kind_key == kind_key, Blank.number.is_(None)
    )
    return list(db.session.scalars(rows.order_by(Blank.id)))


def blank(district_id: int, kind_key: str, blank_id: int) -> Blank | None:
    """Return a template of this district and kind, or None."""
    rows = select(Blank).filter_by(id=blank_id, district_id=district_id, kind_key=kind_key)
    return db.session.scalar(rows)


def same(district_id: int, kind_key: str, sha256: str) -> Blank | None:
    """Return the template that a file is already kept as, or None."""
    rows = select(Blank).filter_by(district_id=district_id, kind_key=kind_key, sha256=sha256)
    return db.session.scalars(rows.order_by(Blank.id)).first()


def content(blank_id: int) -> bytes:
    """Return the bytes of a template.

    Raises:
        LookupError: there is no such template.
    """
    found = db.session.scalar(select(BlankFile.content).filter_by(blank_id=blank_id))
    if found is None:
        raise LookupError(f"no template {blank_id}")
    return bytes(found)
