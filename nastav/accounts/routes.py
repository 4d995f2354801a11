"""Sign-in, sign-out, one's own account."""

from datetime import timedelta

from flask import Blueprint, Request, current_app, g, jsonify
from werkzeug.wrappers import Response

from nastav import dates, db
from nastav.access import csrf_token, public, requires
from nastav.accounts import operations, queries
from nastav.accounts.models import User

blueprint = Blueprint("accounts", __name__)
COOKIE = "nastav_session"
SEEN_EVERY = timedelta(minutes=5)  # how exactly the time last seen is kept


def load_user(request: Request) -> User | None:
    """Return the user of the request's cookie and keep its sign-in in `g` (Flask-Login's loader)."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    config = current_app.config
    sign_in = queries.live_sign_in(
        operations.token_hash(token),
        now=dates.now(),
        idle=timedelta(minutes=config["IDLE_MINUTES"]),
        longest=timedelta(hours=config["SIGN_IN_HOURS"]),
    )
    if sign_in is None:
        return None
    g.sign_in = sign_in
    if dates.now() - sign_in.seen_at > SEEN_EVERY:
        sign_in_id = sign_in.id
        db.afterwards(lambda: operations.mark_seen(sign_in_id))
    return sign_in.user


def set_cookie(response: Response, token: str) -> Response:
    """Give the browser its session's cookie, until the browser is closed."""
    secure = current_app.config["SECURE_COOKIES"]
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=secure)
    return response


@blueprint.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> Response:
    """Ask for login and password."""
    raise NotImplementedError


@blueprint.get("/csrf")
@requires("account:own")
def csrf() -> Response:
    """Give a page whose session was renewed in another tab a fresh token (decision 30)."""
    return jsonify(token=csrf_token())


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires("account:own")
def password() -> Response:
    """Change one's own password."""
    raise NotImplementedError
