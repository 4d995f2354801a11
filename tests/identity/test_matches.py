"""One child in two schools' registers is noticed, and neither school sees the other's record."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from nastav import schema, sqlite
from nastav.audit.models import AuditEntry
from nastav.coverage.queries import coverage_by_school
from nastav.db import db
from nastav.identity.merging import moving
from nastav.people.models import Part
from tests.support.cast import BORIS_SCHOOL, VERA_SCHOOL, Cast
from tests.support.pages import PageClient, find_form, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers

PAGE = "/districts/1/matches"
THEIRS = ("творчество", "Белкин", "8 «Б»", VERA_SCHOOL, "№ 2")  # what only СОШ №2 may read
ITSELF = {"audit_entry", "person_match", "sign_in", "user", "submitted_form", "data_version"}


@pytest.fixture
def cards(app: Flask, cast: Cast) -> dict[str, str]:
    """Канарейкин is № 1 of СОШ №5 and № 2 of СОШ №2, in a pair of each."""
    with registers(app, cast) as school:
        own = school.mentee("Канарейкин Семён", need="спорт", grade=8)
        school.pair(school.mentor("Громов Юрий", grade=11), own)
    with registers(app, cast, "vera") as school:
        mentor = school.mentor("Белкин Лев", grade=11)
        other = school.mentee("КАНАРЕЙКИН Семен", need="творчество", grade=8, letter="Б")
        school.pair(mentor, other, started=date(2020, 11, 2))
    return {
        "boris": f"/schools/{cast.boris_school}/mentees/{own.participation_id}",
        "vera": f"/schools/{cast.vera_school}/mentees/{other.participation_id}",
    }


def decide(client: PageClient, page: Any = PAGE, decision: str = "one") -> Any:
    """Press one of the two buttons of the first match on the page."""
    return client.fill(page, "matches", decision=decision)


def covered(app: Flask) -> list[int]:
    """The mentees of СОШ №2 and СОШ №5 in pairs, and how many may be counted twice."""
    with app.app_context():
        coverage = coverage_by_school(1, 2020, date(2020, 12, 9))
    rows = {row.name: row.of(Part.MENTEE).in_pair or 0 for row in coverage.schools}
    return [rows[BORIS_SCHOOL], rows[VERA_SCHOOL], coverage.doubles]


def rows(instance: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of every table that only people change, versions left out."""
    with closing(sqlite.connect(instance / "nastav.sqlite3")) as file:
        file.row_factory = sqlite.Row
        for table in sorted(set(schema.METADATA.tables) - ITSELF):
            for row in file.execute(f'SELECT * FROM "{table}"'):
                yield table, {name: row[name] for name in row.keys() if name != "version"}  # noqa: SIM118


@pytest.mark.usefixtures("cards")
def test_the_district_sees_numbers_and_classes(anna: PageClient, gleb: PageClient) -> None:
    coverage = anna.get("/districts/1/coverage/2020")
    assert soup(coverage).select_one("main a[href*=matches]")
    for client in (anna, gleb):
        told = text_of(client.get(PAGE))
        assert "Пока решения нет, ребёнок считается в обеих школах." in told
        text = text_of(client.get(PAGE))
        assert "№ 1, 8 «А»" in text
        assert "№ 2, 8 «Б»" in text
        assert "анарейкин" not in text.lower()
    assert "Один ребёнок" not in text_of(gleb.get(PAGE)).split("Возможные совпадения")[-1]
    assert not soup(gleb.get(PAGE)).select("main form")


def test_each_school_is_told_and_sees_nothing_of_the_other(
    cast: Cast, boris: PageClient, galina: PageClient, cards: dict[str, str]
) -> None:
    for client in (boris, galina):
        card, home = client.get(cards["boris"]), client.get(f"/schools/{cast.boris_school}")
        assert "Возможно, числится ещё в одной школе" in text_of(card)
        assert soup(home).select_one("main a[href$='mentees?show=doubled']")
        register = client.get(f"/schools/{cast.boris_school}/mentees?show=doubled")
        assert "Канарейкин Семён" in text_of(register)
        for answer in (card, home, register):
            main = soup(answer).select_one("main").get_text(" ")
            assert not [text for text in THEIRS if text in main and text != "№ 2"]


@pytest.mark.usefixtures("cards")
def test_different_children_stay_two(app: Flask, anna: PageClient) -> None:
    assert covered(app) == [1, 1, 1]
    assert decide(anna, decision="different").status_code == 303
    assert covered(app) == [1, 1, 0]
    assert "разные дети" in text_of(anna.get(PAGE))
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="match:declined").one()
    assert "№\xa01" in entry.subject
    assert "анарейкин" not in entry.subject.lower()
    anna.fill(PAGE, "/undo")
    assert covered(app) == [1, 1, 1]


