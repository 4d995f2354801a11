"""What can be done with many people of a register at once, and what each deed asks."""

from enum import StrEnum
from typing import Any

from flask import g
from wtforms import SelectField, StringField

from nastav import dates, ru, terms
from nastav.consents.models import SIGNER_LABELS
from nastav.forms import BaseForm, Filled, RussianDate, not_in_future, options, row_id, short
from nastav.gatherings.training import queries as training
from nastav.pairs.forms import LeaveForm
from nastav.people.forms import NEEDS, SchoolClassField
from nastav.people.models import Part


class Deed(StrEnum):
    """One action for many."""

    CONSENT = "consent"
    CLASS = "class"
    TRAINING = "training"
    NEED = "need"
    LEAVE = "leave"


LABELS = {
    Deed.CONSENT: "Внести согласие",
    Deed.CLASS: "Указать класс",
    Deed.TRAINING: "Записать на обучение",
    Deed.NEED: "Указать основной запрос",
    Deed.LEAVE: "Отметить выбытие",
}
_OF_ONE_PART = {Deed.TRAINING: Part.MENTOR, Deed.NEED: Part.MENTEE}


class ConsentForm(BaseForm):
    """A paper from each of them, of one day."""

    signed_on = RussianDate(
        terms.CONSENT["signed_on"],
        [Filled("Укажите дату согласия, например 01.09.2020."), not_in_future],
    )
    signer = SelectField(
        terms.CONSENT["signer"],
        choices=options(
            [
                ("", "кто должен по правилу"),
                *((who.value, label) for who, label in SIGNER_LABELS.items()),
            ]
        ),
    )


class ClassForm(BaseForm):
    """The class of all of them in this school year."""

    school_class = SchoolClassField(
        terms.PERSON["class"], [Filled("Укажите класс, например 7 «А».")]
    )


class TrainingForm(BaseForm):
    """The training they took part in."""

    training_id = SelectField(
        "Занятие", [Filled("Выберите занятие.")], coerce=row_id, validate_choice=False
    )


class NeedForm(BaseForm):
    """What all of them need."""

    need = StringField(
        terms.PERSON["need"],
        [Filled("Укажите основной запрос, например «учёба»."), short(200)],
        description="Нейтральными словами: без здоровья, семьи и поведения.",
    )
    usual = NEEDS


_FORMS: dict[Deed, type[BaseForm]] = {
    Deed.CONSENT: ConsentForm,
    Deed.CLASS: ClassForm,
    Deed.TRAINING: TrainingForm,
    Deed.NEED: NeedForm,
    Deed.LEAVE: LeaveForm,
}


def offered(part: Part) -> dict[Deed, str]:
    """Return what can be done with many of a register."""
    return {deed: text for deed, text in LABELS.items() if _OF_ONE_PART.get(deed, part) is part}


def asked(deed: Deed) -> Any:
    """Return the form of a deed, filled with what is usual."""
    today = dates.today()
    return _with_choices(_FORMS[deed](data={"signed_on": today, "left": today}))


def sent(deed: Deed) -> Any:
    """Return the form of a deed as it was sent."""
    return _with_choices(_FORMS[deed].posted())


def _with_choices(form: Any) -> Any:
    if isinstance(form, TrainingForm):
        held = training.trainings(g.school.id, dates.cycle_of(dates.today()))
        lines = [(row.id, f"{ru.date_short(row.held_on)}, {row.programme}") for row in held]
        form.training_id.choices = options(lines)
    return form
