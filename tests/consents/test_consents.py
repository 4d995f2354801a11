"""Consents: twenty papers in a day, one paper in full, withdrawn ones, who may see them."""

from typing import Any

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.consents.models import Consent, Signer
from nastav.db import db, writing
from nastav.district.models import District
from nastav.people.models import Kind
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.registers import Registers, registers


@pytest.fixture
def sheet(app: Flask, cast: Cast) -> str:
    """The list of СОШ №5: a pupil of grade 7, one of grade 9 in both registers, a teacher."""
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
        elder = school.mentee("Ёлкин Лев", grade=9)
        school.mentor("Ёлкин Лев", grade=9, same_as=elder.person_id)
        school.mentor("Громова Анна", kind=Kind.TEACHER)
    return f"/schools/{cast.boris_school}/consents"


def names(client: PageClient, sheet: str) -> list[str]:
    return [cell.get_text() for cell in soup(client.get(sheet)).select("tbody th")]


def ids(client: PageClient, sheet: str) -> dict[str, str]:
    rows = soup(client.get(sheet)).select("tbody tr")
    return {row.select_one("th").get_text(): row.select_one("[name=got]")["value"] for row in rows}


def saved(app: Flask) -> list[Consent]:
    with app.app_context():
        return db.session.query(Consent).order_by(Consent.id).all()


def test_everybody_without_a_consent_is_listed_once_with_who_has_to_sign(
    boris: PageClient, sheet: str
) -> None:
    rows = soup(boris.get(sheet)).select("tbody tr")
    choices = [
        (row.select_one("th").get_text(), row.select_one("option[selected]").get_text())
        for row in rows
    ]
    assert choices == [
        ("Громова Анна", "сам участник"),
        ("Ёлкин Лев", "оба"),
        ("Птицына Ольга", "законный представитель"),
    ]


def test_those_ticked_are_entered_at_once_and_twice_is_once(
    app: Flask, boris: PageClient, sheet: str
) -> None:
    found = ids(boris, sheet)
    pupil, elder = found["Птицына Ольга"], found["Ёлкин Лев"]
    form = boris.get(sheet)
    fields: dict[str, Any] = {
        "got": [pupil, elder],
        f"p{pupil}-signed_on": "01.09.2020",
        f"p{elder}-number": "14-с",
    }
    assert boris.fill(form, **fields).status_code == 303
    assert boris.fill(form, **fields).status_code == 303
    first, second = saved(app)
    assert (first.signed_on.isoformat(), first.signer) == ("2020-09-01", Signer.GUARDIAN)
    assert (second.number, second.signer) == ("14-с", Signer.BOTH)
    assert names(boris, sheet) == ["Громова Анна"]
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="consent:added").one()
        assert entry.subject == "№ 1, 2"


def test_a_bad_date_enters_nothing_and_keeps_what_was_typed(
    app: Flask, boris: PageClient, sheet: str
) -> None:
    found = ids(boris, sheet)
    pupil, elder = found["Птицына Ольга"], found["Ёлкин Лев"]
    fields: dict[str, Any] = {"got": [pupil, elder], f"p{pupil}-signed_on": "10.12.2020"}
    answer = boris.fill(sheet, **fields, **{f"p{elder}-number": "14-с"})
    assert answer.status_code == 422
    assert "Дата ещё не наступила" in text_of(answer)
    shown = soup(answer)
    assert len(shown.select("[name=got][checked]")) == 2
    assert shown.select_one(f"[name=p{pupil}-signed_on]")["value"] == "10.12.2020"
    assert shown.select_one(f"[name=p{elder}-number]")["value"] == "14-с"
    assert saved(app) == []
    assert "Отметьте" in text_of(boris.fill(sheet, got=[]))


def test_a_tick_of_nobody_is_passed_over(app: Flask, boris: PageClient, sheet: str) -> None:
    for nobody in ("9" * 5000, "-1", "а"):  # Python reads no number of so many digits
        assert boris.send(sheet, {"got": nobody}).status_code == 303
    assert saved(app) == []


def test_a_withdrawn_consent_is_missing_again(app: Flask, boris: PageClient, sheet: str) -> None:
    pupil = ids(boris, sheet)["Птицына Ольга"]
    boris.fill(sheet, got=[pupil])
    card = str(
        soup(boris.get(sheet.replace("consents", "mentees"))).select_one("tbody th a")["href"]
    )
    card = card.replace(card.rsplit("/", 1)[1], "1")
    form = boris.get(f"{card}/consents/{saved(app)[0].id}")
    early = boris.fill(form, withdrawn_on="08.12.2020")
    assert "Согласие подписано 09.12.2020: укажите не раньше." in text_of(early)
    assert boris.fill(form, withdrawn_on="09.12.2020").status_code == 303
    assert "Птицына Ольга" in names(boris, sheet)
    text = text_of(boris.get(card))
    assert "отозвано 09.12.2020" in text
    assert "Сейчас отозвано" in text


