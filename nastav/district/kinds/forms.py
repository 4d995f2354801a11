"""The form of a form of mentoring."""

from wtforms import BooleanField, StringField

from nastav.forms import BaseForm, Filled, VersionField, short


class KindForm(BaseForm):
    """A form of mentoring as the coordinator names it."""

    version = VersionField(default="0")
    name = StringField(
        "Название",
        [Filled("Укажите название, например «выпускник – ученик»."), short(100)],
        description="Кто наставник – кто наставляемый.",
    )
    is_hidden = BooleanField(
        "Не предлагать в списках", description="Пары, у которых эта форма уже стоит, её сохранят."
    )
