"""Moving pupils up, all of them or none; undoing a move."""

from collections.abc import Mapping

from sqlalchemy import delete, insert

from nastav import dates, ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import NotNow, db
from nastav.people.models import PersonClass
from nastav.yearend.classes.models import ClassMove

PUPILS = ("ученик", "ученика", "учеников")


def move_up(
    actor: Actor, school_id: int, first_year: int, classes: Mapping[int, tuple[int, str]]
) -> int:
    """Enter the classes of a school year for these pupils (person's id → grade, letter); how many.

    Raises:
        Conflict: (at flush) one of them has a class of that year already.
    """
    move = ClassMove(school_id=school_id, first_year=first_year, actor_name=actor.name)
    db.session.add(move)
    db.session.flush()
    rows = [
        {
            "person_id": person_id,
            "school_id": school_id,
            "first_year": first_year,
            "grade": grade,
            "letter": letter,
            "move_id": move.id,
        }
        for person_id, (grade, letter) in classes.items()
    ]
    db.session.execute(insert(PersonClass), rows)
    _record(actor, "classes:moved", move, len(rows))
    return len(rows)


def undo(actor: Actor, move: ClassMove) -> int:
    """Take back the classes of a move that nobody has edited since; how many. Done, it is not redone.

    Raises:
        NotNow: none is left to take back.
    """
    if move.undone_at is not None:
        return 0
    gone = delete(PersonClass).filter_by(move_id=move.id).returning(PersonClass.id)
    count = len(db.session.execute(gone).all())
    if not count:
        raise NotNow("Все классы этого перевода уже исправили: отменять нечего.")
    move.undone_at = dates.now()
    db.session.flush()
    _record(actor, "classes:moved_back", move, count)
    return count


def _record(actor: Actor, event: str, move: ClassMove, count: int) -> None:
    subject = f"{ru.school_year(move.first_year)}: {ru.counted(count, *PUPILS)}"
    record(actor, event, subject=subject, school_id=move.school_id)
