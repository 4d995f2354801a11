"""Changing a district's kinds of meetings. None is ever deleted: meetings keep theirs."""

from typing import Any

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district.models import District
from nastav.meetings.kinds import queries
from nastav.meetings.models import MeetingKind

# the kinds a district begins with; nobody's law, so it may rename, hide or reorder them
KINDS = ("знакомство", "пробная", "планирование", "рабочая", "итоговая")


class NameTaken(ValueError):
    """The district has a kind of meeting of this name."""


def load_kinds(district: District) -> None:
    """Add the kinds of meetings a district begins with."""
    for ordinal, name in enumerate(KINDS, start=1):
        db.session.add(MeetingKind(district_id=district.id, ordinal=ordinal, name=name))


def add_kind(actor: Actor, district_id: int, name: str) -> MeetingKind:
    """Add a kind of meeting to the end of the list.

    Raises:
        NameTaken: there is one of this name.
    """
    rows = queries.all_kinds(district_id)
    _check_name(rows, name)
    ordinal = max((one.ordinal for one in rows), default=0) + 1
    added = MeetingKind(district_id=district_id, ordinal=ordinal, name=name)
    db.session.add(added)
    db.session.flush()
    record(actor, "meeting_kind:added", subject=name, district_id=district_id)
    return added


def change_kind(
    actor: Actor, kind: MeetingKind, name: str, *, after: int, is_hidden: bool, version: int
) -> None:
    """Rename a kind, take it off the lists to choose from, or move it; meetings that have it keep it.

    Args:
        actor: who does it.
        kind: the kind.
        name: what it is called now.
        after: id of the kind it stands after; of none of the district's, and it stands first.
        is_hidden: schools are not offered it.
        version: of the form.

    Raises:
        Conflict: the kind was saved by somebody meanwhile.
        NameTaken: there is another of this name.
    """
    every = queries.all_kinds(kind.district_id)
    others = [one for one in every if one.id != kind.id]
    place = next((at for at, one in enumerate(others, start=1) if one.id == after), 0)
    before = {"name": kind.name, "is_hidden": kind.is_hidden, "place": every.index(kind) + 1}
    now = {"name": name, "is_hidden": is_hidden, "place": place + 1}
    changes = {field: (before[field], now[field]) for field in now if before[field] != now[field]}
    if not changes:
        return
    check_version(kind, version)
    _check_name(others, name)
    kind.name, kind.is_hidden = name, is_hidden
    if "place" in changes:
        _order([*others[:place], kind, *others[place:]])
    db.session.flush()
    _record(actor, kind, changes)


def _order(rows: list[MeetingKind]) -> None:
    for ordinal, one in enumerate(rows, start=1):
        one.ordinal = ordinal


def _record(actor: Actor, kind: MeetingKind, changes: dict[str, tuple[Any, Any]]) -> None:
    event = "meeting_kind:changed"
    record(actor, event, subject=kind.name, district_id=kind.district_id, changes=changes)


def _check_name(others: list[MeetingKind], name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in others):
        raise NameTaken
