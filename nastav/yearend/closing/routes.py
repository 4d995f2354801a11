"""The page «Завершение года»: pairs closed together; carrying on and opening again of one pair."""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, db, htmx, ru, terms
from nastav.access import requires
from nastav.forms import row_id
from nastav.paging import form_rows
from nastav.pairs import queries as known
from nastav.pairs.forms import first_day, read_in
from nastav.pairs.models import Decision, Pair, PairState
from nastav.pairs.pages import PAIR, PAIRS, address, found
from nastav.pairs.rules import NOT_CLOSED, Refused
from nastav.refusals import NotAllowed, shown_in
from nastav.yearend.closing import operations, queries, rules
from nastav.yearend.closing.forms import OUTCOME, ReopenForm, TogetherForm, read_decision

blueprint = Blueprint("closing", __name__)
CLOSING = f"{PAIRS}/closing"
DRAFT_SENTENCES = {
    None: "",
    True: " Черновик её продолжения удалён: при новом завершении сайт сделает другой.",
    False: " Черновик её продолжения сохранён: его уже изменили. Он понадобится, когда пару завершат.",
}


@blueprint.get(CLOSING)
@requires("names:edit")
def board(cycle: int) -> Response:
    """Show the pairs of a school year that go on, to be closed together."""
    return _board(TogetherForm(data={"ended": first_day(cycle)}), cycle)


@blueprint.post(CLOSING)
@requires("names:edit")
def close(school_id: int, cycle: int) -> Response:
    """Close the pairs ticked and carry on those to be continued: all of them or none."""
    form = TogetherForm.posted(meta=read_in(cycle))
    is_valid = form.validate()
    try:
        asked = _asked(school_id, form)
        if not is_valid or not asked:
            return _board(form, cycle, status=422)
        ended, reason = form.ended.data, form.reason.data or ""
        done = operations.close_together(access.actor(), asked, ended, reason)
    except Refused as refusal:
        return _board(form, cycle, status=422, refused=refusal)
    except db.Conflict:
        return _board(form, cycle, status=409)
    return htmx.leave(url_for(".board"), _sentence(done))


def _asked(school_id: int, form: TogetherForm) -> list[operations.Asked]:
    ids = [row_id(text) for text in request.form.getlist("pick")]
    asked = [_one_asked(pair, form) for pair in known.pairs_by_id(school_id, ids)]
    if not asked:
        form.form_errors.append("Отметьте хотя бы одну пару или группу.")
    return asked


def _one_asked(pair: Pair, form: TogetherForm) -> operations.Asked:
    outcome = request.form.get(f"outcome-{pair.id}", "").strip()
    if len(outcome) > OUTCOME:
        raise Refused(pair.id, f"Итог. {ru.too_long(len(outcome), OUTCOME)}")
    own = read_decision(request.form.get(f"decision-{pair.id}"))
    decision = own or form.common() or Decision.FINISH  # without one the form is refused anyway
    version = request.form.get(f"version-{pair.id}", -1, type=int)
    return operations.Asked(pair, version, outcome, decision)


def _sentence(done: operations.Done) -> str:
    notice = f"Завершено: {ru.counted(done.closed, *terms.PAIRS)}."
    if done.continued:
        notice += f" Черновиков продолжения с 1 сентября: {ru.number(done.continued)}."
    return notice


@blueprint.post(f"{CLOSING}/continue")
@requires("names:edit")
def carry_all_on(school_id: int, cycle: int) -> Response:
    """Make the drafts of every closed pair that waits for its continuation."""
    made, lacking = operations.carry_all_on(access.actor(), school_id, cycle)
    notice = f"Создано: {ru.counted(made, 'черновик', 'черновика', 'черновиков')}."
    if lacking:
        notice += f" Не продолжены, потому что не хватает участников: {ru.number(lacking)}."
    return htmx.leave(url_for(".board"), notice)


@blueprint.post(f"{PAIR}/continue")
@requires("names:edit")
def carry_on(school_id: int, pair_id: int) -> Response:
    pair = found(school_id, pair_id)
    if pair.decision is not Decision.CONTINUE:
        raise db.NotNow(pair.noun.said("Эту пару решено не продолжать."))
    try:
        operations.carry_on(access.actor(), pair)
    except NotAllowed as refusal:
        return htmx.leave(address(pair), refusal.sentence)
    return htmx.leave(address(pair), "Черновик продолжения создан.")


@blueprint.get(f"{PAIR}/reopen")
@requires("names:edit")
def ask_reopen(school_id: int, cycle: int, pair_id: int) -> Response:
    pair = found(school_id, pair_id)
    if pair.state is not PairState.CLOSED:
        raise db.NotNow(pair.noun.said(NOT_CLOSED))
    return _reopen_page(ReopenForm(data={"version": pair.version}), pair, cycle)


@blueprint.post(f"{PAIR}/reopen")
@requires("names:edit")
def reopen(school_id: int, cycle: int, pair_id: int) -> Response:
    pair = found(school_id, pair_id)
    form = ReopenForm.posted()
    if not form.validate():
        return _reopen_page(form, pair, cycle, status=422)
    with shown_in(form, lambda: _reopen_page(form, pair, cycle, status=422)):
        actor, reason = access.actor(), form.reason.data or ""
        is_removed = operations.reopen(actor, pair, reason, version=form.version.data)
    return htmx.leave(
        address(pair),
        f"{pair.noun.nominative.capitalize()} открыта снова.{DRAFT_SENTENCES[is_removed]}",
    )


def _reopen_page(form: ReopenForm, pair: Pair, cycle: int, *, status: int = 200) -> Response:
    return htmx.page(
        "yearend/closing/reopen.html",
        status=status,
        form=form,
        school=g.school,
        year=cycle,
        row=known.pair_row(pair.school_id, pair.id, first_year=cycle),
    )


def _board(
    form: TogetherForm, cycle: int, *, status: int = 200, refused: Refused | None = None
) -> Response:
    if status >= 400:
        db.discard()  # what the refused operation had begun to change
    shown = form_rows(queries.open_pairs(g.school.id, cycle))
    return htmx.page(
        "yearend/closing/board.html",
        status=status,
        form=form,
        school=g.school,
        year=cycle,
        shown=shown,
        versions=known.versions(g.school.id, [row.id for row in shown.rows]),
        ending={row.id for row in shown.rows if rules.ends_with_school(row)},
        waiting=queries.waiting(g.school.id, cycle),
        typed=request.form,
        ticked=set(request.form.getlist("pick", type=int)),
        refused=refused,
        is_changed=status == 409,
        given_back=_outcomes_of_others({row.id for row in shown.rows}) if status == 409 else [],
    )


def _outcomes_of_others(shown: set[int]) -> list[tuple[str, str]]:
    """Return what was typed of pairs that stand on the page no more: somebody has closed them."""
    named = ((name.partition("-"), text.strip()) for name, text in request.form.items())
    outcomes = [(row_id(key), text) for (start, _, key), text in named if start == "outcome"]
    return [("Итог пары", text) for key, text in outcomes if text and key not in shown]
