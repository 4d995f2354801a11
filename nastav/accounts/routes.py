"""Sign-in, sign-out, one's own account."""

from datetime import timedelta

from flask import Blueprint, Request, current_app, g, jsonify, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from nastav import dates, db, htmx, ru
from nastav.access import actor, csrf_token, public, requires, safe_target
from nastav.accounts import operations, passwords, queries
from nastav.accounts.forms import DetailsForm, PasswordForm, SignInForm
from nastav.accounts.models import SignIn, User
from nastav.audit.operations import record

blueprint = Blueprint("accounts", __name__)
COOKIE = "nastav_session"
SEEN_EVERY = timedelta(minutes=5)  # how exactly the time last seen is kept
WRONG = (
    "Неверный логин или пароль. Проверьте раскладку и Caps Lock. "
    "Если пароль забыт, новый выдаст муниципальный координатор."
)


def load_user(request: Request) -> User | None:
    """Return the user of the request's cookie and keep its sign-in in `g` (Flask-Login's loader)."""
    sign_in = _live_sign_in(request.cookies.get(COOKIE))
    if sign_in is None:
        return None
    g.sign_in = sign_in
    if dates.now() - sign_in.seen_at > SEEN_EVERY:
        sign_in_id = sign_in.id
        db.afterwards(lambda: operations.mark_seen(sign_in_id))
    return sign_in.user


def _live_sign_in(token: str | None) -> SignIn | None:
    if not token:
        return None
    config = current_app.config
    return queries.live_sign_in(
        operations.token_hash(token),
        now=dates.now(),
        idle=timedelta(minutes=config["IDLE_MINUTES"]),
        longest=timedelta(hours=config["SIGN_IN_HOURS"]),
    )


@blueprint.get("/login")
@public
def sign_in() -> Response:
    """Ask for login and password."""
    if current_user.is_authenticated and "tab" in request.args:
        return htmx.page("accounts/signed_in_tab.html")
    form = SignInForm(next=request.args.get("next", ""), tab=request.args.get("tab", ""))
    return htmx.page("accounts/sign_in.html", form=form)


@blueprint.post("/login")
@public
def sign_in_post() -> Response:
    """Check login and password, and open a session; every refusal looks and lasts alike (S7)."""
    form = SignInForm.posted()
    if not form.validate():
        return htmx.page("accounts/sign_in.html", status=422, form=form)
    login, address = str(form.login.data).casefold(), request.remote_addr or ""
    wait = queries.must_wait(login, address, dates.now())
    if wait:
        return _refused(form, _come_back(wait), 429)
    user = queries.user_by_login(login)
    db.pause()  # nobody waits for the hashing
    password = str(form.password.data)
    right = passwords.is_right(password, user.password_hash if user else None)
    if user is None or not right or not user.is_active:
        district_id = user.district_id if user else None
        db.afterwards(lambda: operations.note_failure(login, address, district_id=district_id))
        return _refused(form, WRONG, 422)
    fresh = (
        passwords.hash_password(password) if passwords.needs_rehash(user.password_hash) else None
    )
    return _welcome(form, user, fresh)


def _welcome(form: SignInForm, user: User, fresh_hash: str | None) -> Response:
    old = _live_sign_in(request.cookies.get(COOKIE))
    if old:
        operations.close_sign_in(old.id)
    if fresh_hash:
        user.password_hash = fresh_hash
    token = operations.open_sign_in(user)
    record(user.as_actor(), "sign_in:opened", subject=user.login)
    target = url_for("accounts.sign_in", tab=1) if form.tab.data else safe_target(form.next.data)
    return set_cookie(htmx.leave(target), token)


def _refused(form: SignInForm, sentence: str, status: int) -> Response:
    form.form_errors.append(sentence)
    return htmx.page("accounts/sign_in.html", status=status, form=form)


def _come_back(wait: timedelta) -> str:
    minutes = int(wait.total_seconds() // 60)
    if minutes > 60:
        return (
            "Слишком много неудачных попыток за сутки. Обратитесь к координатору за новым паролем."
        )
    when = ru.counted(minutes, "минуту", "минуты", "минут")
    return f"Слишком много неудачных попыток. Попробуйте снова через {when}."


def set_cookie(response: Response, token: str) -> Response:
    """Give the browser its session's cookie, until the browser is closed."""
    secure = current_app.config["SECURE_COOKIES"]
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=secure)
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
    """Give a page whose session was renewed in another tab a fresh token (decision 30)."""
    return jsonify(token=csrf_token())


@blueprint.route("/account", methods=["GET", "POST"])
@requires("account:own")
def account() -> Response:
    """Show and change how one can be found; list the open sessions."""
    user = queries.user_of(current_user.district_id, current_user.id)
    if user is None:
        raise LookupError("the signed-in user is gone")
    form = DetailsForm.posted() if request.method == "POST" else DetailsForm(obj=user)
    if request.method == "POST" and form.validate():
        db.check_version(user, form.version.data)
        operations.change_details(actor(), user, form.details())
        return htmx.leave(url_for("accounts.account"), "Сохранено.")
    return htmx.page(
        "accounts/account.html",
        status=422 if form.errors else 200,
        form=form,
        sign_ins=queries.sign_ins_of(user.id),
        this=g.sign_in.id,
    )


@blueprint.post("/account/sessions")
@requires("account:own")
def close_other_sessions() -> Response:
    """End every session of one's own but this one."""
    operations.close_sign_ins(current_user, but=g.sign_in.id)
    record(actor(), "sign_in:others_closed", subject=current_user.login)
    return htmx.leave(url_for("accounts.account"), "Остальные сеансы завершены.")


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires("account:own")
def password() -> Response:
    """Change one's own password; all other sessions end."""
    form = PasswordForm.posted() if request.method == "POST" else PasswordForm()
    if request.method == "POST" and form.validate():
        user = queries.user_of(current_user.district_id, current_user.id)
        guessable = queries.guessable_words(current_user)
        db.pause()  # nobody waits for the hashing
        if user and _acceptable(form, user, guessable):
            new_hash = passwords.hash_password(str(form.new.data))
            operations.set_password(actor(), user, new_hash, must_change=False, keep=g.sign_in.id)
            return htmx.leave("/", "Пароль изменён. Остальные сеансы завершены.")
    return htmx.page("accounts/password.html", status=422 if form.errors else 200, form=form)


def _acceptable(form: PasswordForm, user: User, guessable: list[str]) -> bool:
    if not passwords.is_right(str(form.current.data), user.password_hash):
        form.current.errors = ["Действующий пароль введён неверно. Введите его ещё раз."]
    elif form.new.data == form.current.data:
        form.new.errors = ["Новый пароль совпадает с прежним. Придумайте другой."]
    elif sentence := passwords.weakness(str(form.new.data), guessable):
        form.new.errors = [sentence]
    return not form.errors
