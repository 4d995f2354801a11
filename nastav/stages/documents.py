"""Reading documents; the bytes of a file are read by `file` alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, or_, select

from nastav import ru
from nastav.db import db
from nastav.district.models import Cycle
from nastav.photos.cleaning import REMOVED, Removed
from nastav.stages.models import Activity, Evidence, EvidenceFile, Stage
from nastav.statements import among, made_once, read, singled

OPEN_STAGE = 1  # files of stage I are open to the district (rules.md#files-of-stages)


@dataclass(frozen=True)
class Document:
    """A document of an activity in a school, without its bytes."""

    id: int
    version: int
    activity_id: int
    kind: str
    number: str
    dated: date | None
    no_names: bool
    file_name: str  # "" = no file; shown to the district only where `is_open`
    media_type: str
    size: int  # bytes
    removed: str  # what was taken out of a photo, by commas
    is_open: bool  # the district may see the file's name and open it

    @property
    def details(self) -> str:
        """Return «Приказ № 145 от 12.10.2020»."""
        return details(self.kind, self.number, self.dated)

    @property
    def has_file(self) -> bool:
        return bool(self.file_name)

    @property
    def notes(self) -> list[str]:
        """Return what was done to the file: «Координаты места съёмки удалены»."""
        return [REMOVED[Removed(text)] for text in self.removed.split(",") if text]


def details(kind: str, number: str, dated: date | None) -> str:
    """Return a document's details as people write them: «Приказ № 145 от 12.10.2020»."""
    parts = [kind[:1].upper() + kind[1:]]
    if number:
        parts.append(f"№\N{NO-BREAK SPACE}{number}")
    if dated:
        parts.append(f"от\N{NO-BREAK SPACE}{ru.date_short(dated)}")
    return " ".join(parts)


def documents(school_id: int, *stage_ids: int) -> list[Document]:
    """Return the documents of a school's stages that are not removed, in the order of adding."""
    return _read(_documents(school_id).where(Stage.id.in_(stage_ids)))


def documents_of_each(
    school_ids: Sequence[int], stage_ids: Sequence[int]
) -> dict[tuple[int, int], list[Document]]:
    """Return the documents of many schools, by (school's id, activity's id), in the order of adding."""
    ones, params = singled(school_ids=school_ids, stage_ids=stage_ids)
    found: dict[tuple[int, int], list[Document]] = defaultdict(list)
    for *columns, school_id in read(_of_each(ones), params).all():
        document = Document(*columns)
        found[school_id, document.activity_id].append(document)
    return found


def of_activity(school_id: int, activity_id: int) -> list[Document]:
    """Return the documents of one activity that are not removed, in the order of adding."""
    params = {"school_id": school_id, "activity_id": activity_id}
    return [Document(*tuple(row)) for row in read(_of_activity(), params)]


def document(school_id: int, stage_id: int, evidence_id: int) -> Document | None:
    """Return one document of a school's stage, or None."""
    rows = _documents(school_id).where(Stage.id == stage_id, Evidence.id == evidence_id)
    return next(iter(_read(rows)), None)


def documents_of_last_year(school_id: int, cycle: Cycle, activity_key: str) -> list[Document]:
    """Return the school's documents of the same activity in the district's previous school year."""
    last = (
        select(func.max(Cycle.first_year))
        .where(Cycle.district_id == cycle.district_id, Cycle.first_year < cycle.first_year)
        .scalar_subquery()
    )
    rows = (
        _documents(school_id)
        .join(Cycle, Cycle.id == Stage.cycle_id)
        .where(
            Cycle.district_id == cycle.district_id,
            Cycle.first_year == last,
            Activity.key == activity_key,
        )
    )
    return _read(rows)


def file(evidence_id: int) -> bytes | None:
    """Return the bytes of a document's file; the caller has checked who asks."""
    rows = select(EvidenceFile.content).where(EvidenceFile.evidence_id == evidence_id)
    return db.session.scalar(rows)


def bytes_used(school_id: int) -> int:
    """Return how much the files of a school take, in bytes."""
    rows = select(func.coalesce(func.sum(Evidence.size), 0)).where(
        Evidence.school_id == school_id, Evidence.removed_at.is_(None)
    )
    return db.session.scalar(rows) or 0


_COLUMNS: tuple[Any, ...] = (
    Evidence.id,
    Evidence.version,
    Evidence.activity_id,
    Evidence.kind,
    Evidence.number,
    Evidence.dated,
    Evidence.no_names,
    Evidence.file_name,
    Evidence.media_type,
    Evidence.size,
    Evidence.removed,
    or_(Evidence.no_names, Stage.ordinal == OPEN_STAGE),
)


def _documents(school_id: int) -> Select[Any]:
    return _every_document().where(Evidence.school_id == school_id)


@made_once
def _of_each(ones: frozenset[str]) -> Select[Any]:
    """Made once: every page of a stage asks."""
    rows = _every_document().add_columns(Evidence.school_id)
    own = among(Evidence.school_id, "school_ids", ones), among(Stage.id, "stage_ids", ones)
    return rows.where(*own)


@made_once
def _of_activity() -> Select[Any]:
    """Made once: every save of a stage asks."""
    school_id, activity_id = (
        bindparam(name, type_=Integer) for name in ("school_id", "activity_id")
    )
    own = (Evidence.school_id == school_id, Evidence.activity_id == activity_id)
    return _every_document().where(*own)


def _every_document() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(Activity, Activity.id == Evidence.activity_id)
        .join(Stage, Stage.id == Activity.stage_id)
        .where(Evidence.removed_at.is_(None))
        .order_by(Evidence.id)
    )


def _read(rows: Select[Any]) -> list[Document]:
    return [Document(*tuple(row)) for row in read(rows)]
