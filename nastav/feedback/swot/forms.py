"""The form of a SWOT."""

from wtforms import TextAreaField

from nastav import terms
from nastav.feedback.swot.models import LONGEST, Swot
from nastav.feedback.swot.operations import FIELDS
from nastav.forms import BaseForm, VersionField, short

NO_NAMES = "Без фамилий и имён."


class SwotForm(BaseForm):
    """Four fields; what is good and bad inside the school, what helps and hinders from outside."""

    version = VersionField(default="0")
    strengths = TextAreaField(terms.PLAN["strengths"], [short(LONGEST)], description=NO_NAMES)
    weaknesses = TextAreaField(terms.PLAN["weaknesses"], [short(LONGEST)], description=NO_NAMES)
    opportunities = TextAreaField("Возможности", [short(LONGEST)], description=NO_NAMES)
    threats = TextAreaField("Угрозы", [short(LONGEST)], description=NO_NAMES)

    def texts(self) -> dict[str, str]:
        """Return the four texts by name, lines ended alike."""
        return {name: (self[name].data or "").replace("\r\n", "\n") for name in FIELDS}


def differences(form: SwotForm, saved: Swot) -> list[tuple[str, str, str]]:
    """Return (field, as typed, as saved) wherever the two are not the same."""
    texts = form.texts()
    rows = [(form[name].label.text, texts[name], getattr(saved, name)) for name in FIELDS]
    return [row for row in rows if row[1] != row[2]]
