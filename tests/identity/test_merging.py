"""Two cards of one child become one, with all that named them; taken apart, all is as it was."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint

from nastav import schema, sqlite
from nastav.audit.models import AuditEntry
from nastav.coverage.queries import school_coverage
from nastav.db import db
from nastav.feedback.models import Questionnaire, Response
from nastav.identity.merging import moving
from nastav.identity.merging.rules import Fold, Span, folds
from nastav.people.models import Kind, Part, RegisterNumber
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.registers import registers

CHANGES_BY_ITSELF = {
    "audit_entry", "data_version", "person_merge", "sign_in", "user", "submitted_form"
}  # fmt: skip


@pytest.fixture
def card(app: Flask, cast: Cast) -> str:
    """The card № 1 of Птицына; № 2 is hers too: each in a pair, № 2 has a consent and an answer."""
    with registers(app, cast) as school:
        first = school.mentee("Птицына Ольга", joined=date(2020, 9, 15))
        second = school.mentee("Птицына Оля", need="спорт")
        mentor = school.mentor("Громов Юрий")
        school.pair(mentor, first)
        school.pair(mentor, second)
        form = db.session.query(Questionnaire).filter_by(part=Part.MENTEE).first()
        answer = Response(
            school_id=cast.boris_school,
            first_year=2020,
            questionnaire_id=form.id,
            answered_on=date(2020, 12, 1),
            person_id=second.person_id,
        )
        db.session.add(answer)
    return f"/schools/{cast.boris_school}/mentees/{first.participation_id}"


def merge(client: PageClient, card: str, keep: str = "1") -> Any:
    page = soup(client.get(card + "/merge"))
    other = page.select_one("#alike a")
    return client.fill(str(other["href"]), "/merge", keep=keep)


def rows(instance: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of every table that only people change, versions left out."""
    with closing(sqlite.connect(instance / "nastav.sqlite3")) as file:
        file.row_factory = sqlite.Row
        for table in schema.METADATA.tables:
            if table not in CHANGES_BY_ITSELF:
                for row in file.execute(f'SELECT * FROM "{table}"'):
                    yield table, {name: row[name] for name in row.keys() if name != "version"}  # noqa: SIM118


def covered(app: Flask, cast: Cast) -> tuple[int | None, int | None]:
    with app.app_context():
        figure = school_coverage(cast.boris_school, 2020, date(2020, 12, 9)).of(Part.MENTEE)
    return figure.in_pair, figure.in_register


def test_all_that_named_the_dropped_card_names_the_kept_one(
    app: Flask, cast: Cast, boris: PageClient, card: str
) -> None:
    boris.fill(card.replace("/1", "/2") + "/consents/new")
    assert covered(app, cast) == (2, 2)
    answer = merge(boris, card)
    assert answer.status_code == 303
    assert covered(app, cast) == (1, 1)
    text = text_of(boris.get(answer.location))
    assert "Птицына Ольга" in text
    assert "Сюда входит карточка № 2 «Птицына Оля»" in text
    assert text.count("Громов Ю. — Птицына О.") == 2
    assert "09.12.2020, подписал законный представитель" in text
    assert "Дата вхождения 01.09.2020" in text  # the earlier day of both
    with app.app_context():
        assert db.session.query(Response).one().person_id == 1
        subject = db.session.query(AuditEntry).filter_by(event="person:merged").one().subject
    assert subject == "№ 2 и № 1"
    register = text_of(boris.get(card.rsplit("/", 1)[0]))
    assert "1 человек, план" in register


def test_the_number_of_the_dropped_card_is_never_given_out_again(
    app: Flask, cast: Cast, boris: PageClient, card: str
) -> None:
    merge(boris, card, keep="2")
    with registers(app, cast) as school:
        assert school.mentee("Новак Олег").number == 4
    with app.app_context():
        numbers = db.session.query(RegisterNumber.number).order_by(RegisterNumber.number)
        assert [number for (number,) in numbers] == [1, 2, 3, 4]


@pytest.mark.parametrize("keep", ["1", "2"])
def test_taken_apart_everything_is_as_it_was(
    instance: Path, boris: PageClient, card: str, keep: str
) -> None:
    boris.fill(card.replace("/1", "/2") + "/edit", need="учёба")
    before = list(rows(instance))
    merged = merge(boris, card, keep=keep)
    assert list(rows(instance)) != before
    assert boris.fill(merged.location, "/unmerge").status_code == 303
    assert list(rows(instance)) == before


