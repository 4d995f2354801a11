"""Changing what a school says of an activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import Change, record
from nastav.db import Conflict, db
from nastav.stages import rules
from nastav.stages.evidence.operations import Details, add_row
from nastav.stages.models import ActivityStatus, Remark, SchoolActivity
from nastav.stages.operations import keep_revision, touch_stage
from nastav.stages.records import ActivityRow, StageSheet

__all__ = ["Details", "NotProved", "Values", "save_activity"]


class NotProved(ValueError):
    """A status that the rules of an activity do not bear out; the form should have said so."""


@dataclass(frozen=True)
class Values:
    """What a school says of an activity; `answer` None leaves the answers to remarks alone."""

    status: ActivityStatus
    done_on: date | None = None
    responsible: str = ""
    comment: str = ""
    reason: str = ""
    answer: str | None = None


def save_activity(
    actor: Actor,
    sheet: StageSheet,
    activity: ActivityRow,
    values: Values,
    *,
    version: int,
    counted: int = 0,
    documents: Sequence[Details] = (),
    was: Mapping[str, Any] | None = None,
) -> None:
    """Save what a school says of an activity, with the documents given by their details.

    The first save makes the rows and starts the stage. A revision is kept, unless nothing changed.

    Args:
        version: of the row the form was made from; 0 where there was none.
        counted: what the site itself counts for the activity, a proof when above zero.
        was: what can be restored afterwards, kept with the revision.

    Raises:
        Conflict: the row was saved by somebody else in the meantime.
        Locked: the stage may not be changed now.
        NotProved: the status lacks its date, proof or reason.
    """
    has_proof = bool(activity.documents or documents or counted)
    if rules.gaps(
        values.status,
        done_on=values.done_on,
        reason=values.reason,
        has_proof=has_proof,
        today=dates.today(),
    ):
        raise NotProved
    touch_stage(actor, sheet)
    changes = _save_row(sheet.school_id, activity.id, values, version)
    if _save_answer(sheet.school_id, activity.id, values.answer):
        changes["answer"] = (None, None)
    for document in documents:
        add_row(sheet.school_id, activity.id, document)
    if documents:
        changes["document"] = (None, "; ".join(document.text for document in documents))
    if changes:
        keep_revision(actor, sheet, activity, was)
        subject = f"Этап {sheet.head.roman}, мероприятие {activity.ordinal}"
        record(actor, "activity:saved", subject=subject, school_id=sheet.school_id, changes=changes)


def _save_row(school_id: int, activity_id: int, values: Values, version: int) -> dict[str, Change]:
    rows = select(SchoolActivity).filter_by(school_id=school_id, activity_id=activity_id)
    row = db.session.scalar(rows)
    if (row.version if row else 0) != version:
        raise Conflict
    if row is None:
        row = SchoolActivity(
            school_id=school_id,
            activity_id=activity_id,
            status=ActivityStatus.NOT_STARTED,
            responsible="",
            comment="",
            reason="",
        )
        db.session.add(row)
    changes: dict[str, Change] = {}
    for name in ("status", "done_on", "responsible", "comment", "reason"):
        old, new = getattr(row, name), getattr(values, name)
        if old != new:
            changes[name] = (_shown(name, old), _shown(name, new))
            setattr(row, name, new)
    db.session.flush()
    return changes


def _shown(name: str, value: Any) -> Any:
    """Return a value for the journal; free text is named there, never kept.

    See rules.md#journal-without-values.
    """
    if name == "status":
        return value.value
    if name == "done_on":
        return value.isoformat() if value else None
    return None


def _save_answer(school_id: int, activity_id: int, answer: str | None) -> bool:
    if answer is None:
        return False
    changed = db.session.execute(
        update(Remark)
        .where(
            Remark.school_id == school_id,
            Remark.activity_id == activity_id,
            Remark.is_open.is_(True),
            Remark.answer != answer,
        )
        .values(answer=answer)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]
