"""The journal's page."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from nastav import access, dates
from nastav.audit import labels, queries
from nastav.audit.models import AuditEntry
from nastav.audit.operations import Change, record
from nastav.audit.queries import PAGE
from nastav.db import db, writing
from nastav.stages.models import Step
from tests.support.cast import Cast
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.plans import asked_of

NASTAV = Path(labels.__file__).parents[1]


def at(cast: Cast, query: str = "") -> str:
    return f"/districts/{cast.district}/journal{query}"


def write(
    app: Flask,
    cast: Cast,
    login: str,
    event: str,
    subject: str = "",
    changes: dict[str, Change] | None = None,
    day: datetime | None = None,
) -> None:
    with app.app_context(), writing():
        record(cast.actor(login), event, subject=subject, changes=changes)
        db.session.flush()
        if day:
            rows = update(AuditEntry).filter_by(subject=subject)
            db.session.execute(rows.values(at=day))


def subjects(client: PageClient, url: str) -> list[str]:
    answer = client.get(url)
    assert answer.status_code == 200
    return [subject.get_text() for subject in soup(answer).select("#entries .subject")]


def row_of(client: PageClient, cast: Cast, subject: str) -> list[str]:
    for row in soup(client.get(at(cast))).select("#entries tbody tr"):
        if subject in row.get_text():
            return [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
    raise AssertionError(f"no entry {subject!r}")


def test_an_entry_is_told_in_russian(app: Flask, cast: Cast, anna: PageClient) -> None:
    changes: dict[str, Change] = {
        "state": ("in_progress", "submitted"),
        "due": ("2020-12-10", "2020-12-20"),
        "plan": (None, 1996),
    }
    write(app, cast, "boris", "stage:submitted", "Этап II", changes)
    assert row_of(anna, cast, "Этап II") == [
        "Борис Белов школьный куратор",
        "СОШ №5",
        "Этап отправлен на проверку: Этап II",
        "состояние: в работе → на проверке срок: 10.12.2020 → 20.12.2020 plan: — → 1 996",
    ]


def test_a_field_whose_values_are_not_kept_is_named_only(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    write(app, cast, "boris", "member:changed", "двое", {"phone": ("", "изменено")})
    write(app, cast, "boris", "activity:saved", "трое", {"comment": (None, None)})
    assert row_of(anna, cast, "двое")[-1] == "телефон: изменено, значение в журнале не хранится"
    assert row_of(anna, cast, "трое")[-1] == "комментарий: изменено, значение в журнале не хранится"


def test_what_stayed_as_it_was_is_no_change(app: Flask, cast: Cast, anna: PageClient) -> None:
    same: dict[str, Change] = {"state": ("accepted", "accepted"), "due": (None, "2020-12-20")}
    write(app, cast, "anna", "stage:reopening_declined", "Этап VI", same)
    assert row_of(anna, cast, "Этап VI")[-1] == "срок: — → 20.12.2020"


def test_an_unknown_code_is_shown_as_it_is_and_html_is_escaped(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    write(app, cast, "anna", "teapot:boiled", "<b>чайник</b>", {"lid": ("<i>off</i>", "on")})
    cells = row_of(anna, cast, "<b>чайник</b>")
    assert cells[1] == "район"
    assert cells[2] == "teapot:boiled: <b>чайник</b>"
    assert cells[3] == "lid: <i>off</i> → on"
    assert not soup(anna.get(at(cast))).select("#entries td b, #entries td i")


def test_the_newest_stand_first_and_older_ones_on_further_pages(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    for index in range(PAGE + 5):
        write(app, cast, "boris", "document:added", f"документ {index}")
    first = anna.get(at(cast, "?event=document:added"))
    link = soup(first).find("a", string="Показать более ранние")
    assert link
    seen = [subject.get_text() for subject in soup(first).select(".subject")]
    second = subjects(anna, str(link["href"]))  # type: ignore[index]
    assert seen + second == [f"документ {index}" for index in reversed(range(PAGE + 5))]
    assert len(seen) == PAGE
    last = anna.get(str(link["href"]))  # type: ignore[index]
    assert soup(last).find("a", string="К самым новым")
    assert not soup(last).find("a", string="Показать более ранние")


def test_filters_narrow_by_school_event_and_person(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    write(app, cast, "boris", "stage:submitted", "пять отправила")
    write(app, cast, "boris", "document:added", "пять добавила")
    write(app, cast, "galina", "document:added", "директор добавила")
    write(app, cast, "vera", "stage:submitted", "два отправила")
    school = f"school={cast.boris_school}"
    assert subjects(anna, at(cast, f"?{school}&event=stage:submitted")) == ["пять отправила"]
    assert subjects(anna, at(cast, f"?{school}&event=document:added")) == [
        "директор добавила",
        "пять добавила",
    ]
    assert subjects(anna, at(cast, f"?person={cast.users['vera']}")) == ["два отправила"]
    assert "№ 428" in subjects(anna, at(cast, "?person=0"))  # loaded by the command line
    assert "пять отправила" not in subjects(anna, at(cast, "?person=0"))
    assert subjects(anna, at(cast, f"?{school}x")) == []


def test_both_days_of_a_period_are_included_as_moscow_has_them(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    moments = {
        "до": datetime(2020, 11, 30, 20, 59, tzinfo=UTC),  # 23:59 of the 30th in Moscow
        "начало": datetime(2020, 11, 30, 21, 0, tzinfo=UTC),
        "конец": datetime(2020, 12, 2, 20, 59, tzinfo=UTC),
        "после": datetime(2020, 12, 2, 21, 0, tzinfo=UTC),
    }
    for subject, moment in moments.items():
        write(app, cast, "boris", "document:added", subject, day=moment)
    query = "?event=document:added&since=1.12.2020&until=2.12.2020"
    assert subjects(anna, at(cast, query)) == ["конец", "начало"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?since=31.11.2020", "31.11.2020 не существует"),
        ("?since=5.12.2020&until=4.12.2020", "Конец раньше начала"),
    ],
)
def test_a_wrong_period_is_explained_and_kept(
    cast: Cast, anna: PageClient, query: str, sentence: str
) -> None:
    answer = anna.get(at(cast, query))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    typed = soup(answer).select_one("#since")
    assert typed
    assert typed["value"] == re.findall(r"since=([\d.]+)", query)[0].rjust(10, "0")
    assert not soup(answer).select("#entries table")


@pytest.mark.parametrize("name", ["before", "school", "person"])
def test_a_number_that_no_row_can_have_finds_nothing(anna: PageClient, name: str) -> None:
    """A paw on the keyboard, a link cut in a letter: no database holds such a number."""
    for number in (10**9, 10**22):
        assert anna.get("/districts/1/journal", query_string={name: number}).status_code == 200


def test_htmx_gets_the_entries_alone_and_the_announcement(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    write(app, cast, "boris", "document:added", "документ")
    answer = anna.get(at(cast, "?event=document:added"), headers=HTMX)
    page = soup(answer)
    assert not page.select("html, form, h1")
    assert [subject.get_text() for subject in page.select("#entries .subject")] == ["документ"]
    count_line = page.select_one("[hx-swap-oob]")
    assert count_line
    assert count_line.get_text() == "Показано записей: 1"


def test_the_filter_stays_in_the_links_to_further_pages(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    for index in range(PAGE + 1):
        write(app, cast, "boris", "document:added", str(index))
    answer = anna.get(at(cast, f"?school={cast.boris_school}&since=1.09.2020"))
    link = soup(answer).find("a", string="Показать более ранние")
    assert link
    href = str(link["href"])  # type: ignore[index]
    assert f"school={cast.boris_school}" in href
    assert "since=1.09.2020" in href


def test_only_the_coordinator_reads_the_journal(
    cast: Cast, boris: PageClient, galina: PageClient, gleb: PageClient
) -> None:
    for client in (boris, galina, gleb):
        assert client.get(at(cast)).status_code == 403


def test_entries_of_a_district_and_of_none_are_mixed_by_age(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    for index in range(2 * PAGE):
        write(app, cast, "boris", "document:added", f"документ {index}")
    with app.app_context(), writing():
        nobodys = [f"документ {index}" for index in range(0, 2 * PAGE, 2)]
        rows = update(AuditEntry).where(AuditEntry.subject.in_(nobodys))
        db.session.execute(rows.values(district_id=None))
    seen = subjects(anna, at(cast, "?event=document:added"))
    assert seen == [f"документ {index}" for index in reversed(range(PAGE, 2 * PAGE))]


def test_the_newest_entries_are_not_sorted_out_of_all(app: Flask, cast: Cast) -> None:
    with app.app_context(), asked_of() as asked:
        queries.entries(cast.district, queries.Wanted())
        [(statement, (_, given))] = asked.items()
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        assert not [line for line in plan.scalars(3) if "TEMP B-TREE" in line]


def test_another_district_s_entries_are_not_shown(app: Flask, cast: Cast, anna: PageClient) -> None:
    write(app, cast, "boris", "document:added", "чужое")
    write(app, cast, "boris", "document:added", "ничьё")
    with app.app_context(), writing():
        rows = update(AuditEntry)
        db.session.execute(rows.filter_by(subject="ничьё").values(district_id=None))
        other = other_district()
        db.session.execute(rows.filter_by(subject="чужое").values(district_id=other))
    assert subjects(anna, at(cast, "?event=document:added")) == ["ничьё"]


def listed(app: Flask, cast: Cast) -> tuple[list[str], dict[int, str]]:
    """Return the events and the people that the journal of the cast's district can be narrowed by."""
    with app.app_context():
        people = queries.actors(cast.district)
        assert len(dict(people)) == len(people)
        return [code for code, _ in queries.events(cast.district)], dict(people)


