"""Coverage in words: the school's one line, the two gaps, the paragraph for a report.

«Не хватает» never stands alone: to the district's plan, or by schools (rules.md#two-gaps).
"""

from typing import NamedTuple

from nastav import ru
from nastav.coverage.figures import (
    EXCEPTIONS,
    Bounds,
    DistrictCoverage,
    Figure,
    SchoolCoverage,
    Verdict,
)
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
DATIVE = {Part.MENTEE: "наставляемым", Part.MENTOR: "наставникам"}
PLURAL = {Part.MENTEE: "наставляемые", Part.MENTOR: "наставники"}


def why(verdict: Verdict, part: Part, bounds: Bounds) -> str:
    """Return «младше 9 класса»: why somebody is told of beside a figure."""
    return {
        Verdict.COUNTED: "посчитаны",
        Verdict.ALONE: "без наставника" if part is Part.MENTEE else "без наставляемых",
        Verdict.UNDECIDED: "решение по п. 2.3 не принято",
        Verdict.TOO_YOUNG: f"младше {bounds.grade_from} класса",
        Verdict.UNDER_AGE: f"младше {ru.out_of(bounds.age_from, 'года', 'лет')}",
        Verdict.TOO_OLD: f"старше {bounds.grade_to} класса",
        Verdict.NO_CLASS: "класс не указан",
        Verdict.YOUNG_TEACHER: "взрослые: молодые специалисты",
        Verdict.OTHER_ADULT: "взрослые: другие",
        Verdict.SILENT: "давно не встречались",
    }[verdict]


def exceptions(
    coverage: DistrictCoverage | SchoolCoverage, part: Part
) -> list[tuple[Verdict, str, int]]:
    """Return (verdict, why, people) of whoever is told of beside a figure of a part."""
    people = coverage.of(part).exceptions
    return [
        (verdict, why(verdict, part, coverage.bounds), people[verdict])
        for verdict in EXCEPTIONS
        if verdict in people
    ]


class LeftOut(NamedTuple):
    """Why people of a part are told of beside the figure, and how many of them the district has."""

    part: Part
    verdict: Verdict
    why: str
    people: int

    def of(self, row: SchoolCoverage) -> int:
        """Return how many of them a school has; all schools together are `people`."""
        return row.of(self.part).exceptions.get(self.verdict, 0)


def left_out(coverage: DistrictCoverage) -> list[LeftOut]:
    """Return everybody who is told of beside the district's figures, mentees first."""
    return [
        LeftOut(part, verdict, words, people)
        for part in Part
        for verdict, words, people in exceptions(coverage, part)
    ]


def exceptions_line(coverage: DistrictCoverage | SchoolCoverage, part: Part) -> str:
    """Return «не вошли в счёт: без наставника 4; из посчитанных давно не встречались 2», or nothing."""
    found = exceptions(coverage, part)
    left_out = [
        f"{words} {ru.number(n)}" for verdict, words, n in found if verdict is not Verdict.SILENT
    ]
    silent = [f"{words} {ru.number(n)}" for verdict, words, n in found if verdict is Verdict.SILENT]
    said = [f"не вошли в счёт: {', '.join(left_out)}"] if left_out else []
    said += [f"из посчитанных {silent[0]}"] if silent else []
    return "; ".join(said)


def against_plan(figure: Figure) -> str:
    """Return «40 из 44 (90,9 %, до плана школы не хватает 4)», or what can be said without a plan."""
    return "; ".join([_compared(figure), *([figure.edit.sentence] if figure.edit else [])])


def _compared(figure: Figure) -> str:
    if figure.actual is None:
        return "нет данных" + (f", план {ru.number(figure.target)}" if figure.target else "")
    if figure.target is None:
        return f"{ru.number(figure.actual)}, план не введён"
    if not figure.target:
        return f"{ru.number(figure.actual)} при плане 0"
    said = [figure.percent]
    if figure.shortfall:
        said.append(f"до плана школы не хватает {ru.number(figure.shortfall)}")
    return f"{ru.number(figure.actual)} из {ru.number(figure.target)} ({', '.join(said)})"


def school_line(coverage: SchoolCoverage, part: Part) -> str:
    """Return «наставляемые 40 из 44 (90,9 %, до плана школы не хватает 4)»."""
    return f"{PLURAL[part]} {against_plan(coverage.of(part))}"


