"""The order that rewards mentors: the awards of the school year that stand in no order yet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nastav import ru
from nastav.contents import reads, register, rows
from nastav.contents.common import fields
from nastav.contents.scope import Content, Scope
from nastav.mentors.awards.models import KIND_LABELS, Award, AwardKind
from nastav.papers.filler import Data
from nastav.people.models import Part
from nastav.people.rows import Entry


@dataclass(frozen=True)
class Given:
    """An award and the mentor who has it."""

    award: Award
    who: Entry


@dataclass(frozen=True)
class Awards:
    """The awards of a paper, by the mentor's name; `lost`: of somebody who is in no register."""

    given: Sequence[Given]
    lost: int
    every: int  # of the school year up to the day

    @property
    def ids(self) -> dict[str, list[int]]:
        return {"awards": [each.award.id for each in self.given]}

    @property
    def remarks(self) -> list[str]:
        if not self.lost:
            return []
        return [f"не вошло поощрений, потому что наставник внесён по ошибке: {self.lost}"]


def collect(scope: Scope) -> Content:
    """Return a row for each award."""
    found = read(scope, ordered=False)
    if not found.given:
        return Content([], remarks=found.remarks, nothing=_nothing(found))
    if scope.is_glance:
        return Content([], found.ids, found.remarks)
    items = [{"номер": str(number), **item(each)} for number, each in enumerate(found.given, 1)]
    data = Data({**fields(scope), "итог": total(found.given)}, {"поощрения": items})
    return Content([data], found.ids, found.remarks)


def read(scope: Scope, *, ordered: bool) -> Awards:
    """Return the awards of a paper by name, of a made one those it holds in its order.

    Args:
        scope: of which school and day.
        ordered: with those that have an order's number already.
    """
    known = {award.id: award for award in reads.awards_of_year(scope)}
    due = [award for award in known.values() if award.given_on <= scope.on]
    if scope.chosen is None:
        wanted = [award for award in due if ordered or not award.document]
    else:
        wanted = [known[key] for key in scope.chosen.get("awards", ()) if key in known]
    register = reads.register(scope, Part.MENTOR)
    order = {who.person_id: place for place, who in enumerate(register) if not who.is_mistake}
    given = [
        Given(award, register[order[award.person_id]])
        for award in wanted
        if award.person_id in order
    ]
    if scope.chosen is None:
        given.sort(key=lambda each: (order[each.who.person_id], each.award.id))
    return Awards(given, len(wanted) - len(given), len(due))


def item(given: Given) -> dict[str, str]:
    """Return what stands of an award in a row, or on a sheet of its own."""
    return {
        "имя": rows.name(given.who),
        "класс_или_должность": register.class_or_post(given.who),
        "за_что": given.award.reason,
        "поощрение": KIND_LABELS[given.award.kind],
    }


def total(given: Sequence[Given]) -> str:
    """Return «9 наставников: грамота — 3, благодарность — 6»."""
    mentors = len({each.who.person_id for each in given})
    counts = Counter(each.award.kind for each in given)
    kinds = (
        f"{KIND_LABELS[kind]}{ru.NBSP}{ru.DASH} {counts[kind]}"
        for kind in AwardKind
        if counts[kind]
    )
    return f"{ru.counted(mentors, *rows.MENTORS)}: {', '.join(kinds)}"


def _nothing(found: Awards) -> str:
    if not found.every:
        return "нечего поощрять: поощрений за учебный год ещё нет"
    if found.every == 1:
        return "нечего поощрять: единственное поощрение уже с приказом"
    return f"нечего поощрять: все поощрения ({found.every}) уже с приказом"