def test_lists_name_each_event_and_person_of_the_district_and_of_none(
    app: Flask, cast: Cast
) -> None:
    for event in ("first:seen", "second:seen", "second:seen", "third:seen"):
        write(app, cast, "boris", event, event)
    write(app, cast, "vera", "fourth:seen", "fourth:seen")
    with app.app_context(), writing():
        rows, other = update(AuditEntry), other_district()
        db.session.execute(rows.filter_by(event="third:seen").values(district_id=None))
        db.session.execute(rows.filter_by(event="second:seen").values(actor_name="Борис Чёрный"))
        db.session.execute(rows.filter_by(actor_id=cast.users["vera"]).values(district_id=other))
    events, people = listed(app, cast)
    assert [code for code in events if code.endswith(":seen")] == [
        "first:seen",
        "second:seen",
        "third:seen",
    ]
    assert len(set(events)) == len(events)
    assert cast.users["vera"] not in people
    assert people[cast.users["boris"]] == "Борис Белов"  # the last entry is the one of no district


def test_lists_of_the_journal_cost_no_more_as_it_grows(app: Flask, cast: Cast) -> None:
    write(app, cast, "boris", "document:added", "документ")
    before, steps = listed(app, cast), steps_of_lists(app, cast)
    with app.app_context(), writing():
        rows = [{"event": "document:added", "actor_id": cast.users["boris"]}] * 2000
        same = {"actor_name": "Борис Белов", "district_id": cast.district}
        db.session.execute(insert(AuditEntry), [{**row, **same} for row in rows])
    assert listed(app, cast) == before
    assert steps_of_lists(app, cast) < 1.2 * steps


