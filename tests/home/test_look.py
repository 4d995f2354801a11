"""«Смотреть как школа»: the school's menu and pages, reading only, in the journal."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from tests.conftest import ClientOf
from tests.home.test_navigation import label
from tests.support.cast import Cast
from tests.support.imports import ROOT
from tests.support.pages import PageClient, soup, text_of
from tests.support.stages import put

TEMPLATES = ROOT / "templates"
# pages of the district, or of nobody who has signed in: nobody looks there
OF_NO_SCHOOL = {
    "audit/journal.html",
    "ballots/ask.html",
    "practices/board.html",
    "reports/page.html",
    "rollup/_filters.html",
    "rollup/selfcheck/page.html",
}


def test_the_coordinator_goes_on_as_the_school_and_the_journal_says_so(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    home = f"/schools/{cast.boris_school}"
    answer = anna.fill(home, f"{home}/look")
    assert answer.location == f"{home}?view=school"
    page = anna.get(answer.location)
    assert soup(page).select("h1")[0].text == "Моя школа"
    assert "Вы смотрите как школа" in text_of(page)
    assert [label(link) for link in soup(page).select(".site-nav a")] == [
        "Моя школа",
        "Этапы",
        "Отчёты",
    ]
    assert not soup(page).select("main form")
    back = soup(page).select(".past a")[0]
    assert back["href"] == home
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="school:looked").one()
    assert (entry.actor_name, entry.subject) == ("Анна Андреева", "СОШ №5")
    assert entry.school_id == cast.boris_school


def test_every_link_of_the_menu_goes_on_as_the_school_and_opens(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    put(app, ("СОШ №5", 1, "submitted"), ("СОШ №5", 2, "accepted"))
    home = f"/schools/{cast.boris_school}"
    seen, ahead, asking = set(), [f"{home}?view=school"], 0
    while ahead and len(seen) < 12:
        address = ahead.pop(0)
        seen.add(address)
        answer = anna.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        page = soup(answer)
        assert "Вы смотрите как школа" in text_of(answer), address
        assert not page.select("main form[method=post]"), address
        links = [str(link["href"]) for link in page.select(".site-nav a, .section-nav a, main a")]
        own = [link for link in links if link.startswith(f"{home}/") and "#" not in link]
        assert all("view=school" in urlsplit(link).query for link in own), address
        asks = page.select("main form[method=get]")
        assert all(form.select("[name=view][value=school]") for form in asks), address
        asking += len(asks)
        menu = [str(link["href"]) for link in page.select(".site-nav a, .section-nav a")]
        ahead += [link for link in dict.fromkeys(menu) if link not in {*seen, *ahead}]
    assert len(seen) > 3
    assert asking


def test_every_form_sent_by_get_goes_on_as_the_school() -> None:
    """Its address loses the query: the template itself must carry the look on."""
    found = {
        str(path.relative_to(TEMPLATES)): form
        for path in sorted(TEMPLATES.rglob("*.html"))
        for form in re.findall(
            r'<form\b[^<]*?method="get".*?</form>', path.read_text("utf-8"), re.S
        )
    }
    assert len(found) > 8
    bare = {name for name, form in found.items() if "forms.looked()" not in form}
    assert bare == OF_NO_SCHOOL


def test_a_look_that_begins_by_an_address_is_noted_once_a_day(
    app: Flask, cast: Cast, anna: PageClient, client_of: ClientOf
) -> None:
    home = f"/schools/{cast.boris_school}"
    for address in (f"{home}/2020/stages?view=school", f"{home}?view=school"):
        anna.get(address)
    client_of("boris").get(f"{home}?view=school")
    anna.get(f"/schools/{cast.vera_school}?view=school")
    assert looks(app) == ["СОШ №5", "СОШ №2"]
    anna.fill(home, f"{home}/look")  # the button always says so
    anna.get(f"{home}?view=school")
    assert looks(app) == ["СОШ №5", "СОШ №2", "СОШ №5"]
    with app.app_context(), writing():
        for entry in db.session.query(AuditEntry).filter_by(event="school:looked"):
            entry.at -= timedelta(days=1)
    anna.get(f"{home}?view=school")
    assert looks(app)[3:] == ["СОШ №5"]


def test_a_look_that_was_refused_is_no_look(app: Flask, cast: Cast, anna: PageClient) -> None:
    assert anna.get(f"/schools/{cast.boris_school}/mentees?view=school").status_code == 403
    assert looks(app) == []


def looks(app: Flask) -> list[str]:
    """Return the schools of the looks in the journal, in the order they were written."""
    with app.app_context():
        rows = db.session.query(AuditEntry).filter_by(event="school:looked")
        return [entry.subject for entry in rows.order_by(AuditEntry.id)]


def test_looking_only_reads(app: Flask, cast: Cast, anna: PageClient) -> None:
    put(app, ("СОШ №5", 1, "submitted"))
    stage = f"/schools/{cast.boris_school}/2020/stages/1"
    assert soup(anna.get(stage)).select(f"a[href='{stage}/review']")
    looked = soup(anna.get(f"{stage}?view=school"))
    assert not looked.select("a[href*='/review']")
    assert anna.get(f"{stage}/review?view=school").status_code == 403
    answer = anna.send(f"{stage}/review?view=school", {"decision": "accept"})
    assert answer.status_code == 403
    assert anna.get(f"/schools/{cast.boris_school}/mentees?view=school").status_code == 403


@pytest.mark.parametrize("login", ["gleb", "boris", "galina"])
def test_nobody_else_looks(cast: Cast, client_of: ClientOf, login: str) -> None:
    home = f"/schools/{cast.boris_school}"
    client = client_of(login)
    assert client.send(f"{home}/look").status_code == 403
    assert not soup(client.get(home)).select("#look")
    assert "Вы смотрите как школа" not in text_of(client.get(f"{home}?view=school"))


def test_another_districts_school_is_not_there(anna: PageClient) -> None:
    assert anna.send("/schools/999/look").status_code == 404


def test_pages_of_the_district_are_her_own_again(cast: Cast, anna: PageClient) -> None:
    answer = anna.get(f"/districts/{cast.district}/2020/stages?view=school")
    assert answer.status_code == 200
    assert "view=school" not in answer.get_data(as_text=True)
