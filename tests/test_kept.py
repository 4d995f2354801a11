"""Kept answers: what is kept and for whom, what never is, and what makes it forgotten.

That none is ever stale is tried in `tests/posts/test_kept.py`.
"""

import json
import logging
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from nastav import config, dates, kept, versions
from nastav.access import Role
from nastav.accounts import operations as accounts
from nastav.accounts.models import SignIn, User
from nastav.accounts.routes import COOKIE, SEEN_EVERY
from nastav.app import create_app
from nastav.config import ROOT
from nastav.db import db, write_mode, writing
from nastav.district.models import District, School
from nastav.kept import Kept, Shelf, Stamps
from nastav.logs import JsonLines
from nastav.people.models import Participation
from tests.conftest import ClientOf
from tests.support import databases
from tests.support.cast import Cast
from tests.support.kept import is_hit, layer_of, said, without
from tests.support.pages import HTMX, PageClient, having, soup, text_of
from tests.support.people import add_person

pytestmark = pytest.mark.usefixtures("cast")


def home(cast: Cast) -> str:
    return f"/schools/{cast.boris_school}"


def matrix(cast: Cast) -> str:
    return f"/districts/{cast.district}/2020/stages"


def warmed(app: Flask, client: PageClient, address: str) -> bool:
    """Ask twice; tell whether the second answer was a kept one."""
    client.get(address)
    return is_hit(app, client, address)


def sign_in_of(app: Flask, client: PageClient) -> SignIn:
    """Return the client's row (needs an application context)."""
    cookie = client.get_cookie(COOKIE)
    assert cookie
    found = accounts.token_hash(cookie.value)
    return db.session.query(SignIn).filter_by(token_hash=found).one()


def test_a_page_asked_for_twice_is_made_once(app: Flask, cast: Cast, boris: PageClient) -> None:
    first = boris.get(home(cast))
    assert is_hit(app, boris, home(cast))
    again = boris.get(home(cast))
    assert said(again) == said(first)
    assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]
    assert again.headers["Cache-Control"] == "no-store"
    with without(app):
        assert said(boris.get(home(cast))) == said(again)


def test_each_sign_in_address_and_kind_of_answer_has_its_own(
    app: Flask, cast: Cast, boris: PageClient, galina: PageClient, client_of: ClientOf
) -> None:
    assert warmed(app, boris, home(cast))
    assert not is_hit(app, galina, home(cast))
    assert not is_hit(app, client_of("boris"), home(cast)), "another session of the same person"
    assert not is_hit(app, boris, f"{home(cast)}?cycle=2020")
    assert not is_hit(app, boris, home(cast), HTMX)
    boris.checks = False  # it reads no gzip
    assert not is_hit(app, boris, home(cast), {"Accept-Encoding": "gzip"})
    assert not is_hit(app, boris, home(cast), {"Host": "127.0.0.1"})
    assert is_hit(app, boris, home(cast))


def test_a_form_of_a_kept_page_can_be_sent(app: Flask, cast: Cast, boris: PageClient) -> None:
    assert warmed(app, boris, home(cast))
    page = soup(boris.get(home(cast)))
    token = having(page, "name", "csrf_token")[0]["value"]
    assert boris.post("/logout", data={"csrf_token": token}).location == "/login"


def test_what_is_never_kept(app: Flask, cast: Cast, boris: PageClient, anna: PageClient) -> None:
    own, district = home(cast), f"/districts/{cast.district}"
    with app.app_context(), writing():
        row = add_person(cast.boris_school)
        line = db.session.query(Participation).filter_by(person_id=row.id).one()
        card = f"{own}/mentees/{line.id}"
    assert boris.get(card).status_code == 200
    for address in ("/account", "/account/password", "/csrf", f"{own}/mentees/new", card):
        assert not warmed(app, boris, address), address
    for address in (f"{district}/journal", f"{district}/exports/coverage-2020.xlsx"):
        assert not warmed(app, anna, address), address
    assert not warmed(app, boris, f"{own}/no/such/page")
    assert not is_hit(app, app.test_client(), "/login")  # type: ignore[arg-type]


def test_a_notice_is_shown_once(app: Flask, cast: Cast, boris: PageClient) -> None:
    boris.get(home(cast))
    with boris.session_transaction() as session:
        session["_flashes"] = [("message", "Сохранено.")]
    assert "Сохранено." in text_of(boris.get(home(cast)))
    assert "Сохранено." not in text_of(boris.get(home(cast)))


def test_a_save_of_one_school_leaves_the_pages_of_another(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, anna: PageClient
) -> None:
    vera_home = f"/schools/{cast.vera_school}"
    assert warmed(app, boris, home(cast))
    assert warmed(app, vera, vera_home)
    assert warmed(app, anna, matrix(cast))
    boris.fill(f"{home(cast)}/2020/stages/1/activities/1/edit", responsible="Завуч")
    assert is_hit(app, vera, vera_home)
    assert not is_hit(app, anna, matrix(cast))
    boris.delete_cookie("session")
    assert not is_hit(app, boris, home(cast))


