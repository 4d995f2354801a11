"""Start against end: how the marks of those changed who answered both, by person (rules.md#questionnaires).

Only the direction is told, never the marks of this group: its marks taken from those of all who answered
would be the marks of the few who answered once (security.md#p3).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from nastav.db import db
from nastav.feedback.models import (
    Answer,
    Moment,
    Question,
    QuestionKind,
    Questionnaire,
    Respondent,
    Response,
)
from nastav.feedback.summary import LEAST_SHOWN, Group


@dataclass(frozen=True)
class Change:
    """One question asked at the start and at the end; up, same, down are None where n is too small."""

    text: str
    n: int
    up: int | None
    same: int | None
    down: int | None


@dataclass(frozen=True)
class Comparison:
    """All questions that one respondent was asked both times."""

    part: Respondent
    changes: tuple[Change, ...]

    @property
    def is_shown(self) -> bool:
        """Tell whether enough people answered both times."""
        return any(change.up is not None for change in self.changes)

    @property
    def has_any(self) -> bool:
        """Tell whether anybody answered both times."""
        return any(change.n for change in self.changes)


Counts = dict[tuple[Respondent, str], tuple[int, int, int]]  # part, key → n, up, same


def comparisons(
    school_ids: Sequence[int], first_year: int, groups: Iterable[Group]
) -> list[Comparison]:
    """Return the comparison of mentees and of mentors, in one query; worded as the end asks."""
    counts = _counts(school_ids, first_year)
    found: dict[Respondent, list[Change]] = defaultdict(list)
    for group in groups:
        if group.moment is Moment.FINAL:
            for scale in group.scales:
                key = (group.part, scale.question.key)
                if key in counts:
                    found[group.part].append(_change(scale.question.text, *counts[key]))
    return [Comparison(part, tuple(changes)) for part, changes in found.items()]


def _change(text: str, n: int, up: int, same: int) -> Change:
    if n < LEAST_SHOWN:
        return Change(text, n, None, None, None)
    return Change(text, n, up, same, n - up - same)


def _counts(school_ids: Sequence[int], first_year: int) -> Counts:
    start = _marks(school_ids, first_year, Moment.START).subquery()
    end = _marks(school_ids, first_year, Moment.FINAL).subquery()
    rows = (
        select(
            start.c.part,
            start.c.key,
            func.count().label("n"),
            func.sum(case((end.c.value > start.c.value, 1), else_=0)).label("up"),
            func.sum(case((end.c.value == start.c.value, 1), else_=0)).label("same"),
        )
        .join_from(
            start,
            end,
            (start.c.person_id == end.c.person_id)
            & (start.c.school_id == end.c.school_id)
            & (start.c.part == end.c.part)
            & (start.c.key == end.c.key),
        )
        .group_by(start.c.part, start.c.key)
    )
    return {(row.part, row.key): (row.n, row.up, row.same) for row in db.session.execute(rows)}


def _marks(school_ids: Sequence[int], first_year: int, moment: Moment) -> Select[*tuple[Any, ...]]:
    """Select the marks that known people gave at a moment."""
    answer, question = aliased(Answer), aliased(Question)
    response, asked = aliased(Response), aliased(Questionnaire)
    return (
        select(response.school_id, response.person_id, asked.part, question.key, answer.value)
        .join(question, question.id == answer.question_id)
        .join(response, response.id == answer.response_id)
        .join(asked, asked.id == response.questionnaire_id)
        .where(
            response.school_id.in_(school_ids),
            response.first_year == first_year,
            response.deleted_at.is_(None),
            response.person_id.is_not(None),
            asked.moment == moment,
            question.kind == QuestionKind.SCALE,
        )
    )
