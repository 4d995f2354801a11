"""After the retention period no byte of a name is left, and every count stays as it was.

See security.md#p1, security.md#p2.
"""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import JSON

from nastav import dates, privacy
from nastav.audit.models import AuditEntry
from nastav.cli import main
from nastav.coverage.queries import school_coverage
from nastav.db import db, writing
from nastav.identity.merging import operations as merging
from nastav.pairs.leaving import leave_register
from nastav.pairs.models import Pair
from nastav.people.models import Part, Participation, Person
from nastav.practices.models import Practice, PracticeState
from nastav.privacy import After
from nastav.retention import erasing
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.personal import CANARY, add_pair_in_full, fill_with_the_canary
from tests.support.registers import registers

LEFT = date(2017, 5, 25)


@pytest.fixture
def mentee(app: Flask, cast: Cast) -> int:
    """The id of a person who left the school of Борис three and a half years ago."""
    with registers(app, cast) as school:
        found = add_pair_in_full(school, 2016, LEFT)
        fill_with_the_canary()
    return found


def holding(instance: Path) -> list[str]:
    """Return the files of the instance in which a byte form of the canary stands."""
    forms = [word.encode() for word in (CANARY, CANARY.lower(), json.dumps(CANARY).strip('"'))]
    files = [path for path in instance.rglob("*") if path.is_file()]
    assert files
    return sorted(path.name for path in files if any(form in path.read_bytes() for form in forms))


def figures(app: Flask, cast: Cast) -> list[Any]:
    with app.app_context():
        years = (2016, 2017, 2020)
        return [school_coverage(cast.boris_school, year, date(2020, 12, 9)) for year in years]


def page(cast: Cast) -> str:
    return f"/schools/{cast.boris_school}/retention"


def test_no_byte_of_the_name_is_left_and_counts_stay(
    app: Flask, instance: Path, cast: Cast, boris: PageClient, mentee: int
) -> None:
    before = figures(app, cast)
    assert before[0].of(Part.MENTEE).in_pair == 1
    assert holding(instance)
    assert boris.fill(page(cast), sure="1").status_code == 303
    assert figures(app, cast) == before
    text = text_of(boris.get(page(cast)))
    assert "2 карточки обезличены" in text
    assert "Пока обезличивать некого" in text
    card = text_of(boris.get(f"/schools/{cast.boris_school}/mentees/1"))
    assert "№ 1" in card
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="people:anonymised").one()
        assert entry.subject == "2 чел.: № 1, 2"
        db.engine.dispose()
    assert holding(instance) == []


def test_a_practice_on_the_board_and_a_young_draft_stay(
    app: Flask, cast: Cast, boris: PageClient, mentee: int
) -> None:
    with app.app_context(), writing():
        old = db.session.query(Practice).one()
        place = {"school_id": cast.boris_school, "kind_id": old.kind_id}
        posted = Practice(**place, title="На доске", state=PracticeState.PUBLISHED)
        posted.created_at = old.created_at
        young = Practice(**place, title="Новая", created_at=datetime(2017, 9, 1, tzinfo=UTC))
        elsewhere = Practice(school_id=cast.vera_school, kind_id=old.kind_id, title="Чужая")
        elsewhere.created_at = old.created_at
        db.session.add_all([posted, young, elsewhere])
    boris.fill(page(cast), sure="1")
    with app.app_context():
        left = db.session.query(Practice).order_by(Practice.title)
        assert [practice.title for practice in left] == ["На доске", "Новая", "Чужая"]


def test_who_left_later_keeps_the_name(
    app: Flask, instance: Path, cast: Cast, boris: PageClient, mentee: int
) -> None:
    with app.app_context(), writing():
        row = db.session.query(Participation).filter_by(person_id=mentee).one()
        row.left = date(2017, 12, 10)  # three years are over tomorrow
    assert len(soup(boris.get(page(cast))).select("tbody tr")) == 1
    refused = boris.send(page(cast), {"who": str(mentee), "sure": "1"})
    assert refused.status_code == 303
    with app.app_context():
        assert db.session.get_one(Person, mentee).surname


@pytest.mark.parametrize(("last", "is_kept"), [(9, False), (10, True)])
def test_three_years_are_over_on_the_same_day_of_the_third(
    app: Flask, cast: Cast, boris: PageClient, mentee: int, last: int, is_kept: bool
) -> None:
    with app.app_context(), writing():  # today is 9 December 2020
        day = date(2017, 12, last)
        db.session.query(Participation).filter_by(person_id=mentee).one().left = day
        db.session.query(Pair).one().ended = day
    boris.fill(page(cast), sure="1")
    with app.app_context():
        assert bool(db.session.get_one(Person, mentee).surname) is is_kept
        assert bool(db.session.query(Pair).one().outcome) is is_kept


