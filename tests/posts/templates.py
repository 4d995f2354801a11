"""A district's own templates, as the recipes of their posts find them."""

from typing import Any

from nastav.blanks import operations as blanks
from nastav.blanks.queries import in_use
from nastav.papers.catalogue import KINDS
from tests.support.blanks import good, lined
from tests.support.unlinked import ACTOR


def tried_blank(place: Any) -> str:
    """Keep a template of a paper that was not put in use yet; return its page."""
    tried = blanks.keep(ACTOR, place.district, KINDS["team"], good())
    return f"/districts/{place.district}/settings/papers/team/{tried.id}"


def own_blank(place: Any) -> str:
    """Put a template of the district in use; return the page of its kind."""
    kind, present = KINDS["team"], in_use(place.district, "team")
    made = blanks.keep(ACTOR, place.district, kind, lined("Район"))
    blanks.introduce(ACTOR, made, kind, instead_of=present.id if present else 0)
    return f"/districts/{place.district}/settings/papers/team"
