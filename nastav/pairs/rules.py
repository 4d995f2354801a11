"""Rules of pairs: which step leads from which state to which, and how dates must agree."""

from datetime import date
from enum import StrEnum

from nastav import dates, ru
from nastav.pairs.models import PairState
from nastav.people.models import Part
from nastav.people.rows import Entry
from nastav.refusals import NotAllowed
from nastav.terms import Noun


class Step(StrEnum):
    """A step that needs nothing but a button; closing and opening again ask more and have forms."""

    ACTIVATE = "activate"
    PAUSE = "pause"
    RESUME = "resume"
    WITHDRAW = "withdraw"  # entered too early or by mistake: a draft again, which counts nowhere


def span_of_pairs(year: int, current: int, today: date) -> tuple[date, date]:
    """Return the days that a pair must touch to stand on the lists of a school year.

    On those of the current one also stand the pairs of the year of today, though nobody has opened it yet.
    """
    first, last = dates.cycle_bounds(year)
    if year != current:
        return first, last
    return first, max(last, dates.cycle_bounds(dates.cycle_of(today))[1])


def span_of_drafts(year: int, current: int, today: date) -> tuple[date, date]:
    """Return the days that a draft must touch to wait on the page of drafts of a school year.

    In the current one also those wait that an earlier year has left: a draft is on no other list.
    """
    first, last = span_of_pairs(year, current, today)
    return date.min if year == current else first, last


class Refused(ValueError):
    """One of many rows cannot do what was asked of all: which one, and in Russian why."""

    def __init__(self, row_id: int, sentence: str) -> None:
        super().__init__(sentence)
        self.row_id = row_id
        self.sentence = sentence


OPEN = frozenset({PairState.ACTIVE, PairState.PAUSED})
STEPS: dict[Step, tuple[frozenset[PairState], PairState]] = {
    Step.ACTIVATE: (frozenset({PairState.DRAFT}), PairState.ACTIVE),
    Step.PAUSE: (frozenset({PairState.ACTIVE}), PairState.PAUSED),
    Step.RESUME: (frozenset({PairState.PAUSED}), PairState.ACTIVE),
    Step.WITHDRAW: (OPEN, PairState.DRAFT),
}
NOT_NOW: dict[Step, str] = {
    Step.ACTIVATE: "Пара уже не черновик: начинать её не нужно.",
    Step.PAUSE: "Приостановить можно только действующую пару.",
    Step.RESUME: "Возобновить можно только приостановленную пару.",
    Step.WITHDRAW: "В черновик можно вернуть только действующую или приостановленную пару.",
}
"""Why a step cannot be taken from another state."""
NOT_OPEN = "Завершить можно только действующую или приостановленную пару."
NOT_CLOSED = "Пара не завершена: открывать заново и продолжать нечего."
CLOSED = "Пара завершена, её состав не меняют. Если она завершена по ошибке, откройте её заново."


def steps_from(state: PairState) -> list[Step]:
    """Return the steps a pair can take from a state."""
    return [step for step, (before, _) in STEPS.items() if state in before]


def check_span(started: date, planned_end: date | None, state: PairState, noun: Noun) -> None:
    """Refuse a pair that acts before it has begun, or is planned to end before its start.

    Raises:
        NotAllowed: names the field.
    """
    if state is not PairState.DRAFT and started > dates.today():
        text = "Дата начала ещё не наступила: укажите сегодняшнюю или сохраните пару как черновик."
        raise NotAllowed("started", noun.said(text))
    if planned_end and planned_end < started:
        text = f"Пара начинается {ru.date_short(started)}: срок окончания не может быть раньше."
        raise NotAllowed("planned_end", noun.said(text))


def check_whole(parts: set[Part], noun: Noun) -> None:
    """Refuse to begin a draft that has lost its mentor or its mentees.

    Args:
        parts: those that somebody in the pair has.
        noun: what it is called.

    Raises:
        NotAllowed: says whom it lacks and how to mend it.
    """
    if Part.MENTOR not in parts:
        text = "Наставник выбыл, и пара без него не начнётся: создайте новую с другим наставником."
        raise NotAllowed("", noun.said(text))
    if Part.MENTEE not in parts:
        text = "Наставляемые выбыли: сначала добавьте в пару наставляемого."
        raise NotAllowed("", noun.said(text))


def check_within(field: str, day: date, started: date, ended: date | None, noun: Noun) -> None:
    """Refuse a member's day outside the pair's own dates, or ahead of today.

    Raises:
        NotAllowed: names the pair's dates.
    """
    if day > dates.today() and day != started:
        raise NotAllowed(field, "Дата ещё не наступила: укажите сегодняшнюю или раньше.")
    if day < started:
        text = f"Пара начата {ru.date_short(started)}: укажите не раньше."
        raise NotAllowed(field, noun.said(text))
    if ended and day > ended:
        text = f"Пара завершена {ru.date_short(ended)}: укажите не позже."
        raise NotAllowed(field, noun.said(text))


def check_load(field: str, leads: set[int], joining: set[int], most: int | None) -> None:
    """Refuse more mentees than the mentor's profile allows at once.

    Args:
        field: the form's field to blame.
        leads: the mentees the mentor leads already, by person's id.
        joining: those who are to join; somebody led already is not counted twice.
        most: the limit of the profile; None where there is none.

    Raises:
        NotAllowed: says how many the mentor leads and the limit.
    """
    wanted = len(leads | joining)
    if most is None or wanted <= most or not joining - leads:
        return
    limit = ru.counted(most, "наставляемого", "наставляемых", "наставляемых")
    text = f"Наставник ведёт не больше {limit}, сейчас {len(leads)}, а станет {wanted}"
    raise NotAllowed(field, f"{text}: выберите другого или измените предел в анкете наставника.")


def check_in_register(field: str, lines: list[Entry], on: date, noun: Noun) -> None:
    """Refuse somebody who is not in the register on the day they join a pair.

    Args:
        field: the form's field to blame.
        lines: the person's lines in that register.
        on: the day.
        noun: what the pair is called.

    Raises:
        NotAllowed: says from when to when they are in the register.
    """
    if not lines:
        raise NotAllowed(field, "Этого человека нет в базе школы: обновите страницу.")
    if any(line.is_on(on) for line in lines):
        return
    last = lines[-1]
    if last.left and on > last.left:
        text = f"{last.short_name} в базе только по {ru.date_short(last.left)}"
    else:
        text = f"{last.short_name} в базе только с {ru.date_short(last.joined)}"
    mend = "укажите другой день или исправьте даты в карточке."
    raise NotAllowed(field, noun.said(f"{text}, а в пару входит {ru.date_short(on)}: {mend}"))


def check_meetings(
    met: tuple[date, date] | None, started: date, ended: date | None, noun: Noun
) -> None:
    """Refuse dates of a pair that would leave out a meeting.

    Args:
        met: the days of its first and of its last meeting, None where it never met.
        started: its first day.
        ended: its last day, None while it is open.
        noun: what it is called.

    Raises:
        NotAllowed: names the meeting's day.
    """
    if met is None:
        return
    if met[0] < started:
        text = f"Встреча пары записана {ru.date_short(met[0])}: укажите не позже."
        raise NotAllowed("started", noun.said(text))
    if ended and met[1] > ended:
        text = f"Встреча пары записана {ru.date_short(met[1])}: укажите не раньше."
        raise NotAllowed("ended", noun.said(text))
