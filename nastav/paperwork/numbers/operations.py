"""Entering the number and date of signed papers, with all that follows; correcting and undoing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, NotNow, check_version, db
from nastav.papers.kinds import Kind
from nastav.paperwork import rules
from nastav.paperwork.drawing import Place, draw, is_kept
from nastav.paperwork.models import Paper, PaperFile, PaperText
from nastav.paperwork.numbers import assigning, proving, texts
from nastav.paperwork.numbers.assigning import Given
from nastav.paperwork.numbers.effects import Effects
from nastav.requisites.texts import queries as school_texts


@dataclass(frozen=True)
class Entry:
    """What was typed of a paper: its number and date, and what is to follow."""

    paper: Paper
    number: str
    dated: date
    version: int  # of the paper, as the form showed it
    is_done: bool = True  # declare its activities done
    begins: bool = True  # begin the drafts it holds

    @property
    def given(self) -> Given:
        return Given(self.number, self.dated)


def enter(actor: Actor, place: Place, entries: Sequence[Entry]) -> list[str]:
    """Enter numbers and dates; return what is to be said of it. The same sent twice has one effect.

    Raises:
        Conflict: a paper was given another number or date meanwhile.
        NotAllowed: a draft cannot begin; it names the form's field.
    """
    fresh = [entry for entry in entries if _is_fresh(entry)]
    said: list[str] = []
    done: list[Paper] = []
    known = proving.spots(place) if fresh else {}
    for entry in fresh:
        signed = [entry.paper, *_approved(entry.paper)]
        for paper in signed:
            said += _sign(actor, place, paper, entry, known)
        done += signed if entry.is_done else []
    db.session.flush()
    return [*said, *proving.declare(actor, place, done)]


def correct(
    actor: Actor, place: Place, paper: Paper, number: str, dated: date, *, version: int
) -> list[str]:
    """Give a signed paper another number or date: its lines, pairs and texts change with it.

    Returns:
        what was changed by hand since, and stays.

    Raises:
        Conflict: the paper was saved meanwhile.
        NotNow: a line stands in a locked stage, or another order approved it.
        Refused: a pair cannot begin on the new date.
    """
    if (paper.number, paper.dated) == (number, dated):
        return []  # sent twice
    check_version(paper, version)
    if paper.dated is None or paper.order_id is not None:
        raise NotNow("Номер и дату этой бумаге даёт приказ, которым она утверждена.")
    was = paper.dated
    together = [paper, *_with(paper)]
    known = proving.spots(place)
    said: list[str] = []
    for one in together:
        said += proving.correct(actor, one, known, number, dated)
    for one in together:
        assigning.correct(actor, one, Given(number, dated), Effects.of(one))
        old = texts.text_of(one)
        _note(actor, "paper:corrected", one, number, dated)
        one.number, one.dated = number, dated
        texts.replace(one, old, texts.text_of(one))
    db.session.flush()
    proving.move_done(actor, place, together, was)
    return said


def undo(actor: Actor, place: Place, paper: Paper, *, version: int) -> list[str]:
    """Take the number and date away again, with all that followed from them.

    Returns:
        what was changed since, and stays.

    Raises:
        Conflict: the paper was saved meanwhile.
        NotNow: a stage of its lines was sent, or something stands on a line.
    """
    if not paper.is_signed:
        return []  # sent twice
    check_version(paper, version)
    if paper.order_id is not None:
        raise NotNow("Номер и дату этой бумаге даёт приказ, которым она утверждена.")
    together = [paper, *_with(paper)]
    proving.take_back(actor, together, place)
    said: list[str] = []
    for one in together:
        said += assigning.undo(actor, one, Effects.of(one))
        texts.replace(one, texts.text_of(one), None)
        _note(actor, "paper:unnumbered", one, "", None)
        for kept in (PaperFile, PaperText):
            db.session.execute(delete(kept).filter_by(paper_id=one.id))
        one.number, one.dated, one.numbered_at, one.numbered_by = "", None, None, ""
        one.order_id = None
        Effects().keep(one)
    db.session.flush()
    return said


def write_waiting(actor: Actor, place: Place, paper: Paper) -> list[str]:
    """Write the lines of a signed paper that waited for a stage to be opened; twice is once."""
    effects = Effects.of(paper)
    said = proving.write(actor, paper, proving.spots(place), effects)
    effects.keep(paper)
    db.session.flush()
    return [*said, *proving.declare(actor, place, [paper])]


def _is_fresh(entry: Entry) -> bool:
    paper = entry.paper
    if paper.is_signed:
        if (paper.number, paper.dated) == (entry.number, entry.dated):
            return False
        raise Conflict
    check_version(paper, entry.version)
    return True


def _sign(
    actor: Actor, place: Place, paper: Paper, entry: Entry, known: proving.Spots
) -> list[str]:
    """Give one paper its number and date; whatever is approved by it has the same."""
    effects = Effects()
    content = draw(place, paper).content if is_kept(paper.kind) else b""
    _note(actor, "paper:numbered", paper, entry.number, entry.dated)
    paper.number, paper.dated = entry.number, entry.dated
    paper.numbered_at, paper.numbered_by = dates.now(), actor.name
    paper.order_id = _order_of(paper, entry)
    if content:
        db.session.add(PaperFile(paper_id=paper.id, content=content))
    for name, text in _own_texts(place, paper).items():
        db.session.add(PaperText(paper_id=paper.id, name=name, text=text))
    said = assigning.assign(actor, paper, entry.given, effects, begins=entry.begins)
    texts.write(paper, effects)
    said += proving.write(actor, paper, known, effects)
    effects.keep(paper)
    return said


def _own_texts(place: Place, paper: Paper) -> dict[str, str]:
    """Return what the school wrote for a paper: signed it keeps that, whatever is written later."""
    if not paper.kind.texts:
        return {}
    found = school_texts.texts(place.school.id, place.cycle.first_year)
    return {name: found[name] for name in paper.kind.texts if found[name]}


def _order_of(paper: Paper, entry: Entry) -> int | None:
    """Return the id of the order that approves a paper, where it has that order's number and date."""
    key = paper.kind.approved_by
    if not key:
        return None
    if entry.paper.key == key:
        return entry.paper.id
    asked = {"number": entry.number, "dated": entry.dated, "key": key}
    rows = select(Paper.id).filter_by(**asked, **_place_of(paper))
    return db.session.scalar(rows)


def _approved(order: Paper) -> list[Paper]:
    """Return the unsigned papers that an order approves, of each kind the newest."""
    rows = select(Paper).filter_by(**_place_of(order), dated=None).order_by(Paper.id)
    kinds: dict[str, Paper] = {}
    for paper in db.session.scalars(rows):
        if _is_approved_by(paper.kind, order.kind):
            kinds[paper.key] = paper
    return list(kinds.values())


def _is_approved_by(kind: Kind, order: Kind) -> bool:
    return bool(kind.approved_by) and kind.approved_by == order.key


def _with(order: Paper) -> list[Paper]:
    """Return the papers that were signed with an order."""
    return list(db.session.scalars(select(Paper).filter_by(order_id=order.id).order_by(Paper.id)))


def _place_of(paper: Paper) -> dict[str, int]:
    return {"school_id": paper.school_id, "first_year": paper.first_year}


def _note(actor: Actor, event: str, paper: Paper, number: str, dated: date | None) -> None:
    old, new = rules.mark(paper.number, paper.dated), rules.mark(number, dated)
    record(
        actor,
        event,
        subject=paper.kind.name,
        school_id=paper.school_id,
        changes={"number_and_date": (old, new)},
    )
