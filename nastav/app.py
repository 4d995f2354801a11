"""The application: how its parts are put together. Read first, it is the table of contents."""

import logging
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, request
from flask.templating import Environment
from flask_compress import Compress
from flask_login import LoginManager
from werkzeug.routing import IntegerConverter, Rule

from nastav import (
    access,
    addresses,
    assets,
    banner,
    bodies,
    condition,
    config,
    copies,
    dates,
    errors,
    faults,
    htmx,
    kept,
    logs,
    proxies,
    ru,
    server,
    signs,
    sqlite,
    terms,
    unit,
)
from nastav.access import Actor, LookUps, Tenant
from nastav.accounts import routes as accounts
from nastav.audit import looks
from nastav.audit import operations as journal
from nastav.db import afterwards, db, unit_of_work
from nastav.district import queries as districts
from nastav.features import FEATURES
from nastav.home.help import TOPICS
from nastav.home.navigation import header
from nastav.indents import Unindented
from nastav.people import pages as people

log = logging.getLogger(__name__)


SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class RowId(IntegerConverter):
    """A number in an address: one that no row can have, and no database can hold, leads nowhere."""

    regex = rf"\d{{1,{addresses.LONGEST_ID}}}"


class LateRule(Rule):
    """A rule whose address is put together by code that is made at its first use, not at the start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compile_builder = super()._compile_builder
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            if not made:
                made.append(compile_builder(append_unknown))
            return made[0](rule, **values)

        return build


class Templates(Environment):
    """Templates that share one dict of globals: nobody gives a template globals of its own.

    Jinja lays an empty one over them, and looks through both in Python at each page and each import.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of every template."""
        return {**self.globals, **d} if d else self.globals


class Sent(signs.Request, bodies.BoundedRequest):
    """A request of bounded size that holds readable text only."""


class Nastav(Flask):
    """Flask whose every view runs as one unit of work."""

    request_class = Sent
    jinja_environment = Templates
    url_rule_class = LateRule

    def wsgi_app(self, environ: Any, start_response: Any) -> Any:
        """Answer one request; the handlers of errors belong to it, too."""
        with unit.begun():
            return super().wsgi_app(environ, start_response)

    def dispatch_request(self) -> Any:
        """Run the view between BEGIN and COMMIT; a form is read before the transaction begins."""
        if request.endpoint in ("static", "health"):
            return super().dispatch_request()
        is_sent = request.method not in ("GET", "HEAD", "OPTIONS")
        if is_sent and request.routing_exception is None:
            _ = request.form  # parse an upload while nobody waits for it
        reads = unit.begins_reading(self.view_functions.get(request.endpoint or ""))
        return unit_of_work(self._checked_view, writes=is_sent and not reads)

    def _checked_view(self) -> Any:
        if request.routing_exception is None:
            access.check_forgery()
        return super().dispatch_request()


def create_app(instance: Path | None = None, **settings: Any) -> Flask:
    """Return the application on the database of an instance folder.

    Args:
        instance: the folder of the database and the key; by default `NASTAV_INSTANCE` or `instance/`.
        settings: settings that hold over the defaults and the environment.
    """
    instance = instance or config.instance_folder()
    app = Nastav(
        "nastav",
        instance_path=str(instance),
        template_folder=str(config.ROOT / "templates"),
        static_folder=str(config.ROOT / "static"),
    )
    app.config.from_mapping(config.DEFAULTS)
    app.config.from_prefixed_env("NASTAV")
    app.config.from_mapping(settings)
    # the cookie of notices («Сохранено.»); the session itself has a cookie of its own
    secure = app.config["SECURE_COOKIES"]
    app.config.update(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_SECURE=secure)
    app.config["DEMO"] = config.is_demo(instance)
    app.config["SECRET_KEY"] = config.secret_key(instance)
    app.config.setdefault("SQLALCHEMY_DATABASE_URI", f"sqlite:///{instance / 'nastav.sqlite3'}")
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        # a connection for each thread: of fewer, one more is opened and closed at every rush
        options = {"module": sqlite.driver, "pool_size": server.THREADS}
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    dates.configure(app.config["ZONE"], config.fixed_today(app.config["TODAY"]))
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # `/healthz` is read by people, too
    condition.init(app)
    kept.init(app, cookie=accounts.COOKIE, unseen=accounts.SEEN_EVERY)
    _stand_behind_proxies(app)
    _join(app)
    return app


def _stand_behind_proxies(app: Flask) -> None:
    """Have requests carry the person's address; the setting is kept as networks.

    Raises:
        BadSetting: what is named as a proxy is no address.
    """
    try:
        trusted = proxies.networks(app.config["TRUSTED_PROXIES"])
    except ValueError as error:
        raise config.BadSetting(str(error)) from None
    app.config["TRUSTED_PROXIES"] = trusted
    if trusted:
        app.wsgi_app = proxies.BehindProxies(app.wsgi_app, trusted)  # type: ignore[method-assign]


def _join(app: Flask) -> None:
    app.url_map.converters["int"] = RowId
    db.init_app(app)
    # over HTTPS a browser offers the first; at its default level it weighs more than gzip. A page of 40 kB
    # takes 0.1 ms longer than at 5 and 6
    app.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=7, COMPRESS_LEVEL=9)
    Compress(app)
    manager = LoginManager(app)
    manager.session_protection = None  # the session lives in the server's row
    manager.request_loader(accounts.load_user)
    access.init(
        app,
        LookUps(_school, districts.district, districts.cycle, districts.schools, _refused, _looked),
    )
    errors.init(app)
    htmx.init(app, header.load)
    app.jinja_env.add_extension(Unindented)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=assets.address,
        csrf_token=access.csrf_token,
        once_token=htmx.once_token,
        looks_as_school=access.is_looking,
        may=access.may,
        ru=ru,
        urls_for=addresses.urls_for,
        people_cards=people.cards,
        terms=terms,
        help_topics=TOPICS,
    )
    app.jinja_env.filters.update(
        day=ru.date_short, long_day=ru.date_long, number=ru.number, moment=_moment
    )
    app.context_processor(_page_context)
    app.after_request(_headers)
    app.view_functions["static"] = access.public(assets.send)
    app.add_url_rule("/healthz", "health", access.public(health))
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    access.check_declared(app)


def _school(school_id: int) -> tuple[int, Tenant] | None:
    found = districts.school(school_id)
    return (found.district_id, found) if found else None


def _refused(actor: Actor | None, what: str, status: int) -> None:
    """Write a refusal into the journal, after the unit it happened in was rolled back."""
    who, what = actor or Actor.system("не вошёл"), signs.readable(what)  # an address may hold any
    address = request.remote_addr
    afterwards(
        lambda: journal.record(who, "access:refused", subject=f"{status} {what}", address=address)
    )


def _looked(actor: Actor, school: Tenant) -> None:
    """Note a coordinator's look as a school once a day, by whatever address it begins."""
    if not looks.is_noted(actor.id, school.id, dates.now()):
        afterwards(lambda: looks.note(actor, school))


