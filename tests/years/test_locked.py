"""A closed school year is only read: its pages say so and offer nothing, its days are taken nowhere."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from nastav import dates
from nastav.cycles.operations import open_next
from nastav.db import db, writing
from nastav.district.models import Cycle, District
from nastav.pairs.models import Pair
from nastav.stages.models import SchoolStage, Stage, StageState
from tests.support.cast import Cast
from tests.support.pages import PageClient, post_forms, soup, text_of
from tests.support.people import Part, add_pair, add_person
from tests.support.school import School

OVER = date(2021, 9, 6)
LOCKED = "2020/21 учебный год закрыт 06.09.2021"


@pytest.fixture
def closed(app: Flask, cast: Cast, school: School) -> School:
    """Return the school in September, the next school year open, the last one closed."""
    dates.configure(fixed=OVER)
    with app.app_context(), writing():
        open_next(cast.actor("anna"), db.session.get_one(District, 1), 2021)
    close(app)
    return school


def close(app: Flask, first_year: int = 2020, on: date | None = OVER) -> None:
    with app.app_context(), writing():
        rows = update(Cycle).filter_by(first_year=first_year)
        db.session.execute(rows.values(closed_on=on, closed_by="Анна Андреева" if on else ""))


def words(answer: object) -> str:
    return text_of(answer).replace("\xa0", " ")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "page",
    [
        "/2020/stages", "/2020/stages/1", "/2020/pairs", "/2020/pairs/{pair}", "/2020/training",
        "/2020/occasions", "/2020/rewards", "/2020/feedback", "/2020/meetings",
        "/2020/pairs/{pair}/plan",
    ],
)  # fmt: skip
def test_pages_say_so_and_offer_no_form(closed: School, boris: PageClient, page: str) -> None:
    address = closed.url + page.format(pair=closed.pair)
    answer = boris.get(address)
    assert answer.status_code == 200
    assert f"{LOCKED}, только чтение" in words(answer)
    main = soup(answer).select_one("#main")
    assert main
    assert [form.get("action") for form in post_forms(main) if form.get("id") != "pairs"] == [
        form.get("action") for form in post_forms(main) if form.select_one("[type=search]")
    ], "but for a search"
    links = {str(link["href"]) for link in main.select("a[href]")}
    for link in links:
        if link.startswith("/schools") and "2020" in link and ".xlsx" not in link:
            assert boris.get(link.partition("#")[0]).status_code < 400, link


def test_a_form_that_is_asked_for_says_why_not(closed: School, boris: PageClient) -> None:
    for page in ("/2020/stages/1/edit", "/2020/pairs/new", "/2020/training/new"):
        answer = boris.get(closed.url + page)
        assert answer.status_code == 409
        assert LOCKED in words(answer)
        assert "попросите координатора открыть его" in words(answer)


def test_what_was_typed_is_given_back(closed: School, boris: PageClient) -> None:
    """The form was opened before the year was closed."""
    answer = boris.send(
        f"{closed.url}/2020/pairs/{closed.pair}/meetings", {"topic": "Проект о птицах"}
    )
    assert answer.status_code == 422
    assert LOCKED in words(answer)
    assert "Проект о птицах" in words(answer)


def test_the_coordinator_only_reads_too(closed: School, anna: PageClient) -> None:
    page = "/districts/1/settings/deadlines"
    answer = anna.get(f"{page}?cycle=2020")
    assert LOCKED in words(answer)
    assert not soup(answer).select("[id^=edit-deadline]")
    assert soup(anna.get(f"{page}?cycle=2021")).select("[id^=edit-deadline]")
    for form in (f"{page}/2020/1", "/districts/1/settings/wording/2020/1"):
        answer = anna.get(form)
        assert answer.status_code == 409
        assert "откройте его снова: «Настройки», «Учебные годы»" in words(answer)
        assert "попросите координатора" not in words(answer), "it is she who opens a year"
        assert anna.send(form, {"due": "01.12.2020", "reason": "так"}).status_code == 422
    matrix = anna.get("/districts/1/2020/stages")
    assert f"{LOCKED}, только чтение" in words(matrix)
    assert "СОШ №5" in words(matrix)


@pytest.mark.parametrize("under", [2020, 2021])
@pytest.mark.parametrize(
    ("deed", "form"),
    [
        ("/close", {"ended": "31.08.2021", "reason": "так", "decision": "finish"}),
        ("/close", {"ended": "02.09.2021", "reason": "так", "decision": "finish"}),
        ("/edit", {"started": "01.09.2020"}),
        ("/meetings", {"held_on": "01.12.2020", "minutes": "45"}),
        ("/step", {"step": "pause"}),
        ("/members", {"joined": "01.12.2020"}),
        ("/plan/texts", {"goal": "так"}),
    ],
)
def test_a_pair_of_the_year_is_locked_under_any_years_address(
    closed: School,
    boris: PageClient,
    saved: Callable[[int], Pair],
    under: int,
    deed: str,
    form: dict[str, str],
) -> None:
    before = saved(closed.pair)
    answer = boris.send(f"{closed.url}/{under}/pairs/{closed.pair}{deed}", {"version": "1", **form})
    assert answer.status_code == 422
    assert LOCKED in words(answer)
    assert saved(closed.pair).version == before.version


def test_opened_again_everything_is_as_before(
    app: Flask, closed: School, boris: PageClient
) -> None:
    close(app, on=None)
    page = boris.get(f"{closed.url}/2020/stages/1")
    assert "только чтение" not in words(page)
    meeting = {"held_on": "01.12.2020", "minutes": "45", "topic": "Проект"}
    assert boris.send(f"{closed.card}/meetings", meeting).status_code == 303


def test_a_pair_of_summer_goes_on_but_for_the_days_of_the_closed_year(
    app: Flask,
    cast: Cast,
    boris: PageClient,
    saved: Callable[[int], Pair],
) -> None:
    dates.configure(fixed=OVER)
    with app.app_context(), writing():
        open_next(cast.actor("anna"), db.session.get_one(District, 1), 2021)
        sides = [add_person(cast.boris_school, part=part) for part in (Part.MENTOR, Part.MENTEE)]
        pair_id = add_pair(cast.boris_school, sides[0], [sides[1]], date(2021, 7, 1)).id
    close(app)
    card = f"/schools/{cast.boris_school}/2021/pairs/{pair_id}"
    for day, status in (("05.07.2021", 422), ("02.09.2021", 303)):
        answer = boris.fill(card, "meetings", held_on=day, topic="Проект")
        assert answer.status_code == status
        assert (LOCKED in words(answer)) is (status == 422)
    assert boris.fill(f"{card}/edit", "edit", started="10.07.2021").status_code == 422
    assert boris.fill(f"{card}/edit", "edit", goal="Научиться шахматам").status_code == 303
    assert saved(pair_id).started == date(2021, 7, 1)
    withdrawn = boris.send(f"{card}/step", {"step": "withdraw", "version": "2"})
    assert withdrawn.status_code == 422


def test_of_a_week_that_begins_in_the_closed_year_only_those_days_are_refused(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    dates.configure(fixed=OVER)
    with app.app_context(), writing():
        open_next(cast.actor("anna"), db.session.get_one(District, 1), 2021)
        sides = [add_person(cast.boris_school, part=part) for part in (Part.MENTOR, Part.MENTEE)]
        pair_id = add_pair(cast.boris_school, sides[0], [sides[1]], date(2021, 7, 1)).id
    close(app)
    sheet = f"/schools/{cast.boris_school}/2021/meetings?week=02.09.2021"
    cells = (f"c-{pair_id}-20210831", f"c-{pair_id}-20210902")
    answer = boris.send(sheet, dict.fromkeys(cells, "45"))
    assert answer.status_code == 422
    refused = soup(answer).select("#main [aria-invalid]")
    assert [field["name"] for field in refused] == [cells[0]]
    assert LOCKED in words(answer)
    kept = boris.get(boris.send(sheet, {cells[1]: "45"}).location)
    assert "Лист сохранён: записано 1" in words(kept)


def test_a_closed_year_nags_nobody(
    app: Flask, closed: School, cast: Cast, boris: PageClient, anna: PageClient
) -> None:
    with app.app_context(), writing():
        for ordinal, state, reason in (
            (1, StageState.SUBMITTED, ""),
            (2, StageState.ACCEPTED, "Ошибка"),
        ):
            stage = db.session.scalars(select(Stage).filter_by(cycle_id=1, ordinal=ordinal)).one()
            row = SchoolStage(school_id=cast.boris_school, stage_id=stage.id, state=state)
            row.reopening_reason = reason
            db.session.add(row)
    home, desk, queue = (
        words(client.get(page))
        for client, page in (
            (boris, closed.url), (anna, "/districts/1/2021/stages"), (anna, "/districts/1/review"),
        )
    )  # fmt: skip
    for text in (home, desk):
        assert "2.3" not in text
        assert "2020/21 не отправлен" not in text
    assert "СОШ №5" not in queue
    close(app, on=None)
    home = words(boris.get(closed.url))
    assert "2.3" in home
    assert "2020/21 не отправлен" in home
    assert "2.3" in words(anna.get("/districts/1/2021/stages"))
    assert "СОШ №5" in words(anna.get("/districts/1/review"))


def test_the_home_of_a_closed_current_year_keeps_what_goes_on(
    app: Flask,
    school: School,
    boris: PageClient,
    anna: PageClient,
) -> None:
    dates.configure(fixed=OVER)
    before = words(boris.get(school.url))
    assert "прошлогоднем классе" not in before or "Этап I" in before
    close(app)
    home = words(boris.get(school.url))
    assert LOCKED in home
    assert "учебный год закрыт" in home
    assert "Срок прошёл" not in home
    assert "согласия" in home, "consents go on"
    desk = words(anna.get("/districts/1/2020/stages"))
    assert "не отправлены в срок" not in desk
    assert "просрочено" in desk, "the matrix is read as before"
    late = anna.get("/districts/1/overdue")
    assert not soup(late).select("#main textarea")
