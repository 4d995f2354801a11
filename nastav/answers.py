"""What the server says when it refuses a request before the site sees it; needs no application.

The site's own refusals are in `errors`.
"""

import html
import secrets
from dataclasses import dataclass

# code → (what happened, what to do)
SENTENCES = {
    400: (
        "Сервер не понял запрос",
        "Обновите страницу и повторите. Если не помогает, наберите адрес сайта заново.",
    ),
    413: (
        "Файл или текст слишком большой",
        "Ничего не сохранено: сервер принимает не больше 12 МБ за один раз, файл — не больше 10 МБ. "
        "Уменьшите его, вернитесь назад и приложите снова.",
    ),
    431: (
        "Слишком длинный адрес страницы",
        "Откройте сайт с начальной страницы. Если не помогает, удалите в настройках браузера "
        "данные (cookie) этого сайта и войдите снова.",
    ),
    500: (
        "Ошибка на сервере",
        "Вернитесь назад и проверьте, сохранились ли данные. Если ошибка повторится, сообщите её "
        "номер тому, кто обслуживает сайт.",
    ),
    501: (
        "Браузер передаёт данные непонятным серверу способом",
        "Откройте сайт в другом браузере или без посредника (прокси). Если не помогает, сообщите "
        "номер ошибки тому, кто обслуживает сайт.",
    ),
}
_PAGE = """<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>{title} — Наставничество</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/site.css">
</head><body><main class="wrap" id="main"><h1>{title}</h1><p>{advice}</p>
<p><a class="btn" href="/">Открыть начальную страницу</a></p>
<p class="muted">Номер обращения: {number} (ошибка {code}).</p></main></body></html>
"""
_FRAGMENT = """<div class="notice notice-error" id="error"><h2>{title}</h2><p>{advice}</p>
<p class="muted">Номер обращения: {number}</p></div>
"""
_HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
)


@dataclass(frozen=True)
class Refusal:
    """An answer: the number a person may tell, the headers, the page in UTF-8."""

    number: str
    headers: tuple[tuple[str, str], ...]
    content: bytes


def answer(code: int, *, is_fragment: bool) -> Refusal:
    """Return the page of a refusal, or its fragment for HTMX; a code without a sentence reads as 500."""
    title, advice = SENTENCES.get(code, SENTENCES[500])
    number = secrets.token_hex(4)
    content = (_FRAGMENT if is_fragment else _PAGE).format(
        title=html.escape(title), advice=html.escape(advice), number=number, code=code
    )
    # the script of the open page then shows these words in place of its own
    header = (("X-Own-Words", "1"),) if is_fragment else ()
    return Refusal(number, (*_HEADERS, *header, ("X-Request-Id", number)), content.encode())
