"""What respondents, moments and answers are called on the pages and in the journal."""

from nastav.feedback.models import LISTED, Moment, Question, QuestionKind, Respondent, chosen

PARTS = {
    Respondent.MENTEE: "наставляемые",
    Respondent.MENTOR: "наставники",
    Respondent.CURATOR: "куратор",
    Respondent.PARENT: "родители",
}
MOMENTS = {Moment.START: "начало", Moment.INTERIM: "промежуточная", Moment.FINAL: "итог"}
KINDS = {
    QuestionKind.SCALE: "оценка от 1 до 10",
    QuestionKind.POINTS: "баллы: 0 — нет, 1 — отчасти, 2 — да",
    QuestionKind.YES_NO: "да или нет",
    QuestionKind.TEXT: "свободный ответ",
    QuestionKind.ONE: "один из списка",
    QuestionKind.SEVERAL: "несколько из списка",
}
POINTS = ("0 — нет", "1 — отчасти", "2 — да")


def asked(part: Respondent, moment: Moment) -> str:
    """Return whose questionnaire it is and when it is asked: «наставляемые, итог»."""
    return PARTS[part] if part is Respondent.CURATOR else f"{PARTS[part]}, {MOMENTS[moment]}"


def answer_text(question: Question, value: int | str | None) -> str:
    """Return an answer as a person reads it: a mark, «да» or «нет», options, a text; «—» for none."""
    if value is None or value == "":
        return "—"
    if question.kind is QuestionKind.YES_NO:
        return "да" if value else "нет"
    if question.kind is QuestionKind.POINTS:
        return POINTS[int(value)]
    if question.kind in LISTED:
        return "; ".join(chosen(question.options, int(value)))
    return str(value)
