"""What the browser gets in the place of the files of `static/css` and `static/js`."""

import re

import pytest
from flask import Flask

from nastav import assets
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.imports import ROOT


@pytest.mark.parametrize("kind", ["css", "js"])
def test_every_file_reaches_a_browser(kind: str) -> None:
    written = {path.stem for path in (ROOT / "static" / kind).glob(f"*.{kind}")}
    joined = [
        part for name, parts in assets.BUNDLES.items() if name.endswith(kind) for part in parts
    ]
    assert written == set(joined)
    assert len(written) > 7


@pytest.mark.parametrize("name", assets.BUNDLES)
def test_a_bundle_is_what_its_files_say(app: Flask, name: str) -> None:
    answer = app.test_client().get(f"/static/{name}")
    assert answer.mimetype == assets.TYPES[name.rpartition(".")[2]]
    text = answer.get_data(as_text=True)
    assert "/*" not in text
    for part in assets.BUNDLES[name]:
        written = (ROOT / "static" / kind_of(name) / f"{part}.{kind_of(name)}").read_text("utf-8")
        said = re.sub(r"(?s)/\*.*?\*/|(?m:(?:^|\s)//.*$)", "", written)
        for kept in (r"[a-z]{2,}-[a-z-]+", r"\"[^\"\n]*\""):  # names, and what stands in quotes
            assert set(re.findall(kept, said)) <= set(re.findall(kept, text)), part


def kind_of(name: str) -> str:
    return name.rpartition(".")[2]


def test_what_is_printed_holds_over_the_screen() -> None:
    last = {name: parts[-1] for name, parts in assets.BUNDLES.items() if name.endswith(".css")}
    assert len(last) > 5
    assert set(last.values()) == {"print"}, last


def test_a_kept_bundle_is_not_sent_again(client_of: ClientOf, cast: Cast) -> None:
    boris = client_of("boris")
    page = boris.get("/help").get_data(as_text=True)
    found = re.search(r'href="(/static/site\.css\?v=\w+)"', page)
    assert found
    first = boris.get(found[1])
    assert "immutable" in first.headers["Cache-Control"]
    again = boris.get(found[1], headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_a_bundle_without_its_mark_is_asked_for_anew(app: Flask) -> None:
    assert app.test_client().get("/static/site.css").headers["Cache-Control"] == "no-cache"


def test_no_such_bundle(app: Flask) -> None:
    assert app.test_client().get("/static/site.txt").status_code == 404
