"""The form of a questionnaire, made from its questions; choosing which one to fill."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from wtforms import Field, Form, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from nastav import dates, ru, terms
from nastav.feedback import labels
from nastav.feedback.labels import answer_text
from nastav.feedback.models import (
    VALUES,
    Answer,
    Moment,
    Question,
    QuestionKind,
    Respondent,
    Response,
    marks,
)
from nastav.forms import (
    BaseForm,
    CheckboxesField,
    Filled,
    RussianDate,
    VersionField,
    WholeNumber,
    not_in_future,
    short,
)

NO_ANSWER = SelectChoice("", "нет ответа")
_FIRST, _LAST = VALUES[QuestionKind.SCALE]
CHOICES = {
    QuestionKind.SCALE: [
        *(SelectChoice(str(mark)) for mark in range(_FIRST, _LAST + 1)),
        NO_ANSWER,
    ],
    QuestionKind.POINTS: [
        *(SelectChoice(str(points), text) for points, text in enumerate(labels.POINTS)),
        NO_ANSWER,
    ],
    QuestionKind.YES_NO: [SelectChoice("1", "да"), SelectChoice("0", "нет"), NO_ANSWER],
}
MEND = {
    QuestionKind.SCALE: "число от 1 до 10",
    QuestionKind.POINTS: "0, 1, 2",
    QuestionKind.YES_NO: "«да», «нет»",
    QuestionKind.ONE: "вариант из списка",
}
SEVERAL_HINT = "Можно отметить несколько."
NOTHING_ANSWERED = "Нет ни одного ответа: отметьте или впишите хотя бы один."


@dataclass(frozen=True)
class Whose:
    """Who may be named as having answered.

    Attributes:
        pairs: (id, label) of the pairs to choose from.
        people: register number → person's id; None: nobody is asked for a number.
        answered: person's id → id of their other response to the same questionnaire.
    """

    pairs: Sequence[tuple[int, str]]
    people: Mapping[int, int] | None
    answered: Mapping[int, int]


def asked(part: str | None, moment: str | None) -> tuple[Respondent, Moment] | None:
    """Return the respondent and moment that an address names; None if it names none that exist."""
    if part not in set(Respondent) or moment not in set(Moment):
        return None
    return Respondent(part), Moment(moment)


class QuestionnaireForm(BaseForm):
    """The base of all questionnaires; a field `q<question's id>` is added for each question."""

    questionnaire = HiddenField()
    version = VersionField(default="0")
    answered_on: RussianDate
    questions: Sequence[Question] = ()
    whose: Whose | None = None  # None: it is not asked

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and that anything was answered at all."""
        is_valid = super().validate(extra_validators)
        if is_valid and not self.answers():
            self.form_errors = [NOTHING_ANSWERED]
            return False
        return bool(is_valid)

    @property
    def pair_id(self) -> int | None:
        """Return the pair that was chosen, where the questionnaire asks for one."""
        return int(self["pair"].data) if "pair" in self and self["pair"].data else None

    @property
    def person_id(self) -> int | None:
        """Return the person whose register number was typed, where the questionnaire asks for one."""
        people = self.whose.people if self.whose else None
        return people.get(self["number"].data or 0) if people else None

    def question_field(self, question: Question) -> Field:
        """Return the field of a question."""
        return self[f"q{question.id}"]

    def answers(self) -> dict[int, int | str]:
        """Return question's id → mark, 1 or 0 for yes or no, sum of options' marks, or text.

        What is empty is left out.
        """
        typed = {question: self.question_field(question).data for question in self.questions}
        return {
            question.id: data if question.kind is QuestionKind.TEXT else _value(data)
            for question, data in typed.items()
            if data
        }

    def typed(self, question: Question) -> str:
        """Return what was typed, as `labels.answer_text` writes it."""
        return answer_text(question, self.answers().get(question.id))


def _value(data: str | list[str]) -> int:
    return int(data) if isinstance(data, str) else sum(set(map(int, data)))


