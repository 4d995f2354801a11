"""Blank questionnaires of mentee and mentor at the start: the questions that the site asks."""

from typing import Final

from nastav import ru
from nastav.contents import common
from nastav.contents.scope import Content, Scope
from nastav.feedback import questionnaires
from nastav.feedback.models import PARTICIPANTS, Moment, Question, QuestionKind, Questionnaire
from nastav.papers import looks
from nastav.papers.filler import Data, Item

_HOW: Final = (
    "Обведите или отметьте ответ. На вопрос, на который отвечать не хочется, можно не отвечать."
)
_SEVERAL: Final = " (можно отметить несколько)"
_NONE: Final = "анкет ещё нет"
_GAP: Final = ru.NBSP * 3


def collect(scope: Scope) -> Content:
    """Return a sheet for mentees and one for mentors."""
    asked = (questionnaires.newest(scope.district.id, part, Moment.START) for part in PARTICIPANTS)
    found = [each for each in asked if each is not None]
    if not found:
        return Content([], nothing=_NONE)
    shared = common.fields(scope)
    return Content([_sheet(shared, each) for each in found])


def _sheet(shared: dict[str, str], asked: Questionnaire) -> Data:
    fields = shared | {"название": asked.title, "пояснение": _HOW}
    return Data(fields, {"вопросы": [_row(question) for question in asked.questions]})


def _row(question: Question) -> Item:
    several = _SEVERAL if question.kind is QuestionKind.SEVERAL else ""
    return {
        "номер": str(question.ordinal),
        "вопрос": f"{question.text}{several}",
        "ответ": _answer(question),
    }


def _answer(question: Question) -> str:
    """Return what is circled or ticked; of a free answer four empty lines."""
    if question.kind is QuestionKind.SCALE:
        marks = _GAP.join(map(str, range(1, 11)))
        return f"{marks}\n1 – {question.low}\n10 – {question.high}"
    if question.kind is QuestionKind.POINTS:
        return _GAP.join(("0", "1", "2"))
    if question.kind is QuestionKind.YES_NO:
        return f"{looks.BOX} да{_GAP}{looks.BOX} нет"
    if question.options:
        return "\n".join(f"{looks.BOX} {option}" for option in question.options)
    return "\n" * 3