def _page_context() -> dict[str, Any]:
    """Return what `base.html` shows on every page."""
    return {
        "site_header": header.header,
        "site_today_banner": banner.of_today(),
        "database_faults": _database_faults,
        "copies_faults": _copies_faults,
        "today": dates.today(),
        "place_name": getattr(g.get("school") or g.get("district"), "name", ""),
    }


def _database_faults() -> list[str]:
    """Return what a coordinator is told in red on every page."""
    return faults.of_database() if access.may("settings:edit") else []


def _copies_faults() -> list[str]:
    """Return what a coordinator is told in red of the daily copies; reads their files."""
    folder = Path(current_app.instance_path) / copies.FOLDER
    return faults.of_copies(folder) if access.may("settings:edit") else []


def _moment(at: Any) -> str:
    return ru.moment(at, dates.zone())


def _headers(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = logs.request_id()
    if request.endpoint == "static":
        if request.args.get("v"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("HX-Request")
    access.remember_visitor(response)
    kept.offer(response)
    log.info("%s %s %s", request.method, request.url_rule, response.status_code)
    return response


def health() -> Response:
    """Tell a monitor that the process answers, and what is known of its database."""
    state = condition.of_site().state
    answer = jsonify(status=state)
    answer.status_code = 503 if state is condition.State.DAMAGED else 200
    return answer
