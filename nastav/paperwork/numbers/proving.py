"""The lines of evidence that a signed paper becomes, and the activities it proves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from nastav import ru
from nastav.access import Actor
from nastav.db import NotNow
from nastav.papers.kinds import Proof
from nastav.paperwork.drawing import Place
from nastav.paperwork.models import Paper
from nastav.paperwork.numbers.effects import Effects, read, stored
from nastav.stages import pages as stage_pages
from nastav.stages import queries, rules
from nastav.stages.activities import declaring
from nastav.stages.activities.operations import Values, save_activity
from nastav.stages.documents import Document
from nastav.stages.evidence.operations import (
    Details,
    add_document,
    change_document,
    remove_document,
)
from nastav.stages.models import ActivityStatus
from nastav.stages.records import ActivityRow, StageSheet


class Spot(NamedTuple):
    """An activity of the school year, and the stage it stands in."""

    sheet: StageSheet
    row: ActivityRow


Spots = Mapping[str, Spot]  # by the activity's key


def spots(place: Place) -> Spots:
    """Return every activity of the school in the school year."""
    sheets = queries.year_sheets(place.school.id, place.cycle.id)
    return {row.key: Spot(sheet, row) for sheet in sheets for row in sheet.activities}


def waiting(paper: Paper, known: Spots) -> list[Proof]:
    """Return which of a signed paper's lines wait until a stage is open again."""
    effects = Effects.of(paper)
    proofs = paper.kind.proofs if paper.is_signed else ()
    return [p for p in proofs if p.activity in known and not effects.has_line(p.activity)]


def is_locked(paper: Paper, known: Spots) -> bool:
    """Tell whether a line of a paper stands in a stage that may not be changed now."""
    lines = Effects.of(paper).lines
    return any(key in known and known[key].sheet.is_locked for key in lines)


def write(actor: Actor, paper: Paper, known: Spots, effects: Effects) -> list[str]:
    """Add a paper's lines of evidence where the stages are open; return what is to be said."""
    said = []
    for proof in paper.kind.proofs:
        spot = known.get(proof.activity)
        if spot is None or effects.has_line(proof.activity):
            continue
        given = Details(proof.kind, paper.number, paper.dated)
        if any(_details(found) == given for found in spot.row.documents):
            effects.there.append(proof.activity)
        elif spot.sheet.is_locked:
            said.append(f"документ этапа {spot.sheet.head.roman} будет внесён, когда этап откроют")
        else:
            effects.lines[proof.activity] = add_document(actor, spot.sheet, spot.row, given)
    return said


def declare(actor: Actor, place: Place, papers: Iterable[Paper]) -> list[str]:
    """Declare done, on the paper's date, what its lines prove; return what could not be, and why."""
    wanted = {key: paper for paper in papers for key in _lines(Effects.of(paper))}
    said = []
    for page in stage_pages.of_year(place.school.id, place.cycle) if wanted else ():
        for row in page.sheet.activities:
            paper = wanted.get(row.key)
            is_done = row.status is ActivityStatus.DONE
            if paper is None or is_done or page.sheet.is_locked:
                continue
            if objection := page.objection(row):
                where = f"{page.sheet.head.roman}.{row.ordinal}"
                said.append(f"мероприятие {where} не отмечено: {ru.inside(objection)}")
                continue
            effects = Effects.of(paper)
            effects.done[row.key] = [row.status.value, stored(row.done_on)]
            effects.keep(paper)
            counted = page.counted(row)
            declaring.declare(
                actor, page.sheet, row, version=row.version, counted=counted, on=paper.dated
            )
    return said


