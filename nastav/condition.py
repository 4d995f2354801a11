"""The condition of the site's database while the site runs: looked at, and what was found.

One damage is enough: from then on the site is read only, until it is stopped and restored. Kept in the
application, so that two of them in one process know nothing of each other.
"""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from flask import Flask, current_app, has_app_context

from nastav import soundness


class State(StrEnum):
    """What is known; the value is what `/healthz` says."""

    WHOLE = "ok"  # or nobody looked: only `nastav run` does
    CHECKING = "проверяется"
    DAMAGED = "повреждена"


@dataclass(frozen=True)
class Damage:
    """What was found and when; the text is SQLite's and may be English."""

    how: str
    found_at: datetime


class Condition:
    """What is known of a database; asked and told from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_checking = False
        self._damage: Damage | None = None

    @property
    def damage(self) -> Damage | None:
        """Return what was found, None for a database taken for whole."""
        return self._damage

    @property
    def state(self) -> State:
        """Return what `/healthz` says."""
        if self._damage:
            return State.DAMAGED
        return State.CHECKING if self._is_checking else State.WHOLE

    def expect_check(self) -> None:
        """Say that nobody knows yet: the first look is under way."""
        self._is_checking = True

    def note(self, how: str) -> bool:
        """Remember a damage; True if it is the first one found."""
        with self._lock:
            is_first = self._damage is None
            self._damage = self._damage or Damage(how, datetime.now(UTC))
        return is_first

    def check(self, database: Path) -> str:
        """Look at a database quickly and remember a damage; return it, "" for a whole one.

        Raises:
            Busy: somebody holds it for longer than a minute; nothing is known then.
        """
        try:
            how = soundness.quick_fault(database)
        finally:
            self._is_checking = False
        if how:
            self.note(how)
        return how


def init(app: Flask) -> None:
    """Give an application the knowledge of its database."""
    app.extensions["condition"] = Condition()


def of_site() -> Condition:
    """Return what is known of the database of the application at work; nothing outside of one."""
    found = current_app.extensions.get("condition") if has_app_context() else None
    return found or Condition()
