"""Changing the kinds that a district names. None is ever deleted: what has one keeps it."""

from collections.abc import Sequence
from typing import Any

from nastav import ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district.kinds import queries
from nastav.district.kinds.models import DistrictKind
from nastav.district.models import District
from nastav.refusals import NotAllowed


def load_kinds(table: type[DistrictKind], district: District) -> None:
    """Add the kinds a district begins with; the coordinator may change them."""
    for ordinal, values in enumerate(table.first, start=1):
        db.session.add(table(district_id=district.id, ordinal=ordinal, **values))


def add_kind(actor: Actor, table: type[DistrictKind], district_id: int, name: str) -> None:
    """Add a kind of the district's own to the end of the list.

    Raises:
        NotAllowed: there is one of this name.
    """
    rows = queries.all_of(table, district_id)
    _check_name(table, rows, name)
    ordinal = max((row.ordinal for row in rows), default=0) + 1
    db.session.add(table(district_id=district_id, ordinal=ordinal, name=name))
    db.session.flush()
    record(actor, f"{table.event}:added", subject=name, district_id=district_id)


def change_kind(
    actor: Actor, kind: DistrictKind, name: str, *, after: int | None, is_hidden: bool, version: int
) -> None:
    """Rename a kind, take it off the lists to choose from, or move it; what has it keeps it.

    Args:
        actor: who does it.
        kind: the kind.
        name: what it is called now; one that keeps its name is not renamed.
        after: id of the kind it stands after; of none of the district's, and it stands first; None: it
            stays in its place.
        is_hidden: schools are not offered it.
        version: of the form.

    Raises:
        Conflict: the kind was saved by somebody meanwhile.
        NotAllowed: there is another of this name.
    """
    table = type(kind)
    every = queries.all_of(table, kind.district_id)
    others = [district_kind for district_kind in every if district_kind.id != kind.id]
    place = was = every.index(kind)
    if after is not None:
        place = next((at for at, other in enumerate(others, start=1) if other.id == after), 0)
    name = kind.name if kind.keeps_name else name
    before = {"name": kind.name, "is_hidden": kind.is_hidden, "place": was + 1}
    now = {"name": name, "is_hidden": is_hidden, "place": place + 1}
    changes = {field: (before[field], now[field]) for field in now if before[field] != now[field]}
    if not changes:
        return
    check_version(kind, version)
    if name != kind.name:
        _check_name(table, others, name)
    kind.name, kind.is_hidden = name, is_hidden
    if place != was:
        _order([*others[:place], kind, *others[place:]])
    db.session.flush()
    _record_change(actor, kind, changes)


def _order(rows: Sequence[DistrictKind]) -> None:
    for ordinal, row in enumerate(rows, start=1):
        row.ordinal = ordinal


def _record_change(actor: Actor, kind: DistrictKind, changes: dict[str, tuple[Any, Any]]) -> None:
    event = f"{kind.event}:changed"
    record(actor, event, subject=kind.name, district_id=kind.district_id, changes=changes)


def _check_name(table: type[DistrictKind], others: Sequence[DistrictKind], name: str) -> None:
    """Refuse a name that reads as another's: a keyboard has no «–», and case says nothing.

    Raises:
        NotAllowed: there is one of this name.
    """
    if any(_read(other.name) == _read(name) for other in others):
        raise NotAllowed("name", table.taken)


def _read(name: str) -> str:
    return ru.search_key(name) or name  # the key of signs alone is empty
