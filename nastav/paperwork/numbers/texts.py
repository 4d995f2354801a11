"""The field «документ» of trainings and awards that a signed paper holds."""

from typing import Any, Final

from sqlalchemy import select

from nastav.db import db
from nastav.gatherings.training.models import Training
from nastav.mentors.awards.models import Award
from nastav.paperwork.models import Paper
from nastav.paperwork.numbers.effects import Effects
from nastav.stages.documents import details

TABLES: Final[dict[str, Any]] = {"trainings": Training, "awards": Award}


def text_of(paper: Paper) -> str:
    """Return «Приказ о поощрении наставников № 5 от 24.05.2021»."""
    return details(paper.kind.name, paper.number, paper.dated)


def write(paper: Paper, effects: Effects) -> None:
    """Name the paper in each training and award it holds that names no other document."""
    for key in TABLES:
        for row in _rows(paper, key, paper.ids.get(key, [])):
            if not row.document:
                effects.texts.setdefault(key, {})[str(row.id)] = row.document
                row.document = text_of(paper)
    db.session.flush()


def replace(paper: Paper, old: str, new: str | None) -> None:
    """Put another text where the paper's own still stands; None: what stood there before it."""
    for key, before in Effects.of(paper).texts.items():
        for row in _rows(paper, key, [int(row_id) for row_id in before]):
            if row.document == old:
                row.document = before[str(row.id)] if new is None else new
    db.session.flush()


def _rows(paper: Paper, key: str, ids: list[int]) -> list[Any]:
    table = TABLES[key]
    if not ids:
        return []
    rows = select(table).where(table.school_id == paper.school_id, table.id.in_(ids))
    return list(db.session.scalars(rows))
