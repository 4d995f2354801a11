"""Reading the grid: which cells are wrong, and which sheets the rows are; no database."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nastav import terms
from nastav.feedback.models import VALUES, Question, QuestionKind, marks
from nastav.feedback.rows import Sheet

CODE, NUMBER = "code", "number"  # columns before the questions
LARGEST_CODE = 99_999_999
ALLOWED = {
    QuestionKind.SCALE: "число от 1 до 10",
    QuestionKind.POINTS: "0, 1 или 2",
    QuestionKind.YES_NO: "1 — да или 0 — нет",
}


@dataclass(frozen=True)
class Known:
    """What rows are compared with.

    Attributes:
        people: register number → person's id; None: the questionnaire is asked without numbers.
        by_code: sheet code → id of the response that was typed from it.
        by_person: person's id → id of their response to this questionnaire.
    """

    people: Mapping[int, int] | None
    by_code: Mapping[int, int]
    by_person: Mapping[int, int]


@dataclass(frozen=True)
class Fault:
    """A cell to mend: its name, its place in words, and how to mend it."""

    cell: str
    place: str
    sentence: str


def cell(row: int, column: str) -> str:
    """Return the name of a cell; rows count from 1."""
    return f"r{row}_{column}"


def columns(
    questions: Sequence[Question], *, has_numbers: bool
) -> list[tuple[str, str, Question | None]]:
    """Return (key, heading, question) of each column; a text has none, it is not digits."""
    asked = [
        (f"q{question.id}", str(question.ordinal), question)
        for question in questions
        if question.kind is not QuestionKind.TEXT
    ]
    numbers = [(NUMBER, terms.PERSON["number"], None)] if has_numbers else []
    return [(CODE, "Код листа", None), *numbers, *asked]


def allowed(question: Question) -> str:
    """Return what may be typed as an answer."""
    most = len(question.options)
    if question.kind is QuestionKind.ONE:
        return f"номер варианта от 1 до {most}"
    if question.kind is QuestionKind.SEVERAL:
        return f"номера вариантов от 1 до {most} через запятую, каждый один раз"
    return ALLOWED[question.kind]


def value(question: Question, text: str) -> int | None:
    """Return the answer that was typed; None if it is none to this question."""
    typed = re.split(r"[\s,;.]+", text) if question.kind is QuestionKind.SEVERAL else [text]
    if not all(part.isascii() and part.isdecimal() and len(part) < 4 for part in typed):
        return None
    numbers = [int(part) for part in typed]
    if question.kind in VALUES:
        return numbers[0] if question.allows(numbers[0]) else None
    options = dict(enumerate(marks(len(question.options)), start=1))
    if len(set(numbers)) < len(numbers) or not options.keys() >= set(numbers):
        return None
    return sum(options[number] for number in numbers)


class Stack:
    """A posted grid: `sheets` of the rows that are filled, `faults` of the cells that are wrong."""

    def __init__(
        self,
        typed: Mapping[str, str],
        rows: int,
        questions: Sequence[Question],
        day: date,
        known: Known,
    ) -> None:
        self.sheets: list[Sheet] = []
        self.faults: list[Fault] = []
        self._columns = columns(questions, has_numbers=known.people is not None)
        self._known = known
        self._rows_by: dict[tuple[str, int], int] = {}  # code or person → row it stands in first
        for row in range(1, rows + 1):
            self._read(
                row,
                {key: typed.get(cell(row, key), "").strip() for key, _, _ in self._columns},
                day,
            )

    def _read(self, row: int, typed: Mapping[str, str], day: date) -> None:
        if not any(typed.values()):
            return
        before = len(self.faults)
        code = self._whole(row, CODE, typed[CODE])
        number = self._whole(row, NUMBER, typed.get(NUMBER, ""))
        person = self._person(row, number) if number is not None else None
        if code is not None:
            self._note_repeat(row, CODE, code, self._known.by_code.get(code), f"лист {code}")
        if person is not None:
            whose = f"участник № {number}"
            self._note_repeat(row, NUMBER, person, self._known.by_person.get(person), whose)
        answers = dict(self._answers(row, typed))
        if not answers and len(self.faults) == before:
            first = next((key for key, _, question in self._columns if question), CODE)
            self._note(row, first, "в строке нет ни одного ответа: впишите его или очистите строку")
        if len(self.faults) == before:
            self.sheets.append(Sheet(day, answers, None, person, code))

    def _answers(self, row: int, typed: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        for key, _, question in self._columns:
            if question is None or not typed[key]:
                continue
            found = value(question, typed[key])
            if found is not None:
                yield question.id, found
            else:
                mend = f"нужно {allowed(question)} или ничего, а введено «{typed[key][:10]}»"
                self._note(row, key, mend)

    def _whole(self, row: int, key: str, text: str) -> int | None:
        if not text:
            return None
        if (
            text.isascii()
            and text.isdecimal()
            and 0 < int(text[:9]) <= LARGEST_CODE
            and len(text) < 9
        ):
            return int(text)
        self._note(row, key, f"нужно число до 8 цифр или ничего, а введено «{text[:10]}»")
        return None

    def _person(self, row: int, number: int) -> int | None:
        person = (self._known.people or {}).get(number)
        if person is None:
            self._note(row, NUMBER, f"в базе нет № {number}: проверьте номер или оставьте пустым")
        return person

    def _note_repeat(self, row: int, key: str, value: int, response: int | None, what: str) -> None:
        first = self._rows_by.setdefault((key, value), row)
        if response is not None:
            self._note(row, key, f"{what}: эта анкета уже внесена, ответ № {response}")
        elif first != row:
            self._note(row, key, f"{what}: эта анкета уже стоит в строке {first}")

    def _note(self, row: int, key: str, sentence: str) -> None:
        heading = next(title for name, title, _ in self._columns if name == key)
        column = heading if key in (CODE, NUMBER) else f"вопрос {heading}"
        self.faults.append(Fault(cell(row, key), f"Строка {row}, {column}", sentence))
