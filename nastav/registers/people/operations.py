"""Changes of a person that pairs have a say in, and of many people at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from nastav import dates
from nastav.access import Actor
from nastav.consents import operations as consents
from nastav.consents.models import Signer
from nastav.consents.operations import ConsentFacts
from nastav.consents.queries import signers
from nastav.db import Conflict, check_version, db
from nastav.district.models import School
from nastav.gatherings import operations as gatherings
from nastav.gatherings import queries as held
from nastav.gatherings.training.models import TrainingAttendance
from nastav.identity.merging import operations as merging
from nastav.identity.merging.models import PersonMerge
from nastav.pairs.leaving import leave_register
from nastav.pairs.models import PairMember
from nastav.people import operations as people
from nastav.people import queries as registers
from nastav.people.models import Kind, Participation, Person
from nastav.people.needs import set_needs
from nastav.people.rows import SchoolClass
from nastav.people.rules import NewPerson
from nastav.refusals import NotAllowed


def merge_cards(
    actor: Actor, school: School, kept: Person, dropped: Person, *, versions: Sequence[int]
) -> PersonMerge:
    """Make two cards of one person one, as `people.merging` does.

    Raises:
        Conflict: one of them was saved, or merged, since the page was opened.
        NotAllowed: one mentors the other, or they cannot be one person.
    """
    rows = (
        select(PairMember.pair_id)
        .where(PairMember.person_id.in_((kept.id, dropped.id)))
        .group_by(PairMember.pair_id)
        .having(func.count(PairMember.part.distinct()) > 1)
    )
    if db.session.scalars(rows).first() is not None:
        text = "В одной паре эти карточки — наставник и наставляемый: это разные люди."
        raise NotAllowed("with", text)
    return merging.merge(actor, school, kept, dropped, versions=versions)


Rows = Sequence[Participation]  # with their persons
Fields = Mapping[str, Any]  # the fields of the deed's form
Versions = Mapping[int, int]  # of the lines, as they were shown


def take_consents(actor: Actor, school: School, rows: Rows, typed: Fields, _: Versions) -> None:
    """Enter a consent of one day from each; who signed is the rule's answer unless it was chosen."""
    usual = signers(school, [row.person_id for row in rows])
    chosen = Signer(typed["signer"]) if typed["signer"] else None
    papers = {
        row.person_id: ConsentFacts(chosen or usual[row.person_id], typed["signed_on"])
        for row in rows
    }
    consents.add_consents(actor, school, papers)


def set_class(actor: Actor, school: School, rows: Rows, typed: Fields, versions: Versions) -> None:
    """Give all of them one class of this school year.

    Raises:
        Conflict: one of them was saved since the page was opened.
        NotAllowed: one of them is no pupil.
    """
    grade, letter = typed["school_class"]
    wanted = NewPerson("", "", dates.today(), grade=grade, letter=letter)
    year = dates.cycle_of(dates.today())
    known = {
        entry.person_id: entry.school_class
        for entry in registers.everybody(school.id, first_year=year)
    }
    for row in rows:
        if known.get(row.person_id) == SchoolClass(year, grade, letter):
            continue  # sent twice
        check_version(row, versions[row.id])
        if row.person.kind is not Kind.PUPIL:
            sentence = f"{row.person.short_name} — не ученик: класса у взрослых нет."
            raise NotAllowed("school_class", sentence)
        people.change_class(actor, row, wanted)


def set_need(actor: Actor, _school: School, rows: Rows, typed: Fields, versions: Versions) -> None:
    """Write one need of all of them.

    Raises:
        Conflict: one of them was saved since the page was opened.
    """
    for row in rows:
        if row.need != typed["need"]:  # else sent twice
            check_version(row, versions[row.id])
    set_needs(actor, rows, typed["need"])


def leave_together(
    actor: Actor, _school: School, rows: Rows, typed: Fields, versions: Versions
) -> None:
    """Mark that all of them left on one day, in the register and in their pairs.

    Raises:
        Conflict: one of them was saved since the page was opened.
        NotAllowed: the day is impossible for one of them, who is named.
    """
    for row in rows:
        try:
            day, reason = typed["left"], typed["reason"] or ""
            leave_register(actor, row, day, reason, version=versions[row.id])
        except NotAllowed as refusal:
            raise NotAllowed("left", f"{row.person.short_name}: {refusal.sentence}") from None


def add_to_training(actor: Actor, school: School, rows: Rows, typed: Fields, _: Versions) -> None:
    """Add all of them to those who took part in a training; who is there already stays.

    Raises:
        Conflict: the training was removed meanwhile.
    """
    row = held.gathering(TrainingAttendance, school.id, typed["training_id"])
    if row is None:
        raise Conflict
    present = held.roles(TrainingAttendance, row.id)
    roles = {line.person_id: "" for line in rows} | present
    gatherings.change(actor, TrainingAttendance, row, {}, roles, version=row.version)
