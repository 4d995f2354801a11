"""A session that ends while a form is open loses nothing, also without JavaScript.

See rules.md#lost-session.
"""

from io import BytesIO

from flask import Flask

from nastav import dates
from nastav.accounts import operations
from nastav.accounts.models import User
from nastav.db import db, writing
from tests.conftest import PASSWORD
from tests.stages.stand import PDF
from tests.support.cast import Cast
from tests.support.pages import HTMX, PageClient, find_form, form_values, soup, text_of


def end_sessions(app: Flask, cast: Cast) -> None:
    with app.app_context(), writing():
        operations.close_sign_ins(db.session.get_one(User, cast.users["boris"]))


def test_what_was_typed_is_sent_again_after_signing_in(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = boris.get("/account")
    end_sessions(app, cast)
    refused = boris.fill(page, phone="2-00-00", post="завуч «по ВР»")
    assert refused.status_code == 401
    kept = form_values(find_form(refused))
    assert (kept["phone"], kept["post"]) == (["2-00-00"], ["завуч «по ВР»"])
    link = soup(refused).select_one("main a[target=_blank]")
    assert link
    signed_in = boris.fill(str(link["href"]), login="boris", password=PASSWORD)
    assert "вернитесь на прежнюю" in text_of(boris.get(signed_in.location))
    again = boris.fill(refused)  # its token was a visitor's: asked to confirm, once
    assert again.status_code == 400
    assert "вы вошли заново" in text_of(again)
    assert boris.fill(again).status_code == 303
    assert "завуч «по ВР»" in boris.get("/account").get_data(as_text=True)


def test_with_scripts_the_page_fetches_the_new_sessions_token(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = boris.get("/account")
    end_sessions(app, cast)
    refused = boris.fill(page, phone="2-00-00")
    assert soup(refused).select_one("form[data-signed-out]")
    boris.fill("/login", login="boris", password=PASSWORD)
    fields = {**form_values(find_form(refused)), "csrf_token": boris.token()}
    assert boris.post("/account", data=fields).status_code == 303
    assert "2-00-00" in boris.get("/account").get_data(as_text=True)


def test_a_fragment_answers_401_and_no_form(app: Flask, cast: Cast, boris: PageClient) -> None:
    end_sessions(app, cast)
    for answer in (
        boris.get("/account", headers=HTMX),
        boris.post("/account", data={"phone": "2-00-00"}, headers=HTMX),
    ):
        assert answer.status_code == 401
        assert not soup(answer).select("form")


def test_a_rows_form_of_an_earlier_sign_in_is_told_to_fetch_a_new_token(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = f"/schools/{cast.boris_school}/2020/stages/1/activities/1/edit"
    form = form_values(find_form(boris.get(page)))
    end_sessions(app, cast)
    boris.fill("/login", login="boris", password=PASSWORD)
    row = {**form, "comment": "Готово"}
    refused = boris.post(page, data=row, headers=HTMX)
    assert refused.status_code == 400
    assert refused.headers["X-Old-Token"]
    row["csrf_token"] = boris.token()
    assert boris.post(page, data=row, headers=HTMX).status_code == 200
    row["csrf_token"] = "x.y"
    foreign = boris.post(page, data=row, headers={**HTMX, "Sec-Fetch-Site": "cross-site"})
    assert "X-Old-Token" not in foreign.headers


def test_a_file_is_asked_for_again(app: Flask, cast: Cast, boris: PageClient) -> None:
    at = f"/schools/{cast.boris_school}/2020/stages/1/activities/1/documents/new"
    page = boris.get(at)
    end_sessions(app, cast)
    refused = boris.fill(page, kind="План", file=(BytesIO(PDF), "план.pdf"))
    assert "Выберите файл ещё раз" in text_of(refused)
    boris.fill("/login", login="boris", password=PASSWORD)
    again = boris.fill(refused, file=(BytesIO(PDF), "план.pdf"))
    assert again.status_code == 400
    saved = boris.fill(again, file=(BytesIO(PDF), "план.pdf"))
    assert "файл приложен: План" in text_of(boris.get(saved.location))


def test_passwords_are_not_given_back(app: Flask, cast: Cast, boris: PageClient) -> None:
    page = boris.get("/account/password")
    end_sessions(app, cast)
    new = "гроза над старым мостом"
    typed = {"password": PASSWORD, "new_password": new, "new_password_again": new}
    refused = boris.fill(page, **typed)
    assert refused.status_code == 401
    html = refused.get_data(as_text=True)
    assert PASSWORD not in html
    assert new not in html


def test_signing_out_twice_asks_for_nothing_to_be_sent_again(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    token = boris.token()
    end_sessions(app, cast)
    answer = boris.post("/logout", data={"csrf_token": token})
    assert answer.status_code == 401
    assert "Отправить ещё раз" not in text_of(answer)


def test_a_disabled_person_cannot_send_again(app: Flask, cast: Cast, boris: PageClient) -> None:
    page = boris.get("/account")
    with app.app_context(), writing():
        db.session.get_one(User, cast.users["boris"]).disabled_at = dates.now()
    refused = boris.fill(page, phone="2-00-00")
    assert refused.status_code == 401
    assert boris.fill("/login", login="boris", password=PASSWORD).status_code == 422
    assert boris.fill(refused).status_code == 401
    with app.app_context():
        assert db.session.get_one(User, cast.users["boris"]).phone == ""
