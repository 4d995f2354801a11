"""What many papers read of a school on a day: once for all the papers that share their reads."""

from collections.abc import Sequence

from nastav import dates
from nastav.consents import queries as consents
from nastav.consents.queries import Missing
from nastav.contents.scope import Scope
from nastav.pairs import queries as pairs
from nastav.pairs.rows import PairRow
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.people.rows import Entry


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
    year = dates.cycle_of(scope.on)
    return scope.once(part, lambda: people.register(scope.school.id, part, first_year=year))


def missing(scope: Scope) -> Sequence[Missing]:
    """Return who has no sufficient consent on the day."""
    there = everybody(scope)
    return scope.once("missing", lambda: consents.missing(scope.school, scope.on, there))
