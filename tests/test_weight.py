"""Weight of pages as they travel: the first load with everything, later ones without what is kept.

The pictures in the help hold up no page (`loading="lazy"`: a browser fetches them after it, the nearer ones
unasked); each is weighed by itself.
"""

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from waitress.buffers import ReadOnlyFileBasedBuffer

from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient
from tests.support.registers import registers

FIRST_LOAD = 40 * 1024  # bytes, compressed (quality.md#v2)
REQUESTS = 6  # the page, its looks, htmx, the script, icons, the mark of the tab
WHOLE = 45 * 1024  # what brings looks or a script of its own, opened as the very first
LATER = 10 * 1024
PICTURE = 60 * 1024  # fetched once: its address changes with its content
LAZY = re.compile(r'src="(/static/[^"]+)" alt="[^"]+" width="\d+" height="\d+" loading="lazy">')
# files come out of the server's own wrapper, whose length is known, so they are compressed whole
AS_SERVED = {"wsgi.file_wrapper": ReadOnlyFileBasedBuffer}
FIRST = {"/districts/1/2020/stages", "/schools/{school}"}  # where signing in leads
LEAST = {"/districts/1/2020/stages": 5500, "/schools/{school}/2020/stages/1": 5 * 1024}
LEAST |= {"/districts/1/coverage/2020": 9 * 1024}
PAGES = {
    "/districts/1/2020/stages": "anna",
    "/districts/1/coverage/2020": "anna",
    "/districts/1/settings/plan": "anna",
    "/schools/{school}": "boris",
    "/schools/{school}/2020/stages/1": "boris",
    "/schools/{school}/mentees": "boris",
    "/schools/{school}/2020/pairs": "boris",
    "/help": "boris",
}


@pytest.fixture
def filled(app: Flask, cast: Cast) -> str:
    """Return the school of Борис with a full page of its registers and a board of pairs."""
    with registers(app, cast) as own:
        mentors = [own.mentor(grade=10) for _ in range(20)]
        mentees = [own.mentee() for _ in range(100)]
        for number, mentor in enumerate(mentors):
            own.pair(mentor, *mentees[number * 5 : number * 5 + 5])
    return str(cast.boris_school)


def travelled(client: PageClient, path: str) -> tuple[bytes, int]:
    """Return a body and how many bytes of it go over the wire."""
    # past the page-checking client, which reads no compressed pages
    asked = {"headers": {"Accept-Encoding": "gzip"}, "environ_overrides": AS_SERVED}
    answer = FlaskClient.open(client, path, buffered=True, **asked)
    assert answer.status_code == 200, path
    raw = answer.get_data()
    if answer.headers.get("Content-Encoding") == "gzip":
        return gzip.decompress(raw), len(raw)
    return raw, len(raw)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light(client_of: ClientOf, filled: str, path: str) -> None:
    client = client_of(PAGES[path])
    page, size = travelled(client, path.format(school=filled))
    assert size <= LEAST.get(path, LATER), f"{path}: {size} bytes"
    lazy = set(LAZY.findall(page.decode()))
    kept = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page.decode())) - lazy
    assert len(kept) >= 5, "the page's files were not found"
    whole = size + sum(travelled(client, address.replace("&amp;", "&"))[1] for address in kept)
    is_first = path in FIRST
    assert whole <= (FIRST_LOAD if is_first else WHOLE), f"{path}: {whole} bytes with everything"
    assert 1 + len(kept) <= (REQUESTS if is_first else REQUESTS + 2), sorted(kept)


@pytest.mark.parametrize("name", ["site.css", "site.js", "vendor/htmx-2.0.11.min.js"])
def test_a_newer_browser_gets_no_more_bytes(app: Flask, name: str) -> None:
    sizes = []
    for offered in ("gzip, deflate, br, zstd", "gzip"):  # over HTTPS, over HTTP
        asked = {"headers": {"Accept-Encoding": offered}, "environ_overrides": AS_SERVED}
        answer = app.test_client().get(f"/static/{name}", buffered=True, **asked)
        assert "Content-Encoding" in answer.headers
        sizes.append(len(answer.get_data()))
    assert sizes[0] <= sizes[1]


def test_a_picture_of_the_help_waits_and_is_small_and_kept(client_of: ClientOf, cast: Cast) -> None:
    boris = client_of("boris")
    lazy = LAZY.findall(travelled(boris, "/help")[0].decode())
    assert len(lazy) == 4
    for address in lazy:
        with boris.get(address, buffered=True) as answer:
            assert answer.mimetype == "image/png"
            assert "immutable" in answer.headers["Cache-Control"]
            assert len(answer.get_data()) <= PICTURE, address