class UnmarkedField(RadioField):
    """Choices of which none is marked beforehand; what is left so is no answer."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.type = RadioField.__name__  # as the templates know it

    def pre_validate(self, form: Any) -> None:
        """Let nothing pass as nothing."""
        if self.data is not None:
            super().pre_validate(form)


def questionnaire_form(
    questions: Sequence[Question],
    first_year: int,
    whose: Whose | None,
    *,
    is_anonymous: bool = False,
) -> type[QuestionnaireForm]:
    """Return the form of these questions, for answers given in a school year.

    In an anonymous one nothing is marked beforehand.
    """
    fields: dict[str, Any] = {
        "questions": questions,
        "whose": whose,
        "answered_on": RussianDate(
            "Дата ответа",
            [
                Filled("Укажите дату, когда заполнили анкету."),
                not_in_future,
                within_year(first_year),
            ],
            school_year=first_year,
        ),
    }
    if whose is not None:
        fields["pair"] = _pair_field(whose.pairs)
        if whose.people is not None:
            fields["number"] = WholeNumber(
                f"{terms.PERSON['number']} (необязательно)",
                [_known_once(whose.people, whose.answered)],
            )
    fields |= {f"q{question.id}": _field(question, is_anonymous) for question in questions}
    return cast(type[QuestionnaireForm], type("FilledForm", (QuestionnaireForm,), fields))


def _known_once(
    people: Mapping[int, int], answered: Mapping[int, int]
) -> Callable[[Form, Field], None]:
    """Return a validator of a register number: in the register, and not answered yet."""

    def check(form: Form, field: Field) -> None:
        if field.data is None:
            return
        person = people.get(field.data)
        if person is None:
            raise ValidationError(
                f"В базе нет № {field.data}: проверьте номер или оставьте поле пустым."
            )
        if other := answered.get(person):
            raise ValidationError(
                f"Участник № {field.data} уже ответил на эту анкету: это ответ № {other}."
            )

    return check


def _pair_field(pairs: Sequence[tuple[int, str]]) -> SelectField:
    return SelectField(
        "Пара или группа (необязательно)",
        choices=[
            SelectChoice("", "не указана"),
            *(SelectChoice(str(pair_id), label) for pair_id, label in pairs),
        ],
        default="",
        **_otherwise("Выберите пару из списка или «не указана»."),
    )


def _field(question: Question, is_anonymous: bool) -> Any:
    if question.kind is QuestionKind.TEXT:
        too_long = short(2000)
        return TextAreaField(question.text, [too_long], description="Без фамилий и имён.")
    listed = [
        SelectChoice(str(mark), option)
        for mark, option in zip(marks(len(question.options)), question.options, strict=True)
    ]
    if question.kind is QuestionKind.SEVERAL:
        return CheckboxesField(
            question.text,
            choices=listed,
            description=SEVERAL_HINT,
            **_otherwise("Отметьте варианты из списка."),
        )
    radio, default = (UnmarkedField, None) if is_anonymous else (RadioField, "")
    return radio(
        question.text,
        choices=CHOICES.get(question.kind) or [*listed, NO_ANSWER],
        default=default,
        description=f"1 — {question.low}; 10 — {question.high}" if question.low else "",
        **_otherwise(f"Отметьте {MEND[question.kind]} или «нет ответа»."),
    )


def _otherwise(sentence: str) -> dict[str, Any]:
    """Return the sentence for a value that is no choice; the type stubs do not know it yet."""
    return {"invalid_choice_message": sentence}


def within_year(first_year: int) -> Callable[[Form, Field], None]:
    """Return a validator that refuses a date outside a school year."""
    first, last = dates.cycle_bounds(first_year)

    def check(form: Form, field: Field) -> None:
        if isinstance(field.data, date) and not first <= field.data <= last:
            raise ValidationError(
                f"Дата не относится к {ru.school_year(first_year)} учебному году: укажите день "
                f"с {ru.date_short(first)} по {ru.date_short(last)} или откройте другой учебный год."
            )

    return check


def saved_values(
    response: Response, questions: Iterable[Question], number: int | None
) -> dict[str, Any]:
    """Return what the form of a saved response shows, with the register number of its person."""
    values: dict[str, Any] = {
        "version": response.version,
        "answered_on": response.answered_on,
        "pair": str(response.pair_id or ""),
        "number": number,
    }
    given = {answer.question_id: answer for answer in response.answers}
    for question in questions:
        if answer := given.get(question.id):
            values[f"q{question.id}"] = _shown(question, answer)
    return values


def _shown(question: Question, answer: Answer) -> str | list[str]:
    if answer.value is None:
        return answer.text
    if question.kind is QuestionKind.SEVERAL:
        return [str(mark) for mark in marks(len(question.options)) if answer.value & mark]
    return str(answer.value)


def differences(form: QuestionnaireForm, response: Response) -> list[tuple[str, str, str]]:
    """Return (what is asked, what was typed, what is saved) wherever the two are not the same."""
    saved = {answer.question_id: answer.text or answer.value for answer in response.answers}
    rows = [
        (
            form.answered_on.label.text,
            ru.date_short(form.answered_on.data),
            ru.date_short(response.answered_on),
        ),
        *(_whose_differ(form, form.whose, response) if form.whose else ()),
        *(
            (question.text, form.typed(question), answer_text(question, saved.get(question.id)))
            for question in form.questions
        ),
    ]
    return [row for row in rows if row[1] != row[2]]


def _whose_differ(
    form: QuestionnaireForm, whose: Whose, response: Response
) -> list[tuple[str, str, str]]:
    pairs = dict(whose.pairs)
    numbers = {person: str(number) for number, person in (whose.people or {}).items()}
    return [
        (
            "Пара или группа",
            pairs.get(form.pair_id or 0, "—"),
            pairs.get(response.pair_id or 0, "—"),
        ),
        (
            terms.PERSON["number"],
            numbers.get(form.person_id or 0, "—"),
            numbers.get(response.person_id or 0, "—"),
        ),
    ]
