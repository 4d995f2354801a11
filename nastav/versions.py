"""What tells that data changed: a stamp per place, set anew in the commit of each change (`kept` asks).

A place is a school, a district (what all its pages show), the schools of a district (any of them
changed), or the site (it cannot be told what changed). What a school changes of its people changes the
schools that know the same ones, too (`_NEIGHBOURS`). A stamp is random, not counted up: a database
that is restored, or put back, brings the stamps of its own content along, and no two contents share one.
What concerns signing in raises nothing, and an answer that reads it is not kept.
"""

import re
import secrets
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy.orm import Mapped, Session, mapped_column

from nastav import unit
from nastav.changing import is_change, is_raw
from nastav.db import Model, db


class DataVersion(Model):
    """The stamp of one place."""

    __tablename__ = "data_version"
    place: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    stamp: Mapped[int] = mapped_column(sa.BigInteger)


SITE, DISTRICT = "site", "district"
ABOVE = (SITE, DISTRICT)  # what all of a district depends on
# the parts of what a school has: an answer depends on those whose tables it read; else «people»
PARTS = {
    "stages": "school_stage school_activity activity_revision evidence evidence_file transition remark",
    "answers": "response answer link_set link ballot swot",
    "meetings": "meeting meeting_presence meeting_revision pair_plan pair_plan_line",
    "gatherings": "training training_attendance occasion occasion_part",
    "papers": "paper paper_file people_load school_heading",
    "journal": "audit_entry",
}
PEOPLE = "people"
EVERY = (*PARTS, PEOPLE)
_NO_PERSONS = frozenset({"stages", "journal"})  # parts that say nothing of people
_PART_OF = {table: part for part, tables in PARTS.items() for table in tables.split()}
UNSEEN = frozenset(
    {"sign_in", "failed_sign_in", "device", "submitted_form", "calendar_link", "data_version"}
)
JOURNAL = "audit_entry"
SHARED = frozenset({"user", JOURNAL})  # of a school by a column, shown beyond it
_CHANGED = "changed_places"  # in the `info` of a connection: since its last commit
_OWN = "INSERT INTO data_version "
_TOLD_NOWHERE = ("access:", "sign_in:failed", "sign_in:throttled", "sign_in:closed")
_SCHOOL = ("school_id", "of_school")  # as statements that are made once name it
_WORD = re.compile(r"\w+")
# schools whose figures may move with what a school says of its people: those that have the same child in
# a register (it counts in one of them), and those that have a namesake (perhaps the same child)
_NEIGHBOURS = """
SELECT there.school_id
FROM participation here
JOIN participation there ON there.person_id = here.person_id AND there.school_id <> here.school_id
WHERE here.school_id = ?
UNION
SELECT there.school_id
FROM participation here
JOIN person one ON one.id = here.person_id AND one.given_name <> '' AND one.search_key <> ''
JOIN person other ON other.district_id = one.district_id AND other.search_key = one.search_key
    AND other.id <> one.id
JOIN participation there ON there.person_id = other.id AND there.school_id <> here.school_id
WHERE here.school_id = ?
"""


def of_school(school_id: int, part: str) -> str:
    """Return the place of a part of what only a school's own pages, and its district's, show."""
    return f"school:{school_id}:{part}"


def of_schools(district_id: int, part: str) -> str:
    """Return the place that any of a district's schools raises, too."""
    return f"schools:{district_id}:{part}"


def of_district(district_id: int) -> str:
    """Return the place of what every page of a district may show."""
    return f"district:{district_id}"


def part_of(table: str) -> str:
    """Return the part that a table of schools belongs to."""
    return _PART_OF.get(table, PEOPLE)


def stamps_of_user() -> str:
    """Return what to select: stamps of the site and the district of a user `u`, then of each part for
    the school (NULL without one), then for all schools.
    """
    places = ["'site'", "'district:' || u.district_id"]
    places += [f"'school:' || u.school_id || ':{part}'" for part in EVERY]
    places += [f"'schools:' || u.district_id || ':{part}'" for part in EVERY]
    one = "(SELECT stamp FROM data_version WHERE place = {})"
    return ", ".join(one.format(place) for place in places)


def stamps_of_district(district_id: int) -> dict[str, int | None]:
    """Return the stamps that what is counted of a district may depend on: `ABOVE`, then each part of all
    its schools; read in the transaction under way.
    """
    names = {SITE: SITE, of_district(district_id): DISTRICT}
    names |= {of_schools(district_id, part): part for part in EVERY}
    rows = sa.select(DataVersion.place, DataVersion.stamp).where(DataVersion.place.in_(names))
    found: dict[str, int | None] = dict.fromkeys(names.values())
    with unit.unnoticed():
        for place, stamp in db.session.connection().execute(rows):
            found[names[place]] = stamp
    return found


def raise_all(connection: Connection) -> None:
    """Have the commit of a migration raise everything, if the stamps are there by then."""
    there = inspect(connection).has_table(DataVersion.__tablename__)
    connection.info[_CHANGED] = {SITE} if there else set()


