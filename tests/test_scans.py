"""No page reads through a table that grows with other tenants: the demo's SELECTs are explained."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from nastav import schema
from nastav.db import db
from nastav.pairs.models import Pair
from tests.support.crawl import REDIRECTS, Walk
from tests.support.demo import LOGINS, client_of

# function that asks: table it reads through → why it still does. The list may only shrink.
TODAYS = {
    "accounts.queries.schools_without_curator: user": "on one page of the settings; accounts are tens",
    "feedback.queries._answer_counts: pair": "who is in a pair of the school year has no index of years",
    "feedback.queries._responses: pair": "the same select as the answers'",
    "people.queries.moved_on: person_class": "classes are looked through for a later school",
    "practices.board.queries.tally: practice": "counted over the index of states",
}
NO_SCHOOL = {"person", "audit_entry", "user", "submitted_form"}  # no way to a school, and they grow
ALIASED = re.compile(r'(?<![.\w])"?(\w+)"? AS "?(\w+)"?')
READ = re.compile(r"(?:SCAN (?P<all>\w+)|SEARCH (?P<indexed>\w+) USING AUTOMATIC)")
Asked = dict[str, tuple[str, Any]]  # statement → function, parameters


def growing() -> set[str]:
    """Return the tables whose rows belong to schools, by whatever way."""
    found, before = {"school", *NO_SCHOOL}, set[str]()
    while found != before:
        before = set(found)
        for table in schema.METADATA.tables.values():
            if found & {key.column.table.name for key in table.foreign_keys}:
                found.add(table.name)
    return found - {"school"}


def asker() -> str:
    """Return the function of the program that sends a statement: room.module.function."""
    frame = sys._getframe(1)
    while frame:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("nastav.") and module not in ("nastav.db", "nastav.unit"):
            return f"{module.removeprefix('nastav.')}.{frame.f_code.co_name}"
        frame = frame.f_back  # type: ignore[assignment]
    return "nobody"


@contextmanager
def selects() -> Iterator[Asked]:
    """Collect each SELECT of the block once."""
    found: Asked = {}

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")) and statement not in found:
            found[statement] = (asker(), given)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def read_through(asked: Asked) -> dict[str, str]:
    """Return «function: table» → the plan's line, for tables that grow (needs an application context)."""
    wanted, found = growing(), {}
    for statement, (name, given) in asked.items():
        own = {alias: table for table, alias in ALIASED.findall(statement) if table in wanted}
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        for line in plan.scalars(3):
            if read := READ.match(line):
                alias = read["all"] or read["indexed"]
                if (table := own.get(alias, alias)) in wanted:
                    found[f"{name}: {table}"] = line
    return found


def test_no_page_reads_through_what_grows_with_other_schools(
    demo: Flask, walks: dict[str, Walk]
) -> None:
    clients = {role: client_of(demo, role) for role in LOGINS}
    with selects() as asked:
        for role, found in walks.items():
            clients[role].checks = False
            for address in found.addresses:
                assert clients[role].get(address).status_code in (200, *REDIRECTS), address
    assert len(asked) > 200
    with demo.app_context():
        read = read_through(asked)
    assert {what: plan for what, plan in read.items() if what not in TODAYS} == {}
    assert set(TODAYS) - set(read) == set(), "cured: take them off the list"


def test_a_statement_that_reads_through_a_table_is_found(app: Flask) -> None:
    with app.app_context(), selects() as asked:
        db.session.query(Pair).filter_by(planned_end=date(2020, 12, 31)).all()
        db.session.query(Pair).filter_by(school_id=1).all()
        assert list(read_through(asked).values()) == ["SCAN pair"]
        assert growing() > {"pair", "pair_member", "meeting_presence", "answer", "consent"}
        assert not growing() & {"school", "district", "stage", "questionnaire", "question"}
