"""The «Охват» workbook: the layout of the order's appendix 1, with live formulas."""

from collections.abc import Iterable
from datetime import date, datetime

from nastav import excel, ru
from nastav.coverage import rules
from nastav.coverage.figures import DistrictCoverage, Figure
from nastav.district.models import District
from nastav.excel import Cell, Column, Formula
from nastav.people.models import Part

_KEYS = {Part.MENTEE: "mentee", Part.MENTOR: "mentor"}
_GROUPS = {Part.MENTEE: "Наставляемые", Part.MENTOR: "Наставники (обучающиеся)"}
_COUNTS = {"in_pair": "в парах", "met": "встречались хотя бы раз", "in_register": "в базе"}
NOT_ENTERED = Cell("не введён")


def coverage_book(coverage: DistrictCoverage, district: District, made_at: datetime) -> bytes:
    """Return the workbook of a year's coverage as an XLSX file.

    Args:
        coverage: the figures, as the screen shows them.
        district: the row with the order's requisites.
        made_at: when the file is made, in local time.
    """
    title = f"Охват наставничеством, {coverage.year} год"
    forms = [_form(coverage, district), _beside(coverage, district), _how(coverage)]
    return excel.save(excel.Book(title, forms, made_at))


def corner(district: District) -> list[str]:
    """Return the lines at the top right of the appendix."""
    order = f"{ru.date_short(district.order_date)} № {district.order_number}"
    return ["Приложение", f"к отчёту об исполнении приказа от {order}"]


def as_of(day: date) -> str:
    """Return «по состоянию на 9 декабря 2020 г.»."""
    return f"по состоянию на {ru.date_long(day)}"


def notes(coverage: DistrictCoverage, district: District) -> list[str]:
    """Return what is said under the table, on screen, on paper and in Excel."""
    said = []
    if coverage.has_printed and district.totals_note:
        said.append(district.totals_note)
    if coverage.without_data and coverage.has_begun:
        schools = ", ".join(coverage.without_data)
        said.append(f"Нет данных за {coverage.year} год, в сумму фактов не вошли: {schools}.")
    unplanned = [
        row.name
        for row in coverage.schools
        if row.mentees.target is None or row.mentors.target is None
    ]
    if coverage.has_plan and unplanned:
        said.append(f"План введён не полностью: {', '.join(unplanned)}.")
    if coverage.mentees.adults or coverage.mentors.adults:
        adults = f"наставляемых — {ru.number(coverage.mentees.adults)}, "
        adults += f"наставников — {ru.number(coverage.mentors.adults)}"
        said.append(f"Взрослые в парах: {adults}; в план и факт они не входят.")
    if coverage.doubles:
        found = ru.counted(coverage.doubles, "совпадение", "совпадения", "совпадений")
        said.append(
            f"Возможно, посчитаны в двух школах: {found} фамилии, имени и класса за год; пока "
            "совпадение не подтверждено, дети считаются в обеих школах."
        )
    return said


def _form(coverage: DistrictCoverage, district: District) -> excel.Form:
    columns = [Column("school", "ОО", width=20)]
    for part in Part:
        key, group = _KEYS[part], _GROUPS[part]
        columns += [
            Column(f"{key}_plan", "План", group, 12),
            Column(f"{key}_fact", "Факт", group, 12),
            Column(f"{key}_percent", "%", group, 12),
            Column(f"{key}_gap", "Отклонение", group, 14),
        ]
    post = district.coordinator_post[:1].upper() + district.coordinator_post[1:]
    signature = excel.Signature(post, ru.initials_first(district.coordinator))
    return excel.Form(
        name="Охват",
        title=f"Охват обучающихся наставничеством, {coverage.year} год. {district.name}",
        subtitle=as_of(coverage.on),
        corner=corner(district),
        columns=columns,
        rows=[
            _row(
                excel.text(row.name),
                (_cells(row.of(part), part, coverage.has_begun) for part in Part),
            )
            for row in coverage.schools
        ],
        totals=_totals(coverage),
        notes=notes(coverage, district),
        signatures=[signature],
    )