def test_a_person_has_several_and_a_stale_form_sees_both_versions(
    app: Flask, boris: PageClient, sheet: str
) -> None:
    card = sheet.replace("consents", "mentees/1")
    boris.fill(card + "/consents/new", signed_on="01.09.2020", number="7")
    refused = boris.fill(card + "/consents/new", for_programme=[])
    assert refused.status_code == 422
    boris.fill(card + "/consents/new", for_programme=[], purposes="фото и видео")
    assert "фото и видео" in text_of(boris.get(card))
    edit = f"{card}/consents/{saved(app)[0].id}"
    first, second = boris.get(edit), boris.get(edit)
    boris.fill(first, number="8")
    stale = boris.fill(second, purposes="награды")
    assert stale.status_code == 409
    assert "8" in soup(stale).select_one("#conflict").get_text()
    assert boris.fill(stale, "/consents/").status_code == 303
    boris.fill(edit, "/remove")
    assert len(saved(app)) == 1


def test_a_consent_for_photographs_alone_is_none_for_the_programme(
    boris: PageClient, sheet: str
) -> None:
    card = sheet.replace("consents", "mentees/1")
    boris.fill(card + "/consents/new", for_programme=[], purposes="фото и видео")
    assert "Птицына Ольга" in names(boris, sheet)


def test_the_district_moves_the_grade_from_which_both_sign(
    cast: Cast, anna: PageClient, boris: PageClient, sheet: str
) -> None:
    rule = f"/districts/{cast.district}/settings/consents"
    assert anna.fill(rule, consent_both_from="0").status_code == 422
    form = anna.get(rule)
    assert anna.fill(form, consent_both_from="10").status_code == 303
    assert anna.fill(form, consent_both_from="11").status_code == 409
    row = soup(boris.get(sheet)).select("tbody tr")[1]
    assert row.select_one("option[selected]").get_text() == "законный представитель"


def test_the_head_reads_and_prints_the_list_without_its_fields(
    galina: PageClient, sheet: str
) -> None:
    shown = soup(galina.get(sheet)).select_one("main")
    assert len(shown.select("tbody tr")) == 3
    assert not shown.select("input, select, form")


def test_another_schools_consent_is_not_found(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, sheet: str
) -> None:
    boris.fill(sheet, got=[ids(boris, sheet)["Птицына Ольга"]])
    theirs = saved(app)[0]
    with registers(app, cast, "vera") as school:
        own = school.mentee("Своя Инна")
    card = f"/schools/{cast.vera_school}/mentees/{own.participation_id}/consents/{theirs.id}"
    assert vera.get(card).status_code == 404
    assert vera.send(card, {"signed_on": "01.09.2020"}).status_code == 404
    assert vera.send(card + "/remove", {"version": "1"}).status_code == 404
    refused = vera.send(f"/schools/{cast.vera_school}/consents", {"got": str(theirs.person_id)})
    assert refused.status_code == 303
    assert len(saved(app)) == 1  # a tick of somebody else is passed over


def test_sixty_people_cost_as_many_queries_as_three(
    app: Flask, cast: Cast, boris: PageClient, sheet: str
) -> None:
    def cost() -> int:
        boris.get(sheet)
        with statements() as sent:
            assert boris.get(sheet).status_code == 200
        return len(sent)

    def many(school: Registers) -> None:
        for _ in range(57):
            school.mentee()

    before = cost()
    with registers(app, cast) as school:
        many(school)
    assert cost() == before


def test_where_pupils_go_by_codes_the_list_asks_for_codes(
    app: Flask, cast: Cast, boris: PageClient, sheet: str
) -> None:
    assert "вставьте сюда: ФИО, дата" in text_of(boris.get(sheet))
    with app.app_context(), writing():
        db.session.get_one(District, cast.district).uses_codes = True
    new = f"/schools/{cast.boris_school}/mentees/new"
    assert boris.fill(new, "/new", code="К-7", school_class="7").status_code == 303
    page = boris.get(sheet)
    assert "ФИО или код" in [cell.get_text() for cell in soup(page).select("thead th")]
    assert "вставьте сюда: ФИО или код, дата" in text_of(page)
