"""Sign-in, sign-out, one's own account."""

import math
from datetime import timedelta

from flask import Blueprint, Request, abort, current_app, g, jsonify, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from nastav import dates, db, htmx, ru, unit
from nastav.access import actor, csrf_token, public, requires, safe_target
from nastav.accounts import operations, passwords, queries
from nastav.accounts.devices import operations as devices
from nastav.accounts.devices import queries as known
from nastav.accounts.forms import DetailsForm, PasswordForm, SignInForm
from nastav.accounts.models import LiveSignIn, Member, User
from nastav.audit.operations import record

blueprint = Blueprint("accounts", __name__)
COOKIE = "nastav_session"
MARK_COOKIE = "nastav_device"
SEEN_EVERY = timedelta(minutes=5)  # how exactly the time last seen is kept
WRONG = (
    "Неверный логин или пароль. Проверьте раскладку и Caps Lock. "
    "Если пароль забыт, новый выдаст муниципальный координатор."
)


def load_user(request: Request) -> Member | None:
    """Return the user of the request's cookie and keep its sign-in in `g` (Flask-Login's loader)."""
    with unit.unnoticed():  # each request asks, and what it finds out stands on no page
        sign_in = _live_sign_in(request.cookies.get(COOKIE))
        if sign_in is None:
            return None
        g.sign_in = sign_in
        if dates.now() - sign_in.seen_at > SEEN_EVERY:
            sign_in_id = sign_in.id
            db.afterwards(lambda: operations.mark_seen(sign_in_id))
        return sign_in.user


def _live_sign_in(token: str | None) -> LiveSignIn | None:
    if not token:
        return None
    return queries.live_sign_in(operations.token_hash(token), now=dates.now(), **_limits())


def _limits() -> dict[str, timedelta]:
    """Return after how long a session ends by itself (security.md#s5)."""
    config = current_app.config
    return {
        "idle": timedelta(minutes=config["IDLE_MINUTES"]),
        "longest": timedelta(hours=config["SIGN_IN_HOURS"]),
    }


@blueprint.get("/login")
@public
def sign_in() -> Response:
    if current_user.is_authenticated:
        if "tab" in request.args:
            return htmx.page("accounts/signed_in_tab.html")
        return htmx.leave(safe_target(request.args.get("next")))
    form = SignInForm(next=request.args.get("next", ""), tab=request.args.get("tab", ""))
    return htmx.page("accounts/sign_in.html", form=form)


@blueprint.post("/login")
@public
def sign_in_post() -> Response:
    """Check login and password, and open a session; every refusal looks and lasts alike.

    See security.md#s7.
    """
    form = SignInForm.posted()
    if not form.validate():
        return htmx.page("accounts/sign_in.html", status=422, form=form)
    login, password = str(form.login.data).casefold(), str(form.password.data)
    user = queries.user_by_login(login)
    status = _verify(login, password, user)
    if status != 200 or user is None:
        return _refused(form, WRONG, status)
    is_old = passwords.needs_rehash(user.password_hash)
    fresh_hash = passwords.hash_password(password) if is_old else None
    if queries.live_hash(user.id) != user.password_hash:  # reset or disabled during the hashing
        return _refused(form, WRONG, 422)
    return _welcome(form, user, fresh_hash)


def _verify(login: str, password: str, user: User | None) -> int:
    """Check a password within the limits of guessing (security.md#s7) and return 200, 422 or 429.

    Ends the transaction, so that nobody waits for the hashing.
    """
    address = request.remote_addr or ""
    device = known.device_of(_mark(), user.id if user else 0)
    device_id = device.id if device else None
    g.wait = queries.must_wait(login, address, dates.now(), device_id)
    if g.wait:
        return 429
    expected = user.password_hash if user and user.is_active else None
    details = {"device_id": device_id, "district_id": user.district_id if user else None}
    attempt = operations.count_attempt(login, address, device_id)
    db.pause()
    if passwords.is_right(password, expected):
        db.afterwards(lambda: operations.forget_attempt(attempt))
        return 200
    db.afterwards(lambda: operations.note_failure(login, address, **details))
    return 422


def _welcome(form: SignInForm, user: User, fresh_hash: str | None) -> Response:
    old = _live_sign_in(request.cookies.get(COOKIE))
    if old:
        operations.close_sign_in(old.id)
    if fresh_hash:
        user.password_hash = fresh_hash
    operations.forget_ended(**_limits())
    token = operations.open_sign_in(user)
    mark = devices.remember(user.id, _mark())
    record(user.as_actor(), "sign_in:opened", subject=user.login, address=request.remote_addr)
    target = url_for("accounts.sign_in", tab=1) if form.tab.data else safe_target(form.next.data)
    if user.must_change:  # in another tab, too: nothing else is answered before
        target = url_for("accounts.password")
    return set_mark(set_cookie(htmx.leave(target), token), mark)


def _refused(form: SignInForm, sentence: str, status: int) -> Response:
    form.form_errors.append(_come_back(g.wait) if status == 429 else sentence)
    response = htmx.page("accounts/sign_in.html", status=status, form=form)
    return _with_wait(response)