def test_one_child_counts_once_in_the_school_of_the_last_day(
    app: Flask, boris: PageClient, vera: PageClient, anna: PageClient, cards: dict[str, str]
) -> None:
    assert decide(anna).status_code == 303
    assert covered(app) == [0, 1, 0]  # both go on; the pair of СОШ №2 began later
    boris_sees, vera_sees = text_of(boris.get(cards["boris"])), text_of(vera.get(cards["vera"]))
    assert "Числится ещё в одной школе" in boris_sees
    assert "8 «А»" in boris_sees
    assert "спорт" in boris_sees
    assert not [text for text in ("творчество", "Белкин", "«Б»", "№ 2") if text in boris_sees]
    assert "8 «Б»" in vera_sees
    assert "творчество" in vera_sees
    assert "№ 2" in vera_sees
    assert not [text for text in ("спорт", "Громов", "«А»", "№ 1") if text in vera_sees]


def test_taken_back_everything_is_as_it_was(
    instance: Path, anna: PageClient, vera: PageClient, cards: dict[str, str]
) -> None:
    vera.fill(cards["vera"] + "/consents/new")
    before = list(rows(instance))
    decide(anna)
    assert list(rows(instance)) != before
    assert anna.fill(PAGE, "/undo").status_code == 303
    assert list(rows(instance)) == before


def test_what_a_school_wrote_after_it_goes_with_it_when_it_is_taken_back(
    anna: PageClient, vera: PageClient, boris: PageClient, cards: dict[str, str]
) -> None:
    decide(anna)
    vera.fill(cards["vera"] + "/consents/new")
    vera.fill(cards["vera"] + "/edit", school_class="9Б")
    anna.fill(PAGE, "/undo")
    text = text_of(vera.get(cards["vera"]))
    assert "09.12.2020, подписал" in text
    assert "9 «Б»" in text
    assert "9 «Б»" not in text_of(boris.get(cards["boris"]))


@pytest.mark.usefixtures("cards")
def test_a_second_click_and_a_decision_meanwhile(app: Flask, anna: PageClient) -> None:
    page = anna.get(PAGE)
    assert decide(anna, page).status_code == 303
    assert decide(anna, page).status_code == 303
    assert decide(anna, page, "different").status_code == 409
    undoing = anna.get(PAGE)
    assert anna.fill(undoing, "/undo").status_code == 303
    assert anna.fill(undoing, "/undo").status_code == 303
    with app.app_context():
        events = db.session.query(AuditEntry.event).filter(AuditEntry.event.startswith("match:"))
        assert [event for (event,) in events] == ["match:confirmed", "match:reopened"]


def test_a_name_corrected_meanwhile_is_no_match(
    app: Flask, anna: PageClient, boris: PageClient, cards: dict[str, str]
) -> None:
    page = anna.get(PAGE)
    boris.fill(cards["boris"] + "/edit", surname="Канарейкина")
    answer = decide(anna, page)
    assert "Этого совпадения уже нет" in text_of(anna.get(answer.location))
    assert covered(app) == [1, 1, 0]


def test_another_class_is_another_child(app: Flask, cast: Cast) -> None:
    with registers(app, cast) as school:
        school.mentee("Щеглова Инна", grade=5)
        school.mentee("Щеглова Анна", grade=6, class_year=2019)
    with registers(app, cast, "vera") as school:
        school.mentee("Щеглова Инна", grade=6)
        school.mentee("Щеглова Анна", grade=7)
    assert covered(app)[2] == 1  # 6 in 2019/20 is 7 in 2020/21


@pytest.mark.usefixtures("cards")
def test_only_the_coordinator_decides(
    boris: PageClient, gleb: PageClient, anna: PageClient
) -> None:
    fields = {"match": str(find_form(anna.get(PAGE)).select_one("[name=match]")["value"])}
    fields |= {"year": "2020", "decision": "one"}
    for client in (boris, gleb):
        assert client.send(PAGE, fields).status_code == 403
    assert boris.get(PAGE).status_code == 403
    assert anna.send("/districts/2/matches", fields).status_code == 404


def test_sixty_matches_cost_as_many_queries_as_three(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    def cost(matches: int) -> int:
        for login in ("boris", "vera"):
            with registers(app, cast, login) as school:
                for at in range(matches):
                    school.mentee(f"Снегирёв{matches} Лев{at}")
        anna.get(PAGE)
        with statements() as sent:
            assert anna.get(PAGE).status_code == 200
        return len(sent)

    assert cost(3) == cost(57)


def test_every_table_that_names_a_person_says_whose_school_it_is() -> None:
    """Or taking a decision back could not part what two schools wrote."""
    for column in moving.columns():
        assert moving._is_of(column, [1]) is not None
