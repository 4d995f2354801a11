"""All of access control: roles, permissions, who has which, and the one door, `@requires`.

The tenant stands in the URL (`/schools/<school_id>/…`, `/districts/<district_id>/…`) and is checked here
once. Another school's page and a page that does not exist answer alike: 404. A right that is missing in
one's own school or district: 403. A route without a declared permission stops the application.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from inspect import signature
from typing import Any, NoReturn, Protocol, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from nastav import addresses, bodies, htmx, locked, unit
from nastav.refusals import SchoolYear


class Role(StrEnum):
    """Who a user is; the label stands beside the name on every page."""

    CURATOR = "curator"
    HEAD = "head"
    COORDINATOR = "coordinator"
    OBSERVER = "observer"


ROLE_LABELS = {
    Role.CURATOR: "школьный куратор",
    Role.HEAD: "директор",
    Role.COORDINATOR: "муниципальный координатор",
    Role.OBSERVER: "наблюдатель",
}
SCHOOL_ROLES = frozenset({Role.CURATOR, Role.HEAD})

# Permission (`feature:action`) → roles. Names of children are read under `names:read` only.
_K, _D, _M, _G = Role.CURATOR, Role.HEAD, Role.COORDINATOR, Role.OBSERVER
PERMISSIONS: dict[str, frozenset[Role]] = {
    "account:own": frozenset({_K, _D, _M, _G}),
    "calendar:own": frozenset({_K, _D}),
    "school:read": frozenset({_K, _D, _M, _G}),
    "names:read": frozenset({_K, _D}),
    "names:edit": frozenset({_K}),
    "team:edit": frozenset({_K}),
    "stages:read": frozenset({_K, _D, _M, _G}),
    "stages:edit": frozenset({_K}),
    "stages:review": frozenset({_M}),
    "feedback:read": frozenset({_K, _D}),
    "feedback:edit": frozenset({_K}),
    "coverage:read": frozenset({_K, _D, _M, _G}),
    "samples:read": frozenset({_K, _D, _M, _G}),
    "samples:edit": frozenset({_M}),
    "practices:read": frozenset({_K, _D, _M, _G}),  # the one page of the district open to schools
    "practices:take_off": frozenset({_M}),
    "papers:read": frozenset({_K, _D}),  # with names: М and Г see the line of evidence only
    "papers:edit": frozenset({_K}),
    "reports:read": frozenset({_K, _D}),
    "rollup:read": frozenset({_M, _G}),
    "reports:keep": frozenset({_M}),
    "settings:edit": frozenset({_M}),
    "matches:decide": frozenset({_M}),
    "users:manage": frozenset({_M}),
    "audit:read": frozenset({_M}),
}


@dataclass(frozen=True)
class Actor:
    """Who does something: what operations and the journal need to know of a user."""

    id: int | None
    name: str
    role: Role | None
    district_id: int | None
    school_id: int | None

    @classmethod
    def system(cls, name: str = "командная строка") -> "Actor":
        """Return the actor of a command typed on the server."""
        return cls(id=None, name=name, role=None, district_id=None, school_id=None)


class Tenant(Protocol):
    """A school or a district, as the URL names it."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


FindSchool = Callable[[int], tuple[int, Tenant] | None]  # id → (district's id, school)
FindDistrict = Callable[[int], Tenant | None]
ListSchools = Callable[[int], Sequence[Tenant]]  # district's id → its schools
FindCycle = Callable[
    [int, int], SchoolYear | None
]  # district's id, first year → school year or None
Refused = Callable[[Actor | None, str, int], None]  # actor, what was asked, status
Looked = Callable[[Actor, Tenant], None]  # who looks, as which school

# «Смотреть как школа»: the address of a school's page says so, so that another tab is not touched
LOOK = "school"

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"


class Forged(BadRequest):
    """An unsafe request without this page's token, or sent by another site."""

    def __init__(self, *, is_foreign: bool) -> None:
        super().__init__()
        self.is_foreign = is_foreign


