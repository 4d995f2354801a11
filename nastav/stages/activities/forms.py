"""The form of an activity's row, with lines to add documents by their details."""

from typing import Any, NamedTuple

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


class DocumentLine(NamedTuple):
    """The three fields of a document."""

    kind: StringField
    number: StringField
    dated: RussianDate

    @property
    def typed(self) -> str:
        """Return what was typed into the line; "" = nothing."""
        return " ".join(field.raw_data[0].strip() for field in self if field.raw_data).strip()

    @property
    def details(self) -> Details:
        """Return the document."""
        return Details(self.kind.data or "", self.number.data or "", self.dated.data)

    @property
    def text(self) -> str:
        """Return the document as people write it; what cannot be read stays as it was typed."""
        is_readable = self.kind.data and not self.dated.process_errors
        return self.details.text if is_readable else self.typed


class ActivityForm(SchoolYearForm):
    """What a school says of an activity; `proved` is set by the route before validating."""

    version = VersionField()
    status = SelectField(terms.ACTIVITY["status"], choices=terms.ACTIVITY_STATES)
    done_on = RussianDate(terms.ACTIVITY["done_on"])
    responsible = StringField(terms.ACTIVITY["responsible"], [short(200)])
    doc_kind = StringField("Документ", [short(100)])
    doc_number = StringField("Номер документа", [short(60)])
    doc_dated = RussianDate("Дата документа", [not_in_future])
    doc_kind_2 = StringField("Второй документ", [short(100)])
    doc_number_2 = StringField("Номер второго документа", [short(60)])
    doc_dated_2 = RussianDate("Дата второго документа", [not_in_future])
    doc_kind_3 = StringField("Третий документ", [short(100)])
    doc_number_3 = StringField("Номер третьего документа", [short(60)])
    doc_dated_3 = RussianDate("Дата третьего документа", [not_in_future])
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

    def validate_doc_kind(self, _field: Any) -> None:
        """Ask for a proof, and for the kind of a document of which only details were typed."""
        self._check_line(0)
        self.check_proof()

    def validate_doc_kind_2(self, _field: Any) -> None:
        """Ask for the second document's kind."""
        self._check_line(1)

    def validate_doc_kind_3(self, _field: Any) -> None:
        """Ask for the third document's kind."""
        self._check_line(2)

    def _check_line(self, place: int) -> None:
        if (line := self.document_lines[place]).typed and not line.kind.data:
            raise ValidationError("Укажите вид документа, например «Приказ».")

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
            has_proof=self.proved or bool(self.documents),
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
    def document_lines(self) -> list[DocumentLine]:
        """Return the lines for documents."""
        return [
            DocumentLine(self.doc_kind, self.doc_number, self.doc_dated),
            DocumentLine(self.doc_kind_2, self.doc_number_2, self.doc_dated_2),
            DocumentLine(self.doc_kind_3, self.doc_number_3, self.doc_dated_3),
        ]

    def shown_lines(self, row: ActivityRow) -> list[DocumentLine]:
        """Return a line for each document that is expected still, one at least, and what is typed."""
        wanted = max(row.expected_documents - len(row.documents), 1)
        lines = self.document_lines
        return [line for place, line in enumerate(lines) if place < wanted or line.typed]

    @property
    def documents(self) -> list[Details]:
        """Return the documents to add."""
        return [line.details for line in self.document_lines if line.kind.data]

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
        if self.typed_documents:
            found.append(("Новый документ", "", self.typed_documents))
        return found

    @property
    def typed_documents(self) -> str:
        """Return the documents to add as they were typed, readable or not; "" = nothing."""
        return "; ".join(line.text for line in self.document_lines if line.typed)
