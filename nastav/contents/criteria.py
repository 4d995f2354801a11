"""By which criteria the school selects its mentors: its own text."""

from nastav.contents import common
from nastav.contents.scope import Content, Scope
from nastav.mentors.profiles import queries as profiles
from nastav.papers.filler import Data

_NONE = "критерии отбора не записаны: впишите их на странице «Критерии отбора»"


def collect(scope: Scope) -> Content:
    """Return the text as it stands now."""
    row = profiles.criteria(scope.school.id)
    text = row.text.strip() if row else ""
    if not text:
        return Content([], nothing=_NONE)
    lines = "\n".join(line.strip() for line in text.splitlines())
    return Content([Data(common.fields(scope) | {"критерии": lines})])
