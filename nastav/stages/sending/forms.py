"""Forms of sending: the stage's version, the remarks confirmed, and the reason for reopening."""

from wtforms import HiddenField, TextAreaField

from nastav.forms import BaseForm, Filled, VersionField, short
from nastav.stages.sending.check import SelfCheck


class SendForm(BaseForm):
    """A step that carries nothing but the stage's version."""

    version = VersionField()


class ConfirmForm(SendForm):
    """Sending with the remarks of the self-check that were read."""

    confirmed = HiddenField()

    def confirms(self, found: SelfCheck) -> bool:
        """Tell whether these remarks are those that stood on the page, or there is none."""
        return not found.remarks or self.confirmed.data == found.digest


class ReopeningForm(BaseForm):
    """Why an accepted stage should be opened again."""

    version = VersionField()
    reason = TextAreaField(
        "Что нужно исправить",
        [Filled("Напишите, что нужно исправить."), short(500)],
        description="Прочтёт координатор. Без имён детей",
    )
