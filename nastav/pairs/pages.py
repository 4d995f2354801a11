"""What the pages of pairs share: addresses, the pair of an address, what a notice adds."""

from datetime import date

from flask import abort, g, url_for

from nastav import access, dates, ru
from nastav.district.years import closed_year
from nastav.pairs import queries, rules
from nastav.pairs.models import Pair

PAIRS = "/schools/<int:school_id>/<int:cycle>/pairs"
PAIR = f"{PAIRS}/<int:pair_id>"
MEMBER = f"{PAIR}/members/<int:member_id>"


def also_elsewhere(pair: Pair, mentee_ids: tuple[int, ...]) -> str:
    """Say, by register number, who is in another pair as well: in coverage they count once."""
    busy = queries.busy(pair.school_id, mentee_ids, pair.id)
    if not busy:
        return ""
    numbers = ru.list_and(f"№{ru.NBSP}{number}" for number in busy)
    return f" Уже есть другая пара: {numbers}. В охвате считается один раз."


def found(school_id: int, pair_id: int) -> Pair:
    """Return a pair of the school; 404 when it has no such pair.

    One that counted to its end in a closed school year is only read, under whatever year's address.
    """
    pair = queries.pair(school_id, pair_id)
    if pair is None:
        abort(404)
    access.lock(closed_year(school_id, pair.counts_until))
    return pair


def address(pair: Pair) -> str:
    """Return the address of a pair's card."""
    return url_for("pair_card.card", pair_id=pair.id)


def span_of_year(cycle: int) -> tuple[date, date]:
    """Return the days that a pair of the school must touch to stand on the lists of a school year."""
    return rules.span_of_pairs(cycle, pairs_year(), dates.today())


def pairs_year() -> int:
    """Return the school year under whose address pairs are shown from here."""
    return queries.year_of_pairs(g.school.district_id, dates.today())
