"""Forms of coverage: the past day asked for, and the counting settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, ValidationError

from nastav import dates, ru, terms
from nastav.coverage.figures import Basis
from nastav.coverage.operations import CountingRules
from nastav.forms import BaseForm, Filled, VersionField, WholeNumber, short


@dataclass(frozen=True)
class AskedDay:
    """The day a page of coverage is asked for: what was typed, and what came of it."""

    on: date  # always usable: today where nothing, or nothing readable, was typed
    typed: str = ""
    error: str = ""
    instead: str = ""  # of a day that is refused: what is shown

    @property
    def is_past(self) -> bool:
        """Tell whether a day was asked for that is not today."""
        return bool(self.typed) and not self.error and self.on != dates.today()


def asked_day(query: Mapping[str, str], year: int) -> AskedDay:
    """Return the day of `?on=` for a page of a calendar year; without one, today.

    A day without a year is of the page's year. A day outside the year or later than today is an error.
    """
    today = dates.today()
    typed = query.get("on", "").strip()[:40]
    if not typed:
        return AskedDay(today)
    first, last = dates.plan_year_bounds(year)
    instead = f"Ниже — показатели на {ru.date_short(last) if last < today else 'сегодня'}."
    if first > today:
        instead = "Ниже — план."
    try:
        day = ru.parse_past(typed, year=year, today=today)
    except ru.BadDate as error:
        return AskedDay(today, typed, f"{error}.", instead)
    if first > today:
        return AskedDay(
            today, typed, f"{year} год ещё не начался: показателей на дату нет.", instead
        )
    if not first <= day <= min(last, today):
        until = ru.date_short(min(last, today))
        later = "Дата ещё не наступила" if day > today else f"Дата не относится к {year} году"
        refusal = f"{later}: укажите от {ru.date_short(first)} до {until}."
        return AskedDay(today, typed, refusal, instead)
    return AskedDay(day, ru.date_short(day))


class RulesForm(BaseForm):
    """The counting settings of a district."""

    version = VersionField()
    coverage_basis = RadioField(
        terms.RULES["coverage_basis"],
        choices=[
            SelectChoice(Basis.IN_PAIR.value, "число детей в парах и группах"),
            SelectChoice(Basis.MET.value, "число детей, у которых была хотя бы одна встреча"),
            SelectChoice(Basis.IN_REGISTER.value, "число детей в базах школ"),
        ],
        validators=[InputRequired("Выберите, что сравнивать с планом.")],
    )
    mentor_grade_from = SelectField(
        terms.RULES["mentor_grade_from"],
        choices=[SelectChoice(str(number)) for number in range(1, 12)],
        coerce=int,
        description="План наставников в приказе составлен на 9–11 классы",
    )
    mentor_grade_to = SelectField(
        terms.RULES["mentor_grade_to"],
        choices=[SelectChoice(str(number)) for number in range(1, 12)],
        coerce=int,
    )
    mentor_age_from = SelectField(
        terms.RULES["mentor_age_from"],
        choices=[SelectChoice(str(number)) for number in range(10, 19)],
        coerce=int,
        description="Для организаций дополнительного образования",
    )
    satisfied_from = SelectField(
        terms.RULES["satisfied_from"],
        choices=[SelectChoice(str(number)) for number in range(1, 11)],
        coerce=int,
        description="По шкале от 1 до 10; порог печатается рядом с показателем",
    )
    meetings_within = WholeNumber(
        terms.RULES["meetings_within"],
        [Filled("Укажите число дней от 7 до 180, например 30.")],
        most=180,
        description="Такие пары школа видит в списке пар и в «Сначала это»",
    )
    meeting_minutes = WholeNumber(
        terms.RULES["meeting_minutes"],
        [Filled("Укажите число минут от 5 до 240, например 45.")],
        most=240,
        description="Подставляется в новую встречу; в листе встреч её ставит знак «+»",
    )
    most_mentees = WholeNumber(
        terms.RULES["most_mentees"],
        [Filled("Укажите число от 1 до 60, например 8.")],
        most=60,
        description="Для наставника, в анкете которого предел не указан; по ней сайт подбирает пары",
    )
    uses_codes = BooleanField(
        terms.RULES["uses_codes"],
        description="Школа вносит ученика под своим кодом, например К-15, и ведёт список "
        "«код — имя» на бумаге у себя. Взрослых вносят по имени. Уже внесённые имена остаются, "
        "пока школа не заменит их кодами; коды остаются, если режим выключить.",
    )
    reason = StringField(
        "Причина изменения",
        [Filled("Укажите причину изменения."), short(300)],
        description="Останется в журнале, без имён детей",
    )

    def validate_mentor_grade_to(self, field: Any) -> None:
        """Refuse a last grade before the first.

        Raises:
            ValidationError: it names the first.
        """
        first = self.mentor_grade_from.data
        if first and field.data and field.data < first:
            raise ValidationError(
                f"Класс не может быть меньше первого: укажите {first} или больше."
            )

    def validate_meetings_within(self, field: Any) -> None:
        """Refuse a threshold under a week.

        Raises:
            ValidationError: with an example.
        """
        if field.data is not None and field.data < 7:
            raise ValidationError("Укажите число дней от 7 до 180, например 30.")

    def validate_meeting_minutes(self, field: Any) -> None:
        """Refuse a meeting that is over at once.

        Raises:
            ValidationError: with an example.
        """
        if field.data is not None and field.data < 5:
            raise ValidationError("Укажите число минут от 5 до 240, например 45.")

    def validate_most_mentees(self, field: Any) -> None:
        """Refuse a mentor who may lead nobody.

        Raises:
            ValidationError: with an example.
        """
        if field.data == 0:
            raise ValidationError("Укажите число от 1 до 60, например 8.")

    def wanted(self) -> CountingRules:
        """Return the settings chosen."""
        return CountingRules(
            coverage_basis=Basis(self.coverage_basis.data).value,
            mentor_grade_from=self.mentor_grade_from.data,
            mentor_grade_to=self.mentor_grade_to.data,
            mentor_age_from=self.mentor_age_from.data,
            satisfied_from=self.satisfied_from.data,
            meetings_within=self.meetings_within.data,
            meeting_minutes=self.meeting_minutes.data,
            most_mentees=self.most_mentees.data,
            uses_codes=bool(self.uses_codes.data),
        )