def test_sent_twice_it_is_done_once(app: Flask, boris: PageClient, card: str) -> None:
    form = boris.get(card + "/merge?with=2")
    assert boris.fill(form, keep="1").status_code == 303
    assert boris.fill(form, keep="1").status_code == 404  # there is no second card any more
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(event="person:merged").count() == 1


def test_a_card_changed_meanwhile_is_a_conflict(boris: PageClient, card: str) -> None:
    form, edit = boris.get(card + "/merge?with=2"), boris.get(card.replace("/1", "/2") + "/edit")
    boris.fill(card + "/edit", need="спорт")
    assert boris.fill(form, keep="1").status_code == 409
    assert merge(boris, card).status_code == 303
    assert boris.fill(edit, surname="Щеглова").status_code == 409  # it is another card by now
    assert "Птицына Ольга" in text_of(boris.get(card))


def test_mentor_and_mentee_of_one_pair_are_two_people(
    app: Flask, boris: PageClient, card: str
) -> None:
    refused = boris.fill(card + "/merge?with=3", keep="1")
    assert refused.status_code == 422
    assert "это разные люди" in text_of(refused)


def test_later_merges_are_taken_apart_first(
    app: Flask, cast: Cast, boris: PageClient, card: str
) -> None:
    with registers(app, cast) as school:
        third = school.mentee("Птицына Олюшка")
    merged = boris.fill(card + "/merge?with=2", "/merge", keep="1")
    first_undo = boris.get(merged.location)
    boris.fill(f"{card}/merge?with={third.person_id}", "/merge", keep="1")
    assert len(soup(boris.get(card)).select("form[action$=unmerge]")) == 1
    refused = boris.fill(first_undo, "/unmerge")
    assert "Сначала разъедините" in text_of(boris.get(refused.location))


def test_only_cards_of_the_own_school_can_be_merged(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, card: str
) -> None:
    with registers(app, cast, "vera") as other:
        theirs = other.mentee("Птицына Ольга")
    assert "Похожие" in text_of(boris.get(card + "/merge"))
    assert boris.get(f"{card}/merge?with={theirs.person_id}").status_code == 404
    fields = {"with": str(theirs.person_id), "keep": "1"}
    assert boris.send(card + "/merge", fields).status_code == 404
    merge(boris, card)
    own = f"/schools/{cast.vera_school}/mentees/{theirs.participation_id}"
    assert vera.send(own + "/unmerge", {"merge": "1"}).status_code == 404


def test_every_table_that_names_a_person_is_moved() -> None:
    """A room above may add a table; the schema says so by itself."""
    tables = {column.table.name for column in moving.columns()}
    assert tables >= {"participation", "pair_member", "response", "consent", "person_change"}
    for column in moving.columns():
        rules = [
            rule
            for rule in column.table.constraints
            if isinstance(rule, UniqueConstraint | PrimaryKeyConstraint) and column in list(rule)
        ]
        indexes = [
            index
            for index in column.table.indexes
            if index.unique and column in list(index.columns)
        ]
        assert not indexes, f"{column}: moving sees unique constraints, not unique indexes"
        assert len(rules) <= 1, f"{column}: two rules at once were never tried"


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_overlapping_lines_become_the_one_that_lasts_longest() -> None:
    first = Span(1, day("2020-09-01"), day("2020-12-01"), is_kept=True)
    inside = Span(2, day("2020-10-01"), day("2020-10-02"), is_kept=False)
    longer = Span(3, day("2020-12-01"), None, is_kept=False)
    later = Span(4, day("2022-01-01"), None, is_kept=True)
    assert folds([first, inside, longer, later]) == [Fold(4, day("2020-09-01"), (1, 2, 3))]
    gone = Span(5, day("2020-01-01"), day("2020-08-31"), is_kept=False)
    assert folds([gone, first]) == []  # one after the other: two lines of one person


def test_a_pupil_and_an_adult_are_not_one_person(
    app: Flask, cast: Cast, boris: PageClient, card: str
) -> None:
    with registers(app, cast) as school:
        adult = school.mentor("Птицына Ольга", kind=Kind.TEACHER)
    refused = boris.fill(f"{card}/merge?with={adult.person_id}", "/merge", keep="1")
    assert "В одной карточке ученик" in text_of(refused)
