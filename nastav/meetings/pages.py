"""What the pages show of meetings: the log on a pair's card, the last meeting on the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nastav import dates
from nastav.district.kinds import queries as kinds
from nastav.meetings import queries, rules
from nastav.meetings.forms import MeetingForm, new_meeting_form
from nastav.meetings.models import MeetingKind
from nastav.meetings.queries import MeetingRow
from nastav.pairs.forms import read_in
from nastav.pairs.models import PairState
from nastav.pairs.rows import Member, PairRow

LATEST = 10  # meetings of a pair shown at once; the earlier ones unfold


@dataclass(frozen=True)
class Log:
    """The meetings of a pair as its card shows them, the latest first."""

    rows: list[tuple[MeetingRow, list[Member]]]  # with the mentees who were absent
    deleted: list[MeetingRow]
    last: str  # «34 дня назад», empty where the pair never met

    @property
    def latest(self) -> list[tuple[MeetingRow, list[Member]]]:
        """Return those shown at once."""
        return self.rows[:LATEST]

    @property
    def earlier(self) -> list[tuple[MeetingRow, list[Member]]]:
        """Return those that unfold."""
        return self.rows[LATEST:]

    @property
    def minutes(self) -> int:
        """Return how long they took together."""
        return sum(row.minutes for row, _ in self.rows)


@dataclass(frozen=True)
class Section:
    """The meetings on a pair's card: the log, and the form where one may add to it."""

    log: Log
    form: MeetingForm | None
    takes_meetings: bool  # a draft has none


@dataclass(frozen=True)
class Last:
    """When a pair met last, for the board."""

    day: date | None
    ago: str
    is_silent: bool  # longer ago than the district's setting


def log(school_id: int, pair: PairRow) -> Log:
    """Return the meetings of a pair."""
    found = queries.log(school_id, pair.id)
    held = [row for row in found if not row.is_deleted]
    last = rules.ago((dates.today() - held[0].held_on).days) if held else ""
    deleted = [row for row in found if row.is_deleted]
    return Log([(row, row.absent(pair)) for row in held], deleted, last)


def section(
    school_id: int,
    district_id: int,
    pair: PairRow,
    cycle: int,
    *,
    may_edit: bool,
    form: MeetingForm | None = None,
) -> Section:
    """Return the meetings on a pair's card; `form` as it was refused, a fresh one without."""
    takes = pair.state is not PairState.DRAFT
    if takes and may_edit and form is None:
        form = new_meeting_form(pair, cycle, queries.settings(school_id).minutes)
        offer(form, district_id, pair)
    return Section(log(school_id, pair), form, takes)


def offer(
    form: MeetingForm, district_id: int, pair: PairRow, kept: MeetingKind | None = None
) -> None:
    """Put into a form of a meeting what can be chosen; `kept`: the meeting's kind, hidden or not."""
    offered = {
        meeting_kind.id: meeting_kind.name
        for meeting_kind in kinds.offered(MeetingKind, district_id)
    }
    if kept:
        offered.setdefault(kept.id, kept.name)
    form.offer(pair, offered.items())


def lasts(school_id: int, pairs: Sequence[PairRow], within: int) -> dict[int, Last]:
    """Return when each pair met last, by the pair's id; a draft is left out.

    Args:
        school_id: the school.
        pairs: its pairs.
        within: after how many days an active pair counts as silent.
    """
    today = dates.today()
    days = queries.last_days(school_id, today)
    found = {}
    for pair in pairs:
        if pair.state is PairState.DRAFT:
            continue
        day = days.get(pair.id)
        silent = rules.days_silent(pair.started, day, today)
        is_silent = pair.state is PairState.ACTIVE and silent > within
        found[pair.id] = Last(day, rules.ago((today - day).days) if day else "", is_silent)
    return found


def posted(
    pair: PairRow, district_id: int, cycle: int, kept: MeetingKind | None = None
) -> MeetingForm:
    """Return the form of a meeting as it was sent; `kept`: the kind that the meeting has."""
    form = MeetingForm.posted(meta=read_in(cycle))
    offer(form, district_id, pair, kept)
    return form
