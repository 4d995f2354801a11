"""Making papers, and taking away one that was not signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from nastav import ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.blanks import queries as blanks
from nastav.contents.collectors import COLLECT
from nastav.db import NotNow, check_version, db
from nastav.papers.kinds import Kind
from nastav.paperwork import rules
from nastav.paperwork.drawing import Place
from nastav.paperwork.models import Paper


@dataclass
class Made:
    """The papers that were made, and why others were not: (kind, sentence)."""

    papers: list[Paper] = field(default_factory=list)
    refused: list[tuple[Kind, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Wanted:
    """A paper that is to be made: of which rows, by which version of the district's template."""

    kind: Kind
    on: date
    ids: dict[str, list[int]]
    template_id: int | None  # none: ours


def make(actor: Actor, place: Place, kinds: Sequence[Kind], on: date) -> Made:
    """Make a paper of each kind as of a day; nobody is counted by it.

    The same that waits for its signature already is not made twice.
    """
    made, templates = Made(), blanks.all_in_use(place.district.id)
    scope = place.scope(on)
    for kind in kinds:
        content = COLLECT[kind.key](scope)
        if content.nothing:
            made.refused.append((kind, content.nothing))
            continue
        ids = {key: list(found) for key, found in content.ids.items()}
        own = templates.get(kind.key)
        wanted = _Wanted(kind, on, ids, own.id if own else None)
        made.papers.append(_same(place, wanted) or _add(actor, place, wanted))
    return made


def remove(actor: Actor, paper: Paper, *, version: int) -> None:
    """Take away a paper that nobody signed.

    Raises:
        Conflict: it was saved meanwhile.
        NotNow: it has a number and a date.
    """
    check_version(paper, version)
    if paper.is_signed:
        raise NotNow(rules.SIGNED)
    record(actor, "paper:removed", subject=_subject(paper), school_id=paper.school_id)
    db.session.delete(paper)
    db.session.flush()


def _same(place: Place, wanted: _Wanted) -> Paper | None:
    asked = {
        "school_id": place.school.id,
        "first_year": place.cycle.first_year,
        "key": wanted.kind.key,
        "asked_on": wanted.on,
        "template_id": wanted.template_id,
        "dated": None,
    }
    rows = select(Paper).filter_by(**asked).order_by(Paper.id.desc())
    return next((paper for paper in db.session.scalars(rows) if paper.ids == wanted.ids), None)


def _add(actor: Actor, place: Place, wanted: _Wanted) -> Paper:
    paper = Paper(
        school_id=place.school.id,
        first_year=place.cycle.first_year,
        key=wanted.kind.key,
        asked_on=wanted.on,
        ids=wanted.ids,
        template_id=wanted.template_id,
        made_by=actor.name,
        number="",
        numbered_by="",
        effects={},
    )
    db.session.add(paper)
    db.session.flush()
    record(actor, "paper:made", subject=_subject(paper), school_id=paper.school_id)
    return paper


def _subject(paper: Paper) -> str:
    return f"{paper.kind.name}, на {ru.date_short(paper.asked_on)}"
