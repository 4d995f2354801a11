"""Forms of consents: one paper, a heap of papers, the district's rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, Field, SelectField, StringField
from wtforms.validators import ValidationError

from nastav import dates, ru, terms
from nastav.consents.models import SIGNER_LABELS, Consent, Signer
from nastav.consents.operations import ConsentFacts
from nastav.consents.queries import Missing
from nastav.forms import (
    BaseForm,
    Filled,
    RussianDate,
    VersionField,
    WholeNumber,
    not_in_future,
    options,
    row_id,
    short,
)

OTHER_PURPOSES = ("фото и видео", "публикация работ и наград", "психологическая поддержка")


class PaperForm(BaseForm):
    """What the list of missing consents asks of each paper."""

    signer = SelectField(
        terms.CONSENT["signer"], coerce=Signer, choices=options(SIGNER_LABELS.items())
    )
    signed_on = RussianDate(
        terms.CONSENT["signed_on"],
        [Filled("Укажите дату согласия, например 01.09.2020."), not_in_future],
    )
    number = StringField(terms.CONSENT["number"], [short(40)])

    def facts(self) -> ConsentFacts:
        """Return what was typed."""
        return ConsentFacts(self.signer.data, self.signed_on.data, self.number.data or "")


class ConsentForm(PaperForm):
    """One consent in full."""

    for_programme = BooleanField("Участие в программе и обработка данных", default=True)
    purposes = StringField(
        "Другие цели", [short(300)], description="Например: фото и видео. По желанию."
    )
    withdrawn_on = RussianDate(
        "Отозвано", [not_in_future], description="Дата отзыва. С этого дня согласия нет."
    )
    version = VersionField()

    def validate_for_programme(self, field: Field) -> None:
        """Ask what the paper is for.

        Raises:
            ValidationError: it is for nothing.
        """
        if not field.data and not self.purposes.data:
            raise ValidationError("Отметьте участие в программе или назовите другую цель.")

    def validate_withdrawn_on(self, field: Field) -> None:
        """Refuse a withdrawal before the signature.

        Raises:
            ValidationError: names the day of signing.
        """
        if field.data and self.signed_on.data and field.data < self.signed_on.data:
            signed = ru.date_short(self.signed_on.data)
            raise ValidationError(f"Согласие подписано {signed}: укажите не раньше.")

    def facts(self) -> ConsentFacts:
        """Return what was typed."""
        return ConsentFacts(
            signer=self.signer.data,
            signed_on=self.signed_on.data,
            number=self.number.data or "",
            for_programme=self.for_programme.data,
            purposes=self.purposes.data or "",
            withdrawn_on=self.withdrawn_on.data,
        )


def saved_consent(row: Consent) -> ConsentForm:
    """Return the form filled with what is saved."""
    names = ("signer", "signed_on", "number", "for_programme", "purposes", "withdrawn_on")
    return ConsentForm(data={name: getattr(row, name) for name in (*names, "version")})


@dataclass(frozen=True)
class Line:
    """One line of the list: who, and what stands in its fields."""

    missing: Missing
    is_ticked: bool
    signer: str
    signed_on: str
    number: str
    errors: Sequence[str] = ()


def ticked_forms(missing: Iterable[Missing], sent: Any) -> dict[int, PaperForm]:
    """Return the form of each ticked line, by person's id; a tick of somebody else is passed over."""
    ids = {person.who.person_id for person in missing}
    wanted = [row_id(text) for text in sent.getlist("got")]
    return {
        person_id: PaperForm(sent, prefix=f"p{person_id}")
        for person_id in wanted
        if person_id in ids
    }


def lines(missing: Iterable[Missing], forms: dict[int, PaperForm], sent: Any) -> list[Line]:
    """Return the list's lines: as sent back where it was refused, else ready for a tick."""
    today = ru.date_short(dates.today())
    return [_line(person, forms.get(person.who.person_id), today, sent) for person in missing]


def _line(missing: Missing, form: PaperForm | None, today: str, sent: Any) -> Line:
    name = f"p{missing.who.person_id}-"
    return Line(
        missing=missing,
        is_ticked=form is not None,
        signer=sent.get(name + "signer", missing.signer.value),
        signed_on=sent.get(name + "signed_on", today),
        number=sent.get(name + "number", ""),
        errors=[text for _, text in form.problems] if form else (),
    )


class RuleForm(BaseForm):
    """From which grade on a pupil signs beside the guardian."""

    consent_both_from = WholeNumber(
        terms.RULES["consent_both_from"],
        [Filled("Укажите класс от 1 до 12, например 8.")],
        most=12,
        description="14 лет — обычно 8 класс. 12 — за ученика всегда подписывает только представитель.",
    )
    version = VersionField()

    def validate_consent_both_from(self, field: Field) -> None:
        """Refuse a grade that is none.

        Raises:
            ValidationError: it is 0.
        """
        if field.data == 0:
            raise ValidationError("Укажите класс от 1 до 12, например 8.")
