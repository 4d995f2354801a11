"""The district's self-check on demand: a page, and the same as a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from nastav import dates, db, excel, htmx, ru
from nastav.access import requires
from nastav.district import queries as districts
from nastav.rollup import files
from nastav.rollup.selfcheck import pages, rules, sheet
from nastav.rollup.selfcheck.forms import AskedForm
from nastav.rollup.selfcheck.rules import Asked, Section, StageCheck
from nastav.stages import queries as stages

blueprint = Blueprint("district_check", __name__)


@dataclass(frozen=True)
class Shown:
    """What the page and the workbook are made of."""

    form: AskedForm
    asked: Asked
    names: Mapping[int, str]
    checks: list[StageCheck]
    sections: list[Section]


@blueprint.get("/districts/<int:district_id>/<int:cycle>/check")
@requires("rollup:read")
def page(district_id: int) -> Response:
    """Show what «Проверьте и отправьте» of every school says, by weight (`?school=`, `?stage=`)."""
    shown = _shown(district_id)
    return htmx.fragment(
        "rollup/selfcheck/_found.html",
        whole="rollup/selfcheck/page.html",
        shown=shown,
        cycle=g.cycle,
        years=districts.cycle_years(district_id),
    )


@blueprint.get("/districts/<int:district_id>/<int:cycle>/check.xlsx")
@requires("rollup:read")
def book(district_id: int, cycle: int) -> Response:
    """Give the same as a workbook."""
    shown = _shown(district_id)
    today = dates.today()
    db.settle()
    place = (g.district.name, cycle, today)
    content = excel.save(sheet.check_book(shown.checks, shown.sections, place, dates.local_now()))
    title = f"{sheet.TITLE} {ru.school_year(cycle).replace('/', '-')}"
    return files.answer(content, f"check-{cycle}.xlsx", title, today)


def _shown(district_id: int) -> Shown:
    names = districts.school_names(district_id)
    form = AskedForm(request.args, names=names, stages=stages.stages(g.cycle.id))
    asked = form.asked()
    checks = pages.checks(g.cycle, names, asked)
    return Shown(form, asked, names, checks, rules.sections(checks))
