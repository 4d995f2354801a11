"""A file that leaves is noted before it does: no entry, no file (rules.md#one-unit-of-work)."""

from collections.abc import Iterable

from nastav import access, db
from nastav.audit.operations import record


def noted(name: str, school_id: int | None = None) -> None:
    """Write into the journal that the person signed in takes a file; of a school, or of a district."""
    noted_each([name], school_id)


def noted_each(names: Iterable[str], school_id: int | None = None) -> None:
    """Write an entry for each of several files that leave as one: a long list would be cut."""
    actor, files = access.actor(), list(names)

    def write() -> None:
        for name in files:
            record(actor, "export:downloaded", subject=name, school_id=school_id)

    db.beforehand(write)
