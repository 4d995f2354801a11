"""The workbook of a school's own feedback: the sums as on the page, and every answer.

Free answers may hold names whatever the form says, so the file is the school's own.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from nastav import excel, ru, terms
from nastav.excel import Cell, Column, Formula
from nastav.feedback.labels import answer_text, asked
from nastav.feedback.models import QuestionKind
from nastav.feedback.queries import GivenAnswer
from nastav.feedback.summary import LEAST_SHOWN, MARKS, Group, Listed, Scale, YesNo

IN_DIGITS = (QuestionKind.SCALE, QuestionKind.POINTS)
HIDDEN = f"меньше {LEAST_SHOWN}"
PRIVATE = "Файл остаётся в школе: в свободных ответах могут оказаться имена."


def feedback_book(
    school: str,
    first_year: int,
    groups: Sequence[Group],
    answers: Iterable[GivenAnswer],
    made_at: datetime,
) -> bytes:
    """Return the feedback of a school year as an XLSX file.

    Args:
        school: its name.
        first_year: the school year.
        groups: the sums, with small figures left out, as the page shows them.
        answers: every answer, in the order they are listed.
        made_at: when the file is made, in local time.
    """
    forms = [_responses(groups), _marks(groups), _options(groups), _answers(answers)]
    sheets = [_form(sheet, school, first_year) for sheet in forms]
    return excel.save(excel.Book(_title(first_year), sheets, made_at))


def sums(place: str, first_year: int, groups: Sequence[Group]) -> list[excel.Form]:
    """Return the sheets that hold sums alone: how many answered and are satisfied, the marks."""
    return [_form(sheet, place, first_year) for sheet in (_responses(groups), _marks(groups))]


def _form(sheet: "Sheet", place: str, first_year: int) -> excel.Form:
    name, columns, rows, note = sheet
    subtitle = f"{place}. {name}"
    return excel.Form(name, _title(first_year), columns, rows, subtitle=subtitle, notes=[note])


def _title(first_year: int) -> str:
    return f"Обратная связь, {ru.school_year(first_year)} учебный год"


Rows = list[list[Cell | Formula]]
Sheet = tuple[str, list[Column], Rows, str]


def _responses(groups: Sequence[Group]) -> Sheet:
    columns = [
        Column("who", "Кто и когда", width=33),
        Column("n", "Ответов", width=11),
        Column("people", "В парах за учебный год", width=14),
        Column("rate", "Доля ответивших", width=14),
        Column("asked", "Ответили о работе с парой", width=16),
        Column("happy", "Из них довольны", width=13),
        Column("share", "Доля довольных", width=13),
    ]
    rows: Rows = [
        [
            excel.text(asked(group.part, group.moment).capitalize()),
            excel.integer(group.n),
            excel.DASH if group.people is None else excel.integer(group.people),
            excel.share("n", "people", group.n, group.people),
            *_satisfied(group),
        ]
        for group in groups
    ]
    threshold = next((group.satisfied.threshold for group in groups if group.satisfied), 0)
    note = f"Довольны — поставили {threshold} или больше из 10; если ответов меньше {LEAST_SHOWN}, «—»."
    return "Сколько ответили", columns, rows, note


def _satisfied(group: Group) -> list[Cell | Formula]:
    found = group.satisfied
    if found is None or found.happy is None:
        return [excel.DASH, excel.DASH, excel.DASH]
    return [
        excel.integer(found.n),
        excel.integer(found.happy),
        excel.share("happy", "asked", found.happy, found.n),
    ]


def _marks(groups: Sequence[Group]) -> Sheet:
    marks = [Column(f"m{mark}", str(mark), "Сколько раз поставили", width=6) for mark in _scale()]
    columns = [
        Column("who", "Кто и когда", width=31),
        Column("question", "Вопрос", width=50),
        *marks,
        Column("total", "Всего", width=11),
        Column("yes", "Да", width=7),
        Column("no", "Нет", width=7),
    ]
    rows = [
        [
            excel.text(asked(group.part, group.moment).capitalize()),
            excel.text(each.question.text),
            *cells,
        ]
        for group in groups
        if group.n
        for each, cells in _cells(group)
    ]
    return "Оценки", columns, rows, f"Где ответов меньше {LEAST_SHOWN}, числа не показываются."


def _scale() -> range:
    return range(1, MARKS + 1)


def _cells(group: Group) -> Iterable[tuple[Scale | YesNo, list[Cell | Formula]]]:
    nothing = [excel.BLANK] * MARKS
    for scale in group.scales:
        if scale.counts is None:
            yield scale, [*nothing, excel.Cell(HIDDEN), excel.BLANK, excel.BLANK]
        else:
            total = excel.formula(f"SUM({{m1}}:{{m{MARKS}}})", result=scale.n)
            counts = [excel.integer(count) for count in scale.counts]
            yield scale, [*counts, total, excel.BLANK, excel.BLANK]
    for yes_no in group.yes_no:
        if yes_no.yes is None:
            yield yes_no, [*nothing, excel.Cell(HIDDEN), excel.BLANK, excel.BLANK]
        else:
            both = [excel.integer(yes_no.yes), excel.integer(yes_no.n - yes_no.yes)]
            total = excel.formula("{yes}+{no}", result=yes_no.n)
            yield yes_no, [*nothing, total, *both]


def _options(groups: Sequence[Group]) -> Sheet:
    columns = [
        Column("who", "Кто и когда", width=28),
        Column("question", "Вопрос", width=50),
        Column("option", "Вариант", width=40),
        Column("chosen", "Выбрали", width=10),
        Column("n", "Ответили на вопрос", width=12),
        Column("share", "Доля", width=10),
    ]
    rows: Rows = [
        [
            excel.text(asked(group.part, group.moment).capitalize()),
            excel.text(listed.question.text),
            *cells,
        ]
        for group in groups
        if group.n
        for listed in group.lists
        for cells in _chosen(listed)
    ]
    note = (
        "Где можно выбрать несколько вариантов, сумма бывает больше числа ответивших. "
        f"Где ответов меньше {LEAST_SHOWN}, числа не показываются."
    )
    return "Варианты", columns, rows, note


def _chosen(listed: Listed) -> Iterable[list[Cell | Formula]]:
    if listed.counts is None:
        yield [excel.BLANK, excel.BLANK, excel.Cell(HIDDEN), excel.BLANK]
        return
    for option, count in listed.counts.items():
        yield [
            excel.text(option),
            excel.integer(count),
            excel.integer(listed.n),
            excel.share("chosen", "n", count, listed.n),
        ]


def _answers(answers: Iterable[GivenAnswer]) -> Sheet:
    columns = [
        Column("response", "Ответ, №", width=10),
        Column("day", "Дата ответа", width=12),
        Column("who", "Кто и когда", width=28),
        Column("number", terms.PERSON["number"], width=11),
        Column("question", "Вопрос", width=50),
        Column("answer", "Ответ", width=44),
    ]
    rows: Rows = [
        [
            excel.integer(answer.response_id),
            excel.day(answer.answered_on),
            excel.text(asked(answer.part, answer.moment).capitalize()),
            excel.integer(answer.number) if answer.number else excel.BLANK,
            excel.text(answer.question.text),
            _answer(answer),
        ]
        for answer in answers
    ]
    return "Ответы", columns, rows, PRIVATE


def _answer(given_answer: GivenAnswer) -> Cell:
    if given_answer.value is not None and given_answer.question.kind in IN_DIGITS:
        return excel.integer(given_answer.value)
    return excel.text(
        answer_text(
            given_answer.question,
            given_answer.text if given_answer.value is None else given_answer.value,
        )
    )
