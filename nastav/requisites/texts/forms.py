"""The form of the texts that a school writes for its papers."""

from collections.abc import Mapping

from wtforms import TextAreaField

from nastav import terms
from nastav.forms import BaseForm, VersionField, short
from nastav.requisites.texts.models import LONGEST
from nastav.requisites.texts.queries import NAMES

_NO_CHILDREN = "Без фамилий и имён детей."
_LIMIT = [short(LONGEST)]


class SchoolTextsForm(BaseForm):
    """What the school writes in its papers; an empty one leaves lines to write on."""

    version = VersionField(default="0")
    programme_tasks = TextAreaField(
        terms.SCHOOL_TEXTS["programme_tasks"],
        _LIMIT,
        description="Задачи, которых нет в программе по образцу. " + _NO_CHILDREN,
    )
    meeting_decided = TextAreaField(
        terms.SCHOOL_TEXTS["meeting_decided"], _LIMIT, description=_NO_CHILDREN
    )
    final_heard = TextAreaField(
        terms.SCHOOL_TEXTS["final_heard"],
        _LIMIT,
        description="Сколько пар, встреч и анкет, в протоколе уже сказано. " + _NO_CHILDREN,
    )
    final_decided = TextAreaField(
        terms.SCHOOL_TEXTS["final_decided"],
        _LIMIT,
        description="Решения о каждой паре печатаются в приложении сами. " + _NO_CHILDREN,
    )
    note_difficulties = TextAreaField(
        terms.SCHOOL_TEXTS["note_difficulties"],
        _LIMIT,
        description="Слабые стороны и угрозы из SWOT-анализа печатаются сами: здесь то, чего там "
        "нет. " + _NO_CHILDREN,
    )
    note_conclusions = TextAreaField(
        terms.SCHOOL_TEXTS["note_conclusions"], _LIMIT, description=_NO_CHILDREN
    )

    @property
    def texts(self) -> dict[str, str]:
        """Return what was typed, by the names of texts."""
        return {name: self[name].data or "" for name in NAMES}

    def compared(self, saved: Mapping[str, str]) -> list[tuple[str, str, str]]:
        """Return (label, what was typed, what is saved) of the texts where the two differ."""
        typed = self.texts
        return [
            (self[name].label.text, typed[name], saved[name])
            for name in NAMES
            if typed[name] != saved[name]
        ]
