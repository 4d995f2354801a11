"""Leaving a register and coming back; the pairs follow in `pairs.leaving`."""

from datetime import date

from nastav import dates, ru
from nastav.access import Actor
from nastav.db import NotNow, check_version, db
from nastav.people import queries
from nastav.people.changes.operations import Changed, note
from nastav.people.lines import check_joined, check_named, record_line
from nastav.people.models import Participation, texts_of
from nastav.refusals import NotAllowed


def leave(actor: Actor, row: Participation, on: date, reason: str, *, version: int) -> None:
    """Mark the day a person left the register (the last day they count) and why, or put it right.

    Their pairs are ended by `pairs.leaving.leave_register`, which calls this.

    Raises:
        Conflict: the row was saved meanwhile.
        NotAllowed: the day lies ahead, before joining, or after coming back.
    """
    if (row.left, row.left_reason) == (on, reason):
        return  # sent twice
    check_version(row, version)
    if on > dates.today():
        raise NotAllowed("left", "Дата выбытия ещё не наступила: укажите сегодняшнюю или раньше.")
    again = _back_on(row) if row.left else None
    if again and on >= again:
        raise NotAllowed("left", f"Снова в базе с {ru.date_short(again)}: укажите раньше.")
    if on < row.joined:
        text = f"В базе с {ru.date_short(row.joined)}: выбытие не может быть раньше."
        raise NotAllowed("left", text)
    changed = Changed(
        "left", _day_and_reason(row.left, row.left_reason), _day_and_reason(on, reason)
    )
    note(actor, row, [changed])
    row.left, row.left_reason = on, reason
    db.session.flush()
    record_line(actor, "person:left", row)


def undo_leaving(actor: Actor, row: Participation, *, version: int) -> None:
    """Take back that a person left: they have been in the register all the time. Said twice, it is once.

    Their pairs go on by `pairs.leaving.undo_leaving`, which calls this.

    Raises:
        Conflict: the row was saved meanwhile.
        NotNow: they have come back since, or the name was erased.
    """
    if row.left is None:
        return
    check_version(row, version)
    if row.person.anonymised_on is not None:
        raise NotNow(
            "Карточка обезличена: выбытие остаётся. Внесите человека заново, новой записью."
        )
    if _back_on(row):
        raise NotNow("Человек снова в базе, другой записью: прежнее выбытие остаётся.")
    note(actor, row, [Changed("left", _day_and_reason(row.left, row.left_reason), "")])
    row.left, row.left_reason = None, ""
    db.session.flush()
    record_line(actor, "person:leaving_undone", row)


def _back_on(row: Participation) -> date | None:
    """Return the day on which who left was entered into the same register again."""
    lines = queries.participations(row.school_id, [row.person_id], row.part)
    later = (line.joined for line in lines if line.joined > row.joined and not line.is_mistake)
    return min(later, default=None)


def come_back(actor: Actor, row: Participation, on: date) -> Participation:
    """Enter a person who left into the same register again, from a day on; return the new row.

    Raises:
        NotNow: the person is in the register, or the line is marked as a mistake.
        NotAllowed: the day lies ahead or is not after the day of leaving, or the name was erased.
    """
    if row.is_mistake:
        raise NotNow("Запись отмечена как внесённая по ошибке: сначала нажмите «Считать снова».")
    lines = queries.participations(row.school_id, [row.person_id], row.part)
    if row.left is None or any(line.left is None for line in lines):
        raise NotNow("Человек уже в базе: возвращать его не нужно.")
    check_named(row.person)
    check_joined(on)
    last = max(line.left for line in lines if line.left)
    if last == dates.today():  # «позже» would be a day that the form refuses too
        text = (
            "Выбытие отмечено сегодня, и этот день ещё считается: вернуть можно завтра. Отмечено по "
            "ошибке — снимите отметку: «Ещё», «Исправить выбытие»."
        )
        raise NotAllowed("joined", text)
    if on <= last:
        raise NotAllowed("joined", f"Выбытие отмечено {ru.date_short(last)}: укажите позже.")
    again = Participation(
        person_id=row.person_id,
        school_id=row.school_id,
        part=row.part,
        joined=on,
        **texts_of(row),
    )
    db.session.add(again)
    db.session.flush()
    record_line(actor, "person:returned", row)
    return again


def _day_and_reason(day: date | None, reason: str) -> str:
    return f"{ru.date_short(day)}, {reason}" if day else ""
