"""The form of an activity's row, with one line to add a document by its details."""

from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from nastav import dates, ru, terms
from nastav.forms import RussianDate, VersionField, not_in_future, short
from nastav.stages import rules
from nastav.stages.activities.operations import Details, Values
from nastav.stages.forms import SchoolYearForm
from nastav.stages.models import ActivityStatus
from nastav.stages.pages import StagePage
from nastav.stages.records import ActivityRow
from nastav.stages.rules import Gap


class ActivityForm(SchoolYearForm):
    """What a school says of an activity; `proved` is set by the route before validating."""

    version = VersionField()
    status = SelectField(terms.ACTIVITY["status"], choices=terms.ACTIVITY_STATES)
    done_on = RussianDate(terms.ACTIVITY["done_on"], description="ДД.ММ.ГГГГ, например 12.10.2020")
    responsible = StringField(terms.ACTIVITY["responsible"], [short(200)])
    doc_kind = StringField("Документ", [short(100)], description="Приказ, положение, план…")
    doc_number = StringField("Номер документа", [short(60)])
    doc_dated = RussianDate("Дата документа", [not_in_future])
    reason = StringField("Почему не требуется", [short(500)])
    answer = TextAreaField(terms.ACTIVITY["answer"], [short(1000)])
    comment = TextAreaField(terms.ACTIVITY["comment"], [short(1000)], description="Без имён детей")

    proved: bool = False  # documents are there, or the site counts more than nothing
    proof_hint: str = "Добавьте документ, например «Приказ № 145 от 12.10.2020»."

    def expect(self, page: StagePage, row: ActivityRow) -> None:
        """Tell the form what proves the activity already."""
        self.proved = page.has_proof(row)
        if page.fact(row):
            self.proof_hint += " Или внесите данные на сайт: сейчас по этому мероприятию здесь 0."

    def validate_done_on(self, field: Any) -> None:
        """Ask for the day when the activity is declared done."""
        if not field.process_errors:
            found = self._gaps()
            if Gap.DATE in found:
                raise ValidationError(
                    "Укажите дату выполнения в формате ДД.ММ.ГГГГ, например 08.12.2020."
                )
            not_in_future(self, field)

    def validate_doc_kind(self, field: Any) -> None:
        """Ask for a proof, and for the kind of a document of which only details were typed."""
        dated = "".join(self.doc_dated.raw_data or []).strip()
        if not field.data and (self.doc_number.data or dated):
            raise ValidationError("Укажите вид документа, например «Приказ».")
        self.check_proof()

    def check_proof(self) -> None:
        """Refuse «выполнено» without a document or a count.

        Raises:
            ValidationError: says what proves the activity.
        """
        if Gap.PROOF in self._gaps():
            raise ValidationError(f"Для статуса «выполнено» нужно подтверждение. {self.proof_hint}")

    def validate_reason(self, field: Any) -> None:
        """Ask why an activity is not required."""
        if Gap.REASON in self._gaps():
            raise ValidationError("Напишите, почему мероприятие не требуется.")

    def _gaps(self) -> list[Gap]:
        return rules.gaps(
            self.chosen,
            done_on=self.done_on.data,
            reason=self.reason.data or "",
            has_proof=self.proved or self.document is not None,
            today=dates.today(),
        )

    @property
    def chosen(self) -> ActivityStatus:
        """Return the status chosen; a value of nobody's list counts as not started."""
        known = self.status.data in set(ActivityStatus)
        return ActivityStatus(self.status.data) if known else ActivityStatus.NOT_STARTED

    @property
    def values(self) -> Values:
        return Values(
            status=self.chosen,
            done_on=self.done_on.data,
            responsible=self.responsible.data or "",
            comment=self.comment.data or "",
            reason=self.reason.data or "",
            answer=self.answer.data,  # None where the page had no remark to answer
        )

    @property
    def document(self) -> Details | None:
        """Return the document to add, or None."""
        if not self.doc_kind.data:
            return None
        return Details(self.doc_kind.data, self.doc_number.data or "", self.doc_dated.data)

    def differences(self, row: ActivityRow) -> list[tuple[str, str, str]]:
        """Return (label, what is saved, what was typed) of the fields that differ."""
        saved = {
            "status": terms.ACTIVITY_STATES[row.status],
            "done_on": ru.date_short(row.done_on) if row.done_on else "",
            "responsible": row.responsible,
            "reason": row.reason,
            "comment": row.comment,
        }
        if self.answer.data is not None:
            saved["answer"] = " ".join(remark.answer for remark in row.remarks)
        typed = {name: str(self[name].data or "") for name in saved}
        typed["status"] = terms.ACTIVITY_STATES[self.chosen]
        typed["done_on"] = "".join(self.done_on.raw_data or [])
        if self.done_on.data:
            typed["done_on"] = ru.date_short(self.done_on.data)
        found = [
            (self[name].label.text, saved[name], typed[name])
            for name in saved
            if saved[name] != typed[name]
        ]
        if self.typed_document:
            found.append(("Новый документ", "", self.typed_document))
        return found

    @property
    def typed_document(self) -> str:
        """Return the document to add as it was typed, readable or not; "" = nothing."""
        if self.document and not self.doc_dated.process_errors:
            return self.document.text
        fields = (self.doc_kind, self.doc_number, self.doc_dated)
        return " ".join(field.raw_data[0].strip() for field in fields if field.raw_data).strip()
