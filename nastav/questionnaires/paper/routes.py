"""Blank questionnaires to print: an A4 sheet each, with a code and, for a participant, the number."""

import secrets
from collections.abc import Collection, Sequence

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from nastav import dates, htmx, unit
from nastav.access import requires
from nastav.feedback import queries, questionnaires
from nastav.feedback.models import ABOUT_PAIRS, PARTICIPANTS, Questionnaire
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.questionnaires.paper.forms import EACH, PaperForm

blueprint = Blueprint("paper", __name__)
NO_NUMBERS = "Родители отвечают без номеров: выберите, сколько листов напечатать."
AT = "/schools/<int:school_id>/<int:cycle>/feedback/paper"


@blueprint.get(AT)
@requires("feedback:edit")
def choose() -> Response:
    """Ask which questionnaire is printed and how many sheets of it."""
    return _choose(PaperForm())


@blueprint.get(f"{AT}/print")
@requires("feedback:edit")
def sheets(school_id: int, cycle: int) -> Response:
    """Show the blank sheets as they are printed; the codes are new each time and kept nowhere."""
    form = PaperForm(request.args)
    asked_id = request.args.get("questionnaire", 0, type=int)
    found = questionnaires.questionnaire(g.school.district_id, asked_id)
    if found is None or found.part not in ABOUT_PAIRS:
        abort(404)
    if not form.validate():
        return _choose(form, 422)
    if form.for_whom.data == EACH and found.part not in PARTICIPANTS:
        form.for_whom.errors = [NO_NUMBERS]
        return _choose(form, 422)
    numbers = _numbers(found) if form.for_whom.data == EACH else [None] * form.copies.data
    codes = _codes(len(numbers), queries.entered(school_id, cycle, found).by_code)
    return htmx.page(
        "questionnaires/paper/sheets.html",
        questionnaire=found,
        sheets=list(zip(codes, numbers, strict=True)),
        school=g.school,
        cycle=cycle,
    )


def _numbers(found: Questionnaire) -> Sequence[int | None]:
    """Return the register numbers of everybody who takes part now, in their order."""
    day = min(dates.today(), dates.cycle_bounds(g.cycle.first_year)[1])
    register = people.register(g.school.id, Part(found.part), first_year=g.cycle.first_year)
    return sorted({entry.number for entry in register if entry.is_on(day)})


def _codes(count: int, taken: Collection[int]) -> list[int]:
    """Return so many different codes of six digits that no entered sheet has."""
    unit.for_once("codes of sheets")
    codes: set[int] = set()
    while len(codes) < count:
        codes.add(100_000 + secrets.randbelow(900_000))
        codes -= set(taken)
    return sorted(codes)


def _choose(form: PaperForm, status: int = 200) -> Response:
    form.questionnaire.choices = questionnaires.choices(g.school.district_id)
    return htmx.page(
        "questionnaires/paper/choose.html",
        status=status,
        form=form,
        school=g.school,
        cycle=g.cycle.first_year,
    )
