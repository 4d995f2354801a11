"""Deciding whether two cards of two schools are one child's, and taking a decision back.

Of one child the two persons become one row, so that coverage counts it once; what each school wrote stays
with that school, because every row that names a person belongs to one.
"""

from sqlalchemy.orm.attributes import flag_modified

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, check_version, db
from nastav.district import queries as districts
from nastav.identity.matches.models import PersonMatch
from nastav.identity.matches.queries import Match, numbers_text
from nastav.identity.merging import moving, queries
from nastav.people.models import Person
from nastav.refusals import NotAllowed


def decide(actor: Actor, district_id: int, match: Match, *, is_one_child: bool) -> PersonMatch:
    """Keep what the coordinator said of a match that nobody has decided yet.

    One child: the card entered first is kept, with its name.

    Raises:
        NotAllowed: both cards stand in the registers of one and the same school as well.
    """
    row = PersonMatch(
        district_id=district_id,
        one_school_id=match.one.school_id,
        one_number=match.one.number,
        other_school_id=match.other.school_id,
        other_number=match.other.number,
        is_one_child=is_one_child,
        schools=[],
        actor_name=actor.name,
    )
    if is_one_child:
        _join(row, *sorted(card.person_id for card in match.cards))
    db.session.add(row)
    db.session.flush()
    _record(actor, "match:confirmed" if is_one_child else "match:declined", row)
    return row


def undo(actor: Actor, row: PersonMatch, *, version: int) -> None:
    """Forget a decision; of one child the schools of the dropped card get back all they have of it.

    Raises:
        Conflict: the decision was changed since the page was opened.
        NotAllowed: a later decision, or the erasing of the name, stands in the way.
    """
    check_version(row, version)
    if row.kept_id and row.dropped_id:
        _part(row, row.kept_id, row.dropped_id)
    db.session.delete(row)
    db.session.flush()
    _record(actor, "match:reopened", row)


def _join(row: PersonMatch, kept_id: int, dropped_id: int) -> None:
    kept, dropped = (db.session.get_one(Person, person_id) for person_id in (kept_id, dropped_id))
    schools = queries.schools_of(dropped_id)
    if schools & queries.schools_of(kept_id):
        text = "Обе записи есть и в одной школе: сначала школа должна объединить карточки у себя."
        raise NotAllowed("match", text)
    row.kept_id, row.dropped_id, row.schools = kept_id, dropped_id, sorted(schools)
    dropped.merged_into_id = kept_id
    flag_modified(kept, "kind")  # its version too: an edit form opened before is stale
    db.session.flush()
    moving.move(dropped_id, kept_id)


def _part(row: PersonMatch, kept_id: int, dropped_id: int) -> None:
    kept, dropped = (db.session.get_one(Person, person_id) for person_id in (kept_id, dropped_id))
    if dropped.merged_into_id != kept_id:
        raise Conflict
    if kept.merged_into_id is not None:
        raise NotAllowed("match", "Сначала отмените решение об этом ребёнке, принятое позже.")
    if kept.anonymised_on is not None:
        raise NotAllowed("match", "Карточка обезличена: решение уже не отменить.")
    dropped.merged_into_id = None
    flag_modified(kept, "kind")
    db.session.flush()
    moving.move(kept_id, dropped_id, schools=row.schools)


def _record(actor: Actor, event: str, row: PersonMatch) -> None:
    names = {school.id: school.name for school in districts.schools(row.district_id)}
    cards = ((row.one_school_id, row.one_number), (row.other_school_id, row.other_number))
    record(actor, event, subject=numbers_text(names, *cards), district_id=row.district_id)
