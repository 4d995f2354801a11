"""Every error becomes a Russian page with its number: what happened, and what to do about it."""

import logging

from flask import Flask, g, render_template, request
from flask_login import AnonymousUserMixin, current_user
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from nastav import access, db, htmx, logs
from nastav.access import Forged

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
        "Ничего не сохранено. Файл должен быть не больше 10 МБ; уменьшите его и приложите снова.",
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


def init(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(db.Conflict, lambda _: answer(409))
    app.register_error_handler(db.NotNow, lambda error: answer(409, str(error)))
    app.register_error_handler(db.Unavailable, _unavailable)
    app.register_error_handler(Exception, _unexpected)


NOT_NOW = "Сейчас этого сделать нельзя"


def answer(status: int, why: str = "") -> Response:
    """Return the page of an error, or its fragment for HTMX; `why` takes the place of its sentences."""
    _know_user_again()
    _forget_lost_rows()
    usual = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    title, advice = (NOT_NOW, why) if why else usual
    template = "errors/_error.html" if htmx.is_fragment() else "errors/error.html"
    html = render_template(
        template, title=title, advice=advice, status=status, number=logs.request_id()
    )
    return Response(html, status, mimetype="text/html")


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
    for name in ("school", "district", "cycle"):
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
    if resend and has_text and request.method == "POST" and not htmx.is_fragment():
        return _lost_session(status)
    return answer(status)


def _foreign_host() -> Response:
    """Answer a request for another host; no page can be made, for it would link to that host."""
    sentence = (
        "Сайт не отвечает по этому адресу. Наберите адрес, который сообщил координатор. Если адрес "
        "верный, его добавляет в настройку NASTAV_TRUSTED_HOSTS тот, кто обслуживает сайт."
    )
    return Response(sentence, 400, mimetype="text/plain")


def _lost_session(status: int) -> Response:
    """Give back what was typed, with a button to send it again (decision 30)."""
    fields = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name != "csrf_token" and "password" not in name
    ]
    html = render_template(
        "errors/lost_session.html",
        fields=fields,
        target=request.full_path.rstrip("?"),
        had_files=any(file.filename for file in request.files.values()),
        number=logs.request_id(),
        is_public=access.is_public(),
    )
    return Response(html, status, mimetype="text/html")


def _unavailable(error: Exception) -> Response:
    log.error("database unavailable: %s", error)
    return answer(503)


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    g.failed = True
    return answer(500)
