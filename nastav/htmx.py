"""The only code that knows a request may come from HTMX.

A view works without JavaScript: it answers a page, or a redirect after a save. For HTMX the same view
answers the fragment that changed. Every answer is rendered after the unit of work has ended.
"""

import secrets
from collections.abc import Callable
from typing import Any, NoReturn

from flask import (
    Flask,
    abort,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response

from nastav import db, submitted, unit


def is_fragment() -> bool:
    """Tell whether HTMX asked and will put the answer into a part of the page."""
    return request.headers.get("HX-Request") == "true"


def stop(response: Response) -> NoReturn:
    """End the view at once with this answer."""
    abort(response)


def init(app: Flask, load_header: Callable[[], None]) -> None:
    """Hand over what reads the header of a page; it is asked while the page's unit still reads."""
    app.extensions["header"] = load_header


def page(template: str, *, status: int = 200, **context: Any) -> Response:
    """Settle the unit of work (or discard it, when the answer is a refusal) and render a template."""
    if status < 400:
        _load_header(template)
        db.settle()
    else:
        db.discard()
        with db.read_mode():
            _load_header(template)
            db.discard()
        if (form := g.get("sent")) is not None:
            form.refused()  # what came with it is asked again
    return make_response(render_template(template, **context), status)


def _load_header(template: str) -> None:
    if not template.rpartition("/")[2].startswith("_"):  # a fragment stands inside a page
        current_app.extensions["header"]()


def fragment(part: str, *, whole: str, status: int = 200, **context: Any) -> Response:
    """Render the part for HTMX, and the whole page, which includes the part, for anybody else."""
    return page(part if is_fragment() else whole, status=status, **context)


def at(address: str, response: Response) -> Response:
    """Have the browser show an address for the part it was given: filters, never a name."""
    if is_fragment():
        response.headers["HX-Replace-Url"] = address
    return response


def saved(part: str, *, at: str, message: str = "", **context: Any) -> Response:
    """Answer a save: the part anew for HTMX; for anybody else a redirect to the page it stands on."""
    if is_fragment():
        unit.current().way_on = at
        answer = page(part, message=message, **context)
        # the sheet of the page is read anew (parts/paper.html)
        answer.headers["HX-Trigger"] = "saved"
        return answer
    return leave(at, message)


def leave(location: str, message: str = "") -> Response:
    """Answer a save that leads to another page, with a notice shown there once."""
    unit.current().way_on = location
    db.settle()
    if message:
        flash(message)
    if is_fragment():
        # a 3xx would be followed by the browser and land inside the row
        return Response(status=200, headers={"HX-Redirect": location})
    return redirect(location, 303)


def once_token() -> str:
    """Return a fresh token of a form that creates: sent twice, one effect (`submitted.first_time`)."""
    unit.for_once("a token with one effect")
    return secrets.token_urlsafe(16)


def is_first() -> bool:
    """Claim the request's token; False for the second copy of a create form (a double click, a retry)."""
    return submitted.first_time(request.form.get("once_token") or once_token())
