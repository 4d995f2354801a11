"""The form that rewords a questionnaire: its questions and room for new ones."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from nastav import ru
from nastav.feedback import catalogue
from nastav.feedback.catalogue import LONGEST, QuestionnaireText, QuestionText
from nastav.feedback.labels import KINDS
from nastav.feedback.models import LISTED, OPTIONS, QuestionKind, Respondent
from nastav.forms import BaseForm, Filled, VersionField, WholeNumber, short

SPARE = 3  # places for new questions
NEW_KINDS = (QuestionKind.SCALE, QuestionKind.YES_NO, *LISTED, QuestionKind.TEXT)
NO_LIST = "Варианты бывают только у ответа из списка: смените вид ответа или очистите поле."


class WordingForm(BaseForm):
    """Title and questions; the fields of the question at a place end in `_<place>`."""

    base = VersionField()  # id of the version the form was made from
    title = StringField(
        "Название анкеты", [Filled("Укажите название анкеты."), short(LONGEST["title"])]
    )
    was: QuestionnaireText
    taken: frozenset[str] = frozenset()  # keys ever used for this respondent

    @property
    def places(self) -> range:
        """Return the places of all questions, the old ones first."""
        return range(len(self.was.questions) + SPARE)

    def old(self, place: int) -> QuestionText | None:
        """Return the question that stood at a place; None for a new one."""
        return self.was.questions[place] if place < len(self.was.questions) else None

    def at(self, name: str, place: int) -> Field:
        """Return a field of the question at a place."""
        return self[f"{name}_{place}"]

    def kind(self, place: int) -> QuestionKind:
        """Return the kind of the question at a place: an old one keeps its own.

        Of a new one without a kind, or with an unknown one, the field itself says so.
        """
        if old := self.old(place):
            return old.kind
        chosen = self.at("kind", place).data
        return QuestionKind(chosen) if chosen in set(QuestionKind) else QuestionKind.TEXT

    def is_asked(self, place: int) -> bool:
        """Tell whether the question at a place is to be asked."""
        if self.old(place):
            return not self.at("drop", place).data
        return bool(self.at("text", place).data or self._options(place))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, what the questions may not lack, and that scales say what 1 and 10 mean."""
        is_valid = bool(super().validate(extra_validators))
        for place in self.places:
            if self.is_asked(place):
                is_valid &= self._is_whole(place)
        lacking = is_valid and catalogue.missing(
            self.was.part, self.was.moment, self.wording().questions
        )
        if lacking:
            self.form_errors = [f"Так анкету не сохранить: {lacking}."]
        return is_valid and not lacking

    def _is_whole(self, place: int) -> bool:
        needed = {"text": "Впишите вопрос или отметьте, что его больше не задают."}
        if self.kind(place) is QuestionKind.SCALE:
            needed |= {"low": "Напишите, что значит 1.", "high": "Напишите, что значит 10."}
        bare = [name for name in needed if not self.at(name, place).data]
        for name in bare:
            self.at(name, place).errors = [needed[name]]
        complaint = self._about_options(place)
        if complaint:
            self.at("options", place).errors = [complaint]
        return not bare and not complaint

    def _about_options(self, place: int) -> str:
        options = self._options(place)
        if self.kind(place) not in LISTED:
            return NO_LIST if options else ""
        complaint = catalogue.bad_options(options)
        return f"{ru.capitalized(complaint)}." if complaint else ""

    def _options(self, place: int) -> tuple[str, ...]:
        """Return the options typed at a place, one a line."""
        typed = self[f"options_{place}"].data if f"options_{place}" in self else ""
        lines = (" ".join(line.split()) for line in (typed or "").splitlines())
        return tuple(line for line in lines if line)

    def wording(self) -> QuestionnaireText:
        """Return the questionnaire as it was typed."""
        asked = [place for place in self.places if self.is_asked(place)]
        # a place without a number stays where it was
        asked.sort(key=lambda place: (self.at("order", place).data or place + 1, place))
        fresh = iter(self._fresh_keys())
        return QuestionnaireText(
            self.was.part,
            self.was.moment,
            " ".join(str(self.title.data).split()),
            tuple(self._question(place, self.old(place), fresh) for place in asked),
        )

    def _question(self, place: int, old: QuestionText | None, fresh: Iterator[str]) -> QuestionText:
        kind = self.kind(place)
        names = ("text", "low", "high") if kind is QuestionKind.SCALE else ("text",)
        said = [" ".join(str(self.at(name, place).data or "").split()) for name in names]
        low, high = said[1:] or ("", "")
        options = self._options(place) if kind in LISTED else ()
        return QuestionText(old.key if old else next(fresh), kind, said[0], low, high, options)

    def _fresh_keys(self) -> list[str]:
        free = (f"own_{number}" for number in range(1, len(self.taken) + SPARE + 1))
        return [key for key in free if key not in self.taken]


