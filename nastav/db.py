"""The database: its engine, the rules of a connection, and the only commit in the program.

A request is one unit of work. A request that may write begins IMMEDIATE, so two writers queue instead
of failing half-way; one that reads begins DEFERRED and read-only, so a GET that writes fails in its first
test. A unit is settled before its answer is made: nobody waits for a template to render.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Dialect, Engine, Enum, MetaData, event, types
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    SessionTransaction,
    declared_attr,
    mapped_column,
)
from sqlalchemy.orm.exc import StaleDataError

from nastav import changing, condition, soundness, sqlite, unit

log = logging.getLogger(__name__)
BUSY_TIMEOUT_MS = 8000  # that a request waits for others, in all (reliability.md#r1: 5 s or more)
Answer = TypeVar("Answer")


class Base(DeclarativeBase):
    """Base of all tables; constraints have names, or SQLite's batch migrations could not drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Conflict(Exception):
    """What is being saved was changed by somebody else in the meantime (409)."""


class NotNow(Exception):
    """What is asked does not fit the state a thing is in, though nobody changed it meanwhile (409).

    The text is the Russian sentence that says so.
    """


class Unavailable(Exception):
    """The database is locked, full or read-only; nothing was saved (503)."""


class Damaged(Unavailable):
    """The database is damaged: it is read, and nothing is saved any more (503)."""


class Versioned:
    """A row edited by a form: the form carries the version it was made from."""

    version: Mapped[int] = mapped_column(nullable=False)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy check the version in each UPDATE."""
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class UtcDateTime(types.TypeDecorator[datetime]):
    """A moment, always aware and in UTC; SQLite itself keeps no zone."""

    impl = types.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC without a zone; a naive moment is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return value.replace(tzinfo=UTC) if value else None


def choice(options: type[StrEnum]) -> Enum:
    """Return a column type that stores a StrEnum by its value, as text that a person can read."""
    return Enum(
        options,
        native_enum=False,
        length=24,
        values_callable=lambda members: [member.value for member in members],
    )


def check_version(row: Versioned, version: int) -> None:
    """Refuse a form made from another version of the row.

    Raises:
        Conflict: the row was saved by somebody since the form was opened.
    """
    if row.version != version:
        raise Conflict


# --- SQLite: rules of a connection ----------------------------------------------------------------

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_WRITES = "writes"  # in the `info` of a connection: whether its transaction was begun for writing
_side_writes: ContextVar[list[Callable[[], None]] | None] = ContextVar("side_writes", default=None)


def is_writing() -> bool:
    """Tell whether the transaction under way may write."""
    return _writing.get()


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    sqlite.prepare(connection, BUSY_TIMEOUT_MS)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    writes = connection.info[_WRITES] = _writing.get()
    if connection.dialect.name != "sqlite":
        return
    if writes and condition.of_site().damage:
        raise Damaged("nothing is saved into a damaged database")
    _limit_waiting(connection)
    with unit.waiting():
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
        if not writes:  # only the first read takes the lock: have it waited for here
            connection.exec_driver_sql("PRAGMA user_version")


@event.listens_for(Engine, "handle_error")
def _note_damage(context: ExceptionContext) -> None:
    """Remember a damage, wherever a statement met it: a view, a template, a side write."""
    error = context.original_exception
    if soundness.is_damage(error) and condition.of_site().note(soundness.reason(error)):
        log.error("the database is damaged: %s", error)


@event.listens_for(Engine, "before_cursor_execute")
def _refuse_writing(
    connection: Connection, _cursor: Any, statement: str, _given: Any, context: Any, _many: bool
) -> None:
    """Refuse a change in a transaction that was begun for reading, before it is run.

    SQLite's own `query_only` would do the same: but each time it is set or taken back, all statements of
    the connection are prepared anew, which made a page after a save take half as long again.
    """
    if not connection.info.get(_WRITES) and changing.is_change(statement, context):
        raise RuntimeError(f"a change by what only reads: {statement[:60]}")


def _limit_waiting(connection: Connection) -> None:
    """Have SQLite wait no longer than the request still may: its whole waiting is one sum."""
    patience = unit.patience_ms(BUSY_TIMEOUT_MS)
    connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")


@event.listens_for(Engine, "commit")
def _commit(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and _writing.get():
        _limit_waiting(connection)  # beside readers a commit waits, too


# SQLite lets a waiting writer sleep, try again, and sleep longer: of many some wait until they are
# refused. So the writers of this process begin one after another; other processes wait SQLite's way.
turn = threading.Lock()
_HAS_TURN = "has_turn"


@event.listens_for(db.session, "after_transaction_create")
def _take_turn(session: Session, transaction: SessionTransaction) -> None:
    is_outermost = transaction.parent is None
    if not (is_outermost and _writing.get()) or db.engine.dialect.name != "sqlite":
        return
    _wait_turn(session)


def _wait_turn(session: Session) -> None:
    with unit.waiting():
        has_turn = turn.acquire(timeout=unit.patience_ms(BUSY_TIMEOUT_MS) / 1000)
    if not has_turn:
        raise Unavailable("writers of this process took too long")
    session.info[_HAS_TURN] = True


@event.listens_for(db.session, "after_transaction_end")
def _give_turn(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None and session.info.pop(_HAS_TURN, False):
        turn.release()


# --- the unit of work -----------------------------------------------------------------------------


def pause() -> None:
    """End the transaction but not the unit: what follows begins another of the same kind.

    For slow work between two short transactions, such as verifying a password.

    Raises:
        Conflict: a row was changed by somebody else, or made twice.
        Unavailable: the database is locked, full or read-only.
    """
    _commit_session()
    unit.current().changed = False  # a note of ours, such as a sign-in tried: not what was sent


def begin_writing() -> None:
    """End the unit's reading: what follows is one write transaction (`unit.reads_first`).

    Others may have saved in between: each write names the version it rests on. On SQLite the connection
    goes on, which costs a tenth of what the session needs to begin another transaction.

    Raises: as `pause`.
    """
    if db.engine.dialect.name != "sqlite":
        _commit_session()
        _writing.set(True)
        return
    connection = db.session.connection()
    connection.exec_driver_sql("COMMIT")
    _writing.set(True)
    _wait_turn(db.session())
    _begin(connection)


def settle() -> None:
    """End the unit's writing: commit it, let go of what was read; only reading may follow.

    From here on no answer may say that nothing was saved, unless nothing was (`unit.Unit.kept`).

    Raises: as `pause`.
    """
    _commit_session()
    work = unit.current()
    work.kept, work.changed = work.kept or work.changed, False
    _writing.set(False)


def _commit_session() -> None:
    with _explained():
        db.session.flush()
        with unit.waiting():
            db.session.commit()


def discard() -> None:
    """End the transaction and forget every change; rows already read stay readable."""
    db.session.expunge_all()
    db.session.rollback()
    unit.current().changed = False


def afterwards(write: Callable[[], None]) -> None:
    """Have something written in a short transaction of its own once the unit has ended.

    For what must be kept even though the unit only reads or is refused: the time last seen, a refusal.
    It is tried once and may be lost; what must not be is written `beforehand`. Outside a unit it is
    done at once.
    """
    unit.for_once("a side write")
    pending = _side_writes.get()
    if pending is None:
        with writing():
            write()
    else:
        pending.append(write)


def write_mode() -> AbstractContextManager[None]:
    """Have the transactions begun in the block begin for writing."""
    return _mode(writes=True)


def read_mode() -> AbstractContextManager[None]:
    """Have the transactions begun in the block begin for reading, whatever the unit does."""
    return _mode(writes=False)


@contextmanager
def _mode(*, writes: bool) -> Iterator[None]:
    token = _writing.set(writes)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Run a block as one write transaction, committed at its end; an error rolls it back."""
    with write_mode():
        try:
            with _explained():
                yield
            _commit_session()
            unit.current().changed = False  # not what the person of a request sent
        except BaseException:
            discard()
            raise


