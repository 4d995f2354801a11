"""Diplomas and thanks, a sheet for each award that is handed over on paper."""

from typing import Final

from nastav.contents import award
from nastav.contents.common import fields
from nastav.contents.scope import Content, Scope
from nastav.mentors.awards.models import AwardKind
from nastav.papers.filler import Data

# what the sheet is called; a prize or a bonus has none
TITLES: Final = {
    AwardKind.DIPLOMA: "ГРАМОТА",
    AwardKind.GRATITUDE: "БЛАГОДАРНОСТЬ",
    AwardKind.LETTER: "БЛАГОДАРСТВЕННОЕ ПИСЬМО",
}


def collect(scope: Scope) -> Content:
    """Return a sheet for each award of the school year that is a paper, by the mentor's name."""
    found = award.read(scope, ordered=True)
    given = [each for each in found.given if each.award.kind in TITLES]
    if not given:
        nothing = "нечего печатать: грамот и благодарностей за учебный год ещё нет"
        return Content([], remarks=found.remarks, nothing=nothing)
    if scope.is_glance:
        return Content([], remarks=found.remarks)
    own = fields(scope)
    sheets = [
        Data(
            {
                **own,
                **award.item(each),
                "название": TITLES[each.award.kind],
                "глагол": "награждается" if each.award.kind is AwardKind.DIPLOMA else "",
                "приказ": each.award.document,
            }
        )
        for each in given
    ]
    return Content(sheets, {"awards": [each.award.id for each in given]}, found.remarks)
