"""The facts of one stage of a school: what proves an activity, and what is only said beside it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nastav import dates
from nastav.coverage import lacking
from nastav.district.models import Cycle
from nastav.facts import queries
from nastav.facts.queries import Place, SchoolYear
from nastav.facts.sentences import PLANNED, PROVING, Fact, Figures, plain, planned
from nastav.facts.statements import STATEMENTS
from nastav.identity.matches.within import queries as within
from nastav.pairs import queries as pairs
from nastav.pairs.fitting import misfit
from nastav.stages.records import StageSheet

PAIRS, PAIR_WORK = "pairs", "pair_work"  # stable keys of stages
_WITH_DOUBLES = frozenset({"mentee_base", PAIRS})
Plan = Mapping[str, int | None]  # of a school and a calendar year, by an activity's `counts`


@dataclass(frozen=True)
class StageFacts:
    """What the site says of a stage; only what `proving` holds is ever a proof."""

    proving: Mapping[str, Fact]  # by an activity's `counts`
    statements: Mapping[str, tuple[Fact, ...]]  # by an activity's key


@dataclass(frozen=True)
class Beside:
    """What is counted of a stage as a whole, beside its activities."""

    doubles: tuple[str, ...] = ()  # undecided matches within the school as «№ 3 и № 17»
    misfits: int = 0  # pairs whose form contradicts their people
    ending_later: int = 0  # open pairs that have agreed to work beyond the stage's deadline
    silent: int = 0  # pairs that have not met for long


def facts(sheet: StageSheet, cycle: Cycle) -> StageFacts:
    """Return the site's own figures for a stage; three queries at most."""
    return facts_of([sheet], cycle)[0]


def facts_of(sheets: Sequence[StageSheet], cycle: Cycle) -> list[StageFacts]:
    """Return the site's own figures for stages of a school in a school year, counted together."""
    if not sheets:
        return []
    place = Place(cycle.district_id, cycle.first_year, sheets[0].school_id)
    figures = queries.figures(place, _names_of(sheets))
    years = {sheet.head.due.year for sheet in sheets if PLANNED.intersection(_keys(sheet))}
    plans = {year: queries.plan(place.school_id, year) for year in sorted(years)}
    return [_facts(sheet, figures, plans, cycle) for sheet in sheets]


def facts_of_each(sheets: Sequence[StageSheet], cycle: Cycle) -> list[StageFacts]:
    """Return the same for stages of many schools, in as many queries as for one."""
    if not sheets:
        return []
    schools = _schools(sheets)
    figures = queries.figures_of_each(_year(cycle), schools, _names_of(sheets))
    plans = queries.plans_of_each(schools)
    return [
        _facts(sheet, figures[sheet.school_id], plans[sheet.school_id], cycle) for sheet in sheets
    ]


def _facts(
    sheet: StageSheet, figures: Figures, plans: Mapping[int, Plan], cycle: Cycle
) -> StageFacts:
    # stages say different things of one count
    own = {name: figures[name] for name in _names(sheet)}
    plan = plans.get(sheet.head.due.year, {})
    return StageFacts(_proving(sheet, plan, own, cycle.first_year), _statements(sheet, own))


def _names_of(sheets: Sequence[StageSheet]) -> set[str]:
    return set().union(*map(_names, sheets))


def _schools(sheets: Sequence[StageSheet]) -> list[int]:
    return list(dict.fromkeys(sheet.school_id for sheet in sheets))


def _year(cycle: Cycle) -> SchoolYear:
    return SchoolYear(cycle.district_id, cycle.first_year)


def _names(sheet: StageSheet) -> set[str]:
    names = {name for key in _keys(sheet) for name in PROVING[key]}
    # the stage about what pairs do, not how they are formed
    if {"pairs", "pairs_with_goal"} <= names:
        names |= {"meetings", "pairs_met"}
    more = [line for row in sheet.activities for line in STATEMENTS.get(row.key, ())]
    return names | {name for line in more for name in line.needs}


def _keys(sheet: StageSheet) -> list[str]:
    return [row.counts for row in sheet.activities if row.counts in PROVING]


def beside_of_each(sheets: Sequence[StageSheet], cycle: Cycle) -> list[Beside]:
    """Return what is counted of each of these stages as a whole; no more queries for many schools.

    Matches and misfits are looked for in stages II and V and in V, silent pairs in that of pairs' work,
    in the running school year.
    """
    schools, year = _schools(sheets), _year(cycle)
    keys = {sheet.head.key for sheet in sheets}
    twice = _doubles(schools, year) if keys & _WITH_DOUBLES else {}
    misfits = _misfits(schools, year) if PAIRS in keys else {}
    is_now = year.day == dates.today()
    silent = lacking.silent_of_each(schools, dates.today()) if PAIR_WORK in keys and is_now else {}
    dues = {sheet.head.due for sheet in sheets if sheet.head.follows_pair_period}
    later = {day: queries.pairs_ending_later(year, schools, day) for day in sorted(dues)}
    found = []
    for sheet in sheets:
        school_id, head = sheet.school_id, sheet.head
        ending = later[head.due] if head.follows_pair_period else {}
        found.append(
            Beside(
                doubles=tuple(twice.get(school_id, ())) if head.key in _WITH_DOUBLES else (),
                misfits=misfits.get(school_id, 0) if head.key == PAIRS else 0,
                ending_later=ending.get(school_id, 0),
                silent=silent.get(school_id, 0) if head.key == PAIR_WORK else 0,
            )
        )
    return found


def _doubles(school_ids: Sequence[int], year: SchoolYear) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for twice in within.of_schools(school_ids, year.first, year.day):
        found[twice.school_id].append(twice.numbers)
    return found


def _misfits(school_ids: Sequence[int], year: SchoolYear) -> dict[int, int]:
    """Pairs of the school year, drafts left out."""
    rows = pairs.sides_of_each(school_ids, year.first, year.last)
    return Counter(row.school_id for row in rows if misfit(row.form, row.lead, row.led))


def _proving(sheet: StageSheet, plan: Plan, figures: Figures, first_year: int) -> dict[str, Fact]:
    return {
        key: planned(key, figures, plan.get(key), sheet.head.due.year)
        if key in PLANNED
        else plain(key, figures, first_year)
        for key in _keys(sheet)
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