def correct(actor: Actor, paper: Paper, known: Spots, number: str, dated: date) -> list[str]:
    """Give a paper's lines another number and date; return which were changed by hand and stay.

    Raises:
        NotNow: a line stands in a stage that may not be changed now.
    """
    check_open(paper, known)
    said = []
    for key, evidence_id in Effects.of(paper).lines.items():
        spot, found = _line(known, key, evidence_id)
        if spot is None or found is None:
            continue
        if (found.number, found.dated) != (paper.number, paper.dated):
            said.append(f"документ этапа {spot.sheet.head.roman} исправляли вручную, он остался")
            continue
        given = Details(found.kind, number, dated, found.no_names)
        change_document(actor, spot.sheet, spot.row, found, given, version=found.version)
    return said


def move_done(actor: Actor, place: Place, papers: Sequence[Paper], was: date) -> None:
    """Let what was declared done on a paper's former date be done on its present one."""
    wanted = {key: paper for paper in papers for key in Effects.of(paper).done}
    for sheet, row in spots(place).values() if wanted else ():
        paper = wanted.get(row.key)
        if paper and row.status is ActivityStatus.DONE and row.done_on == was:
            _save(actor, sheet, row, row.status, paper.dated)


def check_open(paper: Paper, known: Spots) -> None:
    """Refuse a change of what is under review or accepted.

    Raises:
        NotNow: names the stage.
    """
    for key in Effects.of(paper).lines:
        if key in known and known[key].sheet.is_locked:
            roman = known[key].sheet.head.roman
            raise NotNow(
                f"Этап {roman} на проверке или принят: номер и дату меняют, когда он открыт."
            )


def take_back(actor: Actor, papers: Sequence[Paper], place: Place) -> None:
    """Make activities what they were before the papers, and remove the papers' lines.

    Raises:
        NotNow: a stage is locked, a file was put to a line, or the line is all that proves an activity.
    """
    known = spots(place)
    for paper in papers:
        check_open(paper, known)
        for key, (status, day) in Effects.of(paper).done.items():
            spot = known.get(key)
            is_ours = spot and spot.row.status is ActivityStatus.DONE
            if spot and is_ours and spot.row.done_on == paper.dated:
                _save(actor, spot.sheet, spot.row, ActivityStatus(status), read(day))
    for paper in papers:
        for key, evidence_id in Effects.of(paper).lines.items():
            _remove(actor, place, key, evidence_id)


def _remove(actor: Actor, place: Place, key: str, evidence_id: int) -> None:
    known = spots(place)  # anew: each line that goes leaves fewer proofs
    spot, found = _line(known, key, evidence_id)
    if spot is None or found is None:
        return
    roman = spot.sheet.head.roman
    if found.has_file:
        raise NotNow(f"К документу этапа {roman} приложен файл: сначала удалите документ там.")
    counted = _counted(place, key)
    if rules.is_last_proof(spot.row.status, len(spot.row.documents), counted):
        raise NotNow(
            f"Документ — единственное подтверждение мероприятия {roman}.{spot.row.ordinal}: "
            "сначала измените его статус."
        )
    remove_document(actor, spot.sheet, spot.row, found, version=found.version)


def _counted(place: Place, key: str) -> int:
    for page in stage_pages.of_year(place.school.id, place.cycle):
        for row in page.sheet.activities:
            if row.key == key:
                return page.counted(row)
    return 0


def _lines(effects: Effects) -> Collection[str]:
    return {*effects.lines, *effects.there}


def _line(known: Spots, key: str, evidence_id: int) -> tuple[Spot | None, Document | None]:
    spot = known.get(key)
    documents = spot.row.documents if spot else ()
    return spot, next((found for found in documents if found.id == evidence_id), None)


def _details(found: Document) -> Details:
    return Details(found.kind, found.number, found.dated)


def _save(
    actor: Actor, sheet: StageSheet, row: ActivityRow, status: ActivityStatus, done_on: date | None
) -> None:
    values = Values(
        status=status,
        done_on=done_on,
        responsible=row.responsible,
        comment=row.comment,
        reason=row.reason,
    )
    save_activity(actor, sheet, row, values, version=row.version, counted=1)
