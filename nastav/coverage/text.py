"""Coverage in words: the school's one line, who is missing, the paragraph for a report."""

from nastav import ru
from nastav.coverage.figures import DistrictCoverage, Figure, SchoolCoverage
from nastav.coverage.rules import WHERE
from nastav.people.models import Part

WHO = {
    Part.MENTEE: ("наставляемый", "наставляемых", "наставляемых"),
    Part.MENTOR: ("наставник", "наставника", "наставников"),
}
OF_WHOM = {
    Part.MENTEE: ("наставляемого", "наставляемых", "наставляемых"),
    Part.MENTOR: ("наставника", "наставников", "наставников"),
}
PLURAL = {Part.MENTEE: "наставляемые", Part.MENTOR: "наставники"}


def against_plan(figure: Figure) -> str:
    """Return «40 из 44 (90,9 %, не хватает 4)», or what can be said without a plan or data."""
    if figure.actual is None:
        return "нет данных"
    if figure.target is None:
        return f"{ru.number(figure.actual)}, план не введён"
    if not figure.target:
        return f"{ru.number(figure.actual)} при плане 0"
    said = [figure.percent]
    if figure.missing:
        said.append(f"не хватает {ru.number(figure.missing)}")
    whole = f"{ru.number(figure.actual)} из {ru.number(figure.target)}"
    return f"{whole} ({', '.join(said)})"


def school_line(coverage: SchoolCoverage, part: Part) -> str:
    """Return «наставляемые 40 из 44 (90,9 %, не хватает 4)»."""
    return f"{PLURAL[part]} {against_plan(coverage.of(part))}"


def missing(coverage: DistrictCoverage, part: Part) -> str:
    """Return how many people are missing to the plan, or that nobody is."""
    figure = coverage.of(part)
    if figure.target is None or figure.actual is None:
        return ""
    if not figure.missing:
        return f"План по {'наставляемым' if part is Part.MENTEE else 'наставникам'} выполнен."
    return f"До плана не хватает {_of_whom(figure.missing, part)}."


def lagging(coverage: DistrictCoverage, part: Part) -> list[tuple[SchoolCoverage, int]]:
    """Return the schools that can close the gap and by how many people, the most people first."""
    rows = [(row, row.of(part).missing) for row in coverage.schools]
    return sorted((pair for pair in rows if pair[1]), key=lambda pair: -pair[1])


def scale(coverage: DistrictCoverage, part: Part) -> int:
    """Return the longest bar or tick of a part, in people: one scale for all schools."""
    figures = [row.of(part) for row in coverage.schools]
    return max((max(one.target or 0, one.actual or 0) for one in figures), default=0)


def paragraph(coverage: DistrictCoverage, district_name: str, order_number: str) -> str:
    """Return a ready paragraph for a report: both parts, plan, percentage, who is missing."""
    parts = "; ".join(_part(coverage, part, order_number) for part in Part)
    where = WHERE[coverage.basis]
    head = f"{district_name}: охват наставничеством за {coverage.year} год ({where})"
    said = [f"{head} по состоянию на {ru.date_long(coverage.on)} — {parts}."]
    said += [text for part in Part if (text := missing(coverage, part))]
    behind = [f"{row.name} ({ru.number(people)})" for row, people in lagging(coverage, Part.MENTEE)]
    if behind:
        said.append(f"Больше всего наставляемых не хватает: {ru.list_and(behind[:3])}.")
    if coverage.without_data:
        said.append(f"Нет данных: {ru.list_and(coverage.without_data)}.")
    return " ".join(said)


def _part(coverage: DistrictCoverage, part: Part, order_number: str) -> str:
    figure, printed = coverage.of(part), coverage.printed(part)
    if figure.actual is None:
        return f"{PLURAL[part]} — нет данных"
    said = ru.counted(figure.actual, *WHO[part])
    if figure.target is None:
        return f"{said} (план не введён)"
    plan = f"{said} при плане {ru.number(figure.target)} ({figure.percent}"
    if printed.target is None or printed.target == figure.target:
        return f"{plan})"
    total = f"итог, напечатанный в приказе № {order_number}, — {ru.number(printed.target)}"
    return f"{plan}; {total}, {printed.percent})"


def _of_whom(people: int, part: Part) -> str:
    return ru.counted(people, *OF_WHOM[part])
