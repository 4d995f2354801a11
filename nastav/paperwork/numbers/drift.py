"""What became of a paper's pairs since it was made, by the register's numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nastav import ru
from nastav.contents.rows import numbers_of
from nastav.pairs import queries
from nastav.pairs.models import PairState
from nastav.pairs.rows import PairRow
from nastav.paperwork.models import Paper
from nastav.paperwork.numbers.assigning import HOLDS, is_mistake, label


@dataclass(frozen=True)
class Drift:
    """What is said of a paper before its number is entered."""

    sentences: Sequence[str] = ()
    drafts: int = 0  # that will begin with it

    @property
    def is_empty(self) -> bool:
        return not self.sentences


def drifts(papers: Sequence[Paper]) -> dict[int, Drift]:
    """Return what became of the pairs of each of a school's papers, by the paper's id."""
    ids = sorted({key for paper in papers for key in paper.ids.get(HOLDS, [])})
    rows: dict[int, PairRow] = {}
    if ids:
        found = queries.pair_rows(papers[0].school_id, ids, first_year=papers[0].first_year)
        rows = {row.id: row for row in found}
    return {paper.id: _drift(paper, rows) for paper in papers}


def _drift(paper: Paper, rows: Mapping[int, PairRow]) -> Drift:
    ids = paper.ids.get(HOLDS, [])
    own = [rows[key] for key in ids if key in rows]
    said = [sentence for row in own for sentence in _of_pair(paper, row)]
    if gone := len(ids) - len(own):
        count = ru.counted(gone, "черновика", "черновиков", "черновиков")
        said.insert(0, f"{count} из бумаги больше нет")
    return Drift(said, sum(row.state is PairState.DRAFT for row in own))


def _of_pair(paper: Paper, row: PairRow) -> list[str]:
    whose = label(row)
    if is_mistake(paper, row):
        return [f"{whose} внесена по ошибке: номера не получит"]
    said = []
    if row.order_number:
        said.append(f"{whose} уже с приказом {row.order}: он останется")
    if row.state is PairState.CLOSED and row.ended:
        said.append(f"{whose} завершена {ru.date_short(row.ended)}")
    kept = set(paper.ids.get("members", []))
    gone = [m.who for m in row.members if m.id in kept and (m.left or m.is_mistake)]
    if gone:
        said.append(f"{whose}: вышли {numbers_of(gone)}")
    fresh = [m.who for m in row.members if m.id not in kept and not m.left and not m.is_mistake]
    if fresh:
        said.append(f"{whose}: добавлены {numbers_of(fresh)}")
    return said
