"""What may be done with a paper, and what is said of it: no database."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from nastav import dates, ru
from nastav.contents.scope import Ids
from nastav.district.models import Cycle
from nastav.papers.kinds import Kind
from nastav.paperwork.models import Paper

SIGNED: Final = "Бумага уже с номером: сделайте новую рядом или поправьте номер и дату."


def asked_day(cycle: Cycle, today: date) -> date:
    """Return as of which day a paper of a school year is made: today, or the year's nearest day."""
    first, last = dates.cycle_bounds(cycle.first_year)
    return max(first, min(today, last))


def latest(papers: Iterable[Paper]) -> dict[str, list[Paper]]:
    """Return the papers of each kind, the newest first."""
    found: dict[str, list[Paper]] = {}
    for paper in sorted(papers, key=lambda paper: -paper.id):
        found.setdefault(paper.key, []).append(paper)
    return found


def named(kind: Kind) -> str:
    """Return «Приказ о закреплении пар», as a heading has it."""
    return ru.capitalized(kind.name)


def people_in(ids: Ids) -> int:
    """Return how many people's names a paper made of these ids holds."""
    for key in ("members", "people", "awards", "team"):
        if ids.get(key):
            return len(ids[key])
    return max((len(found) for found in ids.values()), default=0)


def mark(number: str, dated: date | None) -> str:
    """Return «№ 87 от 10.12.2020», as much of it as there is."""
    parts = [f"№{ru.NBSP}{number}"] if number else []
    parts += [f"от{ru.NBSP}{ru.date_short(dated)}"] if dated else []
    return " ".join(parts)
