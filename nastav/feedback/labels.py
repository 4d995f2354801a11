"""What parts, moments and answers are called on the pages and in the journal."""

from nastav.feedback.models import Moment, Question, QuestionKind
from nastav.people.models import Part

PARTS = {Part.MENTEE: "наставляемые", Part.MENTOR: "наставники"}
MOMENTS = {Moment.START: "начало", Moment.INTERIM: "промежуточная", Moment.FINAL: "итог"}


def answer_text(question: Question, value: int | str | None) -> str:
    """Return an answer as a person reads it: a mark, «да» or «нет», a text; «—» for none."""
    if value is None or value == "":
        return "—"
    if question.kind is QuestionKind.YES_NO:
        return "да" if value else "нет"
    return str(value)
