"""A block pasted from Excel, spread over a stack of questionnaires: a row a sheet, a column a question."""

import re
from collections.abc import Sequence

from nastav import ru
from nastav.feedback.models import Question, QuestionKind
from nastav.intake import block
from nastav.intake.block import Column, Grid, Spread
from nastav.questionnaires.grid.rules import CODE, allowed, cell, columns, value

_YES_NO = {"да": "1", "нет": "0"}


def spread(
    text: str, questions: Sequence[Question], rows: int, *, has_numbers: bool
) -> Spread[int]:
    """Return the cells of a pasted block by the row of the grid and the column's key.

    A block no wider than there are questions has the answers only.
    """
    asked = columns(questions, has_numbers=has_numbers)
    known = [_column(key, heading, question) for key, heading, question in asked]
    first = sum(question is not None for _, _, question in asked)
    before = len(known) - first  # whose sheet it is
    width = max((row.rstrip("\r\t").count("\t") + 1 for row in text.split("\n")), default=0)
    if width <= first:
        known = [*known[before:], *known[:before]]
    count = ru.counted(rows, "строка", "строки", "строк")
    unknown = f"в таблице {count}. Сохраните их и внесите остальные новой пачкой."
    return block.spread(text, Grid(range(1, rows + 1), (), known, unknown))


def fields(found: Spread[int]) -> dict[str, str]:
    """Return what was put, by the names of the grid's cells."""
    return {
        cell(row, key): text for row, cells in found.cells.items() for key, text in cells.items()
    }


def _column(key: str, heading: str, question: Question | None) -> Column:
    if question is None:
        words = r"код\b.*" if key == CODE else r"(?:n|номер)(?: в базе)?"
        return Column(key, words, block.digits, "нужно число")

    def read(text: str) -> str | None:
        is_list = question.kind is QuestionKind.SEVERAL  # «1 3» is no thirteen
        plain = text if is_list else block.digits(text) or text
        if question.kind is QuestionKind.YES_NO:
            plain = _YES_NO.get(ru.search_key(text), plain)
        return plain if value(question, plain) is not None else None

    titles = rf"(?:вопрос |в |n )?{heading}|{re.escape(ru.search_key(question.text))}"
    return Column(key, titles, read, f"нужно: {allowed(question)}")
