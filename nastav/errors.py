"""Every error becomes a Russian page with its number: what happened, and what to do about it."""

import logging
import re
from urllib.parse import quote, urlsplit

from flask import Flask, g, render_template, request
from flask_login import AnonymousUserMixin, current_user
from markupsafe import escape
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from nastav import access, bodies, condition, db, htmx, logs, unit
from nastav.access import Forged, Role
from nastav.refusals import YearClosed, typed_into

log = logging.getLogger(__name__)

# status → (what happened, what to do)
SENTENCES = {
    400: (
        "Сайт не понял, что ему прислали",
        "Ничего не сохранено. Вернитесь назад, обновите страницу и повторите.",
    ),
    401: (
        "Сеанс завершён",
        "Войдите снова в новой вкладке. Введённое цело: эту страницу не закрывайте.",
    ),
    403: (
        "Нет доступа",
        "Эта страница открыта не всем ролям. Если она нужна вам для работы, обратитесь к "
        "муниципальному координатору.",
    ),
    404: (
        "Страница не найдена",
        "Проверьте адрес. Возможно, запись удалена или относится к другой школе.",
    ),
    405: (
        "Эту страницу нельзя открыть по ссылке",
        "Вернитесь на страницу, с которой пришли, и нажмите кнопку ещё раз.",
    ),
    409: (
        "Данные уже изменены",
        "Пока вы заполняли форму, запись сохранили ещё раз: другой сотрудник или вы сами в другой "
        "вкладке. Вернитесь назад, обновите страницу, сверьте данные и сохраните снова.",
    ),
    413: (
        "Файл или текст слишком большой",
        "",  # the limits of the page: `bodies.advice`
    ),
    429: ("Слишком много попыток", "Подождите несколько минут и попробуйте снова."),
    500: (
        "Ошибка на сервере",
        "Ничего не сохранено. Повторите действие; если ошибка останется, сообщите её номер "
        "тому, кто обслуживает сайт.",
    ),
    503: (
        "База данных занята или недоступна",
        "Ничего не сохранено. Подождите минуту и повторите; если не помогает, сообщите номер "
        "ошибки тому, кто обслуживает сайт.",
    ),
}

GIVES_BACK = (
    404,
    409,
    422,
)  # what was refused because of somebody else, through no fault of the text
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


DAMAGED = (
    "База данных повреждена",
    "Ничего не сохранено: сайт сейчас только показывает записанное. Скопируйте введённое и сообщите "
    "номер ошибки тому, кто обслуживает сайт: базу восстановят из копии.",
)
# what is told instead once something was committed (reliability.md#r13)
SAVED = (
    "Сохранено, но страница не открылась",
    "То, что вы отправили, записано, повторять не нужно. Откройте страницу заново.",
)
# of 403: the usual sentence would send the coordinator to the coordinator
SCHOOLS_OWN = (
    "Эту страницу открывают только сотрудники школы: записи ведёт она сама, и имена детей из неё не "
    "выходят."
)
NOT_SIGNED_IN = ("Вход не завершён", "Откройте страницу входа и войдите ещё раз.")


# what the page's script says itself, since it knows what stands on the page; else ours is shown
_SAID_BY_SCRIPT = frozenset({400, 401, 409})
# the same page with nothing that could fail
BARE = (
    '<!DOCTYPE html><html lang="ru"><meta charset="utf-8"><title>{title}</title>'
    '<main id="error"><h1>{title}</h1>'
    '<p>{advice}</p><p><a href="{way}">Открыть страницу</a></p>'
    "<p>Номер обращения: {number} (ошибка {status}).</p></main></html>"
)


