"""What every change of a register's line asks and tells: what a line may not be, and the journal."""

from datetime import date

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.people import queries
from nastav.people.models import Part, Participation, Person
from nastav.refusals import NotAllowed

REGISTERS = {Part.MENTEE: "наставляемые", Part.MENTOR: "наставники"}


def check_joined(day: date) -> None:
    """Refuse a day of joining that lies ahead.

    Raises:
        NotAllowed: names the field.
    """
    if day > dates.today():
        text = "Дата вхождения ещё не наступила: укажите сегодняшнюю или раньше."
        raise NotAllowed("joined", text)


def check_named(person: Person) -> None:
    """Refuse to change somebody whose name was erased.

    Raises:
        NotAllowed: says what to do instead.
    """
    if person.anonymised_on is not None:
        text = "Карточка обезличена: внесите человека заново, новой записью."
        raise NotAllowed("surname", text)


def record_line(actor: Actor, event: str, row: Participation, more: str = "") -> None:
    """Add to the journal what happened to a line, by its number, without a name."""
    number = queries.numbers(row.school_id, [row.person_id])[row.person_id]
    subject = f"№ {number}, {REGISTERS[row.part]}{more}"
    record(actor, event, subject=subject, school_id=row.school_id)
