"""The programme of mentoring: the plan of people beside those there are."""

from nastav import ru
from nastav.contents import common, own
from nastav.contents.scope import Content, Scope
from nastav.coverage import planned
from nastav.coverage.figures import Figure
from nastav.papers.filler import Data
from nastav.people.models import Part

_LABELS = {Part.MENTEE: "Наставляемые", Part.MENTOR: "Наставники-обучающиеся"}


def collect(scope: Scope) -> Content:
    """Return the plan of both calendar years of the school year, and the figures of the day."""
    if scope.is_glance:
        return Content([])
    first = scope.cycle.first_year
    years = (first, first + 1)
    coverage = planned.school_coverage(scope.school.id, years, scope.on)
    rows = [
        _row(_LABELS[part], year, coverage[year].of(part), has_begun=year <= scope.on.year)
        for part in _LABELS
        for year in years
    ]
    return Content(
        [Data(common.fields(scope) | own.fields(scope, "programme"), {"показатели": rows})]
    )


def _row(label: str, year: int, figure: Figure, *, has_begun: bool) -> dict[str, str]:
    return {
        "показатель": f"{label}, {year}{ru.NBSP}год",
        "план": "не введён" if figure.target is None else ru.number(figure.target),
        "факт": ru.number(figure.actual) if has_begun else ru.DASH,
        "отклонение": ru.signed(figure.gap) if has_begun else ru.DASH,
    }
