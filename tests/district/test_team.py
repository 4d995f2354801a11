"""Working groups: a school's and the district's."""

from flask import Flask
from sqlalchemy import select

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.district import queries
from nastav.district.models import TeamMember
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of

ZOYA = {"name": "Зимина Зоя Захаровна", "post": "заместитель директора"}


def team_at(cast: Cast, more: str = "") -> str:
    return f"/schools/{cast.boris_school}/team{more}"


def district_at(cast: Cast, more: str = "") -> str:
    return f"/districts/{cast.district}/team{more}"


def members(app: Flask, cast: Cast) -> list[TeamMember]:
    with app.app_context():
        return queries.team(cast.district, cast.boris_school)


def entries(app: Flask, event: str) -> list[AuditEntry]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry).filter_by(event=event)))


def test_a_school_team_is_entered_and_read_by_the_district(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient, gleb: PageClient
) -> None:
    mail = "zoya@example.ru"
    answer = boris.fill(
        team_at(cast, "/new"), **ZOYA, phone="8 (86163) 2-00-00", email=mail, is_curator="y"
    )
    assert (answer.status_code, answer.location) == (303, team_at(cast))
    for client in (boris, anna, gleb):
        page = text_of(client.get(team_at(cast)))
        assert "Зимина Зоя Захаровна — школьный куратор заместитель директора" in page
        assert mail in page
    entry = entries(app, "member:added")[0]
    assert (entry.subject, entry.school_id) == ("участник № 4", cast.boris_school)


def test_what_is_missing_or_wrong_is_said_and_the_rest_is_kept(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    answer = boris.fill(team_at(cast, "/new"), name="", post="учитель", email="zoya")
    assert answer.status_code == 422
    assert "Укажите фамилию и имя." in text_of(answer)
    assert "Укажите почту целиком" in text_of(answer)
    kept = form_values(find_form(answer))
    assert (kept["post"], kept["email"]) == (["учитель"], ["zoya"])
    assert members(app, cast) == []


def test_a_second_click_adds_one_member(app: Flask, cast: Cast, boris: PageClient) -> None:
    page = boris.get(team_at(cast, "/new"))
    locations = [boris.fill(page, **ZOYA).location for _ in range(2)]
    assert locations == [team_at(cast)] * 2
    assert len(members(app, cast)) == 1


def test_a_school_has_one_curator(app: Flask, cast: Cast, boris: PageClient) -> None:
    boris.fill(team_at(cast, "/new"), **ZOYA, is_curator="y")
    boris.fill(team_at(cast, "/new"), name="Ильин И. И.", post="учитель", is_curator="y")
    marks = [(member.ordinal, member.name, member.is_curator) for member in members(app, cast)]
    assert marks == [(1, ZOYA["name"], False), (2, "Ильин И. И.", True)]
    assert entries(app, "member:changed")[0].changes == {"is_curator": [True, False]}


def test_the_journal_names_the_changed_fields_and_not_what_they_hold(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(team_at(cast, "/new"), **ZOYA)
    edit = team_at(cast, f"/{members(app, cast)[0].id}/edit")
    boris.fill(edit, phone="2-11-11", is_curator="y")
    boris.fill(edit, phone="2-11-11")  # nothing new
    (entry,) = entries(app, "member:changed")
    assert entry.changes == {"phone": ["", "изменено"], "is_curator": [False, True]}
    assert members(app, cast)[0].phone == "2-11-11"


def test_of_two_tabs_the_second_sees_both_and_may_keep_its_own(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(team_at(cast, "/new"), **ZOYA)
    edit = team_at(cast, f"/{members(app, cast)[0].id}/edit")
    late = boris.get(edit)
    boris.fill(edit, phone="1")
    answer = boris.fill(late, phone="2", is_curator="y")
    assert answer.status_code == 409
    rows = soup(answer).select("#compared tbody tr")
    assert [row.get_text("|", strip=True) for row in rows] == [
        "Телефон|2|1",
        "Школьный куратор|да|—",
    ]
    assert members(app, cast)[0].phone == "1"
    assert boris.fill(answer).status_code == 303
    assert members(app, cast)[0].phone == "2"


def test_a_member_is_removed_but_not_from_a_stale_page(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(team_at(cast, "/new"), **ZOYA)
    edit = team_at(cast, f"/{members(app, cast)[0].id}/edit")
    late = boris.get(edit)
    boris.fill(edit, phone="1")
    assert boris.fill(late, "/remove").status_code == 409
    assert boris.fill(edit, "/remove").status_code == 303
    assert members(app, cast) == []
    assert len(entries(app, "member:removed")) == 1
    assert boris.get(edit).status_code == 404


def test_members_of_another_team_are_not_found(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, anna: PageClient
) -> None:
    boris.fill(team_at(cast, "/new"), **ZOYA)
    member = members(app, cast)[0].id
    assert vera.get(team_at(cast)).status_code == 404
    for client, path in (
        (vera, f"/schools/{cast.vera_school}/team/{member}"),
        (anna, district_at(cast, f"/{member}")),
        (boris, team_at(cast, "/1")),  # of the district's own
    ):
        assert client.get(f"{path}/edit").status_code == 404
        assert client.send(f"{path}/remove").status_code == 404


def test_only_the_curator_edits_the_team_of_the_school(
    app: Flask, cast: Cast, boris: PageClient, galina: PageClient, anna: PageClient
) -> None:
    boris.fill(team_at(cast, "/new"), **ZOYA)
    member = members(app, cast)[0].id
    for client in (galina, anna):
        assert "Изменить" not in text_of(client.get(team_at(cast)))
        for more in ("/new", f"/{member}/edit", f"/{member}/remove"):
            assert client.send(team_at(cast, more)).status_code == 403


def test_html_in_a_member_s_post_is_escaped(cast: Cast, boris: PageClient) -> None:
    boris.fill(team_at(cast, "/new"), name="Ильин", post="<i>учитель</i>")
    page = boris.get(team_at(cast))
    assert not soup(page).select("main i")
    assert "<i>учитель</i>" in text_of(page)


def test_the_order_s_group_is_shown_and_edited_by_the_coordinator(
    app: Flask, cast: Cast, anna: PageClient, gleb: PageClient, boris: PageClient
) -> None:
    with app.app_context():
        first, *rest = queries.team(cast.district)
    assert len(rest) == 2
    assert first.name in text_of(gleb.get(district_at(cast)))
    assert "Изменить" not in text_of(gleb.get(district_at(cast)))
    assert gleb.get(district_at(cast, "/new")).status_code == 403
    assert boris.get(district_at(cast)).status_code == 403
    form = anna.get(district_at(cast, f"/{first.id}/edit"))
    assert not soup(form).select("[name=is_curator]")
    assert anna.fill(form, phone="2-22-22").location == district_at(cast)
    assert "2-22-22" in text_of(anna.get(district_at(cast)))


def test_fields_nobody_asked_for_are_not_taken(app: Flask, cast: Cast, boris: PageClient) -> None:
    more = {"school_id": cast.vera_school, "district_id": 2, "ordinal": 99, "version": 9}
    boris.send(team_at(cast, "/new"), data={**ZOYA, **more})
    (row,) = members(app, cast)
    assert (row.district_id, row.ordinal, row.version) == (cast.district, 1, 1)
