"""Entering a stack of paper sheets in a grid: rows are sheets, columns the questions' numbers."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import htmx, ru, submitted
from nastav.access import actor, requires
from nastav.feedback import labels, operations, queries, questionnaires
from nastav.feedback.models import ABOUT_PAIRS, PARTICIPANTS, Questionnaire
from nastav.forms import posted_block
from nastav.intake.block import Spread
from nastav.people.models import Part
from nastav.questionnaires.grid import forms, paste, rules
from nastav.questionnaires.grid.forms import StackForm

blueprint = Blueprint("grid", __name__)
AT = "/schools/<int:school_id>/<int:cycle>/feedback/grid"


@blueprint.get(AT)
@requires("feedback:edit")
def new(cycle: int) -> Response:
    """Show an empty grid; without a questionnaire in the address ask for it."""
    asked_id = request.args.get("questionnaire", type=int)
    if asked_id is None:
        form = forms.ChoiceForm()
        form.questionnaire.choices = questionnaires.choices(g.school.district_id)
        return htmx.page("questionnaires/grid/choose.html", form=form, school=g.school, cycle=cycle)
    found = _load(asked_id)
    rows = forms.rows_of(request.args.get("rows"), len(found.questions))
    return _page(found, forms.stack_form(cycle)(questionnaire=found.id, rows=rows), rows)


@blueprint.post(AT)
@requires("feedback:edit")
def create(cycle: int) -> Response:
    """Save the whole stack or nothing of it; each wrong cell is told by its row and column."""
    found = _load(request.form.get("questionnaire", type=int))
    rows = forms.rows_of(request.form.get("rows"), len(found.questions))
    form = forms.stack_form(cycle).posted()
    block = posted_block()
    if block is not None:
        spread = paste.spread(block, found.questions, rows, has_numbers=found.part in PARTICIPANTS)
        return _page(found, form, rows, spread=spread, pasted=block)
    is_valid = form.validate()
    at = url_for("feedback.school")
    token = request.form.get("once_token") or htmx.once_token()
    if is_valid and not submitted.first_time(token):
        return htmx.leave(at, "Эта пачка уже внесена.")
    stack = rules.Stack(request.form, rows, found.questions, form.answered_on.data, _known(found))
    if not is_valid or stack.faults or not stack.sheets:
        return _page(found, form, rows, stack)
    operations.save_stack(actor(), g.school, cycle, found, stack.sheets)
    count = ru.counted(len(stack.sheets), "анкета", "анкеты", "анкет")
    return htmx.leave(at, f"Внесено: {count}.")


def _load(questionnaire_id: int | None) -> Questionnaire:
    """Return a questionnaire of participants; the stack may have been printed from an older version."""
    found = questionnaires.questionnaire(g.school.district_id, questionnaire_id or 0)
    if found is None or found.part not in ABOUT_PAIRS:
        abort(404)
    return found


def _known(found: Questionnaire) -> rules.Known:
    is_numbered = found.part in PARTICIPANTS
    people = queries.numbered_people(g.school.id, Part(found.part)) if is_numbered else None
    entered = queries.entered(g.school.id, g.cycle.first_year, found)
    return rules.Known(people, entered.by_code, entered.by_person)


def _page(
    found: Questionnaire,
    form: StackForm,
    rows: int,
    stack: rules.Stack | None = None,
    *,
    spread: Spread[int] | None = None,
    pasted: str = "",
) -> Response:
    is_lost = spread is not None and not spread.cells
    return htmx.page(
        "questionnaires/grid/grid.html",
        status=422 if stack or is_lost else 200,
        form=form,
        rows=rows,
        columns=rules.columns(found.questions, has_numbers=found.part in PARTICIPANTS),
        cell=rules.cell,
        typed={**request.form.to_dict(), **(paste.fields(spread) if spread else {})},
        spread=spread,
        pasted=pasted if is_lost else "",
        stack=stack,
        faults={fault.cell: fault for fault in stack.faults} if stack else {},
        questionnaire=found,
        school=g.school,
        cycle=g.cycle.first_year,
        labels=labels,
    )
