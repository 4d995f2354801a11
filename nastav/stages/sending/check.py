"""The self-check before a stage is sent: plain sentences, each with the place to mend it («ФЛК»).

It blocks only what the state rules forbid. What the records of the school say against a row comes from the
facts of that row (`facts.sentences`, `facts.statements`), in whatever school year it stands.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nastav import ru
from nastav.facts.rules import missing_kinds
from nastav.facts.sentences import Fact, Room
from nastav.stages import rules
from nastav.stages.facts import Beside
from nastav.stages.models import ActivityStatus
from nastav.stages.pages import CONTRADICTIONS, StagePage
from nastav.stages.records import ActivityRow, StageSheet
from nastav.stages.rules import Contradiction, Gap

SHORTEST_REASON = 10  # letters: «нет» and «не надо» explain nothing
NAMED = 10  # matches that a sentence names
NOTHING = Beside()
_GAPS = {
    Gap.STATUS: "отметьте «выполнено» или «не требуется».",
    Gap.DATE: "укажите дату выполнения.",
    Gap.FUTURE: "дата выполнения ещё не наступила.",
    Gap.PROOF: "нет подтверждения: добавьте документ.",
    Gap.REASON: "напишите, почему оно не требуется.",
}


class Level(StrEnum):
    """What a sentence of the self-check asks for, the gravest first."""

    GAP = "gap"  # the state rules forbid to send
    REMARK = "remark"  # to be confirmed; read in the receipt, in the queue and by the reviewer
    NOTE = "note"


@dataclass(frozen=True)
class Point:
    """A sentence of the self-check."""

    level: Level
    sentence: str
    activity: int | None = None  # the number of the activity where it is mended
    room: Room | None = None  # of the school's records, where it is mended there


@dataclass(frozen=True)
class SelfCheck:
    """All that the self-check says of a stage, the gravest first."""

    points: tuple[Point, ...]

    def at(self, level: Level) -> list[Point]:
        """Return the points of a level."""
        return [point for point in self.points if point.level is level]

    @property
    def is_ready(self) -> bool:
        """Tell whether nothing blocks the sending."""
        return not self.at(Level.GAP)

    @property
    def remarks(self) -> list[str]:
        """Return the sentences to be confirmed."""
        return [point.sentence for point in self.at(Level.REMARK)]

    @property
    def digest(self) -> str:
        """Return what tells these remarks from others, so that none is confirmed unseen."""
        return hashlib.sha256("\n".join(self.remarks).encode()).hexdigest()[:16]


def check(page: StagePage, *, today: date, beside: Beside = NOTHING) -> SelfCheck:
    """Return what to mend, what to confirm and what to look at again before sending.

    Args:
        page: the stage with its facts.
        today: the day.
        beside: what is counted of the stage as a whole.
    """
    points = [
        *(point for row in page.sheet.activities for point in _activity(page, row, today)),
        *_about_stage(page.sheet),
        *_about_records(page.sheet, beside),
    ]
    order = list(Level)
    return SelfCheck(tuple(sorted(points, key=lambda point: order.index(point.level))))


def _about_stage(sheet: StageSheet) -> Iterator[Point]:
    if 0 < sheet.total == sheet.not_required:
        yield Point(Level.REMARK, "Весь этап отмечен «не требуется».")
    late = sheet.standing.days_late
    if late:
        days = ru.counted(late, "день", "дня", "дней")
        yield Point(Level.NOTE, f"Срок прошёл {days} назад: этап будет отмечен как поздний.")


def _about_records(sheet: StageSheet, beside: Beside) -> Iterator[Point]:
    """What the school's records say of the whole stage."""
    board = Room("pair_list.board")
    if beside.doubles:
        rest = " и другие" if len(beside.doubles) > NAMED else ""
        text = f"Возможно, один ребёнок внесён дважды: {'; '.join(beside.doubles[:NAMED])}{rest}."
        yield Point(Level.REMARK, text, room=Room("own_matches.board"))
    if beside.misfits:
        count = ru.number(beside.misfits)
        text = f"Форма наставничества не подходит участникам, пар и групп: {count}."
        yield Point(Level.REMARK, text, room=board)
    if beside.ending_later:
        pairs = ru.counted(beside.ending_later, "пары или группы", "пар и групп", "пар и групп")
        text = f"У {pairs} согласованный срок работы позже {ru.date_short(sheet.head.due)}."
        yield Point(Level.NOTE, text, room=board)
    if beside.silent:
        text = f"Пар и групп, которые давно не встречались: {ru.number(beside.silent)}."
        yield Point(Level.NOTE, text, room=Room("pair_list.board", {"show": "silent"}))


def _activity(page: StagePage, row: ActivityRow, today: date) -> Iterator[Point]:
    found = rules.gaps_for_sending(
        row.status,
        done_on=row.done_on,
        reason=row.reason,
        has_proof=page.has_proof(row),
        today=today,
    )
    for gap in found:
        yield _of(row, Level.GAP, _GAPS[gap])
    # «выполнено» without a date is a gap already
    for contradiction in row.contradictions:
        if contradiction is not Contradiction.NO_DATE:
            yield _of(row, Level.REMARK, f"{ru.inside(CONTRADICTIONS[contradiction])}.")
    if row.status is ActivityStatus.NOT_REQUIRED:
        yield from _about_reason(row)
    else:
        yield from _about_facts(row, page.facts_of(row))
        yield from (_of(row, Level.NOTE, text) for text in _about_form(row, page.sheet.head.due))
    if any(not remark.answer for remark in row.remarks):
        text = "не написано, что исправлено по замечанию координатора."
        yield _of(row, Level.NOTE, text)


def _of(row: ActivityRow, level: Level, text: str, room: Room | None = None) -> Point:
    return Point(level, f"Мероприятие {row.ordinal}: {text}", row.ordinal, room)


def _about_reason(row: ActivityRow) -> Iterator[Point]:
    if row.reason and sum(map(str.isalpha, row.reason)) < SHORTEST_REASON:
        yield _of(row, Level.REMARK, "причина, по которой оно не требуется, слишком короткая.")


def _about_facts(row: ActivityRow, facts: Iterable[Fact]) -> Iterator[Point]:
    for fact in facts:
        if fact.weight is not None:
            yield _of(row, Level(fact.weight.value), f"{ru.inside(fact.sentence)}.", fact.room)


def _about_form(row: ActivityRow, due: date) -> Iterator[str]:
    """What the row itself says of «выполнено»; never a remark."""
    if row.status is not ActivityStatus.DONE:
        return
    if 0 < len(row.documents) < row.expected_documents:
        expected = ru.out_of(row.expected_documents, "ожидаемого документа", "ожидаемых документов")
        yield f"добавлено {len(row.documents)} из {expected}."
    missing = missing_kinds(row.key, [document.kind for document in row.documents])
    if row.documents and missing:
        yield f"среди документов нет: {ru.list_and(missing)}."
    if row.done_on and row.done_on > due:
        yield f"дата выполнения {ru.date_short(row.done_on)} позже срока этапа."
    if not row.responsible:
        yield "не указан ответственный."
