"""The weekly sheet, pairs × days: saved as a whole, never over what somebody else entered."""

from datetime import date

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Part
from tests.meetings.conftest import Group, Journal, Meetings
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers
from tests.support.school import School

TUE, WED = "20201208", "20201209"  # today is Wednesday the 9th


@pytest.fixture
def week(school: School) -> str:
    return f"{school.url}/2020/meetings"


def field_names(boris: PageClient, address: str) -> list[str]:
    return [str(field["name"]) for field in soup(boris.get(address)).select("input[name^=c-]")]


def test_a_week_is_entered_at_once(
    boris: PageClient, week: str, school: School, group: Group, meetings: Meetings, journal: Journal
) -> None:
    cells = {f"c-{school.pair}-{TUE}": "+", f"c-{group.id}-{WED}": "30", f"t-{group.id}": "Проект"}
    answer = boris.fill(week, **cells)
    assert (answer.status_code, answer.location) == (303, f"{week}?week=07.12.2020")
    assert "Лист сохранён: записано 2." in text_of(boris.get(week))
    found = [
        (meeting.pair_id, meeting.held_on, meeting.minutes, meeting.topic) for meeting in meetings()
    ]
    assert found == [
        (group.id, date(2020, 12, 9), 30, "Проект"),
        (school.pair, date(2020, 12, 8), 45, ""),
    ]
    assert len(meetings()[0].presences) == 3  # the whole group
    (entry,) = journal("meetings:entered")
    assert entry.subject == f"пары {school.pair}, {group.id}"
    assert entry.changes == {"записано": [None, 2]}
    assert "08.12.2020, 45 мин" in text_of(boris.get(f"{school.card}/meetings/2"))


def test_cells_are_changed_and_emptied(
    boris: PageClient, week: str, school: School, group: Group, meetings: Meetings
) -> None:
    boris.fill(group.card, "/meetings", topic="Проект", present=[str(group.members["Ёлкин"])])
    boris.fill(school.card, "/meetings", topic="Проект")
    boris.fill(week, **{f"c-{group.id}-{WED}": "60", f"c-{school.pair}-{WED}": ""})
    changed, deleted = meetings()
    assert (changed.minutes, changed.topic, len(changed.presences)) == (60, "Проект", 2)
    assert deleted.deleted_at is not None
    assert "Лист сохранён: исправлено 1, удалено 1." in text_of(boris.get(week))


def test_only_days_on_which_a_pair_can_have_met_take_anything(
    boris: PageClient, week: str, school: School, group: Group
) -> None:
    assert field_names(boris, week) == [
        f"c-{pair}-202012{day}" for pair in (group.id, school.pair) for day in ("07", "08", "09")
    ]
    first = field_names(boris, f"{week}?week=01.12.2020")
    assert f"c-{group.id}-20201201" in first
    assert f"c-{group.id}-20201130" not in first


def test_what_is_no_number_of_minutes_is_marked_and_nothing_is_saved(
    boris: PageClient, week: str, school: School, meetings: Meetings
) -> None:
    cells = {f"c-{school.pair}-{TUE}": "час", f"c-{school.pair}-{WED}": "45"}
    answer = boris.fill(week, **cells)
    assert answer.status_code == 422
    page = soup(answer)
    assert page.select_one("[aria-invalid]")["value"] == "час"
    assert page.select_one(f"#c-{school.pair}-{WED}")["value"] == "45"
    assert meetings() == []


def test_a_day_before_the_first_mentee_joined_is_refused_in_its_cell(
    app: Flask, boris: PageClient, week: str, school: School, meetings: Meetings
) -> None:
    with app.app_context(), writing():
        members = db.session.query(PairMember).filter_by(pair_id=school.pair, part=Part.MENTEE)
        members.one().joined = date(2020, 12, 9)
    cells = {f"c-{school.pair}-{TUE}": "45", f"c-{school.pair}-{WED}": "45"}
    answer = boris.fill(week, **cells)
    assert answer.status_code == 422
    assert "08.12.2020 в паре не было ни одного наставляемого" in text_of(answer)
    assert meetings() == []


def test_what_somebody_else_entered_meanwhile_is_not_overwritten(
    boris: PageClient, week: str, school: School, group: Group, meetings: Meetings
) -> None:
    stale = boris.get(week)
    boris.fill(week, **{f"c-{school.pair}-{TUE}": "30", f"c-{school.pair}-{WED}": "30"})
    cells = {f"c-{school.pair}-{TUE}": "60", f"c-{group.id}-{TUE}": "45"}
    answer = boris.fill(stale, **cells)
    assert answer.status_code == 409
    assert "Сейчас сохранено: 30." in text_of(answer)
    assert [meeting.minutes for meeting in meetings()] == [30, 30]
    # a cell that was not touched shows what is saved now
    assert soup(answer).select_one(f"#c-{school.pair}-{WED}")["value"] == "30"
    assert boris.fill(answer).status_code == 303
    assert [meeting.minutes for meeting in meetings()] == [60, 30, 45]


