"""The coordinator's queue: oldest first, the next opens by itself (quality.md#j8)."""

from flask import Flask

from nastav.stages.models import StageState
from tests.conftest import ClientOf
from tests.review.deciding import decide, remark_fields
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.stages import put, stage_row

QUEUE = "/districts/1/review"
SCHOOLS = [f"СОШ №{number}" for number in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)]


def test_the_queue_holds_what_was_sent_oldest_first(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 2, "submitted"), ("СОШ №1", 1, "submitted"), ("СОШ №2", 1, "accepted"))
    page = soup(anna.get(QUEUE))
    schools = [row.get_text() for row in page.select("tbody th")]
    assert schools == ["СОШ №5", "СОШ №1"]
    assert page.title is not None
    assert str(page.title.string).startswith("(2) На проверке")


def test_an_empty_queue_says_so_and_leads_on(anna: PageClient) -> None:
    answer = anna.get(QUEUE)
    assert "Проверять пока нечего" in text_of(answer)
    assert soup(answer).select_one(".empty a[href='/districts/1/stages']")


def test_what_came_late_and_what_comes_again_is_named(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 1, "submitted"))
    text = text_of(anna.get(QUEUE))
    assert "отправлен с опозданием на 1 день" in text
    assert "0 из них повторно" in text


def test_twelve_are_decided_one_after_another(anna: PageClient, app: Flask) -> None:
    put(app, *[(school, 1, "submitted") for school in SCHOOLS])
    first = soup(anna.get(QUEUE)).select_one("tbody a.btn")
    assert first is not None
    address, seen = str(first["href"]), []
    for number in range(12):
        page = anna.get(address)
        seen.append(address.split("?", maxsplit=1)[0])
        choice = {"decision": "accept"}
        if number in (3, 7):
            choice = {"decision": "return", remark_fields(page)[0]: "Укажите номер приказа."}
        address = str(decide(anna, page, **choice).location)
    assert len(set(seen)) == 12
    assert address.startswith(f"{QUEUE}?done=")
    assert "СОШ №13, этап I принят" in text_of(anna.get(address))
    states = [stage_row(app, school, 1).state for school in SCHOOLS]
    assert states.count(StageState.ACCEPTED) == 10
    assert states[3] is states[7] is StageState.RETURNED


def test_the_next_of_the_queue_follows_the_place_one_began_at(anna: PageClient, app: Flask) -> None:
    put(app, *[(school, 1, "submitted") for school in SCHOOLS[:3]])
    second = anna.get("/schools/2/2020/stages/1/review")
    answer = decide(anna, second, decision="accept")
    assert str(answer.location).startswith("/schools/3/2020/stages/1/review?done=")
    last = decide(anna, anna.get("/schools/3/2020/stages/1/review"), decision="accept")
    assert str(last.location).startswith("/schools/1/2020/stages/1/review?done=")


def test_requests_to_open_stand_below_the_queue(anna: PageClient, app: Flask, cast: Cast) -> None:
    put(app, ("СОШ №5", 1, "accepted"))
    with app.app_context():
        from nastav.db import db, writing
        from tests.support.stages import StageOf

        with writing():
            StageOf("СОШ №5", 1).row().reopening_reason = "Приказ заменён новым"
        db.session.remove()
    answer = anna.get(QUEUE)
    assert "Причина: Приказ заменён новым" in text_of(answer)
    link = soup(answer).select_one(".tasks a")
    assert link is not None
    assert link["href"] == f"/schools/{cast.boris_school}/2020/stages/1/review#reopen"


def test_only_the_coordinator_reviews(client_of: ClientOf, app: Flask, cast: Cast) -> None:
    put(app, ("СОШ №5", 1, "submitted"))
    stage = f"/schools/{cast.boris_school}/2020/stages/1/review"
    for login in ("gleb", "boris", "galina"):
        assert client_of(login).get(stage).status_code == 403
        assert client_of(login).get(QUEUE).status_code == 403
    assert client_of("vera").get(stage).status_code == 404
    assert client_of("boris").send(stage, {"decision": "accept"}).status_code == 403
    assert client_of("anna").get("/districts/2/review").status_code == 404
