"""The form of one meeting: date, topic, minutes; by choice what kind, in which form, who was absent."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import ValidationError

from nastav import dates, ru
from nastav.forms import (
    BaseForm,
    CheckboxesField,
    Filled,
    VersionField,
    WholeNumber,
    options,
    short,
)
from nastav.meetings import rules
from nastav.meetings.models import Meeting
from nastav.meetings.operations import MeetingFacts, Repeated
from nastav.pairs.forms import MEETS, CycleDate, first_day
from nastav.pairs.models import Meets
from nastav.pairs.rows import PairRow


def _id(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _meets(value: Any) -> Meets | None:
    return Meets(value) if value in set(Meets) else None


class MeetingForm(BaseForm):
    """A meeting of a pair or group."""

    held_on = CycleDate("Дата", [Filled("Укажите дату встречи, например 08.12.2020.")])
    topic = StringField("Тема", [Filled("Напишите тему в нескольких словах."), short(300)])
    minutes = WholeNumber("Минут", [Filled(rules.MINUTES_HINT)], most=rules.MOST_MINUTES)
    present = CheckboxesField("Кто был", coerce=_id, validate_choice=False)
    kind_id = SelectField("Тип встречи", coerce=_id, validate_choice=False)
    meets = SelectField("Формат", coerce=_meets, validate_choice=False)
    is_other = BooleanField("Это другая встреча в тот же день")
    version = VersionField()

    def validate_minutes(self, field: Any) -> None:
        """Refuse a meeting that took no time.

        Raises:
            ValidationError: with an example.
        """
        if field.data == 0:
            raise ValidationError(rules.MINUTES_HINT)

    def offer(self, row: PairRow, kinds: Iterable[tuple[int, str]]) -> None:
        """Put in what can be chosen; a pair of two is not asked who was there."""
        self.kind_id.choices = options([("", "не указан"), *kinds])
        formats = [(meets.value, MEETS[meets]) for meets in (Meets.IN_PERSON, Meets.ONLINE)]
        self.meets.choices = options([("", "не указан"), *formats])
        mentees = [mentee for mentee in row.mentees if not mentee.is_mistake]
        if len(mentees) < 2:
            del self.present
            return
        self.present.choices = [
            (mentee.id, mentee.who.short_name + _days(mentee.joined, mentee.left, row))
            for mentee in mentees
        ]
        if self.present.data is None:
            self.present.data = [mentee.id for mentee in mentees]

    def ask(self, found: Repeated) -> None:
        """Ask whether this is the meeting that was entered for that day already."""
        topic = f", «{found.topic}»" if found.topic else ""
        said = f"{ru.date_short(self.held_on.data)} у этой пары уже записана встреча"
        text = f"{said}: {rules.duration(found.minutes)}{topic}. Если это другая, отметьте."
        self.is_other.errors = [text]

    def facts(self) -> MeetingFacts:
        """Return what was typed."""
        ticked = self.present.data if "present" in self else None
        return MeetingFacts(
            held_on=self.held_on.data,
            minutes=self.minutes.data,
            topic=self.topic.data or "",
            kind_id=self.kind_id.data,
            meets=self.meets.data,
            present=None if ticked is None else frozenset(ticked),
        )


def new_meeting_form(row: PairRow, cycle: int, minutes: int) -> MeetingForm:
    """Return the form of a new meeting with what most meetings have in common."""
    day = min(first_day(cycle), row.ended or dates.today())
    meets = row.meets if row.meets is not Meets.MIXED else None
    return MeetingForm(data={"held_on": day, "minutes": minutes, "meets": meets})


def saved_meeting_form(meeting: Meeting) -> MeetingForm:
    """Return the form filled with what is saved."""
    names = ("held_on", "topic", "minutes", "kind_id", "meets", "version")
    data = {name: getattr(meeting, name) for name in names}
    return MeetingForm(
        data={**data, "present": [presence.member_id for presence in meeting.presences]}
    )


def _days(joined: Any, left: Any, row: PairRow) -> str:
    """Say from when to when somebody was in the group, if not from its first day to its last."""
    said = [f"с {ru.date_short(joined)}"] if joined > row.started else []
    said += [f"по {ru.date_short(left)}"] if left else []
    return f" ({' '.join(said)})" if said else ""