def test_an_untouched_cell_does_not_undo_what_somebody_else_did(
    boris: PageClient, week: str, school: School, group: Group, meetings: Meetings
) -> None:
    boris.fill(week, **{f"c-{school.pair}-{TUE}": "30"})
    stale = boris.get(week)
    boris.fill(week, **{f"c-{school.pair}-{TUE}": "60"})
    assert boris.fill(stale, **{f"c-{group.id}-{TUE}": "45"}).status_code == 303
    assert [meeting.minutes for meeting in meetings()] == [60, 45]


def test_a_sheet_sent_twice_has_one_effect(
    boris: PageClient, week: str, school: School, meetings: Meetings, journal: Journal
) -> None:
    form = boris.get(week)
    for _ in range(2):
        assert boris.fill(form, **{f"c-{school.pair}-{TUE}": "45"}).status_code == 303
    assert len(meetings()) == len(journal("meetings:entered")) == 1


def test_two_meetings_of_a_day_are_shown_and_changed_on_the_card(
    boris: PageClient, week: str, school: School
) -> None:
    boris.fill(school.card, "/meetings", topic="Проект")
    asked = boris.fill(school.card, "/meetings", topic="Ещё")
    boris.fill(asked, "/meetings", is_other="y")
    assert f"c-{school.pair}-{WED}" not in field_names(boris, week)
    assert "90" in soup(boris.get(week)).select_one("tbody tr").get_text()


def test_a_draft_stands_on_no_sheet(
    app: Flask, boris: PageClient, week: str, school: School, meetings: Meetings
) -> None:
    form = boris.get(week)
    with app.app_context(), writing():
        db.session.get_one(Pair, school.pair).state = PairState.DRAFT
    assert "не действовали ни пары, ни группы" in text_of(boris.get(week))
    boris.fill(form, **{f"c-{school.pair}-{TUE}": "45"})
    assert meetings() == []


def test_weeks_lead_to_each_other_within_the_school_year(boris: PageClient, week: str) -> None:
    links = [str(link["href"]) for link in soup(boris.get(week)).select(".pages a")]
    assert links == [f"{week}?week=06.12.2020"]
    links = [str(link["href"]) for link in soup(boris.get(f"{week}?week=30.11")).select(".pages a")]
    assert links == [f"{week}?week=29.11.2020", f"{week}?week=07.12.2020"]
    for day in ("32.13", "31.08.2020", "10.12.2020"):
        answer = boris.get(f"{week}?week={day}")
        assert answer.status_code == 422
        assert "Неделя с 7 декабря" in text_of(answer)


def test_the_sheet_goes_on_until_the_next_year_is_opened(
    app: Flask,
    cast: Cast,
    boris: PageClient,
    week: str,
    meetings: Meetings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nastav.dates.today", lambda: date(2021, 9, 14))
    with registers(app, cast) as own:
        begun = own.pair(
            own.mentor("Дубов Пётр"), own.mentee("Лисин Олег"), started=date(2021, 9, 1)
        )
        cell = f"c-{begun.id}-20210913"
    assert "с 13 сентября 2021 г. по 19 сентября 2021 г." in text_of(boris.get(week))
    assert boris.fill(week, **{cell: "+"}).location == f"{week}?week=13.09.2021"
    assert [meeting.held_on for meeting in meetings()] == [date(2021, 9, 13)]


def test_the_sheet_is_printed(boris: PageClient, week: str, school: School) -> None:
    boris.fill(school.card, "/meetings", topic="Проект", minutes="50")
    said = text_of(boris.get(f"{week}/print?week=09.12.2020"))
    assert "пн 07.12" in said
    assert "Громова А. — Птицына О. 50 Проект" in said


def test_who_reads_and_who_fills(
    boris: PageClient, galina: PageClient, anna: PageClient, vera: PageClient, week: str,
    school: School, meetings: Meetings,
) -> None:  # fmt: skip
    boris.fill(week, **{f"c-{school.pair}-{TUE}": "45"})
    page = soup(galina.get(week))
    assert "45" in page.select_one("tbody tr").get_text()
    assert not page.select("main form[method=post]")
    cell = {f"c-{school.pair}-{WED}": "45"}
    assert galina.send(week, cell).status_code == 403
    assert anna.get(week).status_code == anna.send(week, cell).status_code == 403
    assert vera.get(week).status_code == vera.send(week, cell).status_code == 404
    own = week.replace(school.url, "/schools/2")
    assert vera.send(own, cell).status_code == 303  # another school's pair is no row of its sheet
    assert len(meetings()) == 1


def test_the_sheet_costs_as_many_queries_for_thirty_pairs_as_for_one(
    app: Flask, cast: Cast, boris: PageClient, week: str, school: School
) -> None:
    def cost() -> tuple[int, int]:
        with statements() as read:
            page = boris.get(week)
        cells = {str(field["name"]): "45" for field in soup(page).select("input[name^=c-]")}
        with statements() as written:
            assert boris.fill(page, **cells).status_code == 303
        return len(read), sum(statement.startswith("SELECT") for statement in written)

    few = cost()
    with registers(app, cast) as own:
        for at in range(30):
            own.pair(school.pupil, own.mentee(f"Птицын Олег{at}"))
    assert cost() == few
