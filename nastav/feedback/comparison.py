"""Start against end: how answers changed of those who gave both, by person (rules.md#questionnaires).

Only the direction is told, or how many chose the same, never the marks of this group: its marks taken
from those of all who answered would be the marks of the few who answered once (security.md#p3).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
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
from nastav.statements import made_once


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


@dataclass
class _Tally:
    """How many answered one question both times, and how many of them the higher and the same."""

    n: int = 0
    up: int = 0
    same: int = 0


Tallies = dict[tuple[Respondent, str], _Tally]  # part, key of the question → its tally


def comparisons(
    school_ids: Sequence[int], first_year: int, groups: Iterable[Group]
) -> list[Comparison]:
    """Return the comparison of mentees and of mentors, in one query; worded as the end asks."""
    scales, lists = _tallies(school_ids, first_year)
    changes: dict[Respondent, list[Change]] = defaultdict(list)
    repeats: dict[Respondent, list[Repeat]] = defaultdict(list)
    for group in groups:
        if group.moment is not Moment.FINAL:
            continue
        part = group.part
        for scale in group.scales:
            if tally := scales.get((part, scale.question.key)):
                changes[part].append(_change(scale.question.text, tally))
        for listed in group.lists:
            if tally := lists.get((part, listed.question.key)):
                same = tally.same if tally.n >= LEAST_SHOWN else None
                repeats[part].append(Repeat(listed.question.text, tally.n, same))
    return [
        Comparison(part, tuple(changes[part]), tuple(repeats[part]))
        for part in PARTICIPANTS
        if changes[part] or repeats[part]
    ]


def _change(text: str, tally: _Tally) -> Change:
    if tally.n < LEAST_SHOWN:
        return Change(text, tally.n, None, None, None)
    return Change(text, tally.n, tally.up, tally.same, tally.n - tally.up - tally.same)


def _tallies(school_ids: Sequence[int], first_year: int) -> tuple[Tallies, Tallies]:
    """Return what changed on scales, and of lists whether the same was chosen, by its words."""
    scales: Tallies = defaultdict(_Tally)
    lists: Tallies = defaultdict(_Tally)
    given = {"school_ids": list(school_ids), "first_year": first_year}
    for part, key, kinds, offered, values, count in map(_read, db.session.execute(_twice(), given)):
        if kinds == (QuestionKind.SCALE, QuestionKind.SCALE):
            tally = scales[part, key]
            tally.up += count if values[1] > values[0] else 0
            is_same = values[0] == values[1]
        elif set(kinds) <= set(LISTED):
            tally = lists[part, key]
            was, now = (set(chosen(*each)) for each in zip(offered, values, strict=True))
            is_same = was == now
        else:
            continue
        tally.n += count
        tally.same += count if is_same else 0
    return scales, lists


def _read(row: Sequence[Any]) -> tuple[Any, ...]:
    part, key, kind, last_kind, options, last_options, value, last_value, count = row
    return part, key, (kind, last_kind), (options, last_options), (value, last_value), count


@made_once
def _twice() -> Select[*tuple[Any, ...]]:
    """Select how often two answers were given by one person to one question, at the start and at the end.

    It goes from a person's first response to the last one, and from the first answer to the last, each
    step by an index: a join of all first answers with all last ones grows with their product.
    """
    first, last = aliased(Response), aliased(Response)
    begun, ended = aliased(Questionnaire), aliased(Questionnaire)
    same = zip(*((of.person_id, of.school_id, of.first_year) for of in (first, last)), strict=True)
    questions = aliased(Question), aliased(Question)
    answers = aliased(Answer), aliased(Answer)
    by = (
        *(begun.part, questions[0].key, questions[0].kind, questions[1].kind),
        *(questions[0].options, questions[1].options, answers[0].value, answers[1].value),
    )
    ids = (begun.part, questions[0].id, questions[1].id, answers[0].value, answers[1].value)
    rows = (
        select(*by, func.count())
        .select_from(first)
        .join(begun, begun.id == first.questionnaire_id)
        .join(last, and_(*(of_last == of_first for of_first, of_last in same)))
        .join(ended, (ended.id == last.questionnaire_id) & (ended.part == begun.part))
        .join(answers[0], answers[0].response_id == first.id)
        .join(questions[0], questions[0].id == answers[0].question_id)
        .join(
            questions[1],
            (questions[1].questionnaire_id == ended.id) & (questions[1].key == questions[0].key),
        )
        .join(
            answers[1],
            (answers[1].response_id == last.id) & (answers[1].question_id == questions[1].id),
        )
    )
    return rows.where(
        first.school_id.in_(bindparam("school_ids", expanding=True)),
        first.first_year == bindparam("first_year"),
        first.deleted_at.is_(None),
        last.deleted_at.is_(None),
        begun.moment == Moment.START,
        ended.moment == Moment.FINAL,
        *(each.kind.in_((QuestionKind.SCALE, *LISTED)) for each in questions),
        *(each.value.is_not(None) for each in answers),
    ).group_by(*ids)