def gaps(coverage: DistrictCoverage, part: Part) -> str:
    """Return both gaps by their names, and the plans that are missing whole; "" without a plan."""
    total = coverage.of(part)
    if total.gap is None:
        return ""
    said = [f"План района по {DATIVE[part]} выполнен"]
    if total.gap < 0:
        said = [f"До плана района не хватает {_of_whom(total.shortfall, part)}"]
    if total.by_schools:
        said.append(f"по школам не хватает {ru.number(total.by_schools)}")
    if empty := coverage.planned_without_data(part):
        plans = (f"{row.name}, план {ru.number(row.of(part).target)}" for row in empty)
        said.append(f"из них нет данных: {'; '.join(plans)}")
    return f"{', '.join(said)}."


def unplanned(coverage: DistrictCoverage, part: Part) -> str:
    """Return «ещё 4 в СОШ №2, где план не введён», the facts that are in no sum; "" where none is."""
    rows = [(row.name, row.of(part).actual) for row in coverage.unplanned(part)]
    found = [(name, people) for name, people in rows if people]
    if not found:
        return ""
    people = sum(each for _, each in found)
    if coverage.of(part).target is None:
        return f"{PLURAL[part]}: всего {ru.number(people)}, план не введён ни у одной школы"
    shown = (f"{name} ({ru.number(each)})" if found[1:] else name for name, each in found)
    return f"{PLURAL[part]}: ещё {ru.number(people)} в {ru.list_and(shown)}, где план не введён"


def edited(coverage: DistrictCoverage) -> str:
    """Return which schools' plans the coordinator has changed and when, where any is."""
    edits = [edit for row in coverage.edited for part in Part if (edit := row.of(part).edit)]
    days = ru.list_and(ru.date_short(day) for day in sorted({edit.on for edit in edits}))
    schools = ", ".join(row.name for row in coverage.edited)
    return (
        f"План изменён координатором {days}: {schools}. Рядом с изменённой ячейкой — что напечатано в "
        "приказе; итог, напечатанный в приказе, остаётся как есть."
    )


def unnamed_without_data(coverage: DistrictCoverage) -> list[str]:
    """Return the schools without data that `gaps` does not name, for they have no plan."""
    named = {row.name for part in Part for row in coverage.planned_without_data(part)}
    return [name for name in coverage.without_data if name not in named]


def lagging(coverage: DistrictCoverage, part: Part) -> list[tuple[SchoolCoverage, int]]:
    """Return the schools that can close the gap and by how many people, the most people first."""
    rows = [(row, row.of(part).shortfall) for row in coverage.schools]
    return sorted((pair for pair in rows if pair[1]), key=lambda pair: -pair[1])


def paragraph(coverage: DistrictCoverage, district_name: str, order_number: str, rule: str) -> str:
    """Return a ready paragraph for a report: both parts, plan, percentage, who is missing, the rules."""
    parts = "; ".join(_part(coverage, part, order_number) for part in Part)
    where = WHERE[coverage.basis]
    head = f"{district_name}: охват наставничеством за {coverage.year} год ({where})"
    said = [f"{head} по состоянию на {ru.date_long(coverage.on)} — {parts}."]
    said += [text for part in Part if (text := gaps(coverage, part))]
    behind = [f"{row.name} ({ru.number(people)})" for row, people in lagging(coverage, Part.MENTEE)]
    if behind:
        said.append(f"По школам наставляемых не хватает больше всего: {ru.list_and(behind[:3])}.")
    others = [text for part in Part if (text := unplanned(coverage, part))]
    said += [f"{text[:1].upper()}{text[1:]}." for text in others]
    if names := unnamed_without_data(coverage):
        said.append(f"Нет данных: {ru.list_and(names)}.")
    for part in Part:
        if line := exceptions_line(coverage, part):
            said.append(f"{PLURAL[part].capitalize()}: {line}.")
    return " ".join([*said, rule])


def _part(coverage: DistrictCoverage, part: Part, order_number: str) -> str:
    figure, printed = coverage.of(part), coverage.printed(part)
    if figure.target is None and figure.everybody is not None:
        return f"{ru.counted(figure.everybody, *WHO[part])} (план не введён)"
    if figure.actual is None:
        return f"{PLURAL[part]} — нет данных"
    said = ru.counted(figure.actual, *WHO[part])
    plan = f"{said} при плане {ru.number(figure.target)} ({figure.percent}"
    if printed.target is None or printed.target == figure.target:
        return f"{plan})"
    total = f"итог, напечатанный в приказе № {order_number}, — {ru.number(printed.target)}"
    if printed.actual != figure.actual:  # somebody is counted where no plan is
        total += f", с ним сравниваются все {ru.number(printed.actual)}"
    return f"{plan}; {total}, {printed.percent})"


def _of_whom(people: int, part: Part) -> str:
    return ru.counted(people, *OF_WHOM[part])