def beforehand(write: Callable[[], None]) -> None:
    """Have something written before an answer is given, in a transaction of its own; else no answer.

    For a file that leaves the site: no entry in the journal, no file (security.md#s15). Ends the
    unit's reading first, or the request would wait for itself (rules.md#one-unit-of-work).

    Raises:
        Unavailable: it could not be written.
    """
    unit.for_once("written before it is answered")
    settle()
    with writing():
        write()


def unit_of_work(view: Callable[[], Answer], *, writes: bool) -> Answer:
    """Run a view as one unit of work and return its answer."""
    mode = _writing.set(writes)
    queue = _side_writes.set([])
    try:
        with _explained():
            answer = view()
        settle()
        return answer
    except BaseException:
        discard()
        raise
    finally:
        _writing.reset(mode)
        pending = _side_writes.get() or []
        _side_writes.reset(queue)
        _run(pending)


def _run(pending: list[Callable[[], None]]) -> None:
    for write in pending:
        try:
            with writing():
                write()
        except Unavailable:
            log.exception("a side write was lost")


@contextmanager
def _explained() -> Iterator[None]:
    """Name the database's errors that a person can do something about."""
    try:
        yield
    except StaleDataError as error:
        raise Conflict from error
    except IntegrityError as error:
        if "UNIQUE" in str(error.orig).upper():
            raise Conflict from error
        raise
    except DatabaseError as error:
        if error.orig and soundness.is_damage(error.orig):
            raise Damaged(soundness.reason(error.orig)) from error
        if isinstance(error, OperationalError):
            raise Unavailable(str(error.orig)) from error
        raise
