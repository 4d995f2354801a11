"""The coordinator's table of kinds of meetings, and what schools choose from."""

from flask import Flask

from nastav.db import db, writing
from nastav.district.kinds import queries
from nastav.meetings.models import MeetingKind
from tests.audit.test_journal import other_district
from tests.meetings.conftest import Journal, Meetings
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.school import School

PAGE = "/districts/1/settings/meeting-kinds"
NAME = "экскурсия"
BEGIN = ["знакомство", "пробная", "планирование", "рабочая", "итоговая"]


def kind(app: Flask, name: str) -> MeetingKind:
    with app.app_context():
        return db.session.query(MeetingKind).filter_by(district_id=1, name=name).one()


def listed(app: Flask) -> list[str]:
    with app.app_context():
        return [kind.name for kind in queries.all_of(MeetingKind, 1)]


def offered(boris: PageClient, page: str, field: str = "#kind_id") -> list[str]:
    return [option.get_text() for option in soup(boris.get(page)).select(f"{field} option")][1:]


def test_a_kind_is_added_once_and_offered_on_the_card_and_the_sheet(
    app: Flask, anna: PageClient, boris: PageClient, school: School, journal: Journal
) -> None:
    page = anna.get(PAGE)
    for _ in range(2):  # a second click
        answer = anna.fill(page, name=NAME)
        assert (answer.status_code, answer.location) == (303, PAGE)
    assert listed(app) == [*BEGIN, NAME]
    assert offered(boris, school.card) == [*BEGIN, NAME]
    sheet = f"{school.url}/2020/meetings"
    assert offered(boris, sheet, f"#k-{school.pair}") == [*BEGIN, NAME]
    assert [entry.subject for entry in journal("meeting_kind:added")] == [NAME]


def test_the_same_name_twice_or_none_is_refused_and_kept(app: Flask, anna: PageClient) -> None:
    answer = anna.fill(PAGE, name="Рабочая")
    assert answer.status_code == 422
    assert "Такой тип уже есть" in text_of(answer)
    assert 'value="Рабочая"' in answer.text
    answer = anna.fill(f"{PAGE}/{kind(app, 'пробная').id}", name="РАБОЧАЯ")
    assert answer.status_code == 422
    assert 'value="РАБОЧАЯ"' in answer.text
    assert anna.fill(PAGE, name=" ").status_code == 422
    assert listed(app) == BEGIN


def test_a_kind_is_renamed_and_moved(app: Flask, anna: PageClient, journal: Journal) -> None:
    last = kind(app, "итоговая")
    page = f"{PAGE}/{last.id}"
    assert anna.fill(page, name="заключительная", after="0").status_code == 303
    assert listed(app) == ["заключительная", *BEGIN[:-1]]
    assert anna.fill(page, after=str(kind(app, "пробная").id)).status_code == 303
    now = ["знакомство", "пробная", "заключительная", "планирование", "рабочая"]
    assert listed(app) == now
    assert anna.fill(page).status_code == 303  # nothing changed
    assert listed(app) == now
    assert [entry.changes for entry in journal("meeting_kind:changed")] == [
        {"name": ["итоговая", "заключительная"], "place": [5, 1]},
        {"place": [1, 3]},
    ]


def test_a_hidden_kind_leaves_the_lists_and_stays_with_its_meetings(
    app: Flask, anna: PageClient, boris: PageClient, school: School, meetings: Meetings
) -> None:
    used = kind(app, "пробная")
    boris.fill(school.card, "/meetings", topic="Проект", kind_id=str(used.id))
    assert anna.fill(f"{PAGE}/{used.id}", is_hidden="y").status_code == 303
    rest = [name for name in BEGIN if name != used.name]
    assert offered(boris, school.card) == rest
    assert offered(boris, f"{school.url}/2020/meetings", f"#k-{school.pair}") == rest
    card = f"{school.card}/meetings/1"
    assert offered(boris, card) == [*rest, used.name]
    assert boris.fill(card, "/meetings/1", topic="Другое").status_code == 303
    assert [(meeting.topic, meeting.kind_id) for meeting in meetings()] == [("Другое", used.id)]
    assert "не предлагается" in text_of(anna.get(PAGE))


def test_of_two_who_edit_the_second_sees_both(app: Flask, anna: PageClient) -> None:
    page = f"{PAGE}/{kind(app, 'пробная').id}"
    stale = anna.get(page)
    assert anna.fill(page, name="первая").status_code == 303
    answer = anna.fill(stale, name="вторая")
    assert answer.status_code == 409
    assert "«первая»" in text_of(answer)
    assert 'value="вторая"' in answer.text
    assert anna.fill(answer).status_code == 303
    assert "вторая" in listed(app)


def test_the_sheet_gives_its_kind_to_new_meetings_only(
    app: Flask, boris: PageClient, school: School, meetings: Meetings
) -> None:
    sheet = f"{school.url}/2020/meetings"
    cells = [f"c-{school.pair}-202012{day}" for day in ("07", "08", "09")]
    trial, working = (str(kind(app, name).id) for name in ("пробная", "рабочая"))
    boris.fill(sheet, **{cells[0]: "45", f"k-{school.pair}": trial})
    boris.fill(sheet, **{cells[0]: "60", cells[1]: "45", f"k-{school.pair}": working})
    refused = boris.fill(sheet, **{cells[2]: "час", f"k-{school.pair}": working})
    chosen = soup(refused).select_one(f"#k-{school.pair} option[selected]")
    assert chosen["value"] == working
    boris.fill(sheet, **{cells[2]: "45", f"k-{school.pair}": "999"})  # nobody's kind
    assert [meeting.kind_id for meeting in meetings()] == [int(trial), int(working), None]


def test_who_may_edit_and_whose(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient, gleb: PageClient
) -> None:
    page = f"{PAGE}/{kind(app, 'пробная').id}"
    for reader in (gleb, boris):
        assert reader.get(PAGE).status_code == reader.get(page).status_code == 403
        assert reader.send(PAGE, {"name": NAME}).status_code == 403
        assert reader.send(page, {"name": NAME, "version": "1"}).status_code == 403
    with app.app_context(), writing():
        foreign = MeetingKind(district_id=other_district(), ordinal=1, name="чужая")
        db.session.add(foreign)
        db.session.flush()
        foreign_id = foreign.id
    assert anna.get(f"{PAGE}/{foreign_id}").status_code == 404
    assert listed(app) == BEGIN
