"""People who enter children into registers and keep their own ledger of what the server promised.

Entering one child writes six tables in one transaction: a good probe for what is half done.
"""

import secrets
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import Any

from nastav import sqlite
from nastav.accounts.models import User
from nastav.app import create_app
from nastav.db import db
from nastav.district.models import School
from tests.soak.site import Site, Visitor

LETTERS = str.maketrans("0123456789abcdef", "абвгдежзиклмнопр")


@dataclass
class Ledger:
    """What was posted, by surname; every surname is used once."""

    kept: set[str] = field(default_factory=set)  # the server answered that it is saved
    unknown: dict[str, tuple[Visitor, str, dict[str, Any]]] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def child(self, token: str) -> dict[str, str]:
        """Return the form of a child nobody has entered yet."""
        return {
            "csrf_token": token,
            "once_token": secrets.token_hex(16),
            "surname": "Придуманн" + secrets.token_hex(5).translate(LETTERS),
            "given_name": "Анна",
            "kind": "pupil",
            "school_class": "7А",
            "joined": "01.12.2020",
        }

    def enter(self, visitor: Visitor, path: str, token: str) -> bool:
        """Enter one child; False when the server was gone before it answered."""
        form = self.child(token)
        return self.note(form["surname"], visitor, path, form)

    def note(self, surname: str, visitor: Visitor, path: str, data: dict[str, Any]) -> bool:
        """Post and write down what became of it."""
        status = visitor.post(path, data).status
        with self.lock:
            self.unknown.pop(surname, None)
            if status == 303:
                self.kept.add(surname)
            elif status == 0:
                self.unknown[surname] = (visitor, path, data)
            else:
                self.refused.append(status)
        return status != 0

    def ask_again(self) -> int:
        """Send every form without an answer once more, as a person would; return how many."""
        waiting = dict(self.unknown)
        for surname, posted in waiting.items():
            self.note(surname, *posted)
        return len(waiting)


def school_of(site: Site, login: str) -> int:
    """Return the id of the school a curator works for; to be called while no server runs."""
    with create_app(site.instance).app_context():
        found = db.session.query(School.id).join(User).filter(User.login == login).scalar()
        db.engine.dispose()
    return int(found)


def keep_entering(ledger: Ledger, visitor: Visitor, school: int, stop: Event) -> None:
    """Enter children until told to stop or until the server is gone."""
    path = f"/schools/{school}/mentees/new"
    token = visitor.token()
    while token and not stop.is_set() and ledger.enter(visitor, path, token):
        pass


ONE_EACH = """
SELECT surname FROM person WHERE surname LIKE 'Придуманн%' AND (
  (SELECT count(*) FROM participation WHERE person_id = person.id) != 1
  OR (SELECT count(*) FROM register_number WHERE person_id = person.id) != 1
  OR (SELECT count(*) FROM person_class WHERE person_id = person.id) != 1)
UNION ALL SELECT surname FROM person GROUP BY surname, given_name HAVING count(*) > 1
"""
COUNTS = """
SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM submitted_form),
  (SELECT count(*) FROM audit_entry WHERE event = 'person:added')
"""


def lost(ledger: set[str], database: Path) -> set[str]:
    """Return the surnames the server promised and does not have."""
    with closing(sqlite.connect(database)) as connection:
        rows = connection.execute("SELECT surname FROM person").fetchall()
    return ledger - {surname for (surname,) in rows}


def half_written(database: Path) -> list[object]:
    """Return what stands in a database of an action that was only half done, and its damages."""
    with closing(sqlite.connect(database)) as connection:
        ask = connection.execute
        found: list[object] = [*ask(ONE_EACH), *ask("PRAGMA foreign_key_check")]
        counts = ask(COUNTS).fetchone()
        if len(set(counts)) > 1:
            found.append(f"people, forms, entries of the journal: {counts}")
        if (whole := ask("PRAGMA integrity_check").fetchone()) != ("ok",):
            found.append(whole)
    return found
