"""Keeping a district's template, putting it in use, putting ours back."""

from hashlib import sha256

from sqlalchemy import delete

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.blanks import queries
from nastav.blanks.models import Blank, BlankFile
from nastav.db import Conflict, db
from nastav.papers.kinds import Kind


def keep(actor: Actor, district_id: int, kind: Kind, content: bytes) -> Blank:
    """Keep a template that was checked, to be looked at; one only tried before goes.

    Sent again, the same file is the same template.
    """
    mark = sha256(content).hexdigest()
    if known := queries.same(district_id, kind.key, mark):
        return known
    for old in queries.tried(district_id, kind.key):
        db.session.execute(delete(BlankFile).where(BlankFile.blank_id == old.id))
        db.session.delete(old)
    db.session.flush()
    made = Blank(
        district_id=district_id,
        kind_key=kind.key,
        actor_name=actor.name,
        size=len(content),
        sha256=mark,
    )
    db.session.add(made)
    db.session.flush()
    db.session.add(BlankFile(blank_id=made.id, content=content))
    record(actor, "blank:sent", subject=kind.name, district_id=district_id)
    return made


def introduce(actor: Actor, blank: Blank, kind: Kind, *, instead_of: int) -> None:
    """Have papers of a kind be made of a template from now on; it gets a number the first time.

    Args:
        actor: who decides.
        blank: the template.
        kind: of which kind it is.
        instead_of: id of the template that was in use when the page was shown, 0 for ours.

    Raises:
        Conflict: another is in use by now.
    """
    if blank.is_in_use:
        return
    _put_aside(blank.district_id, kind.key, instead_of)
    if blank.number is None:
        blank.number = 1 + max(
            (row.number or 0 for row in queries.versions(blank.district_id, kind.key)), default=0
        )
    blank.is_in_use = True
    db.session.flush()
    subject = f"{kind.name}, редакция {blank.number}"
    record(actor, "blank:introduced", subject=subject, district_id=blank.district_id)


def withdraw(actor: Actor, district_id: int, kind: Kind, *, instead_of: int) -> None:
    """Have papers of a kind be made of our template again.

    Raises:
        Conflict: another is in use by now.
    """
    if queries.in_use(district_id, kind.key) is None:
        return
    _put_aside(district_id, kind.key, instead_of)
    record(actor, "blank:withdrawn", subject=kind.name, district_id=district_id)


def _put_aside(district_id: int, key: str, expected: int) -> None:
    """Take the template in use out of use, if it is the one expected.

    Raises:
        Conflict: it is another.
    """
    present = queries.in_use(district_id, key)
    if (present.id if present else 0) != expected:
        raise Conflict
    if present is not None:
        present.is_in_use = False
        db.session.flush()
