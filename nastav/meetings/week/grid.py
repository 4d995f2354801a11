"""The weekly sheet as data: what is saved in each cell, what was typed into it. Pure, no database."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from nastav import dates, ru
from nastav.forms import row_id
from nastav.meetings import rules
from nastav.meetings.queries import MeetingRow
from nastav.pairs.models import PairState
from nastav.pairs.rows import PairRow

USUAL = "+"  # stands for the district's usual length
LONGEST_TOPIC = 300  # characters
Place = tuple[int, date]  # pair's id, day


@dataclass(frozen=True)
class Cell:
    """A pair on a day. `base` says which saved meeting the form was made from: id.version.minutes."""

    pair_id: int
    day: date
    is_open: bool  # the pair can have met on that day
    saved: tuple[MeetingRow, ...] = ()
    value: str = ""
    base: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """Return the name of the cell's field; of its base with «b» in place of «c»."""
        return f"c-{self.pair_id}-{self.day:%Y%m%d}"

    @property
    def is_shown_only(self) -> bool:
        """Tell whether the cell takes nothing: two meetings of one day are changed on the card."""
        return not self.is_open or len(self.saved) > 1

    @property
    def minutes(self) -> int:
        """Return how long the pair met on the day."""
        return sum(meeting_row.minutes for meeting_row in self.saved)


@dataclass(frozen=True)
class Row:
    """A pair with the days of the week, and a topic and a kind for the meetings that are added."""

    pair: PairRow
    cells: tuple[Cell, ...]
    topic: str = ""
    kind_id: int = 0
    topic_error: str = ""

    @property
    def topics(self) -> list[str]:
        """Return what the meetings of the week were about."""
        return [
            meeting_row.topic
            for cell in self.cells
            for meeting_row in cell.saved
            if meeting_row.topic
        ]


@dataclass(frozen=True)
class Change:
    """A cell that was changed: minutes, or None to take the meeting out."""

    minutes: int | None
    base: tuple[int, int] | None  # id and version of the meeting the form was made from


@dataclass(frozen=True)
class WeekEntries:
    """What was typed into a sheet."""

    changes: dict[Place, Change] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    values: dict[Place, tuple[str, str]] = field(default_factory=dict)  # value and base as sent
    topics: dict[int, str] = field(default_factory=dict)
    too_long: dict[int, str] = field(default_factory=dict)  # sentence about a topic, by pair's id
    kinds: dict[int, int] = field(default_factory=dict)


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def rows(pairs: Iterable[PairRow], meetings: Iterable[MeetingRow], monday: date) -> list[Row]:
    """Return the sheet of a week as it is saved, sorted by the mentor; drafts are left out."""
    held: dict[Place, tuple[MeetingRow, ...]] = {}
    for meeting in meetings:
        place = (meeting.pair_id, meeting.held_on)
        held[place] = (*held.get(place, ()), meeting)
    known = [pair for pair in pairs if pair.state is not PairState.DRAFT]
    days = [monday + timedelta(days=at) for at in range(7)]
    return [
        Row(pair, tuple(_cell(pair, day, held.get((pair.id, day), ())) for day in days))
        for pair in sorted(known, key=lambda pair_row: (ru.sort_key(pair_row.label), pair_row.id))
    ]


def _cell(pair: PairRow, day: date, saved: tuple[MeetingRow, ...]) -> Cell:
    is_open = pair.started <= day <= min(pair.ended or dates.today(), dates.today())
    meeting_row = saved[0] if len(saved) == 1 else None
    return Cell(
        pair_id=pair.id,
        day=day,
        is_open=is_open,
        saved=saved,
        value=str(meeting_row.minutes) if meeting_row else "",
        base=f"{meeting_row.id}.{meeting_row.version}.{meeting_row.minutes}" if meeting_row else "",
    )


def read(
    sheet: Iterable[Row], form: Mapping[str, str], usual: int, kinds: Container[int] = ()
) -> WeekEntries:
    """Return what was changed in a sheet that was sent; cells left as they were are no changes.

    Args:
        sheet: the rows as they are saved now; only their cells are read.
        form: the fields.
        usual: minutes for «+».
        kinds: ids of the district's kinds of meetings, hidden ones too; another is none.
    """
    typed = WeekEntries()
    for row in sheet:
        topic = form.get(f"t-{row.pair.id}", "").strip()
        if topic:
            typed.topics[row.pair.id] = topic
        if len(topic) > LONGEST_TOPIC:
            typed.too_long[row.pair.id] = ru.too_long(len(topic), LONGEST_TOPIC)
        kind_id = row_id(form.get(f"k-{row.pair.id}", ""))
        if kind_id in kinds:
            typed.kinds[row.pair.id] = kind_id
        for cell in row.cells:
            if not cell.is_shown_only and cell.name in form:
                _read_cell(typed, cell, form, usual)
    return typed


def _read_cell(typed: WeekEntries, cell: Cell, form: Mapping[str, str], usual: int) -> None:
    value, base = form[cell.name].strip(), form.get(f"b{cell.name[1:]}", "")
    known = base.split(".")
    meeting = tuple(int(text) for text in known) if _is_base(known) else None
    place = (cell.pair_id, cell.day)
    minutes = minutes_of(value, usual)
    if minutes == 0:
        typed.errors[place] = f"{rules.MINUTES_HINT} Или «{USUAL}»."
    elif minutes != (meeting[2] if meeting else None):
        typed.changes[place] = Change(minutes, (meeting[0], meeting[1]) if meeting else None)
    else:
        return
    typed.values[place] = (value, base)


def _is_base(parts: list[str]) -> bool:
    return len(parts) == 3 and all(
        part.isascii() and part.isdecimal() and len(part) < 10 for part in parts
    )


def minutes_of(value: str, usual: int) -> int | None:
    """Return minutes, None for an empty cell, 0 for what is no number of minutes."""
    if not value:
        return None
    if value == USUAL:
        return usual
    is_number = value.isascii() and value.isdecimal() and len(value) < 5
    return int(value) if is_number and int(value) <= rules.MOST_MINUTES else 0


def refilled(
    sheet: Iterable[Row], typed: WeekEntries, errors: Mapping[Place, str], *, is_stale: bool
) -> list[Row]:
    """Return the sheet as saved with what was typed put back into the cells that were changed.

    Args:
        sheet: the rows as they are saved now.
        typed: what was sent.
        errors: sentence by place.
        is_stale: the person sees what others saved; sent once more, what was typed holds.
    """

    def filled(saved: Cell) -> Cell:
        place = (saved.pair_id, saved.day)
        if place not in typed.values:
            return saved
        value, base = typed.values[place]
        error = errors.get(place, "")
        return replace(saved, value=value, base=saved.base if is_stale else base, error=error)

    return [
        replace(
            row,
            cells=tuple(filled(cell) for cell in row.cells),
            topic=typed.topics.get(row.pair.id, ""),
            topic_error=typed.too_long.get(row.pair.id, ""),
            kind_id=typed.kinds.get(row.pair.id, 0),
        )
        for row in sheet
    ]