@event.listens_for(Engine, "after_cursor_execute")
def _note(
    connection: Connection, cursor: Any, statement: str, _given: Any, context: Any, _many: bool
) -> None:
    """Note which places a statement changed, or which parts it read; some of it raises nothing."""
    if context.isinsert or context.isupdate or context.isdelete:
        if context.isinsert or cursor.rowcount != 0:
            connection.info.setdefault(_CHANGED, set()).update(_places(context))
    elif is_raw(context) and is_change(statement, context):
        if not statement.startswith(_OWN):
            connection.info.setdefault(_CHANGED, set()).add(SITE)
    else:
        parts, is_unseen = _read(statement)
        unit.current().read |= parts
        if is_unseen:
            unit.for_once("what signing in changes")


@lru_cache(2000)
def _read(statement: str) -> tuple[frozenset[str], bool]:
    """Return which parts a statement names tables of, and whether one of what raises nothing."""
    named = set(_WORD.findall(statement))
    found = named & (own_tables() | {"person", JOURNAL})
    return frozenset(map(part_of, found)), not named.isdisjoint(UNSEEN)


@event.listens_for(Engine, "commit")
def _raise(connection: Connection) -> None:
    if places := connection.info.pop(_CHANGED, None):
        places |= _of_neighbours(connection, places)
        stamp = secrets.randbits(62)
        rows = ", ".join(["(?, ?)"] * len(places))
        _run(
            connection,
            f"{_OWN}(place, stamp) VALUES {rows}"
            " ON CONFLICT (place) DO UPDATE SET stamp = excluded.stamp",
            tuple(value for place in sorted(places) for value in (place, stamp)),
        )


def _run(connection: Connection, statement: str, given: tuple[Any, ...]) -> Any:
    if connection.dialect.paramstyle != "qmark":
        statement = statement.replace("?", "%s")
    return connection.exec_driver_sql(statement, given)


def _of_neighbours(connection: Connection, places: set[str]) -> set[str]:
    """Return the same places of the schools that know the same people, as they are known by now."""
    parts: dict[int, set[str]] = defaultdict(set)
    for place in places:
        level, *names = place.split(":")
        if level == "school" and names[1] not in _NO_PERSONS:
            parts[int(names[0])].add(names[1])
    return {
        of_school(row.school_id, part)
        for school_id, own in parts.items()
        for row in _run(connection, _NEIGHBOURS, (school_id, school_id))
        for part in own
    }


@event.listens_for(Engine, "rollback")
def _forget(connection: Connection) -> None:
    connection.info.pop(_CHANGED, None)


@event.listens_for(db.session, "before_flush")
def _look_beyond(session: Session, *_: Any) -> None:
    """Note that rows of another school than the address's are about to change."""
    school_id = unit.current().place[1]
    if school_id is not None:
        for row in (*session.new, *session.dirty, *session.deleted):
            if getattr(row, "school_id", school_id) not in (school_id, None):
                unit.current().beyond = True


def _places(context: Any) -> set[str]:
    """Return what a statement changes: what cannot be told apart, the whole district."""
    statement = context.compiled.statement
    table = getattr(getattr(statement, "table", None), "name", "")
    if table in UNSEEN:
        return set()
    given = context.compiled_parameters
    district_id, school_id = unit.current().place
    if table == JOURNAL and context.isinsert:
        return {place for row in given for place in _of_entry(row)}
    if district_id is None:
        return {SITE}
    # a line of a register that is gone tells no more which school knows the same people
    is_told = not (table == "participation" and context.isdelete)
    is_own = is_told and (table in own_tables() or (table == "person" and context.isinsert))
    if school_id is None or not is_own or unit.current().beyond:
        return {of_district(district_id)}
    if not all(_is_within(school_id, row) for row in given):
        return {of_district(district_id)}
    part = part_of(table)
    return {of_school(school_id, part), of_schools(district_id, part)}


def _of_entry(row: dict[str, Any]) -> Iterator[str]:
    """An entry of the journal is shown where it says itself; a refusal, on the journal's page alone."""
    part, event_ = part_of(JOURNAL), str(row.get("event"))
    if event_.startswith(_TOLD_NOWHERE):
        return
    if row.get("district_id") is not None:
        yield of_schools(row["district_id"], part)
    if row.get("school_id") is not None:  # a sign-in, too: «Новое с …» begins there
        yield of_school(row["school_id"], part)


def _is_within(school_id: int, row: dict[str, Any]) -> bool:
    """Tell whether a statement's values and conditions name something of a school, and of no other.

    A condition of time or state, or of a person alone, may be met by rows of many schools.
    """
    is_told = False
    for name, value in row.items():
        column = name.rstrip("_0123456789")
        if column in _SCHOOL and value is not None:
            named = value if isinstance(value, list | tuple) else (value,)
            if any(each != school_id for each in named):
                return False
        is_told |= column in _SCHOOL or (column.endswith("id") and column != "person_id")
    return is_told


@cache
def own_tables() -> frozenset[str]:
    """Return the tables whose rows belong to one school, by a column or by what they are part of."""
    tables = {name: table for name, table in db.metadata.tables.items() if name not in SHARED}
    keys = {name: table.foreign_keys for name, table in tables.items()}
    own = {
        name
        for name, found in keys.items()
        if [key.parent.name for key in found if key.column.table.name == "school"] == ["school_id"]
    }
    while more := {
        name
        for name in keys.keys() - own
        if any(key.column.table.name in own and not key.parent.nullable for key in keys[name])
    }:
        own |= more
    return frozenset(own)