@dataclass(frozen=True)
class LookUps:
    """What access may not import: the look-up of tenants, the recorders of refusals and looks."""

    school: FindSchool
    district: FindDistrict
    cycle: FindCycle
    schools: ListSchools
    refused: Refused
    looked: Looked


def init(app: Flask, look_ups: LookUps) -> None:
    """Hand access its look-ups; `url_for` takes the page's school, district and year from the door."""
    app.extensions["access"] = look_ups
    app.url_defaults(addresses.filling(app))


def _look_ups() -> LookUps:
    return cast(LookUps, current_app.extensions["access"])


def schools(district_id: int) -> Sequence[Tenant]:
    """Return the schools of a district, for features that stand below it (the journal's filter)."""
    return _look_ups().schools(district_id)


def requires(permission: str) -> Callable[[View], View]:
    """Declare and check the permission of a route; the tenant is taken from its URL.

    Of the page's place the view is given what its signature names; the ids of objects, all of them.
    """
    if permission not in PERMISSIONS:
        raise LookupError(f"unknown permission {permission!r}")

    def decorate(view: View) -> View:
        unnamed = frozenset(addresses.PLACE) - signature(view).parameters.keys()

        @wraps(view)
        def guarded(**asked: Any) -> Any:
            _check(permission, request.view_args or {})
            return view(**{name: asked[name] for name in asked.keys() - unnamed})

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def public(view: View) -> View:
    """Declare a route that answers anybody; its form is small unless it says otherwise."""
    view.__dict__.setdefault("largest_form", bodies.OF_ANYBODY)
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def permission_of(endpoint: str) -> str:
    """Return the permission that a route declares."""
    return cast(str, vars(current_app.view_functions[endpoint])["permission"])


def is_public() -> bool:
    """Tell whether the route of this request answers anybody."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "permission", None) == PUBLIC


def check_declared(app: Flask) -> None:
    """Refuse to start an application with a route that declares no permission.

    Raises:
        RuntimeError: names the routes.
    """
    bare = sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "permission")
    )
    if bare:
        raise RuntimeError("routes without a declared permission: " + ", ".join(bare))


def may(permission: str) -> bool:
    """Tell whether the person signed in has a permission in the place this page is about.

    A coordinator who looks as a school has only those of hers that its head, who only reads, has too.
    In a closed school year everybody only reads.
    """
    return _has(permission) and not locked.forbids(permission)


def may_open(endpoint: str) -> bool:
    """Tell whether a page can be opened from this one, by its permission and its school year."""
    permission = permission_of(endpoint)
    of_year = current_app.url_map.is_endpoint_expecting(endpoint, "cycle")
    return may(permission) if of_year and not locked.goes_on_because(endpoint) else _has(permission)


def _has(permission: str) -> bool:
    user = current_user._get_current_object()  # looked up once: a page asks some fifty times
    if not user.is_authenticated or user.role not in PERMISSIONS[permission]:
        return False
    return not is_looking() or Role.HEAD in PERMISSIONS[permission]


def is_looking() -> bool:
    """Tell whether a coordinator looks at this page as its school does (`?view=school` in its address)."""
    return bool(g.get("is_looking", False))


def actor() -> Actor:
    """Return the person signed in, as operations take them."""
    return cast(Actor, current_user.as_actor())


# --- the door -------------------------------------------------------------------------------------


def _check(permission: str, tenant: dict[str, Any]) -> None:
    if not current_user.is_authenticated:
        _ask_to_sign_in()
    _enter(tenant)
    unit.current().place = (current_user.district_id, tenant.get("school_id"))
    if not _has(permission):
        _refuse(permission, 403)
    if current_user.must_change and permission != "account:own":
        htmx.stop(redirect(url_for("accounts.password")))
    if "cycle" in tenant:
        locked.check(g.cycle, permission)
    if is_looking():
        _look_ups().looked(actor(), g.school)


def lock(year: SchoolYear | None) -> None:
    """Let the request only read what lies in another school year than its address, if that is closed.

    Raises: as `locked.check`.
    """
    if year is not None:
        locked.check(year, permission_of(request.endpoint or ""))


def _enter(tenant: dict[str, Any]) -> None:
    """Put the school, district and school year of the URL into `g`; 404 if they are not the user's."""
    find = _look_ups()
    if "school_id" in tenant:
        found = find.school(tenant["school_id"])
        if found is None or not _own_school(tenant["school_id"], found[0]):
            _refuse("school", 404)
        g.school = found[1]
        asked = request.args.get("view") == LOOK and "district_id" not in tenant
        g.is_looking = asked and current_user.role is Role.COORDINATOR
        g.place = {"school_id": tenant["school_id"], "district_id": found[0]}
    if "district_id" in tenant:
        own = current_user.district_id == tenant["district_id"]
        g.district = find.district(tenant["district_id"]) if own else None
        if g.district is None:
            _refuse("district", 404)
        g.place = {**g.get("place", {}), "district_id": tenant["district_id"]}
    if "cycle" in tenant:
        g.cycle = find.cycle(current_user.district_id, tenant["cycle"])
        if g.cycle is None:
            abort(404)
        g.place = {**g.get("place", {}), "cycle": tenant["cycle"]}


