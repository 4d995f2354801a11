"""The page «Бумаги»: what can be made of each stage, what is missing, what was made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from nastav.contents import own, reads
from nastav.contents.collectors import COLLECT
from nastav.contents.scope import Scope
from nastav.papers.catalogue import KINDS
from nastav.papers.kinds import Kind
from nastav.paperwork import rules
from nastav.paperwork.drawing import Place
from nastav.paperwork.models import Paper
from nastav.requisites.records import FIELDS
from nastav.stages.records import StageHead

CURATOR = "curator"


@dataclass(frozen=True)
class Offer:
    """A kind of paper on the page: whether it can be made now, and what was made of it."""

    kind: Kind
    nothing: str  # why there is nothing to make; "" = there is
    remarks: Sequence[str]
    missing: Sequence[str]  # keys of requisites that are asked for first
    papers: Sequence[Paper]  # the newest first
    written: int = 0  # how many of the school's own texts (`Kind.texts`) there are

    @property
    def name(self) -> str:
        return rules.named(self.kind)

    @property
    def lacks_curator(self) -> bool:
        """Tell whether the working group has nobody marked as the curator."""
        return CURATOR in self.missing

    @property
    def asks(self) -> bool:
        """Tell whether something is asked for before the paper is made."""
        return any(key != CURATOR for key in self.missing)

    @property
    def approved_with(self) -> str:
        """Return which order approves it: «приказ о внедрении Программы»; "" for none."""
        return KINDS[self.kind.approved_by].name if self.kind.approved_by else ""

    @property
    def approves(self) -> list[str]:
        """Return what an order approves and is made with it."""
        return [kind.name for kind in KINDS.values() if kind.approved_by == self.kind.key]


@dataclass(frozen=True)
class StagePapers:
    """A stage with its papers."""

    head: StageHead
    offers: Sequence[Offer]


def asked(stages_: Sequence[StagePapers]) -> list[str]:
    """Return what any of the papers asks for first, as the form of requisites calls it; each once."""
    missing = {key for stage in stages_ for offer in stage.offers for key in offer.missing}
    return [name for key, name in FIELDS.items() if key in missing - {CURATOR}]


def stages_of(place: Place, papers: Sequence[Paper], on: date) -> list[StagePapers]:
    """Return the papers of each stage that has any, in as many queries for many people as for few."""
    made = rules.latest(papers)
    scope = replace(place.scope(on), is_glance=True)  # one for all: what they share is read once
    offers = [
        _offer(place, scope, KINDS[key], made.get(key, [])) for key in KINDS if key in COLLECT
    ]
    found = []
    for head in reads.heads(scope):
        own = [offer for offer in offers if offer.kind.stage == head.ordinal]
        if own:
            found.append(StagePapers(head, own))
    return found


def _offer(place: Place, scope: Scope, kind: Kind, papers: Sequence[Paper]) -> Offer:
    content = COLLECT[kind.key](scope)
    missing = place.missing(kind, scope.on)
    texts = own.written(scope) if kind.texts else {}
    written = sum(bool(texts[name]) for name in kind.texts)
    return Offer(kind, content.nothing, content.remarks, missing, papers, written)
