"""Pages of a mentor's profile and of the school's criteria of selection."""

from flask import Blueprint, abort, g, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx
from nastav.access import requires
from nastav.district.kinds import queries as kinds
from nastav.forms import options
from nastav.mentors.profiles import operations, queries
from nastav.mentors.profiles.forms import CriteriaForm, ProfileForm
from nastav.mentors.profiles.models import MentorProfile
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.people.rows import Entry
from nastav.refusals import differences, shown_in

blueprint = Blueprint("profiles", __name__)
PROFILE = "/schools/<int:school_id>/mentors/<int:entry_id>/profile"
CRITERIA = "/schools/<int:school_id>/mentors/criteria"


@blueprint.get(PROFILE)
@requires("names:edit")
def edit(school_id: int, entry_id: int) -> Response:
    entry = _mentor(school_id, entry_id)
    return _page(_saved_form(queries.profile(school_id, entry.person_id)), entry)


@blueprint.post(PROFILE)
@requires("names:edit")
def save(school_id: int, entry_id: int) -> Response:
    """Save a profile; of two who edit at once the second sees both versions."""
    entry = _mentor(school_id, entry_id)
    form = ProfileForm.posted()
    _offer_kinds(form)
    if not form.validate():
        return _page(form, entry, status=422)
    try:
        with shown_in(form, lambda: _page(form, entry, status=422)):
            operations.save_profile(
                access.actor(),
                school_id,
                entry.person_id,
                form.data_typed(),
                version=form.version.data,
            )
    except db.Conflict:
        row = queries.profile(school_id, entry.person_id)
        form.version.data = row.version if row else 0
        return _page(form, entry, status=409, saved=_saved_form(row))
    return htmx.leave(
        url_for("person.card", book="mentors", entry_id=entry_id), "Анкета наставника сохранена."
    )


@blueprint.get(CRITERIA)
@requires("names:read")
def criteria(school_id: int) -> Response:
    """Show by which criteria the school selects mentors, and let the curator change them."""
    row = queries.criteria(school_id)
    return _criteria(CriteriaForm(obj=row) if row else CriteriaForm())


@blueprint.post(CRITERIA)
@requires("names:edit")
def save_criteria(school_id: int) -> Response:
    form = CriteriaForm.posted()
    if not form.validate():
        return _criteria(form, status=422)
    try:
        text = "\n".join((form.text.data or "").splitlines())
        operations.save_criteria(access.actor(), school_id, text, version=form.version.data)
    except db.Conflict:
        row = queries.criteria(school_id)
        form.version.data = row.version if row else 0
        return _criteria(form, status=409, saved=row.text if row else "")
    return htmx.leave(url_for(".criteria"), "Критерии отбора сохранены.")


def _mentor(school_id: int, entry_id: int) -> Entry:
    year = dates.cycle_of(dates.today())
    return people.entry(school_id, Part.MENTOR, entry_id, first_year=year) or abort(404)


def _saved_form(row: MentorProfile | None) -> ProfileForm:
    if row is None:
        form = ProfileForm()
    else:
        data = vars(operations.saved_data(row))
        form = ProfileForm(
            data={**data, "kind_ids": sorted(data["kind_ids"]), "version": row.version}
        )
    _offer_kinds(form)
    return form


def _offer_kinds(form: ProfileForm) -> None:
    offered = kinds.kinds(g.school.district_id)
    form.kind_ids.choices = options((pair_kind.id, pair_kind.name) for pair_kind in offered)


def _page(
    form: ProfileForm, entry: Entry, *, status: int = 200, saved: ProfileForm | None = None
) -> Response:
    return htmx.page(
        "mentors/profiles/profile.html",
        status=status,
        form=form,
        entry=entry,
        school=g.school,
        differences=differences(saved, form) if saved else [],
    )


def _criteria(form: CriteriaForm, *, status: int = 200, saved: str | None = None) -> Response:
    return htmx.page(
        "mentors/profiles/criteria.html",
        status=status,
        form=form,
        school=g.school,
        saved=saved,
    )
