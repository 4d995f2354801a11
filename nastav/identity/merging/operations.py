"""Making two cards of one person one, and taking them apart again.

Counting follows by itself: coverage counts distinct persons, and what a merge moves is the person that
memberships and lines of registers name.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, check_version, db
from nastav.district.models import School
from nastav.identity.merging import moving, queries
from nastav.identity.merging.models import PersonMerge
from nastav.identity.merging.rules import Span, folds
from nastav.people import queries as people
from nastav.people.models import Kind, Part, Participation, Person
from nastav.refusals import NotAllowed


def merge(
    actor: Actor, school: School, kept: Person, dropped: Person, *, versions: Sequence[int]
) -> PersonMerge:
    """Let everything that names the dropped card name the kept one.

    The dropped card's row stays, with its name and its register number, so that the number is never
    given out again and `undo` finds all as it was. Lines of one register that overlap become one.

    Args:
        actor: who does it.
        school: the school of both.
        kept: the card that stays.
        dropped: the one that goes.
        versions: of kept and dropped, as the page was made from them.

    Raises:
        Conflict: one of them was saved, or merged, since the page was opened.
        NotAllowed: they cannot be one person, or the dropped card is known to another school too.
    """
    for person, version in zip((kept, dropped), versions, strict=True):
        check_version(person, version)
        if person.merged_into_id is not None:
            raise Conflict
    _check(school, kept, dropped)
    lines = _fold(school.id, (kept.id, dropped.id))
    dropped.merged_into_id = kept.id
    flag_modified(kept, "kind")  # its version too: an edit form opened before is stale
    db.session.flush()
    row = PersonMerge(
        school_id=school.id,
        kept_id=kept.id,
        dropped_id=dropped.id,
        actor_name=actor.name,
        moved=moving.move(dropped.id, kept.id),
        lines=lines,
    )
    db.session.add(row)
    db.session.flush()
    _record(actor, "person:merged", row)
    return row


def undo(actor: Actor, row: PersonMerge) -> None:
    """Give back to the dropped card all that was its own; done before, it is not done again.

    Raises:
        NotAllowed: a later merge, or a later change of the joined lines, stands in the way.
    """
    if row.undone_at is not None:
        return
    kept = db.session.get_one(Person, row.kept_id)
    if kept.merged_into_id is not None or queries.last_into(row.kept_id) != row.id:
        raise NotAllowed("merge", "Сначала разъедините карточки, объединённые позже.")
    if kept.anonymised_on is not None:
        raise NotAllowed("merge", "Карточка обезличена: разъединить её уже нельзя.")
    lines = _lines([int(key) for key in row.lines])
    if any(_state(line) != row.lines[str(line.id)]["after"] for line in lines):
        text = "После объединения изменили дату вхождения или отметку об ошибке: верните их."
        raise NotAllowed("merge", text)
    for line in lines:
        _restore(line, row.lines[str(line.id)]["before"])
    dropped = db.session.get_one(Person, row.dropped_id)
    dropped.merged_into_id = None
    flag_modified(kept, "kind")
    row.undone_at = dates.now()
    db.session.flush()
    _record(actor, "person:unmerged", row)
    moving.move_back(row.moved, row.dropped_id, row.kept_id)


def _check(school: School, kept: Person, dropped: Person) -> None:
    if kept.id == dropped.id or set(people.numbers(school.id, [kept.id, dropped.id])) != {
        kept.id,
        dropped.id,
    }:
        raise NotAllowed("with", "Выберите две разные карточки своей школы.")
    if kept.anonymised_on or dropped.anonymised_on:
        raise NotAllowed("with", "Одна из карточек обезличена: объединить их уже нельзя.")
    if (kept.kind is Kind.PUPIL) != (dropped.kind is Kind.PUPIL):
        text = (
            "В одной карточке ученик, в другой взрослый: сначала исправьте «Категорию участника»."
        )
        raise NotAllowed("with", text)
    if queries.schools_of(dropped.id) - {school.id}:
        text = "Эту карточку убрать нельзя: оставьте её, а уберите вторую."
        raise NotAllowed("keep", text)


# --- lines of the registers -----------------------------------------------------------------------


def _fold(school_id: int, ids: tuple[int, int]) -> dict[str, Any]:
    """Join the lines of both that overlap; what was changed, before and after, by id."""
    kept_id, _ = ids
    rows = {
        participation.id: participation
        for participation in db.session.scalars(
            select(Participation).where(
                Participation.school_id == school_id, Participation.person_id.in_(ids)
            )
        )
    }
    before = {row.id: _state(row) for row in rows.values()}
    for part in Part:
        spans = [
            Span(row.id, row.joined, row.left, row.person_id == kept_id)
            for row in rows.values()
            if row.part is part and not row.is_mistake
        ]
        for fold in folds(spans):
            rows[fold.stays].joined = fold.joined
            for other in fold.others:
                rows[other].is_mistake = True
    db.session.flush()
    return {
        str(person_id): {"before": state, "after": _state(rows[person_id])}
        for person_id, state in before.items()
        if state != _state(rows[person_id])
    }


def _lines(ids: list[int]) -> list[Participation]:
    return list(db.session.scalars(select(Participation).where(Participation.id.in_(ids))))


def _state(row: Participation) -> list[Any]:
    """What a merge may change of a line, ready for JSON; nothing personal."""
    return [row.joined.isoformat(), row.is_mistake]


def _restore(row: Participation, state: list[Any]) -> None:
    row.joined, row.is_mistake = date.fromisoformat(state[0]), state[1]


def _record(actor: Actor, event: str, row: PersonMerge) -> None:
    numbers = people.numbers(row.school_id, [row.kept_id, row.dropped_id])
    subject = f"№ {numbers[row.dropped_id]} и № {numbers[row.kept_id]}"
    record(actor, event, subject=subject, school_id=row.school_id)
