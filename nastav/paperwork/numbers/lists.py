"""What the page «Номера и даты» lists: papers that wait for theirs, and papers that have them."""

from collections.abc import Sequence
from dataclasses import dataclass

from nastav import ru
from nastav.paperwork import rules
from nastav.paperwork.models import Paper
from nastav.paperwork.numbers import proving
from nastav.paperwork.numbers.effects import Effects
from nastav.paperwork.numbers.proving import Spots


@dataclass(frozen=True)
class Signed:
    """A paper with its number, as the page lists it."""

    paper: Paper
    waiting: Sequence[str]  # «этап V: будет внесён, когда его откроют», without a sign at the end
    may_write: bool  # its waiting lines can be written now
    may_undo: bool
    order: Paper | None  # that approved it, and gives it its number

    @property
    def name(self) -> str:
        return rules.named(self.paper.kind)

    @property
    def mark(self) -> str:
        return rules.mark(self.paper.number, self.paper.dated)

    @property
    def written(self) -> str:
        """Return where it stands among the documents: «документов этапов: 2», or nothing."""
        effects = Effects.of(self.paper)
        count = len(effects.lines) + len(effects.there)
        if not count:
            return ""
        return ru.counted(count, "документ этапа", "документа этапов", "документов этапов")


def waiting(papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers that a number or a date is entered for; what an order approves comes with it."""
    return [
        paper
        for paper in papers
        if not paper.is_signed
        and (paper.kind.proofs or paper.kind.is_numbered)
        and (not paper.kind.approved_by or order_of(paper, papers))
    ]


def order_of(paper: Paper, papers: Sequence[Paper]) -> Paper | None:
    """Return the signed order that approves a paper made after it; its number is offered.

    With an order made anew the paper waits for the number of that one.
    """
    key = paper.kind.approved_by
    found = [other for other in papers if key and other.key == key]
    newest = max(found, key=lambda other: other.id, default=None)
    return newest if newest and newest.is_signed else None


def signed(papers: Sequence[Paper], known: Spots) -> list[Signed]:
    """Return the papers with a number or a date, the first made first."""
    by_id = {paper.id: paper for paper in papers}
    return [
        _signed(paper, known, by_id.get(paper.order_id or 0)) for paper in papers if paper.dated
    ]


def _signed(paper: Paper, known: Spots, order: Paper | None) -> Signed:
    lines = proving.waiting(paper, known)
    open_now = [line for line in lines if not known[line.activity].sheet.is_locked]
    said = [
        f"документ этапа {known[line.activity].sheet.head.roman} "
        + ("можно внести: этап открыт" if line in open_now else "будет внесён, когда этап откроют")
        for line in lines
    ]
    may_undo = order is None and not proving.is_locked(paper, known)
    return Signed(paper, said, bool(open_now), may_undo, order)