def init(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(db.Conflict, lambda _: answer(409))
    app.register_error_handler(db.NotNow, lambda error: answer(409, str(error)))
    app.register_error_handler(YearClosed, lambda error: answer(422, error.sentence))
    app.register_error_handler(db.Unavailable, _unavailable)
    app.register_error_handler(Exception, _unexpected)


NOT_NOW = "Сейчас этого сделать нельзя"


def answer(status: int, why: str = "") -> Response:
    """Return the page of an error, or its fragment for HTMX; after a commit it says so
    (reliability.md#r13).

    Args:
        status: of the answer.
        why: takes the place of the sentences that usually stand for the status.
    """
    if unit.current().kept:
        return _saved(max(status, 500))
    usual = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    title, advice = (NOT_NOW, why) if why else usual
    if status == 403 and getattr(current_user, "role", None) is Role.COORDINATOR:
        advice = SCHOOLS_OWN
    if status == 413:
        advice = bodies.advice()
    if status >= 500 and condition.of_site().damage:
        title, advice = DAMAGED
    return _page(status, title, advice, "/")


def _saved(status: int) -> Response:
    """Tell that what was sent is kept though its page cannot be shown, and lead on.

    The header tells the page's script that nothing is left to be saved.
    """
    way = _way_on()
    title, advice = SAVED
    if request.endpoint == "accounts.sign_in_post":  # the cookie did not get there
        (title, advice), way = NOT_SIGNED_IN, "/login"
    response = _page(status, title, advice, way)
    response.headers["X-Saved"] = quote(way, safe="/?=&%#")
    return response


def _way_on() -> str:
    """Return where the answer would have led, else the page the form stood on."""
    if way := unit.current().way_on:
        return way.partition("#")[0]  # to a place on the page that is open a browser only scrolls
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    path = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return access.safe_target(path if came_from.netloc == request.host else "/")


def _page(status: int, title: str, advice: str, way: str) -> Response:
    template = "errors/_error.html" if htmx.is_fragment() else "errors/error.html"
    words = {"title": title, "advice": advice, "status": status, "number": logs.request_id()}
    is_kept = unit.current().kept
    try:
        _know_user_again()
        _forget_lost_rows()
        given_back = _given_back() if status in GIVES_BACK else []
        more = {"way": way, "is_kept": is_kept, "given_back": given_back}
        html = render_template(template, **more, **words)
    except Exception:  # what broke the page may break this one, too: it still has to be true
        log.exception("the page of an error was not made")
        html = BARE.format(way=escape(way), **words)
    headers = {} if status in _SAID_BY_SCRIPT else {"X-Own-Words": "1"}
    return Response(html, status, mimetype="text/html", headers=headers)


def _given_back() -> list[tuple[str, str]]:
    """Return (label, what was typed) of the form that is refused and that no page shows any more."""
    if request.method != "POST" or request.routing_exception:
        return []  # an address that leads nowhere reads no form, which has no limit there
    form = g.get("sent")
    if form is None:  # refused before its fields were looked at: what reads like a person's words
        texts = (text.strip() for text in request.form.values())
        return [("", text) for text in texts if _CYRILLIC.search(text)]
    return typed_into(form)


def _know_user_again() -> None:
    """Load the person signed in anew: a failed unit of work has let go of its rows.

    Where even that fails (a locked database), the page is made as for somebody unknown.
    """
    g.pop("_login_user", None)  # where Flask-Login keeps the user of a request
    try:
        _ = current_user.is_authenticated
    except SQLAlchemyError:
        g._login_user = AnonymousUserMixin()


def _forget_lost_rows() -> None:
    """Let go of the place of the URL where it cannot be read any more.

    A statement that failed half-way (a full disk, a read-only file) has emptied every row of the unit.
    """
    for name in ("school", "district", "cycle", "closed_year"):
        row = inspect(g.get(name), raiseerr=False)
        if row is not None and row.expired:
            g.pop(name)


def _http(error: HTTPException) -> Response:
    if error.response is not None:  # a redirect or a ready answer thrown by a view
        return error.response  # type: ignore[return-value]
    if isinstance(error, SecurityError):
        return _foreign_host()
    status = error.code or 500
    resend = status == 401 or (isinstance(error, Forged) and not error.is_foreign)
    has_text = request.endpoint not in ("accounts.sign_in_post", "accounts.sign_out")
    if resend and has_text and request.method == "POST":
        if not htmx.is_fragment():
            return _lost_session(status)
        if status == 400:
            return _old_token()
    return answer(status)


def _old_token() -> Response:
    """Answer a row's form of an earlier sign-in: the page keeps it and asks for the new token."""
    refused = answer(400)
    refused.headers["X-Old-Token"] = "1"
    return refused


def _foreign_host() -> Response:
    """Answer a request for another host; no page can be made, for it would link to that host."""
    sentence = (
        "Сайт не отвечает по этому адресу. Наберите адрес, который сообщил координатор. Если адрес "
        "верный, его добавляет в настройку NASTAV_TRUSTED_HOSTS тот, кто обслуживает сайт."
    )
    return Response(sentence, 400, mimetype="text/plain")


def _lost_session(status: int) -> Response:
    """Give back what was typed, with a button to send it again (rules.md#lost-session)."""
    fields = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name != "csrf_token" and "password" not in name
    ]
    html = render_template(
        "errors/lost_session.html",
        fields=fields,
        encoding=request.mimetype,  # in the other one the same text may be three times as long
        target=request.full_path.rstrip("?"),
        files=[name for name, file in request.files.items(multi=True) if file.filename],
        number=logs.request_id(),
        is_public=access.is_public(),
    )
    return Response(html, status, mimetype="text/html")


def _unavailable(error: Exception) -> Response:
    log.error("database unavailable: %s", error)
    return answer(503)


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    is_damage = isinstance(error, SQLAlchemyError) and condition.of_site().damage
    return answer(503 if is_damage else 500)
