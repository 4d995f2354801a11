"""What is known of the request under way: what it has saved, and how long it may still wait.

A request is one unit of work, but its answer is made by several hands: the view, the handlers of errors,
the short side writes. They share this, so that none of them says «ничего не сохранено» after a commit,
and none waits as if it were the first.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Engine, event

LAST_TRY_MS = 100  # a request that has waited its time still tries once: most locks last shorter

View = TypeVar("View", bound=Callable[..., Any])


def reading(view: View) -> View:
    """Declare a view that only reads though it is posted to (rules.md#searching-for-people).

    Its unit runs as that of a GET: it takes no lock, and cannot write.
    """
    view.__dict__["only_reads"] = True
    return view


def only_reads(view: Callable[..., Any] | None) -> bool:
    """Tell whether a view was declared so."""
    return getattr(view, "only_reads", False)


def reads_first(view: View) -> View:
    """Declare a view that reads and judges what was sent before it takes the lock of writers.

    Its unit begins as that of a GET and goes on by `db.begin_writing`; what it read may be stale by then.
    """
    view.__dict__["reads_first"] = True
    return view


def begins_reading(view: Callable[..., Any] | None) -> bool:
    """Tell whether a view that is posted to begins as one that reads."""
    return only_reads(view) or getattr(view, "reads_first", False)


@dataclass
class Unit:
    """One request."""

    changed: bool = False  # rows were written and not committed yet
    kept: bool = False  # what the person sent is committed
    waited_ms: float = 0  # for a locked database, in all
    way_on: str | None = None  # where an answer after a save leads
    place: tuple[int | None, int | None] = (None, None)  # district and school it is about
    beyond: bool = False  # rows of another school than its place were changed
    read: set[str] = field(default_factory=set)  # parts of the data that it read (`versions`)
    shared: dict[Any, Any] = field(default_factory=dict)  # read for several figures (`recall`)
    passing: str = ""  # why its answer holds for this moment only; "": it may be kept (`kept`)


_unit: ContextVar[Unit | None] = ContextVar("unit", default=None)


@contextmanager
def begun() -> Iterator[Unit]:
    """Take the block for one request, answers of errors included."""
    token = _unit.set(Unit())
    try:
        yield current()
    finally:
        _unit.reset(token)


def current() -> Unit:
    """Return the request under way; outside of one (a command), one that nobody else knows of."""
    return _unit.get() or Unit()


def is_begun() -> bool:
    """Tell whether a request is under way."""
    return _unit.get() is not None


def for_once(why: str) -> None:
    """Have the answer under way not kept for the next time: it tells the time, claims something …"""
    current().passing = why


@contextmanager
def unnoticed() -> Iterator[None]:
    """Let a block do for once what the answer under way does not show."""
    work = current()
    before = work.passing
    try:
        yield
    finally:
        work.passing = before


@contextmanager
def apart() -> Iterator[Unit]:
    """Have what a block reads noted apart, then with the rest of the request; give the request."""
    work = current()
    read, passing = work.read, work.passing
    work.read, work.passing = set(), ""
    try:
        yield work
    finally:
        work.read, work.passing = read | work.read, passing or work.passing


def patience_ms(longest: int) -> int:
    """Return for how many milliseconds a lock may still be waited for, of so many in all."""
    return int(max(longest - current().waited_ms, min(LAST_TRY_MS, longest)))


@contextmanager
def waiting() -> Iterator[None]:
    """Count the time of a block as waiting."""
    start = monotonic()
    try:
        yield
    finally:
        current().waited_ms += (monotonic() - start) * 1000


@event.listens_for(Engine, "after_cursor_execute")
def _note_change(
    _connection: Any, cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool
) -> None:
    touched = (context.isupdate or context.isdelete) and cursor.rowcount != 0
    if context.isinsert or touched:
        current().changed = True
