"""Reading the papers that a school has made."""

from collections.abc import Sequence

from sqlalchemy import select

from nastav.db import db
from nastav.district.models import Cycle, School
from nastav.papers.catalogue import KINDS
from nastav.paperwork.models import Paper, PaperFile, PaperText


def papers(school: School, cycle: Cycle) -> list[Paper]:
    """Return the papers of a school and school year, the first made first."""
    rows = select(Paper).filter_by(school_id=school.id, first_year=cycle.first_year)
    return list(db.session.scalars(rows.where(Paper.key.in_(KINDS)).order_by(Paper.id)))


def paper(school: School, cycle: Cycle, paper_id: int) -> Paper | None:
    """Return one of them, or None."""
    return next(iter(chosen(school, cycle, [paper_id])), None)


def chosen(school: School, cycle: Cycle, paper_ids: Sequence[int]) -> list[Paper]:
    """Return these papers of a school and school year; a foreign id is left out."""
    own = {"school_id": school.id, "first_year": cycle.first_year}
    rows = select(Paper).filter_by(**own).where(Paper.id.in_(paper_ids), Paper.key.in_(KINDS))
    return list(db.session.scalars(rows.order_by(Paper.id)))


def kept_bytes(paper: Paper) -> bytes | None:
    """Return a paper as it was signed, where it was kept: one without children's names."""
    rows = select(PaperFile.content).where(PaperFile.paper_id == paper.id)
    return db.session.scalar(rows)


def written(paper: Paper) -> dict[str, str] | None:
    """Return what the school wrote in a signed paper, by names; None of one that takes it as it stands."""
    if not paper.is_signed or not paper.kind.texts:
        return None
    rows = select(PaperText.name, PaperText.text).filter_by(paper_id=paper.id)
    return {name: text for name, text in db.session.execute(rows)}  # noqa: C416 - typed so
