"""What participants answered in the school year, in sum; fewer than five answers are never told apart."""

from collections.abc import Iterator, Sequence

from nastav import ru
from nastav.contents.common import fields
from nastav.contents.scope import Content, Scope
from nastav.feedback import conclusion, queries
from nastav.feedback.labels import asked
from nastav.feedback.summary import LEAST_SHOWN, Group, Listed, Scale, YesNo
from nastav.papers.filler import Data

HIDDEN = f"ответов меньше {LEAST_SHOWN}, не показываются"


def groups_of(scope: Scope) -> list[Group]:
    """Return who answered what up to the paper's day, as the page of feedback sums it."""
    threshold = scope.district.satisfied_from
    year, schools = scope.cycle.first_year, [scope.school.id]
    found = queries.groups(scope.district.id, schools, year, threshold, on=scope.on)
    return [group for group in found if group.n]


def collect(scope: Scope) -> Content:
    """Return how many answered, and how often each answer was given."""
    if not queries.has_answers(scope.school.id, scope.cycle.first_year, scope.on):
        return Content([], nothing="нечего сводить: анкет за учебный год ещё нет")
    if scope.is_glance:
        return Content([])
    groups = groups_of(scope)
    threshold = scope.district.satisfied_from
    own = {
        "вывод": said(groups),
        "порог": f"Довольны — поставили {threshold} или больше из 10. Где ответов меньше {LEAST_SHOWN}, "
        "что ответили, не показывается.",
        "итог": ru.counted(sum(group.n for group in groups), "анкета", "анкеты", "анкет"),
    }
    lists = {
        "анкеты": [_asked(group) for group in groups],
        "вопросы": [item for group in groups if not group.is_hidden for item in _questions(group)],
    }
    return Content([Data({**fields(scope), **own}, lists)])


def said(groups: Sequence[Group]) -> str:
    """Return the leading sentence of the summary; too few answers have none."""
    found = conclusion.of_groups(groups)
    if found is None:
        return f"Ответов меньше {LEAST_SHOWN}: выводов по ним не делают."
    return f"{ru.number(found.number)} {found.sentence} {found.beneath}".strip()


def _asked(group: Group) -> dict[str, str]:
    happy = group.satisfied
    shown = ru.DASH
    if happy is not None and happy.happy is not None:
        shown = f"{ru.number(happy.happy)} из {ru.number(happy.n)}"
    return {
        "кто": ru.capitalized(asked(group.part, group.moment)),
        "ответили": ru.number(group.n),
        "участников": ru.number(group.people),
        "доля": ru.percent(group.n, group.people),
        "довольны": shown,
    }


def _questions(group: Group) -> Iterator[dict[str, str]]:
    who = ru.capitalized(asked(group.part, group.moment))
    questions: list[Scale | YesNo | Listed] = [*group.scales, *group.yes_no, *group.lists]
    for each in questions:
        if each.n:
            yield {
                "кто": who,
                "вопрос": each.question.text,
                "ответили": ru.number(each.n),
                "ответы": _counts(each),
            }


def _counts(each: Scale | YesNo | Listed) -> str:
    """Return «10 — 12, 9 — 5»: what was answered and how often, the best mark first."""
    if isinstance(each, YesNo):
        if each.yes is None:
            return HIDDEN
        return _said([("да", each.yes), ("нет", each.n - each.yes)])
    if each.counts is None:
        return HIDDEN
    if isinstance(each, Scale):
        marks = [(str(mark), count) for mark, count in enumerate(each.counts, 1) if count]
        return _said(marks[::-1])
    return "\n".join(_said([pair]) for pair in each.counts.items())


def _said(pairs: Sequence[tuple[str, int]]) -> str:
    return ", ".join(
        f"{what}{ru.NBSP}{ru.DASH}{ru.NBSP}{ru.number(count)}" for what, count in pairs
    )
