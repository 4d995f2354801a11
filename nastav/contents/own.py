"""What the school itself writes in a paper: a paragraph a line as it was typed, else lines to write on."""

from collections.abc import Mapping, Sequence
from typing import Final

from nastav.contents.scope import Scope
from nastav.papers.catalogue import KINDS
from nastav.papers.filler import PARAGRAPH, RULED
from nastav.requisites.texts import queries

LINES: Final = 3  # to write on


def fields(scope: Scope, key: str, **lines: int) -> dict[str, str]:
    """Return the fields of a paper that the school writes (`Kind.texts`), each with so many lines."""
    known = written(scope)
    return {
        field: paragraphs([known[name]], lines.get(name, LINES))
        for name, field in KINDS[key].texts.items()
    }


def written(scope: Scope) -> Mapping[str, str]:
    """Return the school's texts by their names: of a signed paper those it was signed with."""
    if scope.written is not None:
        return {name: scope.written.get(name, "") for name in queries.NAMES}
    asked = scope.school.id, scope.cycle.first_year
    return scope.once("written", lambda: queries.texts(*asked))


def paragraphs(texts: Sequence[str], lines: int) -> str:
    """Return the value of a field: every line of the texts a paragraph, or lines to write on."""
    found = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    return PARAGRAPH.join(found or [RULED] * lines)
