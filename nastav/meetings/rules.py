"""Rules of meetings: on which days one can be, who was in the pair then, when a pair is silent."""

from datetime import date

from nastav import dates, ru
from nastav.pairs import rules as pairs
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Part
from nastav.refusals import NotAllowed

MOST_MINUTES = 600
MINUTES_HINT = f"Укажите целое число минут от 1 до {MOST_MINUTES}, например 45."


def check_day(pair: Pair, day: date) -> None:
    """Refuse a day on which the pair cannot have met.

    Raises:
        NotAllowed: the pair is a draft, the day lies ahead or outside the pair's dates.
    """
    if pair.state is PairState.DRAFT:
        text = "Пара пока черновик: сначала нажмите «Начать», потом записывайте встречи."
        raise NotAllowed("held_on", pair.noun.said(text))
    if day > dates.today():
        raise NotAllowed("held_on", "Встречи ещё не было: укажите сегодняшнюю дату или раньше.")
    pairs.check_within("held_on", day, pair.started, pair.ended, pair.noun)


def is_in(joined: date, left: date | None, day: date) -> bool:
    """Tell whether a member with these days was in the pair on a day; both ends count."""
    return joined <= day and (left is None or day <= left)


def present(pair: Pair, day: date, ticked: frozenset[int] | None) -> list[PairMember]:
    """Return who was at a meeting: the mentor, and of the mentees in the pair that day those ticked.

    Args:
        pair: with its members.
        day: the day of the meeting.
        ticked: ids of the mentees' memberships; None for everybody.

    Raises:
        NotAllowed: no mentee is left.
    """
    inside = [member for member in pair.members if is_in(member.joined, member.left, day)]
    mentees = [member for member in inside if member.part is Part.MENTEE]
    if not mentees:
        text = f"{ru.date_short(day)} в паре не было ни одного наставляемого: укажите другой день."
        raise NotAllowed("held_on", pair.noun.said(text))
    came = [mentee for mentee in mentees if ticked is None or mentee.id in ticked]
    if not came:
        text = f"Отметьте хотя бы одного из тех, кто был в группе {ru.date_short(day)}."
        raise NotAllowed("present", text)
    return [member for member in inside if member.part is Part.MENTOR] + came


def days_silent(started: date, last: date | None, today: date) -> int:
    """Return how many days ago a pair met last, or began if it never met."""
    return (today - (last or started)).days


def duration(minutes: int) -> str:
    """Return «9 ч 30 мин», «45 мин»."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{ru.number(hours)}{ru.NBSP}ч"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{ru.NBSP}мин")
    return ru.NBSP.join(parts)


def ago(days: int) -> str:
    """Return «сегодня», «вчера», «34 дня назад»."""
    near = {0: "сегодня", 1: "вчера"}
    return near.get(days) or f"{ru.counted(days, 'день', 'дня', 'дней')} назад"
