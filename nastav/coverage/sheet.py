"""The «Охват» workbook: the layout of the order's appendix 1, with live formulas."""

from collections.abc import Iterable
from datetime import date, datetime

from nastav import excel, ru
from nastav.coverage import rules, text
from nastav.coverage.figures import DistrictCoverage, Figure, SchoolCoverage, Total, Verdict
from nastav.district.models import District
from nastav.district.signing import corner
from nastav.excel import Cell, Column, Formula
from nastav.people.models import Part

_KEYS = {Part.MENTEE: "mentee", Part.MENTOR: "mentor"}
_GROUPS = {Part.MENTEE: "Наставляемые", Part.MENTOR: "Наставники (обучающиеся)"}
_PLANNED = {"plan": "План", "fact": "Факт", "percent": "%"}  # a key of a column → its title
_GAPS = {"gap": "Отклонение", "missing": "Не хватает по школам"}
_COUNTS = {"in_pair": "в парах", "met": "встречались хотя бы раз", "in_register": "в базе"}
NOT_ENTERED = "не введён"
_EMPTY = excel.NO_DATA.value


def coverage_book(
    coverage: DistrictCoverage, district: District, made_at: datetime, *more: excel.Form
) -> bytes:
    """Return the workbook of a year's coverage as an XLSX file.

    Args:
        coverage: the figures, as the screen shows them.
        district: the row with the order's requisites.
        made_at: when the file is made, in local time.
        more: sheets that stand before «Как считалось».
    """
    title = f"Охват наставничеством, {coverage.year} год"
    forms = [*tables(coverage, district), *more, excel.explanation(how(coverage, district))]
    return excel.save(excel.Book(title, forms, made_at))


def tables(coverage: DistrictCoverage, district: District) -> list[excel.Form]:
    """Return the sheets with the figures: against the plan, all three counts, who does not count."""
    three, others = _three_counts(coverage, district), _not_counted(coverage, district)
    return [_form(coverage, district), three, others]


def as_of(day: date) -> str:
    """Return «по состоянию на 9 декабря 2020 г.»."""
    return f"по состоянию на {ru.date_long(day)}"


def notes(
    coverage: DistrictCoverage, district: District, *, names_left_out: bool = True
) -> list[str]:
    """Return what is said under the table, on screen, on paper and in Excel.

    Args:
        coverage: of the year.
        district: the district.
        names_left_out: whether to say who is not counted; a page with a table of them need not.
    """
    said = _of_plan(coverage, district)
    if coverage.has_begun and (names := text.unnamed_without_data(coverage)):
        schools = ", ".join(names)
        said.append(f"Нет данных за {coverage.year} год, в сумму фактов не вошли: {schools}.")
    for part in Part if names_left_out else ():
        if line := text.exceptions_line(coverage, part):
            said.append(f"{text.PLURAL[part].capitalize()}: {line}.")
    if coverage.doubles:
        found = ru.counted(coverage.doubles, "совпадение", "совпадения", "совпадений")
        said.append(
            f"Возможно, один ребёнок в базах двух школ: {found} полного имени и параллели за год; пока "
            "совпадение не подтверждено, это двое детей, каждый в своей школе."
        )
    return said


def _of_plan(coverage: DistrictCoverage, district: District) -> list[str]:
    """Both gaps, whom no plan compares, and why the two totals differ."""
    said = [line for part in Part if (line := text.gaps(coverage, part))]
    for part in Part:
        if others := text.unplanned(coverage, part):
            printed = coverage.printed(part).target is not None
            within = "; в строке «ИТОГО по приказу» они есть" if printed else ""
            said.append(f"{ru.capitalized(others)}{within}.")
    if coverage.has_plan and (names := _partly_planned(coverage)):
        said.append(f"План введён не полностью: {', '.join(names)}.")
    if coverage.edited:
        said.append(text.edited(coverage))
    elif coverage.has_printed and district.totals_note:
        said.append(district.totals_note)
    return said


def _partly_planned(coverage: DistrictCoverage) -> list[str]:
    """The schools that lack a plan which others have, and have nobody whom `text.unplanned` names."""
    parts = [part for part in Part if coverage.of(part).target is not None]
    bare = {
        row.name for part in parts for row in coverage.unplanned(part) if not row.of(part).actual
    }
    return [row.name for row in coverage.schools if row.name in bare]


def _form(coverage: DistrictCoverage, district: District) -> excel.Form:
    columns = [Column("school", "ОО", width=20)]
    for part in Part:
        columns += _planned_columns(coverage, part)
    post = ru.capitalized(district.coordinator_post)
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


def _planned_columns(coverage: DistrictCoverage, part: Part) -> list[Column]:
    is_edited = any(row.of(part).edit for row in coverage.schools)
    plan = 25 if is_edited else 10  # «1 995 (в приказе 1 996)»
    widths = {"plan": plan, "percent": 10}
    return [
        Column(f"{_KEYS[part]}_{key}", title, _GROUPS[part], widths.get(key, 13))
        for key, title in (_PLANNED | _GAPS).items()
    ]


def _three_counts(coverage: DistrictCoverage, district: District) -> excel.Form:
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
        return [empty if school is None else excel.integer(school) for school in known]

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


