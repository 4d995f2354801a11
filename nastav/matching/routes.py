"""The page of suggestions: a mentor for each mentee without a pair, drafts made of what is chosen."""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, ru
from nastav.access import requires
from nastav.district.kinds import queries as kinds
from nastav.forms import row_id
from nastav.matching import operations, queries, rules
from nastav.paging import form_rows
from nastav.pairs.forms import first_day
from nastav.people.rows import Entry
from nastav.refusals import NotAllowed

blueprint = Blueprint("matching", __name__)
MATCHING = "/schools/<int:school_id>/<int:cycle>/pairs/matching"


@blueprint.get(MATCHING)
@requires("names:edit")
def board(cycle: int) -> Response:
    """Suggest a mentor to each mentee without a pair, or say why there is none."""
    return _board(cycle)


@blueprint.post(MATCHING)
@requires("names:edit")
def draft(school_id: int, cycle: int) -> Response:
    """Make drafts of what was chosen; what somebody paired meanwhile is shown anew (409)."""
    chosen = _chosen()
    if not chosen:
        return _board(cycle, status=422, error="Отметьте хотя бы одного наставляемого.")
    if not htmx.is_first():
        return htmx.leave(url_for("drafts.board"))
    free = _people(cycle)
    if not chosen.keys() <= free.keys():
        return _board(cycle, status=409)
    try:
        desk = queries.desk(school_id, dates.today(), first_year=cycle)
        started = first_day(cycle)
        forms = _kinds(desk, chosen, free)
        made = operations.draft_pairs(access.actor(), school_id, chosen, forms, started)
    except NotAllowed as refusal:
        return _board(cycle, status=422, error=refusal.sentence)
    count = ru.counted(len(made), "черновик", "черновика", "черновиков")
    notice = f"Создано: {count}. Проверьте и начните пары и группы."
    second = sum(mentor_id in desk.groups for mentor_id in set(chosen.values()))
    if second:
        whose = ru.out_of(second, "наставника", "наставников")
        notice += f" У {whose} пара или группа уже есть, новая будет ещё одной."
    return htmx.leave(url_for("drafts.board"), notice)


def _people(cycle: int) -> dict[int, Entry]:
    rows = queries.without_pair(g.school.id, dates.today(), first_year=cycle)
    return {row.person_id: row for row in rows}


def _chosen() -> dict[int, int]:
    """Return mentee → mentor of the lines ticked."""
    ticked = [row_id(text) for text in request.form.getlist("pick")]
    return {person_id: row_id(request.form.get(f"mentor-{person_id}", "")) for person_id in ticked}


def _kinds(desk: rules.Desk, chosen: dict[int, int], free: dict[int, Entry]) -> dict[int, int]:
    """Return the form of mentoring of each mentor chosen; a mentor not in the register is refused."""
    offered = kinds.kinds(g.school.district_id)
    mentors = {mentor.person_id: mentor for mentor in desk.mentors}
    found = {}
    for mentee_id, mentor_id in chosen.items():
        if mentor_id not in mentors:
            raise NotAllowed("", "Наставника уже нет в базе: выберите другого.")
        profile = desk.profiles.get(mentor_id)
        wanted = profile.kind_ids if profile else frozenset()
        sides = (mentors[mentor_id].kind, free[mentee_id].kind)
        found[mentor_id] = operations.kind_for(*sides, offered, wanted)
    return found


def _board(cycle: int, *, status: int = 200, error: str = "") -> Response:
    if status >= 400:
        db.discard()  # what the refused operation had begun to make
    today = dates.today()
    shown = form_rows(queries.without_pair(g.school.id, today, first_year=cycle))
    desk = queries.desk(g.school.id, today, first_year=cycle)
    found = rules.suggestions(shown.rows, desk)  # of this page: a thousand with 600 takes a minute
    return htmx.page(
        "matching/board.html",
        status=status,
        school=g.school,
        year=cycle,
        shown=shown,
        found=[suggestion for suggestion in found if suggestion.candidates],
        left=[suggestion for suggestion in found if not suggestion.candidates],
        error=error,
        is_changed=status == 409,
        chosen=_chosen() if request.method == "POST" else None,
    )
