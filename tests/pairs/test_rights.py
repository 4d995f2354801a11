"""Names stay in the school: who may open and change registers and pairs."""

import pytest
from flask import Flask

from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup
from tests.support.registers import CANARIES, registers
from tests.support.school import School


@pytest.fixture
def pages(app: Flask, cast: Cast, school: School) -> list[str]:
    """Every page of a register and a pair that holds the canaries' names."""
    with registers(app, cast) as own:
        mentees = [own.mentee(f"{surname} Олег") for surname in CANARIES]
        mentor = own.mentor("Канарейкин Юрий", grade=11)
        pair = own.pair(mentor, *mentees)
        member = min(member.id for member in pair.members)
        line = f"{school.url}/mentees/{mentees[0].participation_id}"
        card = f"{school.pairs}/{pair.id}"
    return [
        *(f"{school.url}/mentees{more}" for more in ("", "?show=left", "/new", "/import")),
        *(f"{line}{more}" for more in ("", "/edit", "/leave", "/mistake")),
        *(f"{school.pairs}{more}" for more in ("", "/new")),
        *(f"{card}{more}" for more in ("", "/edit", "/close", f"/members/{member}/leave")),
        f"{school.url}/mentors",
        f"{school.url}/pairs",
    ]


@pytest.mark.parametrize("login", ["anna", "gleb"])
def test_the_district_is_refused_and_reads_no_name(
    client_of: ClientOf, pages: list[str], login: str
) -> None:
    client = client_of(login)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 403, page
        for surname in CANARIES:
            assert surname not in answer.get_data(as_text=True)


def test_another_curator_finds_none_of_it(vera: PageClient, pages: list[str]) -> None:
    assert {vera.get(page).status_code for page in pages} == {404}


def test_the_own_curator_opens_all_of_it(boris: PageClient, pages: list[str]) -> None:
    for page in pages[:-1]:
        assert boris.get(page).status_code == 200, page
    assert CANARIES[0] in boris.get(pages[0]).get_data(as_text=True)


CHANGES = ("/new", "/import", "/edit", "/leave", "/mistake", "/close")


def test_the_head_reads_and_is_offered_no_change(galina: PageClient, pages: list[str]) -> None:
    for page in pages[:-1]:
        answer = galina.get(page)
        if page.endswith(CHANGES):
            assert answer.status_code == 403, page
            continue
        assert answer.status_code == 200, page
        main = soup(answer).select_one("main")
        assert not main.select("form[method=post]:not([role=search])"), page
        assert not [link for link in main.select("a") if link["href"].endswith(CHANGES)], page


def test_objects_of_another_school_are_not_found_under_ones_own(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast, "vera") as other:
        mentee = other.mentee("Чужая Инна")
        pair = other.pair(other.mentor("Чужой Юрий"), mentee)
        member = pair.members[0].id
        pair_id = pair.id
    line = f"{school.url}/mentees/{mentee.participation_id}"
    for more in ("", "/edit", "/leave", "/mistake"):
        assert boris.get(line + more).status_code == 404
    for more in ("/edit", "/leave", "/mistake", "/return"):
        assert boris.send(line + more, {"left": "01.12.2020"}).status_code == 404
    for more in ("", "/edit", "/close", f"/members/{member}/leave"):
        assert boris.get(f"{school.pairs}/{pair_id}{more}").status_code == 404
    for more in ("/edit", "/close", "/step", "/members", f"/members/{member}/leave"):
        assert boris.send(f"{school.pairs}/{pair_id}{more}", {"step": "pause"}).status_code == 404
    # a member of a foreign pair under one's own pair
    assert boris.get(f"{school.card}/members/{member}/leave").status_code == 404


def test_a_mentee_is_not_found_among_the_mentors(boris: PageClient, school: School) -> None:
    line = f"{school.url}/mentors/{school.paired.participation_id}"
    assert boris.get(line).status_code == 404
