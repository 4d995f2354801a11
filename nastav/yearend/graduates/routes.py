"""The page «Выпуск»: the pupils of the last class leave the registers together."""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, ru, terms
from nastav.access import requires
from nastav.forms import row_id
from nastav.pairs.forms import first_day, read_in
from nastav.pairs.pages import PAIRS
from nastav.refusals import shown_in, typed_into
from nastav.yearend.closing.forms import OUTCOME
from nastav.yearend.graduates import operations, queries, rules
from nastav.yearend.graduates.forms import REASON, GraduatesForm

blueprint = Blueprint("graduates", __name__)
GRADUATES = f"{PAIRS}/graduates"
PUPILS = ("ученик", "ученика", "учеников")


@blueprint.get(GRADUATES)
@requires("names:edit")
def board(cycle: int) -> Response:
    """Show who finishes school with a school year, and what becomes of their pairs."""
    return _board(GraduatesForm(data={"left": first_day(cycle), "reason": REASON}), cycle)


@blueprint.post(GRADUATES)
@requires("names:edit")
def finish(school_id: int, cycle: int) -> Response:
    """Mark that those ticked left school, and close the pairs that cannot go on."""
    form = GraduatesForm.posted(meta=read_in(cycle))
    is_valid = form.validate()
    asked = _asked(form)
    if not asked.person_ids:
        form.form_errors.append("Отметьте хотя бы одного ученика.")
    if (longest := max(map(len, asked.outcomes.values()), default=0)) > OUTCOME:
        form.form_errors.append(f"Итог пары. {ru.too_long(longest, OUTCOME)}")
    if not is_valid or form.form_errors:
        return _board(form, cycle, status=422)
    try:
        with shown_in(form, lambda: _board(form, cycle, status=422)):
            done = operations.finish_school(access.actor(), school_id, asked)
    except db.Conflict:
        return _board(form, cycle, status=409)
    return htmx.leave(url_for(".board"), _sentence(done))


def _asked(form: GraduatesForm) -> operations.Asked:
    return operations.Asked(
        person_ids=[row_id(text) for text in request.form.getlist("pick")],
        left=form.left.data,
        reason=form.reason.data or "",
        versions=_numbers("version"),
        pair_versions=_numbers("pair"),
        outcomes={key: text.strip() for key, text in _by_id("outcome").items()},
    )


def _by_id(start: str) -> dict[int, str]:
    """Return id → text of the fields named «start-id»."""
    named = ((name.partition("-"), text) for name, text in request.form.items())
    return {row_id(key): text for (before, _, key), text in named if before == start}


def _numbers(start: str) -> dict[int, int]:
    return {key: row_id(text) for key, text in _by_id(start).items()}


def _sentence(done: operations.Done) -> str:
    notice = f"Выбытие отмечено: {ru.counted(done.people, *PUPILS)}."
    if done.closed:
        notice += f" Завершено: {ru.counted(done.closed, *terms.PAIRS)}."
    if done.thinned:
        notice += (
            f" Из групп и черновиков, которые остаются, вышли: {ru.number(len(done.thinned))}."
        )
    return notice


def _given_back(form: GraduatesForm, found: queries.Leavers) -> list[tuple[str, str]]:
    """Return what was typed and stands on the page no more: somebody else has marked the leaving."""
    shown = {row.id for row in found.ending}
    outcomes = [text.strip() for key, text in _by_id("outcome").items() if key not in shown]
    gone = [("Итог пары", text) for text in outcomes if text]
    return gone if found.people else [*typed_into(form), *gone]


def _board(form: GraduatesForm, cycle: int, *, status: int = 200) -> Response:
    if status >= 400:
        db.discard()  # what the refused operation had begun to change
    found = queries.leavers(g.school.id, cycle)
    today = dates.today()
    ticked = {person.who.person_id for person in found.people if rules.is_ticked(person.who, today)}
    return htmx.page(
        "yearend/graduates/board.html",
        status=status,
        form=form,
        school=g.school,
        year=cycle,
        found=found,
        none_ticked=not ticked,
        ticked=ticked if status == 200 else set(request.form.getlist("pick", type=int)),
        outcomes=_by_id("outcome"),
        is_changed=status == 409,
        given_back=_given_back(form, found) if status == 409 else [],
    )