def test_a_draft_dated_ahead_of_the_clock_counts_from_now(
    app: Flask, cast: Cast, boris: PageClient, mentee: int
) -> None:
    with app.app_context(), writing():
        draft = db.session.query(Practice).one()
        draft.created_at = dates.now() + timedelta(days=9000)
    boris.fill(page(cast), sure="1")
    with app.app_context():
        assert db.session.query(Practice).one().created_at <= dates.now()


def test_somebody_in_another_register_still_is_not_due(
    app: Flask, cast: Cast, boris: PageClient, mentee: int
) -> None:
    with registers(app, cast) as school:
        school.mentor("Канарейкина Ольга", same_as=mentee, grade=11)
    numbers = [cell.get_text() for cell in soup(boris.get(page(cast))).select("td.ordinal")]
    assert numbers == ["2"]


def test_it_is_asked_twice_and_only_the_curator_may(
    cast: Cast, boris: PageClient, galina: PageClient, anna: PageClient, mentee: int
) -> None:
    assert boris.fill(page(cast)).status_code == 422
    assert boris.fill(page(cast), who=[], sure="1").status_code == 422
    assert not soup(galina.get(page(cast))).select("main form")
    assert anna.get(page(cast)).status_code == 403


def test_a_nameless_card_can_be_neither_changed_nor_merged(
    app: Flask, cast: Cast, boris: PageClient, mentee: int
) -> None:
    card = f"/schools/{cast.boris_school}/mentees/1"
    form, back = boris.get(card + "/edit"), boris.get(card)
    boris.fill(page(cast), sure="1")
    assert boris.fill(form, surname=CANARY, school_class="11").status_code == 409
    assert "обезличена" in text_of(boris.fill(back, "/return", joined="01.12.2020"))
    with registers(app, cast) as school:
        other = school.mentee("Птицына Ольга")
    refused = boris.fill(f"{card}/merge?with={other.person_id}", "/merge", keep="1")
    assert "обезличена" in text_of(refused)


def test_a_merged_card_loses_its_name_too(
    app: Flask, instance: Path, cast: Cast, boris: PageClient, mentee: int
) -> None:
    with registers(app, cast) as school:
        second = school.mentee(f"{CANARY} Оля", joined=date(2016, 9, 1), class_year=2016)
        row = db.session.get_one(Participation, second.participation_id)
        leave_register(school.actor, row, LEFT, "переезд", version=row.version)
        both = [db.session.get_one(Person, person_id) for person_id in (mentee, second.person_id)]
        versions = [person.version for person in both]
        merging.merge(school.actor, school._school(), *both, versions=versions)
    boris.fill(page(cast), sure="1")
    with app.app_context():
        db.engine.dispose()
    assert holding(instance) == []
    undone = boris.fill(f"/schools/{cast.boris_school}/mentees/1", "/unmerge")
    answer = boris.get(undone.location)
    assert "обезличена" in text_of(answer)


def test_the_command_shows_first_and_then_does_every_school(
    app: Flask, instance: Path, cast: Cast, mentee: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        db.engine.dispose()
    shown = run(instance, monkeypatch, "anonymise", "--dry-run")
    assert "СОШ №5: № 1, 2" in shown
    assert CANARY not in shown
    assert holding(instance)
    assert "Готово" in run(instance, monkeypatch, "anonymise")
    assert holding(instance) == []


def run(instance: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setenv("NASTAV_INSTANCE", str(instance))
    monkeypatch.setenv("NASTAV_TODAY", "2020-12-09")
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def test_every_field_of_a_child_or_an_adult_is_erased_some_day() -> None:
    """A new personal column without a period fails here (security.md#p1)."""
    for field in privacy.personal_fields():
        if field.whose == {"staff"}:
            continue
        assert field.after, f"{field.columns}: name «after» and «years» in privacy.toml"
        assert field.years or field.after is After.ITSELF, field.columns
    tried = 0
    for after, roots in erasing.ROOTS.items():
        for table, columns in erasing.columns(after).items():
            tried += 1
            nobody = db.select(Person.id).where(Person.id < 0)
            assert any(erasing.belonging(table, root, nobody) is not None for root in roots), (
                f"{table.name}: no way from it to {roots}"
            )
            is_json = any(isinstance(column.type, JSON) for column in columns)
            assert not is_json or table.name in erasing.WHOLE, table.name
    assert tried > 8
