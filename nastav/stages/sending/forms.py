"""Forms of sending: the stage's version, and the reason for reopening."""

from wtforms import TextAreaField

from nastav.forms import BaseForm, Filled, VersionField, short


class SendForm(BaseForm):
    """A step that carries nothing but the stage's version."""

    version = VersionField()


class ReopeningForm(BaseForm):
    """Why an accepted stage should be opened again."""

    version = VersionField()
    reason = TextAreaField(
        "Что нужно исправить",
        [Filled("Напишите, что нужно исправить."), short(500)],
        description="Прочтёт координатор. Без имён детей",
    )
