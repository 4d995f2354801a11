"""By which names a block pasted from Excel may mean somebody of a list."""

from collections.abc import Iterable

from nastav.intake.block import Naming, named
from nastav.people.rows import Entry

HEADING = r"фио|ф и о|фамилия\b.*|ученики?|участники?|наставники?|наставляемы[ей]|код"


def names(entry: Entry) -> list[str]:
    """Return the full name, that without the patronymic, the short one; with the class for namesakes."""
    full = [entry.full_name, f"{entry.surname} {entry.given_name}", entry.short_name]
    return [*full, *(f"{name} {entry.group}" for name in full), entry.label]


def people(entries: Iterable[Entry]) -> Naming[int]:
    """Return what tells people apart: name → ids of the persons."""
    return Naming(HEADING, named((entry.person_id, names(entry)) for entry in entries))
