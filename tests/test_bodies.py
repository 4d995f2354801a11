"""security.md#s11: a form that is too large is refused before anything parses it, whatever its encoding."""

import io
import re
from collections.abc import Iterator
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.formparser import FormDataParser, MultiPartParser

from nastav import bodies
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, form_values, soup, text_of

KB, MB = 2**10, 2**20
PLAIN = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=edge"


def part(name: str, text: bytes = b"") -> bytes:
    return b'--edge\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (
        name.encode(),
        text,
    )


BOMBS = {
    "2 MB of «a&a&»": (b"a&" * MB, PLAIN),
    "a long text": (b"a=" + b"x" * 2 * MB, PLAIN),
    "2,001 fields": (b"&".join(b"f%d=1" % n for n in range(2001)), PLAIN),
    "one name 2,001 times": (b"pick=1&" * 2000 + b"pick=1", PLAIN),
    "2,001 parts": (b"".join(part(f"f{n}") for n in range(2001)) + b"--edge--\r\n", MULTIPART),
    "a long part": (part("text", b"x" * 2 * MB + b"y") + b"--edge--\r\n", MULTIPART),
    "nothing but edges": (b"--edge\r\n" * 100_000, MULTIPART),
}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Remember each body that something begins to parse."""
    seen: list[str] = []
    plain, parts = bodies._text, MultiPartParser.parse
    monkeypatch.setattr(bodies, "_text", lambda text: seen.append("plain") or plain(text))
    monkeypatch.setattr(MultiPartParser, "parse", lambda *a: seen.append("parts") or parts(*a))
    return seen


def unsafe(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield endpoint and address of every route that takes a form."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            words = {"book": "mentees", "code": "AAAA-BBBB-CCCC"}
            values = {name: words.get(name, 1) for name in rule.arguments}
            yield rule.endpoint, adapter.build(rule.endpoint, values, method="POST")


@pytest.mark.parametrize("bomb", BOMBS)
def test_every_route_refuses_a_bomb_unparsed(
    bomb: str, app: Flask, nobody: PageClient, parsed: list[str]
) -> None:
    body, kind = BOMBS[bomb]
    nobody.checks = False
    answers = {
        endpoint: nobody.post(path, data=body, content_type=kind).status_code
        for endpoint, path in unsafe(app)
        if not (bomb == "a long part" and hasattr(app.view_functions[endpoint], "has_files"))
    }
    assert len(answers) > 80
    assert {end: status for end, status in answers.items() if status != 413} == {}
    assert parsed == []


def test_a_long_text_beside_a_file_is_refused(nobody: PageClient, cast: Cast) -> None:
    body, kind = BOMBS["a long part"]
    path = f"/schools/{cast.boris_school}/mentees/import"
    assert nobody.post(path, data=body, content_type=kind).status_code == 413


@given(
    st.lists(st.tuples(st.text(), st.text())),
    st.binary(max_size=40),
    st.sampled_from([b"", b"%", b"%zz", b"a=%\r\n%0a", b"&&", b"=", b"a%2", b"+%2B", b"a=b= =d_"]),
)
def test_a_form_reads_as_werkzeug_reads_it(
    fields: list[tuple[str, str]], noise: bytes, odd: bytes
) -> None:
    plain = url_quote(noise.decode(errors="replace"), safe="")
    typed = [(a.encode("utf-8", "replace"), b.encode("utf-8", "replace")) for a, b in fields]
    body = b"&".join([urlencode(typed).encode(), plain.encode(), odd, b"raw=\xd1\x8f"])
    read = [
        parser(max_form_parts=2000).parse(io.BytesIO(body), PLAIN, len(body))[1]
        for parser in (bodies._Parser, FormDataParser)
    ]
    assert list(read[0].items(multi=True)) == list(read[1].items(multi=True))


def test_a_form_just_within_the_limits_is_read(anna: PageClient, cast: Cast) -> None:
    fields = b"&".join([b"f=1"] * 1999)
    for body in (fields, b"f=" + b"x" * (2 * MB - 2)):
        answer = anna.post("/account/password", data=body, content_type=PLAIN)
        assert answer.status_code == 400  # read, and found to be no form of this site


@pytest.mark.parametrize(
    ("path", "most"), [("/login", 16 * KB), ("/a/AAAA-BBBB-CCCC", 64 * KB)], ids=["login", "link"]
)
def test_what_anybody_may_post_is_small(nobody: PageClient, path: str, most: int) -> None:
    for size, is_refused in ((most, False), (most + 1, True)):
        answer = nobody.post(path, data=b"a=" + b"x" * (size - 2), content_type=PLAIN)
        assert (answer.status_code == 413) is is_refused
    assert f"не больше {most // KB} кБ текста и не больше 2000 полей" in text_of(answer)
    assert re.search(r"Номер обращения: \w{8}", text_of(answer))


def test_for_htmx_the_refusal_is_a_fragment(nobody: PageClient) -> None:
    headers = {"HX-Request": "true"}
    answer = nobody.post("/login", data=b"a" * 20_000, content_type=PLAIN, headers=headers)
    assert answer.status_code == 413
    assert answer.get_data(as_text=True).startswith('<div class="notice notice-error"')


def test_a_page_with_files_tells_both_limits(boris: PageClient, cast: Cast) -> None:
    path = f"/schools/{cast.boris_school}/mentees/import"
    answer = boris.post(path, data=b"a" * 3 * MB, content_type=PLAIN)
    assert answer.status_code == 413
    assert "Файл должен быть не больше 10 МБ, а текст — не больше 2 МБ" in text_of(answer)


@pytest.mark.parametrize("kind", [PLAIN, MULTIPART])
def test_two_megabytes_come_back_when_the_session_is_over(
    nobody: PageClient, cast: Cast, kind: str
) -> None:
    text = b"\xd1\x8f" * (MB - 200) if kind == MULTIPART else b"%D1%8F" * (MB // 3 - 200)
    body = part("text", text) + b"--edge--\r\n" if kind == MULTIPART else b"text=" + text
    path = f"/schools/{cast.boris_school}/mentees/import"
    answer = nobody.post(path, data=body, content_type=kind)
    assert answer.status_code == 401
    form = soup(answer).select_one("main form")
    assert form
    assert form.get("enctype", PLAIN) == kind.partition(";")[0]
    assert form_values(form)["text"][0].count("я") > MB // 4


def test_an_address_that_leads_nowhere_reads_no_form(
    client_of: ClientOf, parsed: list[str]
) -> None:
    answer = client_of("anna").post("/no/such/page", data=b"a=1", content_type=PLAIN)
    assert answer.status_code == 404
    assert parsed == []
