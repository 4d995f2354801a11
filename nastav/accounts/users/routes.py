"""The coordinator's pages of the district's accounts."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import db, htmx
from nastav.access import ROLE_LABELS, Role, actor, requires
from nastav.accounts import operations, passwords, queries
from nastav.accounts.models import User
from nastav.accounts.operations import NewUser, NotAllowed
from nastav.accounts.users.forms import NewUserForm, UserForm
from nastav.district import queries as districts

blueprint = Blueprint("users", __name__, url_prefix="/districts/<int:district_id>/settings/users")


@blueprint.get("")
@requires("users:manage")
def board(district_id: int) -> Response:
    """List the accounts."""
    users = queries.users(district_id)
    without = queries.schools_without_curator(district_id)
    return htmx.page("accounts/users.html", users=users, without=without)


@blueprint.route("/new", methods=["GET", "POST"])
@requires("users:manage")
def new(district_id: int) -> Response:
    """Add one account and show its one-time password."""
    schools = districts.schools(district_id)
    form = NewUserForm.posted() if request.method == "POST" else NewUserForm()
    form.school_id.choices = {"0": "— не школа —", **{str(one.id): one.name for one in schools}}
    if request.method == "POST" and form.validate():
        db.pause()  # nobody waits for the hashing
        password = passwords.generate()
        password_hash = passwords.hash_password(password)
        if not db.first_time(request.form.get("once_token", "")):
            return _already(district_id)
        school = next((one for one in schools if one.id == form.school_id.data), None)
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
    schools = queries.schools_without_curator(district_id)
    logins = operations.school_logins(schools, queries.taken_logins())
    db.pause()  # nobody waits for the hashing
    secrets = [passwords.generate() for _ in schools]
    hashes = [passwords.hash_password(secret) for secret in secrets]
    if not schools or not db.first_time(request.form.get("once_token", "")):
        return _already(district_id)
    slips = []
    for school, login, secret, secret_hash in zip(schools, logins, secrets, hashes, strict=True):
        new = NewUser(login, Role.CURATOR, secret_hash, school)
        slips.append(_slip(operations.add_user(actor(), district_id, new), secret, school.name))
    return _slips(slips)


@blueprint.route("/<int:user_id>", methods=["GET", "POST"])
@requires("users:manage")
def edit(district_id: int, user_id: int) -> Response:
    """Show and change the details of an account."""
    user = _user(district_id, user_id)
    form = UserForm.posted() if request.method == "POST" else UserForm(obj=user)
    if request.method == "POST" and form.validate():
        db.check_version(user, form.version.data)
        operations.change_details(actor(), user, form.details())
        return htmx.leave(url_for("users.board", district_id=district_id), "Сохранено.")
    return _card(user, form, 422 if form.errors else 200)


@blueprint.post("/<int:user_id>/reset")
@requires("users:manage")
def reset(district_id: int, user_id: int) -> Response:
    """Give an account a new one-time password and end its sessions."""
    user = _user(district_id, user_id)
    school = districts.school(user.school_id) if user.school_id else None
    db.pause()  # nobody waits for the hashing
    password = passwords.generate()
    password_hash = passwords.hash_password(password)
    if not db.first_time(request.form.get("once_token", "")):
        return _already(district_id)
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
    back = url_for("users.board", district_id=district_id)
    return htmx.leave(back, f"Учётная запись {user.login} отключена.")


@blueprint.post("/<int:user_id>/enable")
@requires("users:manage")
def enable(district_id: int, user_id: int) -> Response:
    """Open a disabled account again."""
    user = _user(district_id, user_id)
    operations.enable(actor(), user)
    back = url_for("users.board", district_id=district_id)
    return htmx.leave(back, f"Учётная запись {user.login} снова действует.")


def _user(district_id: int, user_id: int) -> User:
    return queries.user_of(district_id, user_id) or abort(404)


def _card(user: User, form: UserForm, status: int) -> Response:
    school = districts.school(user.school_id) if user.school_id else None
    place = school.name if school else g.district.name
    return htmx.page("accounts/user.html", status=status, user=user, form=form, place=place)


def _slip(user: User, password: str, place: str) -> dict[str, Any]:
    role = ROLE_LABELS[user.role]
    return {"login": user.login, "password": password, "role": role, "place": place}


def _slips(slips: list[dict[str, Any]]) -> Response:
    """Show one-time passwords: on this answer only, in no journal and no log."""
    return htmx.page("accounts/slips.html", slips=slips, address=request.host_url)


def _already(district_id: int) -> Response:
    back = url_for("users.board", district_id=district_id)
    sentence = (
        "Это действие уже выполнено: пароли показывают один раз. Если их не успели записать, "
        "выдайте новый пароль на странице учётной записи."
    )
    return htmx.leave(back, sentence)
