"""Control by sample: who draws, that nobody draws again, what a mark needs, what it changes."""

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.people.models import Part
from nastav.samples.models import Sample, SampleItem
from nastav.samples.rules import Drawable, drawn, number_of
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_pair, add_person

NAMES = ("Птицына", "Ёлкин", "Рябов", "Осинин", "Липов", "Кленов", "Дубов")


@pytest.fixture
def url(app: Flask, cast: Cast) -> str:
    """Seven pairs of Boris's school, the first three with an order."""
    with app.app_context(), writing():
        mentor = add_person(cast.boris_school, "Старшев Иван", part=Part.MENTOR)
        for at, name in enumerate(NAMES):
            pair = add_pair(
                cast.boris_school, mentor, [add_person(cast.boris_school, f"{name} Лев")]
            )
            pair.order_number = "64" if at < 3 else ""
    return f"/schools/{cast.boris_school}/2020/sample"


def items(app: Flask) -> list[SampleItem]:
    with app.app_context():
        return list(db.session.query(SampleItem).order_by(SampleItem.id))


def test_the_coordinator_draws_and_everybody_reads_numbers_only(
    app: Flask, url: str, anna: PageClient, boris: PageClient, gleb: PageClient
) -> None:
    assert "Координатор ещё не вытягивал" in text_of(boris.get(url))
    page = anna.get(url)
    anna.fill(page, "/draw")
    anna.fill(page, "/draw")  # the same press again
    found = items(app)
    assert len(found) == 5
    assert {item.drawn_of for item in found} == {7}
    for client in (anna, boris, gleb):
        text = text_of(client.get(url)).replace("\xa0", " ")
        assert all(f"№ {item.number}" in text for item in found)
        assert "Проверено 0, подтверждено 0, ещё не проверено 5" in text
        assert not any(name in text for name in NAMES)
    assert not soup(boris.get(url)).select("main form button")
    assert any(item.papers.startswith("приказ о закреплении №\xa064") for item in found)
    for client in (boris, gleb):
        assert client.send(f"{url}/draw", {}).status_code == 403
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(event="sample:drawn").count() == 1


def test_drawing_again_goes_on_where_the_lot_stopped(
    app: Flask, url: str, anna: PageClient
) -> None:
    for _ in range(2):
        anna.fill(anna.get(url), "/draw")
    found = items(app)
    assert len({item.pair_id for item in found}) == len(found) == 7
    answer = anna.fill(anna.get(url), "/draw")
    assert answer.status_code == 409
    assert "Вытягивать больше нечего" in text_of(answer)
    with app.app_context():
        assert db.session.query(Sample).count() == 1


def test_marks_are_kept_with_their_day_and_counted(
    app: Flask, url: str, anna: PageClient, boris: PageClient
) -> None:
    anna.fill(anna.get(url), "/draw")
    first, second, third = items(app)[:3]
    marks = {
        f"verdict_{first.id}": "matches",
        f"verdict_{second.id}": "differs",
        f"difference_{second.id}": "в журнале встречи нет",
        f"verdict_{third.id}": "not_shown",
    }
    assert anna.fill(url, "/marks", **marks).status_code == 303
    text = text_of(boris.get(url)).replace("\xa0", " ")
    assert "Проверено 3, подтверждено 1, ещё не проверено 2" in text
    assert "нет , 09.12.2020 в журнале встречи нет" in text.replace("нет, 09", "нет , 09")
    coverage = text_of(boris.get(url.replace("2020/sample", "coverage/2020")))
    assert "Выборочная проверка пар в 2020 году: проверено 3, подтверждено 1" in coverage
    district = text_of(anna.get("/districts/1/2020/samples"))
    assert "СОШ №5 5 3 1" in district
    assert [item.marked_on is not None for item in items(app)] == [True] * 3 + [False] * 2


@pytest.mark.parametrize(
    ("verdict", "difference", "said"),
    [
        ("differs", "", "Напишите, чем не совпало."),
        ("matches", "нет подписи", "уберите пояснение"),
        ("", "нет подписи", "уберите пояснение"),
        ("differs", "щ" * 301, "300"),
        ("worst", "", ""),
    ],
)
def test_a_mark_that_contradicts_itself_is_refused_and_given_back(
    app: Flask, url: str, anna: PageClient, verdict: str, difference: str, said: str
) -> None:
    anna.fill(anna.get(url), "/draw")
    item = items(app)[0]
    marks = {f"verdict_{item.id}": verdict, f"difference_{item.id}": difference}
    answer = anna.fill(url, "/marks", **marks)
    assert answer.status_code == 422
    assert said in text_of(answer)
    field = soup(answer).select_one(f"[name=difference_{item.id}]")
    assert field
    assert field["value"] == difference
    assert all(item.verdict is None for item in items(app))


def test_of_two_tabs_the_second_is_told(app: Flask, url: str, anna: PageClient) -> None:
    anna.fill(anna.get(url), "/draw")
    page, item = anna.get(url), items(app)[0]
    anna.fill(page, "/marks", **{f"verdict_{item.id}": "matches"})
    answer = anna.fill(page, "/marks", **{f"verdict_{item.id}": "not_shown"})
    assert answer.status_code == 409
    assert "Отметки изменились" in text_of(answer)
    assert anna.fill(answer, "/marks").status_code == 303
    assert items(app)[0].verdict == "not_shown"


def test_a_school_without_pairs_has_nothing_to_draw(
    cast: Cast, vera: PageClient, anna: PageClient
) -> None:
    url = f"/schools/{cast.vera_school}/2020/sample"
    answer = anna.fill(anna.get(url), "/draw")
    assert answer.status_code == 409
    assert vera.get("/schools/4/2020/sample").status_code == 404


def test_the_lot_is_told_by_the_seed_and_moves_nobody() -> None:
    pairs = [Drawable(number, (number,)) for number in range(1, 40)]
    first = drawn("seed", pairs, ())
    assert drawn("seed", [*reversed(pairs)], ()) == first
    assert drawn("another", pairs, ()) != first
    without = [pair for pair in pairs if pair not in first[1:]]
    assert drawn("seed", without, ())[0] == first[0]
    gone_on = drawn("seed", pairs, [pair.pair_id for pair in first])
    assert not {pair.pair_id for pair in gone_on} & {pair.pair_id for pair in first}
    group = Drawable(7, (3, 5, 9))
    assert number_of("seed", group) in group.numbers
