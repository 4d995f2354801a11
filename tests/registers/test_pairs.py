"""The list of pairs of a school year."""

from datetime import date

from flask import Flask

from nastav.pairs import queries
from nastav.pairs.models import PairState
from tests.support.cast import Cast
from tests.support.pages import HTMX, PageClient, soup
from tests.support.queries import statements
from tests.support.registers import registers
from tests.support.school import School


def shown(client: PageClient, address: str, query: str = "") -> list[str]:
    answer = client.search(address, query) if query else client.get(address)
    return [cell.get_text().replace("\u00a0", " ") for cell in soup(answer).select("tbody th")]


def test_an_empty_year_says_what_to_do_next(boris: PageClient, cast: Cast) -> None:
    page = soup(boris.get(f"/schools/{cast.boris_school}/2020/pairs"))
    assert page.select_one(".empty a")["href"] == f"/schools/{cast.boris_school}/2020/pairs/new"


def test_pairs_without_a_year_lead_to_the_current_one(boris: PageClient, school: School) -> None:
    answer = boris.get(f"{school.url}/pairs")
    assert (answer.status_code, answer.location) == (302, school.pairs)


def test_a_year_nobody_opened_is_not_found(boris: PageClient, school: School) -> None:
    assert boris.get(f"{school.url}/1999/pairs").status_code == 404


def test_a_line_says_who_in_what_state_since_when(boris: PageClient, school: School) -> None:
    row = " ".join(soup(boris.get(school.pairs)).select_one("tbody tr").get_text(" ").split())
    assert (
        row
        == "Громова А. Птицына О., 5 «А» 1 действует не записана ученик – ученик очно 05.10.2020 —"
    )


def test_search_and_filters(app: Flask, cast: Cast, boris: PageClient, school: School) -> None:
    with registers(app, cast) as own:
        own.pair(school.pupil, school.free, state=PairState.DRAFT)
    assert shown(boris, school.pairs, "елкин") == ["Белкин Ю."]
    assert shown(boris, school.pairs, "EЛKИH") == ["Белкин Ю."]  # with Latin letters
    assert shown(boris, school.pairs, "5а") == ["Громова А."]
    assert shown(boris, f"{school.pairs}?show=draft") == ["Белкин Ю."]
    assert shown(boris, f"{school.pairs}?show=open") == ["Громова А."]
    assert shown(boris, f"{school.pairs}?show=closed") == []


def test_a_fragment_is_the_list_alone(boris: PageClient, school: School) -> None:
    page = soup(boris.search(school.pairs, "птиц", headers=HTMX))
    assert page.select_one("h1") is None
    assert page.select_one("[hx-swap-oob]").get_text() == "Найдено: 1"


def test_a_pair_is_listed_in_each_year_its_dates_touch(
    app: Flask, cast: Cast, school: School
) -> None:
    with registers(app, cast) as own:
        old = own.mentor("Старшов Олег", joined=date(2019, 1, 1))
        young = own.mentee("Младшова Инна", joined=date(2019, 1, 1))
        over = own.pair(old, young, started=date(2020, 8, 31))
        over.ended, over.state = date(2020, 9, 1), PairState.CLOSED
        gone = own.pair(old, young, started=date(2020, 8, 1))
        gone.ended, gone.state = date(2020, 8, 31), PairState.CLOSED
        ids = over.id, gone.id
    with app.app_context():
        this_year = [pair_id for pair_id, _ in queries.pair_choices(own.school_id, 2020)]
        last_year = [pair_id for pair_id, _ in queries.pair_choices(own.school_id, 2019)]
    assert set(this_year) == {school.pair, ids[0]}
    assert set(last_year) == set(ids)


def test_choices_leave_drafts_out_and_name_a_group_shortly(
    app: Flask, cast: Cast, school: School
) -> None:
    with registers(app, cast) as own:
        own.pair(school.pupil, school.free, state=PairState.DRAFT)
        group = own.pair(school.pupil, *(own.mentee(f"Птицын Олег{at}") for at in range(5)))
        group_id = group.id
    with app.app_context():
        labels = dict(queries.pair_choices(cast.boris_school, 2020))
    assert set(labels) == {school.pair, group_id}
    assert labels[group_id].replace("\u00a0", " ") == (
        "Белкин Ю. — Птицын О., Птицын О., Птицын О. и ещё 2"
    )


def test_sixty_pairs_cost_as_many_queries_as_three(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    url = f"/schools/{cast.boris_school}/2020/pairs"

    def cost(pairs: int) -> int:
        with registers(app, cast) as own:
            for _ in range(pairs):
                mentee = own.mentee()
                own.pair(own.mentor(), mentee)
        boris.get(url)
        with statements() as sent:
            assert boris.get(url).status_code == 200
        return len(sent)

    assert cost(3) == cost(57)
