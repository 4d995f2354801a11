"""What the pages of plans show."""

from typing import Any

from flask import abort, g, url_for

from nastav.accounts import queries as accounts
from nastav.pairs import queries as pairs
from nastav.pairs.models import Pair
from nastav.pairs.rows import PairRow
from nastav.plans import queries
from nastav.plans.forms import LineForm, new_line_form
from nastav.plans.models import LineKind
from nastav.plans.words import MARKS, PERIODS, WORDS


def address(pair: Pair) -> str:
    """Return the address of a pair's plan."""
    return url_for("plans.plan", pair_id=pair.id)


def context(pair: Pair, cycle: int, form: LineForm | None = None, kind: str = "") -> dict[str, Any]:
    """Return what the page of a plan shows; `form`: a new line of that kind that was refused."""
    forms = {line_kind: new_line_form(line_kind, cycle) for line_kind in LineKind}
    if form is not None:
        forms[LineKind(kind)] = form
    return {
        "school": g.school,
        "year": cycle,
        "pair": pair,
        "row": row(pair, cycle),
        "here": address(pair),
        "plan": queries.plan(pair.id),
        "lines": queries.lines(pair.id),
        "tally": queries.tally(pair.id),
        "can_take": queries.can_take(pair),
        "new_forms": forms,
        "kinds": list(LineKind),
        "words": WORDS,
        "periods": PERIODS,
        "marks": MARKS,
        **signing(),
    }


def signing() -> dict[str, Any]:
    """Return who signs a plan beside its mentors."""
    return {
        "signers": accounts.signers(g.school),
        "psychologist": accounts.psychologist(g.school),
    }


def row(pair: Pair, cycle: int) -> PairRow:
    """Return the pair with its people, as lists show it."""
    return pairs.pair_row(pair.school_id, pair.id, first_year=cycle) or abort(404)
