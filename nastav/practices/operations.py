"""Writing, publishing and taking back practices; the journal gets their number, never their words."""

from dataclasses import asdict, dataclass

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import NotNow, check_version, db
from nastav.district.kinds import queries as kinds
from nastav.people import queries as people
from nastav.practices import rules
from nastav.practices.models import Practice, PracticeState
from nastav.refusals import NotAllowed


@dataclass(frozen=True)
class PracticeData:
    """A practice as typed."""

    title: str
    kind_id: int
    audience: str = ""
    done: str = ""
    result: str = ""
    since_year: int | None = None


def add_practice(actor: Actor, school_id: int, data: PracticeData) -> Practice:
    """Add a draft.

    Raises:
        NotAllowed: the form of mentoring is not one of the district's.
    """
    _check_kind(school_id, data)
    row = Practice(school_id=school_id, state=PracticeState.DRAFT, **asdict(data))
    db.session.add(row)
    db.session.flush()
    _record(actor, "practice:added", row)
    return row


def change_practice(actor: Actor, row: Practice, data: PracticeData, *, version: int) -> None:
    """Change a practice; on the board it may not get worse. Saving the same again does nothing.

    Raises:
        Conflict: it was saved since the form was opened.
        NotAllowed: it is published, and would name somebody or lack something.
    """
    if all(getattr(row, name) == value for name, value in asdict(data).items()):
        return
    check_version(row, version)
    _check_kind(row.school_id, data)
    if row.state is PracticeState.PUBLISHED:
        _check_publishable(row.school_id, data)
    for name, value in asdict(data).items():
        setattr(row, name, value)
    db.session.flush()
    _record(actor, "practice:changed", row)


def publish(actor: Actor, row: Practice, *, version: int) -> None:
    """Put a practice on the district's board. Done twice, it is done once.

    Raises:
        Conflict: it was saved since the page was opened.
        NotAllowed: something is missing, or a surname of the school's registers is in the text.
    """
    if row.state is PracticeState.PUBLISHED:
        return
    check_version(row, version)
    _check_publishable(row.school_id, row)
    row.state, row.published_on = PracticeState.PUBLISHED, dates.today()
    row.taken_off_reason = ""
    db.session.flush()
    _record(actor, "practice:published", row)


def take_back(actor: Actor, row: Practice, *, version: int) -> None:
    """Let a school take its own practice off the board; it is a draft again.

    Raises:
        Conflict: it was saved since the page was opened.
    """
    if row.state is not PracticeState.PUBLISHED:
        return
    _leave_board(row, PracticeState.DRAFT, version)
    _record(actor, "practice:taken_back", row)


def take_off(actor: Actor, row: Practice, reason: str, *, version: int) -> None:
    """Let the coordinator take a practice off the board, with a reason that the school reads.

    Raises:
        Conflict: it was saved since the page was opened.
        NotNow: it is not on the board.
    """
    _leave_board(row, PracticeState.TAKEN_OFF, version, reason)
    _record(actor, "practice:taken_off", row)


def remove_practice(actor: Actor, row: Practice, *, version: int) -> None:
    """Remove a practice that is not on the board.

    Raises:
        Conflict: it was saved since the page was opened.
        NotNow: it is on the board.
    """
    check_version(row, version)
    if row.state is PracticeState.PUBLISHED:
        raise NotNow("Практика стоит в банке практик: сначала уберите её из банка.")
    _record(actor, "practice:removed", row)
    db.session.delete(row)
    db.session.flush()


def _leave_board(row: Practice, state: PracticeState, version: int, reason: str = "") -> None:
    check_version(row, version)
    if row.state is not PracticeState.PUBLISHED:
        raise NotNow("Практики в банке практик нет: убирать нечего.")
    row.state, row.published_on, row.taken_off_reason = state, None, reason
    db.session.flush()


def _check_kind(school_id: int, data: PracticeData) -> None:
    if not kinds.kinds_belong(school_id, [data.kind_id]):
        raise NotAllowed("kind_id", "Выберите форму наставничества из списка.")


def _check_publishable(school_id: int, text: rules.PracticeText) -> None:
    said = rules.remarks(text, people.surnames(school_id))
    if said:
        raise NotAllowed("", " ".join(said))


def _record(actor: Actor, event: str, row: Practice) -> None:
    record(actor, event, subject=f"практика № {row.id}", school_id=row.school_id)
