"""Forms of a practice: what a school writes, and why the coordinator takes it off the board."""

from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from nastav import dates, terms
from nastav.forms import BaseForm, Filled, VersionField, WholeNumber, row_id, short
from nastav.practices.operations import PracticeData

NO_NAMES = "Без имён детей: текст прочтут все школы района."


class PracticeForm(BaseForm):
    """A practice; only its title and form are needed to keep a draft."""

    version = VersionField(default="0")
    title = StringField(
        "Название",
        [Filled("Назовите практику, например «Старшие ведут кружок для младших»."), short(200)],
        description=NO_NAMES,
    )
    kind_id = SelectField(terms.PAIR["kind"], coerce=row_id, validate_choice=False)
    audience = StringField(
        "Для кого", [short(300)], description="Например: наставляемые 5–7 классов."
    )
    done = TextAreaField(
        "Что сделано",
        [short(4000)],
        description="Как устроена работа, чтобы другая школа могла повторить. Без имён детей.",
    )
    result = TextAreaField(
        "Результат", [short(2000)], description="Что изменилось и как это видно. Без имён детей."
    )
    since_year = WholeNumber("С какого года")

    def validate_since_year(self, field: WholeNumber) -> None:
        """Refuse a year that is no year of school work.

        Raises:
            ValidationError: names the bounds.
        """
        this_year = dates.today().year
        if field.data is not None and not 1990 <= field.data <= this_year:
            raise ValidationError(f"Укажите год от 1990 до {this_year}.")

    def practice(self) -> PracticeData:
        """Return what was typed."""
        return PracticeData(
            title=self.title.data or "",
            kind_id=self.kind_id.data,
            audience=self.audience.data or "",
            done=_lines(self.done.data),
            result=_lines(self.result.data),
            since_year=self.since_year.data,
        )


class TakeOffForm(BaseForm):
    """Why a practice leaves the board."""

    version = VersionField()
    reason = TextAreaField(
        "Причина",
        [Filled("Напишите причину: её прочтёт школа."), short(500)],
        description="Её увидит школа: исправит и опубликует снова. Без имён детей.",
    )


def _lines(text: Any) -> str:
    """Return the text with line ends as they are stored: a browser sends two signs for one."""
    return "\n".join(str(text or "").splitlines())
