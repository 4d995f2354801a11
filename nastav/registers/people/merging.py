"""Making two cards of one person one, and taking them apart again."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, ru
from nastav.access import requires
from nastav.forms import row_id
from nastav.identity.merging import operations as merging
from nastav.identity.merging import queries as merges
from nastav.pairs import doubles, queries
from nastav.pairs.pages import pairs_year
from nastav.people import queries as people
from nastav.people.models import Participation, Person
from nastav.people.pages import ENTRY, address, found
from nastav.refusals import NotAllowed
from nastav.registers.people import operations

blueprint = Blueprint("person_merging", __name__)


@blueprint.get(f"{ENTRY}/merge")
@requires("names:edit")
def ask(school_id: int, book: str, entry_id: int) -> Response:
    """Ask which other card is the same person's; with `?with=` compare the two."""
    row = found(school_id, book, entry_id)
    other_id = request.args.get("with", type=row_id)
    if other_id is None:
        return _choose(row, book)
    return _compare(row, book, _person(school_id, other_id))


def _choose(row: Participation, book: str) -> Response:
    year = dates.cycle_of(dates.today())
    entry = people.entry(row.school_id, row.part, row.id, first_year=year)
    others = merges.candidates(row.school_id, row.person_id, first_year=year)
    return htmx.page(
        "registers/people/merge_choose.html",
        school=g.school,
        book=book,
        entry=entry,
        alike=[each for each in others if entry and merges.is_alike(entry, each)],
        others=others,
    )


def _compare(
    row: Participation, book: str, other: Person, *, status: int = 200, error: str = ""
) -> Response:
    year = dates.cycle_of(dates.today())
    school_id = row.school_id
    ids = (row.person_id, other.id)
    return htmx.page(
        "registers/people/merge_compare.html",
        status=status,
        school=g.school,
        book=book,
        entry_id=row.id,
        cards=[people.history(school_id, person_id, first_year=year) for person_id in ids],
        pairs=[queries.pairs_with(school_id, person_id, first_year=year) for person_id in ids],
        versions=[row.person.version, other.version],
        pairs_year=pairs_year(),
        error=error,
    )


@blueprint.post(f"{ENTRY}/merge")
@requires("names:edit")
def merge(school_id: int, book: str, entry_id: int) -> Response:
    """Merge the two cards; the one chosen is kept."""
    row = found(school_id, book, entry_id)
    other = _person(school_id, request.form.get("with", -1, type=row_id))
    both = {person.id: person for person in (row.person, other)}
    kept = both.pop(request.form.get("keep", -1, type=row_id), None)
    if kept is None or not both:
        return _compare(row, book, other, status=422, error="Выберите, какая карточка останется.")
    dropped = next(iter(both.values()))
    versions = [
        request.form.get(f"version-{person.id}", -1, type=int) for person in (kept, dropped)
    ]
    try:
        operations.merge_cards(access.actor(), g.school, kept, dropped, versions=versions)
    except NotAllowed as refusal:
        return _compare(row, book, other, status=422, error=refusal.sentence)
    numbers = people.numbers(school_id, [kept.id, dropped.id])
    notice = (
        f"Карточки объединены: №{ru.NBSP}{numbers[dropped.id]} теперь №{ru.NBSP}{numbers[kept.id]}."
    )
    if doubles.is_twice(school_id, kept.id):
        notice += " Пар или групп с одним и тем же человеком теперь две: завершите лишнюю."
    return htmx.leave(_card_of(school_id, kept.id), notice)


@blueprint.post(f"{ENTRY}/unmerge")
@requires("names:edit")
def undo(school_id: int, book: str, entry_id: int) -> Response:
    row = found(school_id, book, entry_id)
    merged = merges.merge(school_id, row.person_id, request.form.get("merge", -1, type=row_id))
    if merged is None:
        abort(404)
    kept_id = row.person_id
    try:
        merging.undo(access.actor(), merged)
    except NotAllowed as refusal:
        return htmx.leave(address(row, book), refusal.sentence)
    return htmx.leave(_card_of(school_id, kept_id), "Карточки снова раздельные.")


def _person(school_id: int, person_id: int) -> Person:
    person = merges.person(school_id, person_id)
    if person is None or person.merged_into_id is not None:
        abort(404)
    return person


def _card_of(school_id: int, person_id: int) -> str:
    """The address of a person's card: their last line that is no mistake."""
    lines = people.history(school_id, person_id, first_year=0)
    entry = max(lines, key=lambda line: (not line.is_mistake, line.joined, line.id))
    return url_for("person.card", book=f"{entry.part}s", entry_id=entry.id)
