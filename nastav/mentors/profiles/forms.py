"""Forms of a mentor's profile and of the criteria of selection."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from nastav import terms
from nastav.forms import (
    BaseForm,
    CheckboxesField,
    RussianDate,
    VersionField,
    WholeNumber,
    not_in_future,
    options,
    row_id,
    short,
)
from nastav.mentors.profiles.models import Selection
from nastav.mentors.profiles.operations import ProfileData

DECISIONS = {
    Selection.UNDECIDED: "решения ещё нет",
    Selection.ACCEPTED: "отобран",
    Selection.DECLINED: "не отобран",
}
OLDEST = 11
YOUNGEST, ELDEST = 6, 60  # ages of mentees


class ProfileForm(BaseForm):
    """What a mentor can and wants, and what the school decided."""

    version = VersionField(default="0")
    competences = StringField(
        terms.MENTOR["competences"],
        [short(500)],
        description="В чём поможет: математика, английский, шахматы.",
    )
    achievements = TextAreaField(terms.MENTOR["achievements"], [short(500)])
    interests = StringField(terms.MENTOR["interests"], [short(500)])
    free_time = StringField(
        terms.MENTOR["free_time"],
        [short(200)],
        description="Например: вторник и четверг после уроков.",
    )
    most_mentees = WholeNumber(
        terms.MENTOR["most_mentees"],
        most=200,
        description="Сколько человек ведёт самое большее. Пусто — без ограничения.",
    )
    grade_from = WholeNumber("Классы с", most=OLDEST)
    grade_to = WholeNumber("по", most=OLDEST)
    age_from = WholeNumber("Возраст с", most=ELDEST, description="Полных лет. Если важнее класса.")
    age_to = WholeNumber("по", most=ELDEST)
    kind_ids = CheckboxesField(
        terms.MENTOR["kinds"],
        coerce=row_id,
        validate_choice=False,
        description="Ничего не отмечено — подойдёт любая.",
    )
    interviewed_on = RussianDate(terms.MENTOR["interviewed_on"], [not_in_future])
    decision = SelectField(
        terms.MENTOR["decision"],
        coerce=Selection,
        choices=options(DECISIONS.items()),
        default=Selection.UNDECIDED,
    )
    decision_note = StringField(
        "Пояснение к решению", [short(300)], description="По каким критериям, кто решил."
    )

    def validate_most_mentees(self, field: WholeNumber) -> None:
        """Refuse a limit of nobody.

        Raises:
            ValidationError: the limit is 0.
        """
        if field.data == 0:
            raise ValidationError("Укажите от 1 или оставьте пустым: без ограничения.")

    def validate_grade_to(self, field: WholeNumber) -> None:
        """Refuse classes that run backwards.

        Raises:
            ValidationError: the last class is lower than the first.
        """
        first = self.grade_from.data
        if first is not None and field.data is not None and field.data < first:
            raise ValidationError(f"Классы с {first} по {field.data}: поменяйте числа местами.")

    def validate_age_from(self, field: WholeNumber) -> None:
        """Refuse an age that no mentee has: classes are asked above.

        Raises:
            ValidationError: it is too low.
        """
        if field.data is not None and field.data < YOUNGEST:
            raise ValidationError(f"Возраст — от {YOUNGEST} лет. Классы укажите выше.")

    def validate_age_to(self, field: WholeNumber) -> None:
        """Refuse ages that run backwards.

        Raises:
            ValidationError: the greatest age is lower than the least.
        """
        first = self.age_from.data or YOUNGEST
        if field.data is not None and field.data < first:
            raise ValidationError(f"Возраст с {first} по {field.data}: поменяйте числа местами.")

    def data_typed(self) -> ProfileData:
        """Return what was typed."""
        return ProfileData(
            competences=self.competences.data or "",
            achievements=self.achievements.data or "",
            interests=self.interests.data or "",
            free_time=self.free_time.data or "",
            most_mentees=self.most_mentees.data,
            grade_from=self.grade_from.data,
            grade_to=self.grade_to.data,
            age_from=self.age_from.data,
            age_to=self.age_to.data,
            interviewed_on=self.interviewed_on.data,
            decision=self.decision.data,
            decision_note=self.decision_note.data or "",
            kind_ids=frozenset(self.kind_ids.data or ()),
        )


class CriteriaForm(BaseForm):
    """The school's criteria of selection."""

    version = VersionField(default="0")
    text = TextAreaField(
        "Критерии отбора",
        [short(3000)],
        description="Каждый с новой строки: желание помогать, успеваемость, согласие родителей.",
    )
