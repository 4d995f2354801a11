"""Offering a pupil to another school of the district, accepting, refusing and withdrawing."""

from datetime import date

from nastav import dates, ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, NotNow, check_version, db
from nastav.district import queries as districts
from nastav.district.models import School
from nastav.identity.transfers import queries
from nastav.identity.transfers.models import Transfer, TransferState
from nastav.pairs.leaving import leave_register
from nastav.people import operations as people
from nastav.people import queries as registers
from nastav.people.models import Kind, Participation
from nastav.refusals import NotAllowed

REASON = "перевод в другую школу"
ANSWERED = "На это предложение уже ответили, или школа его отозвала."


def offer(
    actor: Actor, row: Participation, to_school_id: int, left: date | None, *, version: int
) -> Transfer:
    """Mark that a pupil left for another school, unless that is marked already, and offer them to it.

    Their pairs end on the day of leaving. Offered twice to one school, the first offer stands.

    Raises:
        Conflict: the line was saved since the page was opened.
        NotNow: nobody to offer, or another offer waits or was accepted.
        NotAllowed: the school is not another one of the district, or the day is impossible.
    """
    own = districts.school(row.school_id)
    if own is None or to_school_id not in _others(own):
        raise NotAllowed("to_school_id", "Выберите школу из списка.")
    if row.person.kind is not Kind.PUPIL or row.is_mistake or row.person.anonymised_on:
        raise NotNow("Перевести в другую школу можно только ученика из базы.")
    last = queries.last_offer(row.school_id, row.person_id, row.part)
    if last and last.state is TransferState.OFFERED:
        known = db.session.get_one(Transfer, last.id)
        if known.to_school_id != to_school_id:
            raise NotNow("Ученика уже предложили другой школе: сначала отзовите то предложение.")
        return known
    if last and last.state is TransferState.ACCEPTED and last.left == row.left:
        raise NotNow("Ученика уже приняла другая школа.")
    check_version(row, version)
    if row.left is None:
        if left is None:
            raise NotAllowed("left", "Укажите последний день, например 08.12.2020.")
        leave_register(actor, row, left, REASON, version=version)
    made = Transfer(
        person_id=row.person_id,
        school_id=row.school_id,
        to_school_id=to_school_id,
        part=row.part,
        left=row.left or left,
    )
    db.session.add(made)
    db.session.flush()
    _record(actor, "transfer:offered", made)
    return made


def accept(
    actor: Actor,
    row: Transfer,
    joined: date,
    school_class: tuple[int, str],
    *,
    version: int,
    code: str = "",
) -> Participation | None:
    """Enter the pupil into the new school's register; None when it was done before.

    The person stays one, so coverage counts them once; what the old school wrote stays there.

    Raises:
        Conflict: the offer was withdrawn, refused or accepted from another day meanwhile.
        NotAllowed: the day lies ahead or before the day of leaving, the old school took them back, or
            somebody has the code.
    """
    if row.state is TransferState.ACCEPTED:
        lines = registers.participations(row.to_school_id, [row.person_id], row.part)
        if all(line.joined != joined for line in lines):
            raise Conflict  # somebody else was quicker, with another day
        return None
    _check_open(row, version)
    if joined < row.left:
        text = f"В прежней школе до {ru.date_short(row.left)}: укажите не раньше."
        raise NotAllowed("joined", text)
    before = registers.participations(row.school_id, [row.person_id], row.part)
    if any(entry.left is None for entry in before):
        text = "Прежняя школа вернула ученика в свою базу: попросите её отозвать перевод."
        raise NotAllowed("joined", text)
    school = db.session.get_one(School, row.to_school_id)
    line = people.receive(actor, school, row.part, row.person, joined, school_class, code=code)
    _decide(actor, row, TransferState.ACCEPTED)
    return line


def refuse(actor: Actor, row: Transfer, reason: str, *, version: int) -> None:
    """Say that the pupil is not this school's; the old school sees why.

    Raises:
        Conflict: the offer was answered otherwise or withdrawn meanwhile.
    """
    if row.state is TransferState.REFUSED and row.reason == reason:
        return
    _check_open(row, version)
    row.reason = reason
    _decide(actor, row, TransferState.REFUSED)


def withdraw(actor: Actor, row: Transfer, *, version: int) -> None:
    """Take an offer back; the day of leaving stays.

    Raises:
        Conflict: the new school has answered meanwhile.
    """
    if row.state is TransferState.WITHDRAWN:
        return
    _check_open(row, version)
    _decide(actor, row, TransferState.WITHDRAWN)


def _others(own: School) -> set[int]:
    return {school.id for school in districts.schools(own.district_id)} - {own.id}


def _check_open(row: Transfer, version: int) -> None:
    check_version(row, version)
    if row.state is not TransferState.OFFERED:
        raise NotNow(ANSWERED)


def _decide(actor: Actor, row: Transfer, state: TransferState) -> None:
    row.state, row.decided_on = state, dates.today()
    db.session.flush()
    _record(actor, f"transfer:{state}", row)


def _record(actor: Actor, event: str, row: Transfer) -> None:
    """By the number in the register of whoever acts: a school reads its own numbers only."""
    school_id = actor.school_id or row.school_id
    number = registers.numbers(school_id, [row.person_id]).get(row.person_id)
    subject = f"№ {number}" if number else "переведённый"
    record(actor, event, subject=subject, school_id=school_id)