def steps_of_lists(app: Flask, cast: Cast) -> int:
    """Return the steps of SQLite's machine that both lists take: the same at every run, unlike time."""
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1

    with app.app_context():
        connection: Any = db.session.connection().connection.driver_connection
        connection.set_progress_handler(step, 1)
        try:
            queries.events(cast.district)
            queries.actors(cast.district)
        finally:
            connection.set_progress_handler(None, 1)
    assert taken
    return taken


def other_district() -> int:
    """Add a second district by copying the first; return its id."""
    from nastav.district.models import District

    source = db.session.query(District).one()
    names = [
        column.name for column in District.__table__.columns if column.name not in ("id", "name")
    ]
    copy = District(name="Другой район", **{name: getattr(source, name) for name in names})
    db.session.add(copy)
    db.session.flush()
    return copy.id


def test_every_event_the_program_writes_has_a_label() -> None:
    """An operation of tomorrow adds its event to `audit.labels.EVENTS`."""
    written = {
        code
        for path in NASTAV.rglob("*.py")
        for code in re.findall(r'"([a-z_]+:[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    written |= {f"stage:{step.value}" for step in Step}
    written = {code for code in written if not code.startswith("w:")}  # names of Word's XML
    missing = written - set(access.PERMISSIONS) - set(labels.EVENTS)
    assert len(written) > 40
    assert not missing


def test_an_entry_dated_ahead_of_the_clock_keeps_its_date_and_is_marked(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    write(app, cast, "boris", "meeting:added", "рано", day=dates.now() + timedelta(days=730))
    write(app, cast, "boris", "meeting:added", "вовремя", day=dates.now() + timedelta(minutes=4))
    marked = {
        str(row.select_one(".subject").get_text()): "дата впереди" in row.get_text()  # type: ignore[union-attr]
        for row in soup(anna.get(at(cast))).select("#entries tbody tr")
    }
    assert [subject for subject, is_marked in marked.items() if is_marked] == ["рано"]
    assert "вовремя" in marked
    assert str((dates.now() + timedelta(days=730)).year) in text_of(anna.get(at(cast)))
