"""Changing documents: adding, mending, removing, taking them over from last year."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.stages.documents import Document, details
from nastav.stages.models import Evidence, EvidenceFile
from nastav.stages.operations import keep_revision, touch_stage
from nastav.stages.records import ActivityRow, StageSheet
from nastav.uploads import Upload


@dataclass(frozen=True)
class Details:
    """A document by its details; `no_names` says that its file holds no children's names."""

    kind: str
    number: str = ""
    dated: date | None = None
    no_names: bool = False

    @property
    def text(self) -> str:
        """Return «Приказ № 145 от 12.10.2020»."""
        return details(self.kind, self.number, self.dated)


def add_document(
    actor: Actor,
    sheet: StageSheet,
    activity: ActivityRow,
    given: Details,
    upload: Upload | None = None,
) -> int:
    """Add a document to an activity, with its file if there is one; return its id.

    Raises:
        Locked: the stage may not be changed now.
    """
    touch_stage(actor, sheet)
    row = add_row(sheet.school_id, activity.id, given)
    _put_file(row, upload)
    _note(actor, sheet, activity, "document:added", row)
    return row.id


def take_over(
    actor: Actor, sheet: StageSheet, activity: ActivityRow, chosen: Sequence[Document]
) -> None:
    """Copy the details of last year's documents; their files and marks are not taken over.

    Raises:
        Locked: the stage may not be changed now.
    """
    touch_stage(actor, sheet)
    for document in chosen:
        row = add_row(
            sheet.school_id, activity.id, Details(document.kind, document.number, document.dated)
        )
        record(
            actor,
            "document:added",
            subject=_subject(sheet, activity, row),
            school_id=sheet.school_id,
        )
    keep_revision(actor, sheet, activity)


def change_document(
    actor: Actor,
    sheet: StageSheet,
    activity: ActivityRow,
    document: Document,
    given: Details,
    *,
    version: int,
    upload: Upload | None = None,
) -> None:
    """Change the details of a document; an upload takes the place of its file.

    Raises:
        Conflict: the document was changed or removed by somebody else in the meantime.
        Locked: the stage may not be changed now.
    """
    touch_stage(actor, sheet)
    row = db.session.get_one(Evidence, document.id)
    check_version(row, version)
    row.kind, row.number, row.dated = given.kind, given.number, given.dated
    row.no_names = given.no_names
    _put_file(row, upload)
    _note(actor, sheet, activity, "document:changed", row)


def remove_document(
    actor: Actor, sheet: StageSheet, activity: ActivityRow, document: Document, *, version: int
) -> None:
    """Remove a document: its details stay for the history, its file is deleted.

    Raises:
        Conflict: the document was changed by somebody else in the meantime.
        Locked: the stage may not be changed now.
    """
    touch_stage(actor, sheet)
    row = db.session.get_one(Evidence, document.id)
    check_version(row, version)
    row.removed_at = dates.now()
    db.session.execute(delete(EvidenceFile).where(EvidenceFile.evidence_id == row.id))
    _note(actor, sheet, activity, "document:removed", row)


def note_download(actor: Actor, sheet: StageSheet, document: Document) -> None:
    """Write into the journal who took a file."""
    subject = f"Этап {sheet.head.roman}, документ {document.id}"
    record(actor, "document:downloaded", subject=subject, school_id=sheet.school_id)


def add_row(school_id: int, activity_id: int, given: Details) -> Evidence:
    """Add a document's row alone, for operations that keep the revision themselves."""
    row = Evidence(
        school_id=school_id,
        activity_id=activity_id,
        kind=given.kind,
        number=given.number,
        dated=given.dated,
        no_names=given.no_names,
        file_name="",
        size=0,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _put_file(row: Evidence, upload: Upload | None) -> None:
    if upload is None:
        return
    row.file_name, row.media_type = upload.name, upload.media_type
    row.size, row.removed = len(upload.content), ",".join(upload.removed)
    digest = hashlib.sha256(upload.content).hexdigest()
    rows = select(EvidenceFile).filter_by(evidence_id=row.id)
    stored = db.session.scalar(rows)
    if stored is None:
        stored = EvidenceFile(evidence_id=row.id)
        db.session.add(stored)
    stored.sha256, stored.content = digest, upload.content


def _note(
    actor: Actor, sheet: StageSheet, activity: ActivityRow, event: str, row: Evidence
) -> None:
    """Keep the activity's revision and write the journal: details only, never a file's name."""
    keep_revision(actor, sheet, activity)
    subject = _subject(sheet, activity, row)
    record(actor, event, subject=subject, school_id=sheet.school_id)


def _subject(sheet: StageSheet, activity: ActivityRow, row: Evidence) -> str:
    text = details(row.kind, row.number, row.dated)
    return f"Этап {sheet.head.roman}, мероприятие {activity.ordinal}: {text}"
