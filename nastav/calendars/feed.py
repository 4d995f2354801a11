"""Deadlines as text of a calendar (RFC 5545), written by icalendar."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from nastav import ru
from nastav.calendars.queries import Deadline
from nastav.stages.models import StageState
from nastav.stages.rules import LOCKED
from nastav.terms import STAGE_STATES

REMINDED = timedelta(days=-3, hours=9)  # of midnight: at nine, three days before
ASKED_AGAIN = timedelta(hours=6)


def text(
    school: str, found: Iterable[Deadline], made_at: datetime, address: Callable[[Deadline], str]
) -> bytes:
    """Return the calendar of a school's deadlines, a whole day each.

    Args:
        school: what the school is called.
        found: the stages.
        made_at: the moment of the answer.
        address: the page of a stage, whole, with its host.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Nastav//RU")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Наставничество: {school}")
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    for deadline in found:
        calendar.add_component(_event(deadline, made_at, address(deadline)))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, made_at: datetime, address: str) -> Event:
    head, line = deadline.head, deadline.line
    is_sent = line.state in LOCKED
    event = Event()
    event.add("uid", f"stage-{head.id}-school-{line.school_id}@nastav")
    event.add("dtstamp", made_at)
    event.add("dtstart", line.standing.due)
    event.add("dtend", line.standing.due + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    event.add("summary", _summary(deadline))
    done = f"Выполнено {line.ready} из {line.total}"
    year = f"{ru.school_year(deadline.first_year)} учебный год"
    event.add("description", f"{head.heading}. {year}. {done}.")
    event.add("url", address)
    if not is_sent:
        event.add_component(_reminder(event))
    return event


def _summary(deadline: Deadline) -> str:
    """Return «Этап II: срок» or «исправить до», with the state once the school has sent it."""
    stage, line = f"Этап {deadline.head.roman}", deadline.line
    if line.state in LOCKED:
        return f"{stage}: {STAGE_STATES[line.state]}"
    is_returned = line.state is StageState.RETURNED
    return f"{stage}: {'исправить до этого дня' if is_returned else 'срок'}"


def _reminder(event: Event) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event["summary"])
    alarm.add("trigger", REMINDED)
    return alarm
