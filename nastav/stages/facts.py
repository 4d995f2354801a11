"""The facts of one stage of a school: what proves an activity, and what is only said beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from nastav.district.models import Cycle
from nastav.facts import queries
from nastav.facts.beside import BESIDE
from nastav.facts.queries import Place
from nastav.facts.sentences import PLANNED, PROVING, Fact, Figures, plain, planned
from nastav.stages.records import StageSheet


@dataclass(frozen=True)
class StageFacts:
    """What the site says of a stage; only what `proving` holds is ever a proof."""

    proving: Mapping[str, Fact]  # by an activity's `counts`
    beside: Mapping[str, tuple[Fact, ...]]  # by an activity's key


def facts(sheet: StageSheet, cycle: Cycle) -> StageFacts:
    """Return the site's own figures for a stage; three queries at most."""
    keys = [row.counts for row in sheet.activities if row.counts in PROVING]
    more = [one for row in sheet.activities for one in BESIDE.get(row.key, ())]
    names = {name for key in keys for name in PROVING[key]}
    # the stage about what pairs do, not how they are formed
    if {"pairs", "pairs_with_goal"} <= names:
        names |= {"meetings", "pairs_met"}
    names |= {name for one in more for name in one.needs}
    place = _place(sheet, cycle)
    figures = queries.figures(place, names)
    return StageFacts(_proving(sheet, place, keys, figures), _beside(sheet, figures))


def pairs_ending_later(sheet: StageSheet, cycle: Cycle) -> int:
    """Return how many open pairs have agreed to work beyond the stage's deadline."""
    return queries.pairs_ending_later(_place(sheet, cycle), sheet.head.due)


def _place(sheet: StageSheet, cycle: Cycle) -> Place:
    return Place(sheet.school_id, cycle.district_id, cycle.first_year)


def _proving(sheet: StageSheet, place: Place, keys: list[str], figures: Figures) -> dict[str, Fact]:
    year = sheet.head.due.year
    plan = queries.plan(place.school_id, year) if PLANNED & set(keys) else {}
    return {
        key: planned(key, figures, plan.get(key), year)
        if key in PLANNED
        else plain(key, figures, place.first_year)
        for key in keys
    }


def _beside(sheet: StageSheet, figures: Figures) -> dict[str, tuple[Fact, ...]]:
    found = {
        row.key: [one.fact(figures) for one in BESIDE.get(row.key, ())] for row in sheet.activities
    }
    return {key: tuple(one for one in said if one) for key, said in found.items()}
