"""Reading transfers. A school reads those it offered and those offered to it, and no others."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from nastav import classes, unit
from nastav.db import db
from nastav.district.models import School
from nastav.identity.transfers.models import Transfer, TransferState
from nastav.people.models import Part, Person, PersonClass


@dataclass(frozen=True)
class Incoming:
    """A pupil offered to a school: all that it sees of what the other wrote."""

    id: int
    version: int
    name: str
    code: str  # that of the other school, where the pupil has no name
    part: Part
    school_class: tuple[int, str] | None  # grade and letter
    from_school: str
    left: date

    @property
    def class_name(self) -> str:
        """Return «7 «А»», or nothing."""
        return classes.class_name(*self.school_class) if self.school_class else ""


@dataclass(frozen=True)
class Outgoing:
    """An offer as the school that made it sees it."""

    id: int
    version: int
    to_school: str
    state: TransferState
    left: date
    reason: str
    decided_on: date | None


def incoming(school_id: int) -> list[Incoming]:
    """Return the pupils offered to a school that wait for its answer, the earliest first."""
    unit.for_once("a class of another school")
    newest = (
        select(func.max(PersonClass.id))
        .where(
            PersonClass.person_id == Transfer.person_id,
            PersonClass.school_id == Transfer.school_id,
        )
        .correlate(Transfer)
        .scalar_subquery()
    )
    rows = (
        select(Transfer, Person, School.name, PersonClass)
        .join(Person, Person.id == Transfer.person_id)
        .join(School, School.id == Transfer.school_id)
        .outerjoin(PersonClass, PersonClass.id == newest)
        .where(Transfer.to_school_id == school_id, Transfer.state == TransferState.OFFERED)
        .order_by(Transfer.id)
    )
    return [
        Incoming(
            id=row.id,
            version=row.version,
            name=person.full_name,
            code=person.surname if person.is_coded else "",
            part=row.part,
            school_class=(known.grade, known.letter) if known else None,
            from_school=school,
            left=row.left,
        )
        for row, person, school, known in db.session.execute(rows)
    ]


def waiting(school_id: int) -> int:
    """Return how many pupils wait for a school's answer."""
    rows = select(func.count(Transfer.id)).where(
        Transfer.to_school_id == school_id, Transfer.state == TransferState.OFFERED
    )
    return db.session.scalar(rows) or 0


def last_offer(school_id: int, person_id: int, part: Part) -> Outgoing | None:
    """Return a school's last offer of a person in a part, or None."""
    rows = (
        select(Transfer, School.name)
        .join(School, School.id == Transfer.to_school_id)
        .where(
            Transfer.school_id == school_id, Transfer.person_id == person_id, Transfer.part == part
        )
        .order_by(Transfer.id.desc())
    )
    found = db.session.execute(rows).first()
    if found is None:
        return None
    row, school = found
    return Outgoing(row.id, row.version, school, row.state, row.left, row.reason, row.decided_on)


def offered_to(school_id: int, transfer_id: int) -> Transfer | None:
    """Return an offer made to a school, with its person, to be answered, or None."""
    return db.session.scalar(_one(transfer_id).where(Transfer.to_school_id == school_id))


def offered_by(school_id: int, person_id: int, transfer_id: int) -> Transfer | None:
    """Return a school's own offer of a person, to be withdrawn, or None."""
    rows = _one(transfer_id).filter_by(school_id=school_id, person_id=person_id)
    return db.session.scalar(rows)


def _one(transfer_id: int) -> Select[Transfer]:
    return select(Transfer).filter_by(id=transfer_id).options(joinedload(Transfer.person))
