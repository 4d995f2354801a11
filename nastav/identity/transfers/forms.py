"""Forms of a transfer: to which school, and the new school's answer."""

from typing import Self

from wtforms import SelectField, StringField

from nastav import terms
from nastav.forms import BaseForm, Filled, RussianDate, VersionField, not_in_future, row_id, short
from nastav.people.codes import rules as codes
from nastav.people.forms import CodeField, SchoolClassField


class OfferForm(BaseForm):
    """To which school a pupil goes, and the last day in this one."""

    to_school_id = SelectField(
        "Новая школа",
        coerce=row_id,
        validate_choice=False,
        validators=[Filled("Выберите школу, в которую перешёл ученик.")],
    )
    left = RussianDate(
        "Последний день в вашей школе", [not_in_future], description="Этот день ещё считается."
    )
    version = VersionField()


class AcceptForm(BaseForm):
    """From which day the pupil is in the new school, and in which class."""

    joined = RussianDate(
        terms.PERSON["joined"], [Filled("Укажите дату, например 09.12.2020."), not_in_future]
    )
    school_class = SchoolClassField(
        "Класс в вашей школе", [Filled("Укажите класс, например 7 «А» или 11.")]
    )
    code = CodeField(
        "Код в вашей школе", [Filled(codes.ASKED)], description="Прежняя школа увидит и новый код."
    )
    version = VersionField()

    def of(self, is_coded: bool) -> Self:
        """Ask the code only of a pupil who is kept by one."""
        if not is_coded:
            del self.code
        return self


class RefuseForm(BaseForm):
    """Why the pupil is not this school's."""

    reason = StringField(
        "Почему не принят",
        [Filled("Укажите причину, например «в школу не пришёл»."), short(300)],
        description="Причину увидит прежняя школа.",
    )
    version = VersionField()
