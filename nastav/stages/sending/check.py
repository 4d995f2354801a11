"""The self-check before a stage is sent: plain sentences, each with the place to mend it («ФЛК»)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nastav import ru
from nastav.facts.sentences import Fact
from nastav.stages import rules
from nastav.stages.models import ActivityStatus
from nastav.stages.records import ActivityRow, StageSheet
from nastav.stages.rules import Gap

_GAPS = {
    Gap.STATUS: "отметьте «выполнено» или «не требуется».",
    Gap.DATE: "укажите дату выполнения.",
    Gap.FUTURE: "дата выполнения ещё не наступила.",
    Gap.PROOF: "нет подтверждения: добавьте документ.",
    Gap.REASON: "напишите, почему оно не требуется.",
}


@dataclass(frozen=True)
class Point:
    """A sentence of the self-check; only what the state rules forbid blocks the sending."""

    blocks: bool
    sentence: str
    activity: int | None = None  # the number of the activity where it is mended


def check(
    sheet: StageSheet, facts: Mapping[str, Fact], *, today: date, later_pairs: int = 0
) -> list[Point]:
    """Return what to mend (`blocks`) and what to look at again before sending."""
    points = [
        point
        for row in sheet.activities
        for point in _activity(row, facts.get(row.counts or ""), sheet.head.due, today)
    ]
    late = sheet.standing.days_late
    if late:
        days = ru.counted(late, "день", "дня", "дней")
        points.append(Point(False, f"Срок прошёл {days} назад: этап будет отмечен как поздний."))
    if later_pairs:
        points.append(Point(False, _later(later_pairs, sheet.head.due)))
    return sorted(points, key=lambda point: not point.blocks)


def is_ready(points: list[Point]) -> bool:
    """Tell whether nothing blocks the sending."""
    return not any(point.blocks for point in points)


def _activity(row: ActivityRow, fact: Fact | None, due: date, today: date) -> list[Point]:
    found = rules.gaps_for_sending(
        row.status,
        done_on=row.done_on,
        reason=row.reason,
        has_proof=bool(row.documents) or bool(fact and fact.count),
        today=today,
    )
    points = [Point(True, f"Мероприятие {row.ordinal}: {_GAPS[gap]}", row.ordinal) for gap in found]
    remarks = [*_about_proof(row, fact), *_about_remarks(row)]
    if row.status is ActivityStatus.DONE and row.done_on and row.done_on > due:
        day = ru.date_short(row.done_on)
        remarks.append(f"дата выполнения {day} позже срока этапа.")
    if row.status is ActivityStatus.DONE and not row.responsible:
        remarks.append("не указан ответственный.")
    return points + [
        Point(False, f"Мероприятие {row.ordinal}: {text}", row.ordinal) for text in remarks
    ]


def _about_proof(row: ActivityRow, fact: Fact | None) -> list[str]:
    if row.status is not ActivityStatus.DONE:
        return []
    sentences = []
    if 0 < len(row.documents) < row.expected_documents:
        expected = ru.out_of(row.expected_documents, "ожидаемого документа", "ожидаемых документов")
        sentences.append(f"добавлено {len(row.documents)} из {expected}.")
    if fact and fact.target is not None and fact.count < fact.target:
        sentences.append(f"{fact.sentence[0].lower()}{fact.sentence[1:]}.")
    return sentences


def _about_remarks(row: ActivityRow) -> list[str]:
    if any(not remark.answer for remark in row.remarks):
        return ["не написано, что исправлено по замечанию координатора."]
    return []


def _later(pairs: int, due: date) -> str:
    word = ru.counted(pairs, "пары или группы", "пар и групп", "пар и групп")
    return f"У {word} согласованный срок работы позже {ru.date_short(due)}."
