"""Forms of closing a school year and of opening it again."""

from wtforms import BooleanField, StringField

from nastav.forms import BaseForm, Filled, VersionField, short


class CloseForm(BaseForm):
    """That the year is to be closed; before 31 August that is ticked."""

    version = VersionField()
    early = BooleanField("Да, закрыть сейчас")


class ReopenForm(BaseForm):
    """Why a closed year is opened again."""

    version = VersionField()
    reason = StringField(
        "Причина",
        [
            Filled("Укажите, зачем открыть год, например «СОШ №5 исправляет этап VII»."),
            short(300),
        ],
        description="Останется в журнале действий. Без имён детей.",
    )