def _own_school(school_id: int, district_id: int) -> bool:
    if current_user.role in SCHOOL_ROLES:
        return bool(current_user.school_id == school_id)
    return bool(current_user.district_id == district_id)


def _refuse(what: str, status: int) -> NoReturn:
    _look_ups().refused(actor(), f"{what} {request.method} {request.path}", status)
    abort(status)


def _ask_to_sign_in() -> NoReturn:
    if htmx.is_fragment() or request.method not in ("GET", "HEAD"):
        abort(401)
    target = request.full_path.rstrip("?")
    htmx.stop(redirect(url_for("accounts.sign_in", next=None if target == "/" else target)))


def safe_target(target: str | None) -> str:
    """Return a path of this site to go on to after sign-in; «/» for anything that leads elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    parts = urlsplit(target)
    return "/" if parts.scheme or parts.netloc or "\\" in target else target


# --- forged requests ------------------------------------------------------------------------------
# The secret lives in the server's row of the sign-in (rules.md#lost-session), or, before
# sign-in, is derived
# from a visitor's cookie; each page carries a masked token, so compression tells nothing of it.

VISITOR_COOKIE = "nastav_visitor"


def csrf_token() -> str:
    """Return a token for the forms of the page being made."""
    salt = secrets.token_hex(8)
    return f"{salt}.{_signature(salt)}"


def check_forgery() -> None:
    """Refuse an unsafe request that no form of this site can have sent (400)."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    salt, _, signature = request.form.get("csrf_token", "").partition(".")
    if _is_foreign():
        _forged(is_foreign=True)
    if not hmac.compare_digest(signature.encode(), _signature(salt).encode()):
        if not current_user.is_authenticated and not is_public():
            abort(401)
        _forged(is_foreign=False)


def _is_foreign() -> bool:
    """Tell whether the browser says another site sent this; without HTTPS it may say nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def _forged(*, is_foreign: bool) -> NoReturn:
    who = actor() if current_user.is_authenticated else None
    # the address of a public page may be a secret itself: its rule is told instead
    where = request.url_rule if is_public() else request.path
    _look_ups().refused(who, f"forgery {request.method} {where}", 400)
    raise Forged(is_foreign=is_foreign)


def _signature(salt: str) -> str:
    return hmac.new(_form_secret(), salt.encode(), hashlib.sha256).hexdigest()


def _form_secret() -> bytes:
    if current_user.is_authenticated:
        return bytes(g.sign_in.csrf_secret)
    visitor = request.cookies.get(VISITOR_COOKIE) or g.get("new_visitor")
    if visitor is None:
        visitor = g.new_visitor = secrets.token_urlsafe(24)
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, b"visitor " + visitor.encode(), hashlib.sha256).digest()


def remember_visitor(response: Response) -> Response:
    """Give a visitor whose page carries a form the cookie its token was made from."""
    if visitor := g.get("new_visitor"):
        response.set_cookie(
            VISITOR_COOKIE,
            visitor,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SECURE_COOKIES"],
        )
    return response
