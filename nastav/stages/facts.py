"""The facts of one stage of a school: what proves an activity, and what is only said beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nastav import dates
from nastav.coverage import lacking
from nastav.district.models import Cycle
from nastav.facts import queries
from nastav.facts.queries import Place
from nastav.facts.sentences import PLANNED, PROVING, Fact, Figures, plain, planned
from nastav.facts.statements import STATEMENTS
from nastav.identity.matches.within import queries as within
from nastav.pairs import queries as pairs
from nastav.pairs.fitting import misfit
from nastav.pairs.models import PairState
from nastav.stages.records import StageSheet

MENTEE_BASE, PAIRS, PAIR_WORK = "mentee_base", "pairs", "pair_work"  # stable keys of stages


@dataclass(frozen=True)
class StageFacts:
    """What the site says of a stage; only what `proving` holds is ever a proof."""

    proving: Mapping[str, Fact]  # by an activity's `counts`
    statements: Mapping[str, tuple[Fact, ...]]  # by an activity's key


def facts(sheet: StageSheet, cycle: Cycle) -> StageFacts:
    """Return the site's own figures for a stage; three queries at most."""
    return facts_of([sheet], cycle)[0]


def facts_of(sheets: Sequence[StageSheet], cycle: Cycle) -> list[StageFacts]:
    """Return the site's own figures for stages of a school in a school year, counted together."""
    if not sheets:
        return []
    place = _place(sheets[0], cycle)
    needed = [_names(sheet) for sheet in sheets]
    figures = queries.figures(place, set().union(*needed))
    found = []
    for sheet, names in zip(sheets, needed, strict=True):
        own = {name: figures[name] for name in names}  # stages say different things of one count
        found.append(StageFacts(_proving(sheet, place, own), _statements(sheet, own)))
    return found


def _names(sheet: StageSheet) -> set[str]:
    names = {name for key in _keys(sheet) for name in PROVING[key]}
    # the stage about what pairs do, not how they are formed
    if {"pairs", "pairs_with_goal"} <= names:
        names |= {"meetings", "pairs_met"}
    more = [line for row in sheet.activities for line in STATEMENTS.get(row.key, ())]
    return names | {name for line in more for name in line.needs}


def _keys(sheet: StageSheet) -> list[str]:
    return [row.counts for row in sheet.activities if row.counts in PROVING]


def pairs_ending_later(sheet: StageSheet, cycle: Cycle) -> int:
    """Return how many open pairs have agreed to work beyond the stage's deadline."""
    return queries.pairs_ending_later(_place(sheet, cycle), sheet.head.due)


def silent_pairs(sheet: StageSheet, cycle: Cycle) -> int:
    """Return how many pairs have not met for long, for the stage of their work in the running year."""
    is_now = _place(sheet, cycle).day == dates.today()
    if sheet.head.key != PAIR_WORK or not is_now:
        return 0
    return lacking.count_silent(sheet.school_id, dates.today())


def misfits(sheet: StageSheet, cycle: Cycle) -> int:
    """Return how many pairs of the school year have a form that contradicts their people; stage V."""
    if sheet.head.key != PAIRS:
        return 0
    place = _place(sheet, cycle)
    rows = pairs.pairs_of(place.school_id, place.first, place.last, first_year=place.first_year)
    acting = [row for row in rows if row.state is not PairState.DRAFT]
    return sum(bool(misfit(row.kind, *row.sides)) for row in acting)


def doubles(sheet: StageSheet, cycle: Cycle) -> list[str]:
    """Return the undecided matches within the school as «№ 3 и № 17»; of stages II and V."""
    if sheet.head.key not in (MENTEE_BASE, PAIRS):
        return []
    place = _place(sheet, cycle)
    return [twice.numbers for twice in within.of_school(place.school_id, place.first, place.day)]


def _place(sheet: StageSheet, cycle: Cycle) -> Place:
    return Place(sheet.school_id, cycle.district_id, cycle.first_year)


def _proving(sheet: StageSheet, place: Place, figures: Figures) -> dict[str, Fact]:
    keys, year = _keys(sheet), sheet.head.due.year
    plan = queries.plan(place.school_id, year) if PLANNED & set(keys) else {}
    return {
        key: planned(key, figures, plan.get(key), year)
        if key in PLANNED
        else plain(key, figures, place.first_year)
        for key in keys
    }


def _statements(sheet: StageSheet, figures: Figures) -> dict[str, tuple[Fact, ...]]:
    found = {
        row.key: [
            line.fact(figures, has_document=bool(row.documents))
            for line in STATEMENTS.get(row.key, ())
        ]
        for row in sheet.activities
    }
    return {key: tuple(fact for fact in said if fact) for key, said in found.items()}
