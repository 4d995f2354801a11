"""The coordinator's pages of the district's accounts."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, g, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from nastav import db, htmx, submitted
from nastav.access import ROLE_LABELS, Role, actor, requires
from nastav.accounts import operations, passwords, queries
from nastav.accounts.models import User
from nastav.accounts.operations import NewUser
from nastav.accounts.users.forms import NewUserForm, UserForm
from nastav.district import queries as districts
from nastav.refusals import NotAllowed

blueprint = Blueprint("users", __name__, url_prefix="/districts/<int:district_id>/settings/users")


@blueprint.get("")
@requires("users:manage")
def board(district_id: int) -> Response:
    users = queries.users(district_id)
    without = queries.schools_without_curator(district_id)
    return htmx.page("accounts/users.html", users=users, without=without)


@blueprint.route("/new", methods=["GET", "POST"])
@requires("users:manage")
def new(district_id: int) -> Response:
    """Add one account and show its one-time password."""
    schools = districts.schools(district_id)
    form = NewUserForm.posted() if request.method == "POST" else NewUserForm()
    form.school_id.choices = {
        "0": "— район, не школа —",
        **{str(school.id): school.name for school in schools},
    }
    if request.method == "POST" and form.validate():
        db.pause()  # nobody waits for the hashing
        password = passwords.generate()
        password_hash = passwords.hash_password(password)
        if not submitted.first_time(request.form.get("once_token", "")):
            return _already()
        school = next((school for school in schools if school.id == form.school_id.data), None)
        role = Role(form.role.data)
        account = NewUser(str(form.login.data), role, password_hash, school)
        account = replace(account, name=form.name.data or "", post=form.post.data or "")
        try:
            user = operations.add_user(actor(), district_id, account)
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            return _slips([_slip(user, password, school.name if school else g.district.name)])
    return htmx.page("accounts/user_new.html", status=422 if form.errors else 200, form=form)


@blueprint.post("/all")
@requires("users:manage")
def all_schools(district_id: int) -> Response:
    """Make a curator's account for every school that has none; slips to print and cut."""
    found = queries.schools_without_curator(district_id)
    db.pause()  # nobody waits for the hashing
    secrets = {school.id: passwords.generate() for school in found}
    hashes = {school_id: passwords.hash_password(secret) for school_id, secret in secrets.items()}
    is_new = submitted.first_time(request.form.get("once_token", ""))
    # asked again: another coordinator may have been quicker
    schools = [
        school for school in queries.schools_without_curator(district_id) if school.id in hashes
    ]
    if not schools or not is_new:
        return _already()
    slips = []
    for school, login in operations.school_logins(schools, queries.taken_logins()):
        new = NewUser(login, Role.CURATOR, hashes[school.id], school)
        user = operations.add_user(actor(), district_id, new)
        slips.append(_slip(user, secrets[school.id], school.name))
    return _slips(slips)


@blueprint.route("/<int:user_id>", methods=["GET", "POST"])
@requires("users:manage")
def edit(district_id: int, user_id: int) -> Response:
    user = _user(district_id, user_id)
    form = UserForm.posted() if request.method == "POST" else UserForm(obj=user)
    if request.method == "GET":
        return _card(user, form, 200)
    if not form.validate():
        return _card(user, form, 422)
    try:
        db.check_version(user, form.version.data)
    except db.Conflict:
        return _card(user, form, 409, saved=form.take_version(user))
    operations.change_details(actor(), user, form.details())
    return htmx.leave(url_for("users.board"), "Сохранено.")


@blueprint.post("/<int:user_id>/reset")
@requires("users:manage")
def reset(district_id: int, user_id: int) -> Response:
    """Give an account a new one-time password and end its sessions."""
    user = _user(district_id, user_id)
    if user.id == current_user.id:  # one's own password is changed, not reset: the session goes on
        return htmx.leave(url_for("accounts.password"))
    school = districts.school(user.school_id) if user.school_id else None
    db.pause()  # nobody waits for the hashing
    password = passwords.generate()
    password_hash = passwords.hash_password(password)
    if not submitted.first_time(request.form.get("once_token", "")):
        return _already()
    operations.set_password(actor(), user, password_hash, must_change=True)
    return _slips([_slip(user, password, school.name if school else g.district.name)])


@blueprint.post("/<int:user_id>/disable")
@requires("users:manage")
def disable(district_id: int, user_id: int) -> Response:
    """Close an account to its owner at once."""
    user = _user(district_id, user_id)
    try:
        operations.disable(actor(), user)
    except NotAllowed as refusal:
        form = UserForm(obj=user)
        form.form_errors.append(str(refusal))
        return _card(user, form, 422)
    back = url_for("users.board")
    return htmx.leave(back, f"Учётная запись {user.login} отключена.")


@blueprint.post("/<int:user_id>/enable")
@requires("users:manage")
def enable(district_id: int, user_id: int) -> Response:
    """Open a disabled account again."""
    user = _user(district_id, user_id)
    operations.enable(actor(), user)
    back = url_for("users.board")
    return htmx.leave(back, f"Учётная запись {user.login} снова действует.")


def _user(district_id: int, user_id: int) -> User:
    return queries.user_of(district_id, user_id) or abort(404)


def _card(
    user: User, form: UserForm, status: int, saved: list[tuple[str, str]] | None = None
) -> Response:
    school = districts.school(user.school_id) if user.school_id else None
    return htmx.page(
        "accounts/user.html",
        status=status,
        user=user,
        form=form,
        saved=saved,
        place=school.name if school else g.district.name,
        is_self=user.id == current_user.id,
    )


def _slip(user: User, password: str, place: str) -> dict[str, Any]:
    role = ROLE_LABELS[user.role]
    return {"login": user.login, "password": password, "role": role, "place": place}


def _slips(slips: list[dict[str, Any]]) -> Response:
    """Show one-time passwords: on this answer only, in no journal and no log."""
    # On the server itself the address is one that no school can open.
    host = urlsplit(request.host_url).hostname
    address = None if host in ("localhost", "127.0.0.1", "::1") else request.host_url
    return htmx.page("accounts/slips.html", slips=slips, address=address)


def _already() -> Response:
    back = url_for("users.board")
    sentence = (
        "Это действие уже выполнено: пароли показывают один раз. Если их не успели записать, "
        "выдайте новый пароль на странице учётной записи."
    )
    return htmx.leave(back, sentence)
