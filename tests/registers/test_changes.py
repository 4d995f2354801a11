"""Old and new values stay in the school: on the card, never in the journal.

See rules.md#journal-without-values.
"""

from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from nastav import sqlite
from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.pairs.forms import LONGEST_REASON
from nastav.people.changes.models import PersonChange
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup
from tests.support.registers import registers


@pytest.fixture
def card(app: Flask, cast: Cast, boris: PageClient) -> str:
    """The address of a card whose name, class and need were changed, and who then left."""
    with registers(app, cast) as school:
        mentee = school.mentee("Снегирёва Ольга")
    card = f"/schools/{cast.boris_school}/mentees/{mentee.participation_id}"
    boris.fill(card + "/edit", surname="Щеглова", school_class="8б", need="спорт")
    boris.fill(card + "/leave", left="08.12.2020", reason="переезд")
    return card


def rows(client: PageClient, card: str) -> list[str]:
    found = [row.select("th, td")[1:] for row in soup(client.get(card)).select("#changes tbody tr")]
    return [" | ".join(" ".join(cell.get_text().split()) for cell in row) for row in found]


def test_the_card_shows_what_was_and_what_became(
    boris: PageClient, galina: PageClient, card: str
) -> None:
    expected = [
        "выбытие | — | 08.12.2020, переезд | Борис Белов",
        "класс | 7 «А» | 8 «Б» | Борис Белов",
        "основной запрос | — | спорт | Борис Белов",
        "фамилия | Снегирёва | Щеглова | Борис Белов",
    ]
    assert rows(boris, card) == expected
    assert rows(galina, card) == expected


def test_the_journal_holds_no_value(app: Flask, card: str) -> None:
    with app.app_context():
        entries = db.session.query(AuditEntry).filter(AuditEntry.event.startswith("person:")).all()
        entries_text = " ".join(f"{entry.subject} {entry.changes}" for entry in entries)
    assert "№ 1, наставляемые: фамилия, основной запрос, класс" in entries_text
    for value in ("Снегирёва", "Щеглова", "спорт", "переезд"):
        assert value not in entries_text


def test_the_values_lie_in_their_own_table_alone(instance: Path, card: str) -> None:
    with closing(sqlite.connect(instance / "nastav.sqlite3")) as file:
        tables = [
            name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        holding = {
            table
            for table in tables
            for row in file.execute(f'SELECT * FROM "{table}"')
            if any("Снегирёва" in str(value) for value in row)
        }
    assert holding == {"person_change"}


def test_a_mark_of_mistake_and_taking_it_off_are_remembered(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        mentee = school.mentee("Птицына Ольга")
    card = f"/schools/{cast.boris_school}/mentees/{mentee.participation_id}"
    boris.fill(card + "/mistake")
    boris.fill(card, "/mistake")
    assert rows(boris, card) == [
        "внесено по ошибке | да | нет | Борис Белов",
        "внесено по ошибке | нет | да | Борис Белов",
    ]


def test_the_longest_reason_of_leaving_is_kept_whole(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        line = school.mentee("Снегирёва Ольга").participation_id
    card, reason = f"/schools/{cast.boris_school}/mentees/{line}", "п" * LONGEST_REASON
    boris.fill(card + "/leave", left="08.12.2020", reason=reason)
    assert rows(boris, card) == [f"выбытие | — | 08.12.2020, {reason} | Борис Белов"]
    with app.app_context():
        kept = db.session.query(PersonChange.new).one()[0]
    assert len(kept) <= PersonChange.__table__.c.new.type.length
