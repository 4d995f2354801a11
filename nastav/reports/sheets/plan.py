"""«План по форме приложения 1»: the plan as its own room lays it out, then the fact beside each year."""

from typing import Final

from nastav import excel, ru
from nastav.coverage.figures import DistrictCoverage, Figure
from nastav.coverage.sheet import NOT_ENTERED
from nastav.district.models import District
from nastav.excel import Cell, Column, Formula
from nastav.people.models import Part
from nastav.plan.sheet import plan_form
from nastav.reports.records import Material
from nastav.reports.sheets.looks import subtitle

_NAMES: Final = {Part.MENTEE: "План, наставляемые", Part.MENTOR: "План, наставники"}
_WHO: Final = {Part.MENTEE: "наставляемые", Part.MENTOR: "наставники (обучающиеся)"}


def plan_forms(material: Material, district: District) -> list[excel.Form]:
    """Return the plan's own sheets, then one of mentees and one of mentors with the fact."""
    own = [plan_form(grid, district) for grid in material.plans]
    return [*own, *(_form(part, material, district) for part in Part)]


def _form(part: Part, material: Material, district: District) -> excel.Form:
    years = material.years
    columns = [Column("school", "ОО", width=20)]
    for year, coverage in years.items():
        is_edited = any(row.of(part).edit for row in coverage.schools)
        columns += [
            Column(f"plan_{year}", "План", str(year), 22 if is_edited else 12),
            Column(f"fact_{year}", "Факт", str(year), 12),
        ]
    schools = range(len(material.coverage.schools))
    return excel.Form(
        name=_NAMES[part],
        title=f"План охвата по форме приложения 1 и факт по годам: {_WHO[part]}",
        subtitle=subtitle(material, district),
        columns=columns,
        rows=[_row(at, part, material) for at in schools],
        totals=_totals(part, material),
        notes=_notes(material),
    )


def _row(at: int, part: Part, material: Material) -> list[Cell | Formula]:
    row: list[Cell | Formula] = [excel.text(material.coverage.schools[at].name)]
    for coverage in material.years.values():
        row += _cells(coverage.schools[at].of(part), coverage)
    return row


def _cells(figure: Figure, coverage: DistrictCoverage) -> list[Cell]:
    plan = NOT_ENTERED if figure.target is None else figure.target
    note = f"({figure.edit.in_order})" if figure.edit else ""
    shown = excel.integer(plan, note=note) if isinstance(plan, int) else Cell(plan)
    if not coverage.has_begun:
        return [shown, excel.DASH]
    return [shown, excel.NO_DATA if figure.actual is None else excel.integer(figure.actual)]


def _totals(part: Part, material: Material) -> list[list[Cell | Formula]]:
    sums: list[Cell | Formula] = [excel.text("ИТОГО, сумма по школам")]
    for year, coverage in material.years.items():
        whole = coverage.of(part)
        sums += [_sum(f"plan_{year}", whole.target), _sum(f"fact_{year}", whole.everybody)]
    if not any(coverage.has_printed for coverage in material.years.values()):
        return [sums]
    printed: list[Cell | Formula] = [excel.text("ИТОГО по приказу")]
    for coverage in material.years.values():
        target = coverage.printed(part).target
        printed += [excel.DASH if target is None else excel.integer(target), excel.BLANK]
    return [sums, printed]


def _sum(key: str, result: int | None) -> Formula:
    """The sum of a column's numbers; «—» where it holds none, which is not 0."""
    shown = "—" if result is None else result
    return excel.formula(f'IF(COUNT({{{key}:body}})=0,"—",SUM({{{key}:body}}))', result=shown)


def _notes(material: Material) -> list[str]:
    said = [
        f"{material.on.year} год — на {ru.date_short(material.on)}, прошлые — на 31 декабря; "
        "у будущих лет есть только план. Факт суммы — по всем школам, с планом и без него."
    ]
    without = [str(year) for year, found in material.years.items() if not found.has_plan]
    if without:
        said.append(f"План не введён: {', '.join(without)} год.")
    return said