def test_a_change_of_the_district_reaches_every_school(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    assert warmed(app, boris, home(cast))
    with app.app_context(), writing():
        db.session.get_one(School, cast.boris_school).name = "СОШ №5 имени всех"
    assert "имени всех" in text_of(boris.get(home(cast)))


def test_a_raw_statement_raises_everything(app: Flask, cast: Cast, boris: PageClient) -> None:
    assert warmed(app, boris, home(cast))
    with app.app_context(), writing():
        text = f"UPDATE school SET name = 'Переименованная' WHERE id = {cast.boris_school}"
        db.session.connection().exec_driver_sql(text)
    assert "Переименованная" in text_of(boris.get(home(cast)))


def test_what_is_rolled_back_raises_nothing(app: Flask, cast: Cast, boris: PageClient) -> None:
    assert warmed(app, boris, home(cast))
    with app.app_context(), write_mode():
        db.session.get_one(School, cast.boris_school).name = "Никогда"
        db.session.flush()
        db.session.rollback()
    assert is_hit(app, boris, home(cast))


def test_signing_in_raises_only_what_shows_it(
    app: Flask, cast: Cast, boris: PageClient, client_of: ClientOf
) -> None:
    assert warmed(app, boris, home(cast))
    client_of("vera").get(f"/schools/{cast.vera_school}")
    assert is_hit(app, boris, home(cast))


def test_an_answer_is_kept_under_what_was_read_before_it_was_made(
    app: Flask, cast: Cast, boris: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves while the page is made: it is of before, and must not be taken for one of after."""
    layer, flask = layer_of(app), layer_of(app).app

    def slow(environ: object, start: object) -> object:
        answer = flask(environ, start)  # type: ignore[arg-type]
        with app.app_context(), writing():
            db.session.get_one(School, cast.boris_school).name = "Другая"
        return answer

    monkeypatch.setattr(layer, "app", slow)
    assert "Другая" not in text_of(boris.get(home(cast)))
    monkeypatch.setattr(layer, "app", flask)
    assert "Другая" in text_of(boris.get(home(cast)))


def test_asked_four_times_at_once_a_page_is_made_once(
    app: Flask, cast: Cast, boris: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer, flask = layer_of(app), layer_of(app).app
    cookie = boris.get_cookie(COOKIE)
    assert cookie
    together, made, answers = threading.Barrier(4), [], []

    def counted(environ: Any, start: Any) -> Any:
        made.append(environ["PATH_INFO"])
        return flask(environ, start)

    def ask() -> None:
        client = app.test_client()
        client.set_cookie(COOKIE, cookie.value)
        together.wait()
        answers.append(client.get(home(cast)).status_code)

    monkeypatch.setattr(layer, "app", counted)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 4
    assert made == [home(cast)]


# --- the sign-in ----------------------------------------------------------------------------------


def test_a_sign_in_that_ended_gets_nothing_and_is_forgotten(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    assert warmed(app, boris, home(cast))
    for ended in (
        {"seen_at": timedelta(minutes=-121)},
        {"created_at": timedelta(hours=-13)},
        {"seen_at": timedelta(minutes=6)},
    ):
        with app.app_context(), writing():
            row = sign_in_of(app, boris)
            row.seen_at = row.created_at = dates.clock()
            for name, by in ended.items():
                setattr(row, name, dates.clock() + by)
        assert boris.get(home(cast)).status_code == 302, ended
        assert layer_of(app).shelf.sign_ins == []
        with app.app_context(), writing():
            row = sign_in_of(app, boris)
            row.seen_at = row.created_at = dates.clock()
        assert warmed(app, boris, home(cast))


def test_signing_out_forgets_the_names(app: Flask, cast: Cast, boris: PageClient) -> None:
    assert warmed(app, boris, home(cast))
    assert layer_of(app).shelf.sign_ins
    boris.post("/logout", data={"csrf_token": boris.token()})
    assert layer_of(app).shelf.sign_ins == []


def test_who_was_signed_out_by_others_is_forgotten_within_a_minute(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient
) -> None:
    assert warmed(app, boris, home(cast))
    with app.app_context(), writing():
        db.session.delete(sign_in_of(app, boris))
    layer_of(app)._swept -= kept.SWEEP
    vera.get(f"/schools/{cast.vera_school}")
    assert len(layer_of(app).shelf.sign_ins) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"disabled_at": datetime(2020, 12, 9, tzinfo=UTC)},
        {"must_change": True},
        {"role": Role.HEAD},
    ],
)
def test_a_change_of_the_account_drops_what_was_kept(
    app: Flask, cast: Cast, boris: PageClient, change: dict[str, object]
) -> None:
    pages = [home(cast), f"{home(cast)}/2020/stages", f"{home(cast)}/mentees"]
    for page in pages:
        assert warmed(app, boris, page)
    with app.app_context(), writing():
        for name, value in change.items():
            setattr(db.session.get_one(User, cast.users["boris"]), name, value)
    assert not is_hit(app, boris, pages[0])
    assert len(layer_of(app).shelf) <= 1


def test_a_hit_keeps_the_idle_time(app: Flask, cast: Cast, boris: PageClient) -> None:
    assert warmed(app, boris, home(cast))
    with app.app_context(), writing():
        sign_in_of(app, boris).seen_at = dates.clock() - SEEN_EVERY - timedelta(seconds=1)
    boris.get(home(cast))
    with app.app_context():
        assert dates.clock() - sign_in_of(app, boris).seen_at < timedelta(minutes=1)
    assert is_hit(app, boris, home(cast))


# --- the day, the site ----------------------------------------------------------------------------


def test_nothing_is_kept_over_midnight(app: Flask, cast: Cast, boris: PageClient) -> None:
    assert warmed(app, boris, home(cast))
    dates.configure(app.config["ZONE"], config.fixed_today("2020-12-10"))
    assert not is_hit(app, boris, home(cast))


def test_nothing_is_kept_over_the_real_midnight_either(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 20, 59, tzinfo=UTC), tick=False) as clock:
        with app.app_context(), writing():
            row = sign_in_of(app, boris)
            row.seen_at = row.created_at = dates.clock()
        assert warmed(app, boris, home(cast))
        clock.shift(timedelta(minutes=2))  # midnight in Moscow
        assert not is_hit(app, boris, home(cast))


def test_a_damaged_database_is_told_at_once(app: Flask, cast: Cast, anna: PageClient) -> None:
    assert warmed(app, anna, matrix(cast))
    app.extensions["condition"].note("malformed")
    try:
        assert "База данных повреждена" in text_of(anna.get(matrix(cast)))
    finally:
        app.extensions["condition"]._damage = None


def test_a_new_state_of_the_daily_copies_is_told(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    assert warmed(app, anna, matrix(cast))
    folder = Path(app.instance_path) / "backups"
    folder.mkdir(exist_ok=True)
    record = {"checked": [], "failure": "Нет места.", "failed_at": "2020-12-09T10:00:00+00:00"}
    (folder / "state.json").write_text(json.dumps(record), encoding="utf-8")
    assert "Нет места." in text_of(anna.get(matrix(cast)))
    (folder / "state.json").unlink()
    assert "Нет места." not in text_of(anna.get(matrix(cast)))


def test_a_hit_stands_in_the_log_with_its_number(
    app: Flask, cast: Cast, boris: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    boris.get(home(cast))
    caplog.clear()
    answer = boris.get(home(cast))
    line = next(each for each in caplog.records if "/schools/" in each.getMessage())
    told = json.loads(JsonLines().format(line))
    assert told["request"] == answer.headers["X-Request-Id"]
    assert told["message"] == "GET /schools/<int:school_id> 200"


def test_the_oldest_goes_where_there_is_no_room() -> None:
    shelf, stamps = Shelf(3 * (kept.ROOM + 500)), Stamps((), (), {})
    for number in range(4):
        shelf.put((b"a", number), Kept(stamps, frozenset(), "", [], b"x" * 500))
        shelf.get((b"a", 0), stamps)
    there = [bool(shelf.get((b"a", number), stamps)) for number in range(4)]
    assert there == [True, False, True, True]
    shelf.put((b"b", 9), Kept(stamps, frozenset(), "", [], b"x" * 9000))
    assert len(shelf) == 0, "one larger than the room is not kept"


def test_a_save_leaves_the_pages_that_show_nothing_of_it(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    register, stage = f"{home(cast)}/mentees", f"{home(cast)}/2020/stages/1"
    assert warmed(app, boris, register)
    assert warmed(app, boris, stage)
    boris.fill(f"{stage}/activities/1/edit", responsible="Завуч")
    boris.delete_cookie("session")
    assert is_hit(app, boris, register)
    assert not is_hit(app, boris, stage)


def test_without_room_there_is_no_layer(instance: Path) -> None:
    app = create_app(instance, KEPT_ANSWERS_MB=0, **databases.settings(instance))
    assert "kept" not in app.extensions
    assert app.test_client().get("/healthz").status_code == 200


OTHER = """
import sys
from pathlib import Path
from nastav.app import create_app
from nastav.db import db, writing
from nastav.district.models import School
from tests.support import databases
app = create_app(Path(sys.argv[1]), **databases.settings(Path(sys.argv[1])))
with app.app_context(), writing():
    db.session.get_one(School, int(sys.argv[2])).name = "Другой процесс"
"""


def test_what_another_process_saves_is_seen_at_once(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    assert warmed(app, boris, home(cast))
    command = [sys.executable, "-c", OTHER, app.instance_path, str(cast.boris_school)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert "Другой процесс" in text_of(boris.get(home(cast)))


def test_whose_rows_are_one_schools(app: Flask, cast: Cast) -> None:
    with app.app_context():
        assert db.session.get(District, cast.district)
        assert "pair_member" in versions.own_tables()
        assert not versions.own_tables() & {"user", "person", "transfer", "audit_entry", "school"}
