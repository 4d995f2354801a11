"""«Заменить имена кодами»: asked, shown once more to be printed, then done for good."""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, compaction, dates, db, htmx, ru
from nastav.access import requires
from nastav.people.codes import queries
from nastav.people.codes.queries import Replaceable
from nastav.people.codes.rules import problems
from nastav.registers.codes import operations as replacing

blueprint = Blueprint("codes", __name__)
CODES = "/schools/<int:school_id>/codes"


@blueprint.get(CODES)
@requires("names:edit")
def ask(school_id: int) -> Response:
    """Offer a code for each pupil who is kept by name: a prefix and the register number."""
    found = queries.replaceable(school_id, dates.today())
    prefix = request.args.get("prefix", "").strip()
    return _ask_page(
        found, {person.person_id: f"{prefix}{person.number}" for person in found.people}
    )


@blueprint.post(CODES)
@requires("names:edit")
def check(school_id: int) -> Response:
    """Show the codes and names side by side, to be printed; nothing is changed yet."""
    found, typed = queries.replaceable(school_id, dates.today()), _typed()
    if typed.keys() != found.ids or not _is_on():
        return _ask_page(found, typed, status=409)
    if bad := problems(typed, found.taken, found.foreign):
        return _ask_page(found, typed, status=422, bad=bad)
    return _check_page(found, typed)


@blueprint.post(f"{CODES}/replace")
@requires("names:edit")
def replace(school_id: int) -> Response:
    """Replace the names; a second click finds it done."""
    register = url_for("register.register", book="mentees")
    if not htmx.is_first():
        return htmx.leave(register)
    found, typed = queries.replaceable(school_id, dates.today()), _typed()
    bad = problems(typed, found.taken, found.foreign)
    if found.mark != request.form.get("mark") or typed.keys() != found.ids or bad or not _is_on():
        return _ask_page(found, typed, status=409, bad=bad)
    if request.form.get("sure") != "1":
        return _check_page(found, typed, status=422)
    count = replacing.replace(access.actor(), g.school, found, typed)
    db.settle()
    is_clean = compaction.compact(compaction.AT_ONCE)
    notice = f"Имена заменены кодами: {ru.counted(count, 'ученик', 'ученика', 'учеников')}."
    if not is_clean:
        notice += " Чтобы стереть следы в файле базы, на сервере выполняют nastav anonymise."
    return htmx.leave(register, notice)


def _is_on() -> bool:
    return queries.is_on(g.school.district_id)


def _typed() -> dict[int, str]:
    """Return person's id → the code typed."""
    found = {}
    for name, text in request.form.items():
        start, _, key = name.partition("-")
        if start == "code" and key.isascii() and key.isdecimal() and len(key) < 10:
            found[int(key)] = text.strip()
    return found


def _ask_page(
    found: Replaceable,
    typed: dict[int, str],
    *,
    status: int = 200,
    bad: dict[int, str] | None = None,
) -> Response:
    if status >= 400:
        db.discard()
    return htmx.page(
        "registers/codes/ask.html",
        status=status,
        school=g.school,
        found=found,
        typed={person.person_id: str(person.number) for person in found.people} | typed,
        bad={key: text for key, text in (bad or {}).items() if key in found.ids},
        is_on=_is_on(),
        is_changed=status == 409,
        prefix=request.args.get("prefix", "").strip(),
    )


def _check_page(found: Replaceable, typed: dict[int, str], *, status: int = 200) -> Response:
    if status >= 400:
        db.discard()
    rows = sorted(found.people, key=lambda entry: ru.sort_key(typed[entry.person_id]))
    return htmx.page(
        "registers/codes/check.html",
        status=status,
        school=g.school,
        rows=rows,
        mark=found.mark,
        typed=typed,
        is_unsure=status == 422,
        today=dates.today(),
    )
