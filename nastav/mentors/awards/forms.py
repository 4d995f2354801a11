"""Forms of rewards."""

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField

from nastav.forms import (
    BaseForm,
    Filled,
    RussianDate,
    VersionField,
    YearForm,
    in_school_year,
    not_in_future,
    options,
    row_id,
    short,
)
from nastav.mentors.awards.models import KIND_LABELS, AwardKind
from nastav.mentors.awards.operations import AwardData, SystemData


class AwardForm(YearForm):
    """An award; whose it is, is asked only where it is new."""

    version = VersionField(default="0")
    given_on = RussianDate(
        "Дата",
        [Filled("Укажите дату вручения, например 25.05.2021."), not_in_future, in_school_year],
    )
    kind = SelectField(
        "Вид поощрения", coerce=AwardKind, choices=options(list(KIND_LABELS.items()))
    )
    reason = StringField(
        "За что",
        [Filled("Укажите, за что, например «За помощь пятиклассникам в учёбе»."), short(300)],
    )
    document = StringField(
        "Документ", [short(200)], description="Например: приказ № 96 от 24.05.2021."
    )

    def award(self) -> AwardData:
        """Return what was typed."""
        return AwardData(
            given_on=self.given_on.data,
            kind=self.kind.data,
            reason=self.reason.data or "",
            document=self.document.data or "",
        )


class NewAwardForm(AwardForm):
    """The same award for one mentor or several."""

    mentors = SelectMultipleField(
        "Кого поощрили",
        [Filled("Отметьте хотя бы одного наставника.")],
        coerce=row_id,
        validate_choice=False,
    )


class SystemForm(BaseForm):
    """How the school rewards its mentors."""

    version = VersionField(default="0")
    what_for = TextAreaField(
        "За что поощряем",
        [Filled("Напишите, за что школа поощряет наставников."), short(2000)],
        description="Например: план пары выполнен, наставляемый доволен, опыт передан другим.",
    )
    how = TextAreaField(
        "Как поощряем",
        [Filled("Напишите, как школа поощряет наставников."), short(2000)],
        description="Например: благодарность на линейке, грамота в конце года, доска почёта.",
    )
    document = StringField(
        "Документ", [short(200)], description="Например: положение № 12 от 01.09.2020."
    )

    def system(self) -> SystemData:
        """Return what was typed."""
        return SystemData(
            what_for="\n".join((self.what_for.data or "").splitlines()),
            how="\n".join((self.how.data or "").splitlines()),
            document=self.document.data or "",
        )
