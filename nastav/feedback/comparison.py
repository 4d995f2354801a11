"""Start against end: how answers changed of those who gave both, by person (rules.md#questionnaires).

Only the direction is told, or how many chose the same, never the marks of this group: its marks taken
from those of all who answered would be the marks of the few who answered once (security.md#p3).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select
from sqlalchemy.orm import aliased

from nastav.db import db
from nastav.feedback.models import (
    LISTED,
    PARTICIPANTS,
    Answer,
    Moment,
    Question,
    QuestionKind,
    Questionnaire,
    Respondent,
    Response,
    chosen,
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
class Repeat:
    """A list chosen from at the start and at the end; `same` is None where n is too small."""

    text: str
    n: int
    same: int | None


@dataclass(frozen=True)
class Comparison:
    """All questions that one respondent was asked both times: scales, and lists to choose from."""

    part: Respondent
    changes: tuple[Change, ...]
    lists: tuple[Repeat, ...]

    @property
    def is_shown(self) -> bool:
        """Tell whether enough people answered both times."""
        compared: list[Change | Repeat] = [*self.changes, *self.lists]
        return any(each.same is not None for each in compared)

    @property
    def has_any(self) -> bool:
        """Tell whether anybody answered both times."""
        compared: list[Change | Repeat] = [*self.changes, *self.lists]
        return any(each.n for each in compared)


Counts = dict[tuple[Respondent, str], tuple[int, int, int]]  # part, key → n, up, same


def comparisons(
    school_ids: Sequence[int], first_year: int, groups: Iterable[Group]
) -> list[Comparison]:
    """Return the comparison of mentees and of mentors, in two queries; worded as the end asks."""
    counts = _counts(school_ids, first_year)
    repeated = _repeated(school_ids, first_year)
    found: dict[Respondent, list[Change]] = defaultdict(list)
    lists: dict[Respondent, list[Repeat]] = defaultdict(list)
    for group in groups:
        if group.moment is Moment.FINAL:
            for scale in group.scales:
                key = (group.part, scale.question.key)
                if key in counts:
                    found[group.part].append(_change(scale.question.text, *counts[key]))
            for listed in group.lists:
                if said := repeated.get((group.part, listed.question.key)):
                    same = sum(said) if len(said) >= LEAST_SHOWN else None
                    lists[group.part].append(Repeat(listed.question.text, len(said), same))
    return [
        Comparison(part, tuple(found[part]), tuple(lists[part]))
        for part in PARTICIPANTS
        if found[part] or lists[part]
    ]


def _change(text: str, n: int, up: int, same: int) -> Change:
    if n < LEAST_SHOWN:
        return Change(text, n, None, None, None)
    return Change(text, n, up, same, n - up - same)


def _repeated(
    school_ids: Sequence[int], first_year: int
) -> dict[tuple[Respondent, str], list[bool]]:
    """Return part, key → of each person who answered twice, whether the same was chosen, by its words."""
    start, end, are_one = _twice(school_ids, first_year, LISTED)
    rows = select(
        start.c.part, start.c.key, start.c.options, start.c.value, end.c.options, end.c.value
    )
    found: dict[tuple[Respondent, str], list[bool]] = defaultdict(list)
    for part, key, first, was, last, now in db.session.execute(rows.join_from(start, end, are_one)):
        found[part, key].append(set(chosen(first, was)) == set(chosen(last, now)))
    return found


def _twice(
    school_ids: Sequence[int], first_year: int, kinds: Sequence[QuestionKind]
) -> tuple[Subquery, Subquery, ColumnElement[bool]]:
    """Return what was answered at the start, at the end, and how the two are of one person."""
    start = _marks(school_ids, first_year, Moment.START, kinds).subquery()
    end = _marks(school_ids, first_year, Moment.FINAL, kinds).subquery()
    are_one = (
        (start.c.person_id == end.c.person_id)
        & (start.c.school_id == end.c.school_id)
        & (start.c.part == end.c.part)
        & (start.c.key == end.c.key)
    )
    return start, end, are_one


def _counts(school_ids: Sequence[int], first_year: int) -> Counts:
    start, end, are_one = _twice(school_ids, first_year, [QuestionKind.SCALE])
    rows = (
        select(
            start.c.part,
            start.c.key,
            func.count().label("n"),
            func.sum(case((end.c.value > start.c.value, 1), else_=0)).label("up"),
            func.sum(case((end.c.value == start.c.value, 1), else_=0)).label("same"),
        )
        .join_from(start, end, are_one)
        .group_by(start.c.part, start.c.key)
    )
    return {(row.part, row.key): (row.n, row.up, row.same) for row in db.session.execute(rows)}


def _marks(
    school_ids: Sequence[int], first_year: int, moment: Moment, kinds: Sequence[QuestionKind]
) -> Select[*tuple[Any, ...]]:
    """Select what known people answered to these kinds of questions at a moment."""
    answer, question = aliased(Answer), aliased(Question)
    response, asked = aliased(Response), aliased(Questionnaire)
    return (
        select(
            response.school_id,
            response.person_id,
            asked.part,
            question.key,
            question.options,
            answer.value,
        )
        .join(question, question.id == answer.question_id)
        .join(response, response.id == answer.response_id)
        .join(asked, asked.id == response.questionnaire_id)
        .where(
            response.school_id.in_(school_ids),
            response.first_year == first_year,
            response.deleted_at.is_(None),
            response.person_id.is_not(None),
            asked.moment == moment,
            question.kind.in_(kinds),
        )
    )
