"""Where somebody of the demo sits and works: what they do has a day, a time of that day, and an entry."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import Change
from nastav.db import db
from nastav.demo.book import Book

MORNING = time(8, 10)
EVENING = time(17, 40)


@dataclass
class Desk:
    """An actor who works on days of their own choice, none later than `last`."""

    book: Book
    actor: Actor
    login: str
    random: Random
    last: date  # the last day on which anything was done
    clocks: dict[date, datetime] = field(default_factory=dict)  # when the last deed of a day was

    def may(self, day: date) -> bool:
        """Tell whether a day has come."""
        return day <= self.last

    def at(self, day: date) -> datetime:
        """Return the moment of the next deed on a day; the first of a day comes after signing in."""
        known = self.clocks.get(day)
        if known is None:
            known = self._sign_in(day)
        latest = datetime.combine(day, EVENING, dates.zone()).astimezone(UTC)
        pause = timedelta(seconds=self.random.randint(40, 420))
        # towards the evening they hurry: an order of deeds is kept whatever their number
        self.clocks[day] = known + min(pause, max((latest - known) / 8, timedelta(seconds=1)))
        return self.clocks[day]

    @contextmanager
    def stopped(self, day: date) -> Iterator[date]:
        """Let the site's own operations be carried out on a day: their clocks stand at its next moment."""
        with dates.stopped_at(self.at(day)):
            yield day
            db.session.flush()  # what is inserted takes the time of its inserting

    def note(
        self,
        at: datetime,
        event: str,
        subject: str = "",
        changes: Mapping[str, Change] | None = None,
    ) -> None:
        """Write into the journal what was done at a moment of this desk."""
        self.book.note(at, self.actor, event, subject=subject, changes=changes)

    @property
    def seen(self) -> datetime | None:
        """Return when they did anything last."""
        return self.clocks[max(self.clocks)] if self.clocks else None

    def _sign_in(self, day: date) -> datetime:
        late = timedelta(minutes=self.random.randint(0, 330))
        at = datetime.combine(day, MORNING, dates.zone()).astimezone(UTC) + late
        # an address of documentation (RFC 5737): nobody's
        host = f"192.0.2.{10 + (self.actor.school_id or 0) % 200}"
        self.book.note(at, self.actor, "sign_in:opened", subject=self.login, address=host)
        return at
