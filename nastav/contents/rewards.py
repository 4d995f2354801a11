"""How the school rewards its mentors: its own text."""

from nastav.contents.common import fields
from nastav.contents.scope import Content, Scope
from nastav.mentors.awards import queries
from nastav.papers.filler import Data

_NOTHING = "нечего печатать: система поощрений не описана"
_NOT_SAID = "Не описано."


def collect(scope: Scope) -> Content:
    """Return the school's text, what for and how."""
    system = queries.system(scope.school.id)
    if system is None or not (system.what_for or system.how):
        return Content([], nothing=_NOTHING)
    own = {
        "за_что": system.what_for or _NOT_SAID,
        "как": system.how or _NOT_SAID,
        "основание": f"Основание: {system.document}." if system.document else "",
    }
    return Content([Data({**fields(scope), **own})])