def _with_wait(response: Response) -> Response:
    if response.status_code == 429:
        response.headers["Retry-After"] = str(math.ceil(g.wait.total_seconds()))
    return response


def _come_back(wait: timedelta) -> str:
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    if minutes > 90:
        hours = ru.counted(math.ceil(minutes / 60), "час", "часа", "часов")
        return (
            f"Слишком много неудачных попыток за сутки. Попробуйте снова через {hours} "
            "или попросите у муниципального координатора новый пароль."
        )
    when = ru.counted(minutes, "минуту", "минуты", "минут")
    return f"Слишком много неудачных попыток. Попробуйте снова через {when}."


def set_cookie(response: Response, token: str) -> Response:
    """Give the browser its session's cookie, until the browser is closed."""
    secure = current_app.config["SECURE_COOKIES"]
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=secure)
    return response


def _mark() -> str:
    """Return the mark by which this browser is known, if it has one; it opens nothing."""
    return request.cookies.get(MARK_COOKIE, "")


def set_mark(response: Response, mark: str) -> Response:
    """Give the browser the mark it is known by."""
    secure = current_app.config["SECURE_COOKIES"]
    response.set_cookie(
        MARK_COOKIE, mark, max_age=known.KEPT, httponly=True, samesite="Lax", secure=secure
    )
    return response


@blueprint.post("/logout")
@requires("account:own")
def sign_out() -> Response:
    """End this session on the server; a copied cookie is worth nothing afterwards."""
    operations.close_sign_in(g.sign_in.id)
    record(actor(), "sign_in:closed", subject=current_user.login)
    response = htmx.leave(url_for("accounts.sign_in"), "Вы вышли.")
    response.delete_cookie(COOKIE)
    return response


@blueprint.get("/csrf")
@requires("account:own")
def csrf() -> Response:
    """Give a page whose session was renewed in another tab a fresh token (rules.md#lost-session)."""
    return jsonify(token=csrf_token())


@blueprint.route("/account", methods=["GET", "POST"])
@requires("account:own")
def account() -> Response:
    """Show and change how one can be found; list the open sessions."""
    user = _own_account()
    form = DetailsForm.posted() if request.method == "POST" else DetailsForm(obj=user)
    if request.method == "GET":
        return _account(user, form, 200)
    if not form.validate():
        return _account(user, form, 422)
    try:
        db.check_version(user, form.version.data)
    except db.Conflict:
        return _account(user, form, 409, saved=form.take_version(user))
    operations.change_details(actor(), user, form.details())
    return htmx.leave(url_for("accounts.account"), "Сохранено.")


def _own_account() -> User:
    """Return the row of the account signed in, to be changed."""
    return queries.user(current_user.id) or abort(404)


def _account(
    user: User, form: DetailsForm, status: int, saved: list[tuple[str, str]] | None = None
) -> Response:
    sign_ins = queries.sign_ins_of(user.id, now=dates.now(), **_limits())
    template, this = "accounts/account.html", g.sign_in.id
    return htmx.page(template, status=status, form=form, saved=saved, sign_ins=sign_ins, this=this)


@blueprint.post("/account/sessions")
@requires("account:own")
def close_other_sessions() -> Response:
    """End every session of one's own but this one."""
    operations.close_sign_ins(_own_account(), but=g.sign_in.id)
    record(actor(), "sign_in:others_closed", subject=current_user.login)
    return htmx.leave(url_for("accounts.account"), "Остальные сеансы завершены.")


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires("account:own")
def password() -> Response:
    """Change one's own password; all other sessions end."""
    form = PasswordForm.posted() if request.method == "POST" else PasswordForm()
    status = 200
    if request.method == "POST":
        user = _own_account()
        status = _try_password(form, user) if form.validate() else 422
        if status == 200:
            new_hash = passwords.hash_password(str(form.new_password.data))
            operations.set_password(actor(), user, new_hash, must_change=False, keep=g.sign_in.id)
            mark = devices.replace(user.id, _mark())
            return set_mark(htmx.leave("/", "Пароль изменён. Остальные сеансы завершены."), mark)
    return _with_wait(htmx.page("accounts/password.html", status=status, form=form))


def _try_password(form: PasswordForm, user: User) -> int:
    """Check the old password and the new one; return 200, or what the form is refused with."""
    guessable = queries.guessable_words(user)
    status = _verify(user.login, str(form.password.data), user)
    sentence = passwords.weakness(str(form.new_password.data), guessable)
    if status == 429:
        form.form_errors.append(_come_back(g.wait))
    elif status == 422:
        form.password.errors = ["Действующий пароль введён неверно. Введите его ещё раз."]
    elif form.new_password.data == form.password.data:
        form.new_password.errors = ["Новый пароль совпадает с прежним. Придумайте другой."]
    elif sentence:
        form.new_password.errors = [sentence]
    return status if not form.errors or status != 200 else 422
