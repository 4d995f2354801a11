"""The book of a report: the sheets of other rooms and of this one, in the order of `parts`."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from nastav import excel, ru
from nastav.coverage import sheet as coverage
from nastav.district.models import District
from nastav.execution import rules
from nastav.execution.sheet import execution_form
from nastav.feedback import sheet as feedback
from nastav.progress import sheet as progress
from nastav.reports.parts import BY_KEY, PARTS
from nastav.reports.records import Material
from nastav.reports.sheets.looks import signed
from nastav.reports.sheets.monitoring import monitoring_form
from nastav.reports.sheets.plan import plan_forms
from nastav.reports.sheets.stages import activities_form, overdue_form
from nastav.reports.sheets.summary import summary_form
from nastav.rollup import sheet as rollup


def book(
    material: Material, district: District, made_at: datetime, only: str | None = None
) -> bytes:
    """Return the report as an XLSX file.

    Args:
        material: what it is made of.
        district: the row with the order's requisites.
        made_at: when the file is made, in local time; the same gives the same bytes.
        only: the key of one part, for its sheets alone.
    """
    parts = [BY_KEY[only]] if only else PARTS
    forms = [form for part in parts for form in _part(part.key, material, district)]
    title = f"Отчёт на {ru.date_short(material.on)}"
    return excel.save(excel.Book(title, forms, made_at))


def _part(key: str, material: Material, district: District) -> list[excel.Form]:
    """Return the sheets of a part; both signatures stand on the first."""
    match key:
        case "summary":
            forms = [summary_form(material, district)]
        case "coverage":
            tables = coverage.tables(material.coverage, district)
            forms = [*tables, *progress.sheets(material.progress, district.name)]
        case "plan":
            forms = plan_forms(material, district)
        case "stages":
            forms = [activities_form(material, district)]
        case "overdue":
            forms = [overdue_form(material, district)]
        case "monitoring":
            forms = [monitoring_form(material, district)]
        case "feedback":
            forms = _feedback(material, district)
        case "execution":
            forms = [execution_form(material.execution, list(material.points), district)]
        case _:
            return [excel.explanation(how(material, district))]
    return signed(forms, district)


def _feedback(material: Material, district: District) -> list[excel.Form]:
    first, *rest = feedback.sums(district.name, material.first_year, material.feedback)
    note = f"Ответы, данные по {ru.date_short(material.on)} включительно, всех школ вместе."
    return [replace(first, name="Обратная связь", notes=[*first.notes, note]), *rest]


def how(material: Material, district: District) -> Iterable[tuple[str, str]]:
    """Return what «Как считалось» says: of coverage, of the order's points, of stages, of the file."""
    said = coverage.how(material.coverage, district)
    said.append(("Исполнение приказа", rules.RULE))
    said += rollup.RULES
    said.append(
        (
            "Имена",
            "Имён детей в книге нет. Внесённое позже этой даты задним числом в ней учтено: показатели — "
            "по данным, внесённым к моменту, когда книга сделана.",
        )
    )
    return said
