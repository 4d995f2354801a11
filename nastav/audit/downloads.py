"""A file that leaves is noted before it does: no entry, no file (rules.md#one-unit-of-work)."""

from nastav import access, db
from nastav.audit.operations import record


def noted(name: str, school_id: int | None = None) -> None:
    """Write into the journal that the person signed in takes a file; of a school, or of a district."""
    actor = access.actor()
    db.beforehand(lambda: record(actor, "export:downloaded", subject=name, school_id=school_id))
