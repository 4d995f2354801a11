"""What many papers read of a school on a day: once for all the papers that share their reads."""

from collections.abc import Sequence

from nastav import dates
from nastav.consents import queries as consents
from nastav.consents.queries import Missing
from nastav.contents.scope import Scope
from nastav.mentors.awards import queries as awards
from nastav.mentors.awards.models import Award
from nastav.pairs import queries as pairs
from nastav.pairs.rows import PairRow
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.people.rows import Entry
from nastav.stages import queries as stages
from nastav.stages.records import StageHead, StageSheet


def pairs_of_year(scope: Scope) -> Sequence[PairRow]:
    """Return what the page of pairs shows of the school year, with the classes of the paper's day."""
    span = dates.cycle_bounds(scope.cycle.first_year)
    year = dates.cycle_of(scope.on)
    return scope.once("pairs", lambda: pairs.pairs_of(scope.school.id, *span, first_year=year))


def everybody(scope: Scope) -> Sequence[Entry]:
    """Return the lines of both registers, with the classes of the day."""
    year = dates.cycle_of(scope.on)
    return scope.once("everybody", lambda: people.everybody(scope.school.id, first_year=year))


def register(scope: Scope, part: Part) -> Sequence[Entry]:
    """Return the lines of a register, whoever left too, with the classes of the day."""
    return scope.once(part, lambda: [line for line in everybody(scope) if line.part is part])


def sheets(scope: Scope) -> Sequence[StageSheet]:
    """Return the stages of the school year with the school's activities."""
    return scope.once("sheets", lambda: stages.year_sheets(scope.school.id, scope.cycle.id))


def heads(scope: Scope) -> Sequence[StageHead]:
    """Return the stages of the school year with their deadlines."""
    return scope.once("stages", lambda: stages.stages(scope.cycle.id))


def awards_of_year(scope: Scope) -> Sequence[Award]:
    """Return the awards of the school year, the latest first."""
    year = scope.cycle.first_year
    return scope.once("awards", lambda: awards.awards(scope.school.id, year))


def missing(scope: Scope) -> Sequence[Missing]:
    """Return who has no sufficient consent on the day."""
    there = everybody(scope)
    return scope.once("missing", lambda: consents.missing(scope.school, scope.on, there))
