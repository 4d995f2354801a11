"""Changing what a school says of an activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Integer, Update, bindparam, update

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import Change, record
from nastav.db import Conflict, db
from nastav.stages import rules
from nastav.stages.evidence.operations import Details, add_row
from nastav.stages.models import ActivityStatus, Remark, SchoolActivity
from nastav.stages.operations import SAID, keep_said, touch_stage
from nastav.stages.records import ActivityRow, StageSheet
from nastav.statements import made_once, table_of, write

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
) -> ActivityRow | None:
    """Save what a school says of an activity, with the documents given by their details.

    The first save makes the rows and starts the stage. A revision is kept, unless nothing changed.

    Args:
        version: of the row the form was made from; 0 where there was none.
        counted: what the site itself counts for the activity, a proof when above zero.
        was: what can be restored afterwards, kept with the revision.

    Returns:
        the activity as it is now, where nothing else of its stage but the version has changed; else
        None: the stage is to be read anew.

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
    was_begun = touch_stage(actor, sheet)
    changes = _save_row(sheet.school_id, activity, values, version)
    if has_answer := _save_answer(sheet.school_id, activity.id, values.answer):
        changes["answer"] = (None, None)
    for document in documents:
        add_row(sheet.school_id, activity.id, document)
    if documents:
        changes["document"] = (None, "; ".join(document.text for document in documents))
    if changes:
        keep_said(actor, sheet, activity, vars(values), was)
        subject = f"Этап {sheet.head.roman}, мероприятие {activity.ordinal}"
        record(actor, "activity:saved", subject=subject, school_id=sheet.school_id, changes=changes)
    if documents or has_answer or not was_begun:
        return None
    said = {name: getattr(values, name) for name in SAID}
    before = activity.before if not changes else dict(was) if was else None
    raised = activity.version + (1 if changes or not version else 0)
    return replace(activity, **said, version=raised, before=before)


def _save_row(
    school_id: int, activity: ActivityRow, values: Values, version: int
) -> dict[str, Change]:
    """Write the row unless somebody saved it since it was read; return what changed of it."""
    if activity.version != version:
        raise Conflict
    said = {name: getattr(values, name) for name in SAID}
    changes = {
        name: (_shown(name, getattr(activity, name)), _shown(name, new))
        for name, new in said.items()
        if getattr(activity, name) != new
    }
    if not version:
        row = SchoolActivity(school_id=school_id, activity_id=activity.id, **said)
        db.session.add(row)
        db.session.flush()
    elif changes:
        of_row = {"of_school": school_id, "of_activity": activity.id, "was": version}
        if not write(_written(), {**said, **of_row}).rowcount:
            raise Conflict
    return changes


@made_once
def _written() -> Update:
    """Write what a school says over one version of it; made once, every save needs it."""
    row = SchoolActivity
    of_row = (
        row.school_id == bindparam("of_school", type_=Integer),
        row.activity_id == bindparam("of_activity", type_=Integer),
        row.version == bindparam("was", type_=Integer),
    )
    said: dict[str, Any] = {name: bindparam(name) for name in SAID}
    written = update(table_of(row)).where(*of_row)  # nobody holds the row
    return written.values(version=row.version + 1, **said)


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