def _beside(coverage: DistrictCoverage, district: District) -> excel.Form:
    """All three counts of each school, whichever of them is compared with the plan."""
    columns = [Column("school", "ОО", width=20)]
    for part in Part:
        group = _GROUPS[part]
        columns += [
            Column(f"{_KEYS[part]}_{key}", title, group, 16) for key, title in _COUNTS.items()
        ]

    def counts(figure: Figure) -> list[Cell | Formula]:
        empty = excel.NO_DATA if coverage.has_begun else excel.DASH
        known = [getattr(figure, key) for key in _COUNTS]
        return [empty if one is None else excel.integer(one) for one in known]

    def sums(part: Part) -> list[Cell | Formula]:
        whole = coverage.of(part)
        return [_sum(f"{_KEYS[part]}_{key}", getattr(whole, key)) for key in _COUNTS]

    return excel.Form(
        name="Кто посчитан",
        title=f"В парах, на встречах и в базах, {coverage.year} год. {district.name}",
        subtitle=as_of(coverage.on),
        columns=columns,
        rows=[
            _row(excel.text(row.name), (counts(row.of(part)) for part in Part))
            for row in coverage.schools
        ],
        totals=[_row(excel.text("ИТОГО, сумма по школам"), map(sums, Part))],
    )


def _row(heading: Cell, parts: Iterable[list[Cell | Formula]]) -> list[Cell | Formula]:
    return [heading, *(cell for part in parts for cell in part)]


def _totals(coverage: DistrictCoverage) -> list[list[Cell | Formula]]:
    sums = excel.text("ИТОГО, сумма по школам")
    rows = [_row(sums, (_sums(coverage.of(part), part) for part in Part))]
    if coverage.has_printed:
        printed = excel.text("ИТОГО по приказу")
        rows.append(_row(printed, (_printed(coverage.printed(part), part) for part in Part)))
    return rows


def _cells(figure: Figure, part: Part, has_begun: bool) -> list[Cell | Formula]:
    actual = _actual(figure) if has_begun else excel.DASH
    return [_target(figure), actual, *_compared(figure, part)]


def _sums(figure: Figure, part: Part) -> list[Cell | Formula]:
    key = _KEYS[part]
    return [
        _sum(f"{key}_plan", figure.target),
        _sum(f"{key}_fact", figure.actual),
        *_compared(figure, part),
    ]


def _printed(figure: Figure, part: Part) -> list[Cell | Formula]:
    target = excel.DASH if figure.target is None else excel.integer(figure.target)
    return [target, _sum(f"{_KEYS[part]}_fact", figure.actual), *_compared(figure, part)]


def _target(figure: Figure) -> Cell:
    return NOT_ENTERED if figure.target is None else excel.integer(figure.target)


def _actual(figure: Figure) -> Cell:
    return excel.NO_DATA if figure.actual is None else excel.integer(figure.actual)


def _sum(key: str, result: int | None) -> Formula:
    """The sum of a column's numbers; «—» where it holds none, which is not 0."""
    body = f"{{{key}:body}}"
    shown = excel.DASH.value if result is None else result
    return excel.formula(f'IF(COUNT({body})=0,"—",SUM({body}))', result=shown)  # type: ignore[arg-type]


def _compared(figure: Figure, part: Part) -> list[Cell | Formula]:
    key = _KEYS[part]
    columns = (f"{key}_fact", f"{key}_plan")
    return [
        excel.share(*columns, figure.actual, figure.target),
        excel.difference(*columns, figure.actual, figure.target),
    ]


def _how(coverage: DistrictCoverage) -> excel.Form:
    said = [(rule.title, rule.sentence) for rule in rules.what_counts(coverage.basis)]
    today = ("Дата", f"Показатели {as_of(coverage.on)}, за {coverage.year} календарный год.")
    return excel.explanation([today, *said])