def wording_form(was: QuestionnaireText, taken: frozenset[str]) -> type[WordingForm]:
    """Return the form that rewords a questionnaire; `taken` are keys that mean something already."""
    fields: dict[str, Any] = {"was": was, "taken": taken}
    for place, question in enumerate(was.questions):
        fields |= _fields(place, question)
        fields[f"drop_{place}"] = BooleanField("Больше не спрашивать")
    kinds = (QuestionKind.TEXT,) if was.part is Respondent.CURATOR else NEW_KINDS
    for place in range(len(was.questions), len(was.questions) + SPARE):
        fields |= _fields(place, None)
        if QuestionKind.ONE in kinds:
            fields[f"options_{place}"] = _options_field()
        choices = [SelectChoice(kind.value, KINDS[kind]) for kind in kinds]
        fields[f"kind_{place}"] = SelectField("Вид ответа", choices=choices)
    return cast(type[WordingForm], type("FilledWordingForm", (WordingForm,), fields))


def _fields(place: int, question: QuestionText | None) -> dict[str, Any]:
    fields: dict[str, Any] = {
        f"order_{place}": WholeNumber("Место", most=99, default=place + 1 if question else None),
        f"text_{place}": TextAreaField(
            "Вопрос", [short(LONGEST["text"])], default=question.text if question else ""
        ),
    }
    if question is None or question.kind is QuestionKind.SCALE:
        ends = (question.low, question.high) if question else ("", "")
        fields[f"low_{place}"] = StringField(
            "Что значит 1", [short(LONGEST["low"])], default=ends[0]
        )
        fields[f"high_{place}"] = StringField(
            "Что значит 10", [short(LONGEST["high"])], default=ends[1]
        )
    if question is not None and question.kind in LISTED:
        fields[f"options_{place}"] = _options_field(question.options)
    return fields


def _options_field(options: Sequence[str] = ()) -> TextAreaField:
    return TextAreaField(
        "Варианты ответа, каждый с новой строки",
        default="\n".join(options),
        description=f"Для ответа из списка, от {OPTIONS[0]} до {OPTIONS[1]}.",
    )


def differences(mine: QuestionnaireText, saved: QuestionnaireText) -> list[tuple[str, str, str]]:
    """Return (what, as typed, as saved) wherever two wordings of a questionnaire are not the same."""
    rows = [("Название анкеты", mine.title, saved.title)]
    typed = {question.key: question for question in mine.questions}
    kept = {question.key: question for question in saved.questions}
    for key in [*kept, *(key for key in typed if key not in kept)]:
        rows.append((f"Вопрос {key}", _sentence(typed.get(key)), _sentence(kept.get(key))))
    return [row for row in rows if row[1] != row[2]]


def _sentence(question_text: QuestionText | None) -> str:
    if question_text is None:
        return "не задаётся"
    if question_text.low:
        return f"{question_text.text} (1 — {question_text.low}; 10 — {question_text.high})"
    return " / ".join([question_text.text, *question_text.options])