def _not_counted(coverage: DistrictCoverage, district: District) -> excel.Form:
    """Who is told of beside the figures: a column a reason, the district's sum under the schools."""
    found = text.left_out(coverage)
    columns = [
        Column(f"{_KEYS[each.part]}_{each.verdict.value}", _reason(each), _GROUPS[each.part], 15)
        for each in found
    ]

    def cells(row: SchoolCoverage) -> list[Cell | Formula]:
        if not row.has_data:
            return [excel.NO_DATA for _ in found]
        return [excel.integer(each.of(row)) for each in found]

    sums = [
        excel.total(column.key, result=each.people)
        for column, each in zip(columns, found, strict=True)
    ]
    return excel.Form(
        name="Не вошли в счёт",
        title=f"Кто не вошёл в счёт и кто давно не встречался, {coverage.year} год. {district.name}",
        subtitle=as_of(coverage.on),
        columns=[Column("school", "ОО", width=20), *columns],
        rows=[_row(excel.text(row.name), [cells(row)]) for row in coverage.schools],
        totals=[_row(excel.text("ИТОГО, сумма по школам"), [[*sums]])],
        notes=[] if found else ["Таких нет."],
    )


def _reason(found: text.LeftOut) -> str:
    said = ru.capitalized(found.why)
    return f"Из посчитанных {found.why}" if found.verdict is Verdict.SILENT else said


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
    fact, plan = (f"{_KEYS[part]}_{key}" for key in ("fact", "plan"))
    missing = excel.formula(
        f'IF(COUNT({{{fact}}},{{{plan}}})<2,"—",MAX(0,{{{plan}}}-{{{fact}}}))',
        result=_shown(figure.missing),
    )
    gap = excel.difference(fact, plan, figure.actual, figure.target)
    return [_target(figure), actual, _share(figure, part), gap, missing]


def _sums(total: Total, part: Part) -> list[Cell | Formula]:
    """Plan and fact of the schools that have a plan; who has no data is missing with the whole plan."""
    fact, plan, missing = (f"{{{_KEYS[part]}_{key}:body}}" for key in ("fact", "plan", "missing"))
    counted = f'COUNTIFS({plan},">=0",{fact},">=0")'
    known = f'{counted}+COUNTIFS({plan},">=0",{fact},"{_EMPTY}")'
    whole = f'SUMIF({fact},"{_EMPTY}",{plan})'
    return [
        _sum(f"{_KEYS[part]}_plan", total.target),
        _unless(f"{counted}=0", f'SUMIF({plan},">=0",{fact})', total.actual),
        _share(total, part),
        _gap_of(total, part, f"{known}=0"),
        _unless(f"{known}=0", f"SUM({missing})+{whole}", total.missing),
    ]


def _printed(total: Total, part: Part) -> list[Cell | Formula]:
    """The order's total beside all facts; it is no sum, so nothing is missing by schools."""
    key = _KEYS[part]
    facts = f"{{{key}_fact:body}}"
    unknown = f'OR(COUNT({{{key}_plan}})=0,COUNT({facts})+COUNTIF({facts},"{_EMPTY}")=0)'
    return [
        excel.DASH if total.target is None else excel.integer(total.target),
        _sum(f"{key}_fact", total.actual),
        _share(total, part),
        _gap_of(total, part, unknown),
        excel.DASH,
    ]


def _target(figure: Figure) -> Cell:
    note = f"({figure.edit.in_order})" if figure.edit else ""
    if figure.target is None:
        return Cell(f"{NOT_ENTERED} {note}".strip())
    return excel.integer(figure.target, note=note)


def _actual(figure: Figure) -> Cell:
    return excel.NO_DATA if figure.actual is None else excel.integer(figure.actual)


def _share(figure: Figure, part: Part) -> Formula:
    fact, plan = (f"{_KEYS[part]}_{key}" for key in ("fact", "plan"))
    return excel.share(fact, plan, figure.actual, figure.target)


def _gap_of(total: Total, part: Part, unknown: str) -> Formula:
    """Fact minus plan of a total row, whose fact may be «—», which SUM takes for 0."""
    fact, plan = (f"{{{_KEYS[part]}_{key}}}" for key in ("fact", "plan"))
    return _unless(unknown, f"SUM({fact})-{plan}", total.gap, show=excel.GAP)


def _sum(key: str, result: int | None) -> Formula:
    """The sum of a column's numbers; «—» where it holds none, which is not 0."""
    body = f"{{{key}:body}}"
    return _unless(f"COUNT({body})=0", f"SUM({body})", result)


def _unless(unknown: str, value: str, result: int | None, show: str = excel.INTEGER) -> Formula:
    """A value, or «—» where what it is counted from is not known."""
    return excel.formula(f'IF({unknown},"—",{value})', result=_shown(result), show=show)


def _shown(result: int | None) -> int | str:
    return "—" if result is None else result


def how(coverage: DistrictCoverage, district: District) -> list[tuple[str, str]]:
    """Return what «Как считалось» says of coverage: what is told, and the rule."""
    said = [
        (rule.title, rule.sentence) for rule in rules.what_counts(coverage.basis, coverage.bounds)
    ]
    today = ("Дата", f"Показатели {as_of(coverage.on)}, за {coverage.year} календарный год.")
    rule = rules.numbered(district.rules_number, district.rules_since, coverage.bounds)
    numbered = ("Правила счёта", rule)
    return [today, numbered, *said]
