"""Working groups of the district and of its schools, and the requisites of the order."""

from typing import Any

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import db, htmx
from nastav.access import actor, may, requires
from nastav.district import operations, queries
from nastav.district.forms import MemberForm, OrderForm, SchoolMemberForm, details, differences
from nastav.district.models import TeamMember
from nastav.district.operations import MemberDetails, OrderDetails
from nastav.forms import posted_version

blueprint = Blueprint("district", __name__)
SCHOOL = "/schools/<int:school_id>/team"
DISTRICT = "/districts/<int:district_id>/team"


# --- a school's working group ---------------------------------------------------------------------


@blueprint.get(SCHOOL)
@requires("school:read")
def school_team() -> Response:
    return _team()


@blueprint.route(f"{SCHOOL}/new", methods=["GET", "POST"])
@requires("team:edit")
def school_new() -> Response:
    return _new()


@blueprint.route(f"{SCHOOL}/<int:member_id>/edit", methods=["GET", "POST"])
@requires("team:edit")
def school_edit(member_id: int) -> Response:
    return _edit(member_id)


@blueprint.post(f"{SCHOOL}/<int:member_id>/remove")
@requires("team:edit")
def school_remove(member_id: int) -> Response:
    return _remove(member_id)


# --- the district's working group and its order ---------------------------------------------------


@blueprint.get(DISTRICT)
@requires("rollup:read")
def district_team() -> Response:
    """Show the district's working group and the requisites of the order."""
    return _team()


@blueprint.route(f"{DISTRICT}/new", methods=["GET", "POST"])
@requires("settings:edit")
def district_new() -> Response:
    return _new()


@blueprint.route(f"{DISTRICT}/<int:member_id>/edit", methods=["GET", "POST"])
@requires("settings:edit")
def district_edit(member_id: int) -> Response:
    return _edit(member_id)


@blueprint.post(f"{DISTRICT}/<int:member_id>/remove")
@requires("settings:edit")
def district_remove(member_id: int) -> Response:
    return _remove(member_id)


@blueprint.route(f"{DISTRICT}/order", methods=["GET", "POST"])
@requires("settings:edit")
def order() -> Response:
    if request.method == "GET":
        return _order_page(OrderForm(obj=g.district))
    form = OrderForm.posted()
    if not form.validate():
        return _order_page(form, status=422)
    try:
        wanted, version = details(form, OrderDetails), form.version.data
        operations.change_order(actor(), g.district, wanted, version=version)
    except db.Conflict:
        form.version.data = g.district.version  # «Оставить моё» is sent against what is saved now
        return _order_page(form, status=409)
    return htmx.leave(_at(), "Реквизиты приказа сохранены.")


# --- what the two have in common ------------------------------------------------------------------


def _school_id() -> int | None:
    return g.school.id if "school" in g else None


def _district_id() -> int:
    return int(g.school.district_id if "school" in g else g.district.id)


def _at(part: str = "team", **more: Any) -> str:
    """Return the address of a page of this working group."""
    if "school" in g:
        return url_for(f"district.school_{part}", **more)
    return url_for(f"district.district_{part}", **more)


def _page(template: str, *, status: int = 200, **more: Any) -> Response:
    place = g.school if "school" in g else g.district
    is_school = "school" in g
    may_edit = may("team:edit" if is_school else "settings:edit")
    shown = {"place": place, "is_school": is_school, "may_edit": may_edit, "at": _at}
    return htmx.page(template, status=status, **shown, **more)


def _team() -> Response:
    return _page("district/team.html", team=queries.team(_district_id(), _school_id()))


def _form() -> type[MemberForm]:
    return SchoolMemberForm if "school" in g else MemberForm


def _new() -> Response:
    if request.method == "GET":
        return _page("district/member.html", form=_form()(), member=None)
    form = _form().posted()
    if not form.validate():
        return _page("district/member.html", status=422, form=form, member=None)
    if htmx.is_first():
        wanted = details(form, MemberDetails)
        operations.add_member(actor(), _district_id(), wanted, school_id=_school_id())
    return htmx.leave(_at(), "Участник добавлен.")


def _edit(member_id: int) -> Response:
    member = _load(member_id)
    if request.method == "GET":
        return _page("district/member.html", form=_form()(obj=member), member=member)
    form = _form().posted()
    if not form.validate():
        return _page("district/member.html", status=422, form=form, member=member)
    try:
        wanted, version = details(form, MemberDetails), form.version.data
        operations.change_member(actor(), member, wanted, version=version)
    except db.Conflict:
        form.version.data = member.version
        compared = differences(form, member)
        return _page(
            "district/member.html", status=409, form=form, member=member, compared=compared
        )
    return htmx.leave(_at(), "Сведения сохранены.")


def _remove(member_id: int) -> Response:
    version = posted_version()
    operations.remove_member(actor(), _load(member_id), version=version)
    return htmx.leave(_at(), "Участник исключён из рабочей группы.")


def _load(member_id: int) -> TeamMember:
    return queries.member(_district_id(), _school_id(), member_id) or abort(404)


def _order_page(form: OrderForm, *, status: int = 200) -> Response:
    compared = differences(form, g.district) if status == 409 else None
    return _page("district/order.html", status=status, form=form, compared=compared)
