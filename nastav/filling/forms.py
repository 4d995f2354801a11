"""The table form of a stage: a row per activity, by the same rules as the form of one activity."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from nastav import dates, ru, terms
from nastav.filling.operations import RowChange
from nastav.filling.words import WORDS
from nastav.stages.activities.forms import ActivityForm
from nastav.stages.activities.operations import Details
from nastav.stages.evidence import line
from nastav.stages.pages import StagePage
from nastav.stages.records import ActivityRow


class DocumentText(StringField):
    """A document in one line; a date without a year is read in the form's school year."""

    data: Any
    school_year: int | None = None

    def process_formdata(self, valuelist: Any) -> None:
        """Turn the line into the details of a document.

        Raises:
            ValueError: with the sentence of `line.parse`, or because the document is of tomorrow.
        """
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if text:
            today = dates.today()
            found = line.parse(text, school_year=self.school_year, today=today)
            if found.dated and found.dated > today:
                day = ru.date_short(today)
                raise ValueError(f"Дата документа ещё не наступила: укажите {day} или раньше.")
            self.data = found

    @property
    def typed(self) -> str:
        return str(self.raw_data[0]).strip() if self.raw_data else ""

    def _value(self) -> str:
        return self.typed


class RowForm(ActivityForm):
    """A row of the table: the form of an activity with the document in one line."""

    status = SelectField(
        terms.ACTIVITY["status"],
        choices=[
            SelectChoice(status.value, words[0], render_kw={"data-words": "|".join(words)})
            for status, words in WORDS.items()
        ],
    )
    doc_kind: Any = None  # the line has all three
    doc_number: Any = None
    doc_dated: Any = None
    doc_kind_2: Any = None
    doc_number_2: Any = None
    doc_dated_2: Any = None
    doc_kind_3: Any = None
    doc_number_3: Any = None
    doc_dated_3: Any = None
    document_line = DocumentText("Документ")
    seen = HiddenField()
    take_saved = BooleanField("Взять сохранённое")

    known: frozenset[str] = frozenset()

    def expect(self, page: StagePage, row: ActivityRow) -> None:
        """Tell the form what proves the activity already."""
        super().expect(page, row)
        self.known = frozenset(document.details for document in row.documents)

    def validate_document_line(self, field: Any) -> None:
        """Ask for a proof."""
        if not field.process_errors:
            self.check_proof()

    @property
    def documents(self) -> list[Details]:
        """Return the document to add; one that is there already is not added again."""
        found: Details | None = self.document_line.data
        return [] if found is None or found.text in self.known else [found]

    @property
    def typed_documents(self) -> str:
        """Return the document to add as it was typed; "" = nothing."""
        return self.documents[0].text if self.documents else self.document_line.typed

    @property
    def digest(self) -> str:
        """Return a mark of what the row says."""
        values = replace(self.values, answer=self.values.answer or "")
        text = repr(values).replace("\\r\\n", "\\n")  # a browser sends both signs
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def is_changed(self) -> bool:
        """Tell whether the person changed the row since the page was made."""
        if not self.seen.raw_data or self.take_saved.data:
            return False
        is_unreadable = self.done_on.process_errors or self.status.data not in terms.ACTIVITY_STATES
        has_more = is_unreadable or self.document_line.typed
        return bool(has_more or self.digest != self.seen.data)


@dataclass
class Line:
    """An activity and its row of the form."""

    activity: ActivityRow
    form: RowForm
    counted: int
    is_changed: bool = False

    @property
    def is_stale(self) -> bool:
        """Tell whether the row was changed here and by somebody else since the page was made."""
        return self.is_changed and self.form.version.data != self.activity.version

    @property
    def change(self) -> RowChange:
        form = self.form
        return RowChange(
            self.activity, form.values, form.version.data, self.counted, form.documents
        )


def prefix(number: int) -> str:
    """Return what the names of an activity's fields begin with."""
    return f"row-{number}-"


def saved(page: StagePage, year: int) -> list[Line]:
    """Return the table as it is saved."""
    return [Line(row, _saved_form(row, year), page.counted(row)) for row in page.sheet.activities]


def posted(page: StagePage, data: Any, year: int) -> list[Line]:
    """Return the table as it was sent; a row that the person left alone shows what is saved now."""
    lines = saved(page, year)
    for row in lines:
        number = row.activity.ordinal
        form = RowForm(data, prefix=prefix(number), school_year=year)
        form.expect(page, row.activity)
        if form.is_changed:
            row.form, row.is_changed = form, True
    return lines


def problems(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Return (field id, sentence with the row's number) of everything to mend."""
    return [
        (
            field.id,
            f"Строка {line.activity.ordinal}, {field.label.text.lower()}: {' '.join(field.errors)}",
        )
        for line in lines
        for field in line.form
        if field.errors
    ]


def put(data: Any, cells: Mapping[int, Mapping[str, str]]) -> None:
    """Put pasted cells among the fields that were sent."""
    for number, named in cells.items():
        for name, text in named.items():
            data[prefix(number) + name] = text


def _saved_form(row: ActivityRow, year: int) -> RowForm:
    form = RowForm(
        obj=row,
        answer="\n".join(remark.answer for remark in row.remarks if remark.answer),
        prefix=prefix(row.ordinal),
        school_year=year,
    )
    form.seen.data = form.digest
    return form
