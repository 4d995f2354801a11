"""The page of a school's requisites: typed once, asked only for what is lacking, on to the papers."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from nastav.access import Actor
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district import operations as district
from nastav.district import queries as districts
from nastav.district.models import District, School
from nastav.district.operations import MemberDetails
from nastav.requisites import queries
from nastav.requisites.models import SchoolRequisites
from nastav.requisites.records import FIELDS, Requisites
from nastav.requisites.rules import missing
from tests.support.cast import Cast
from tests.support.pages import PageClient, field_names, find_form, form_values, soup, text_of

CURATOR = MemberDetails("Мельник Ирина Сергеевна", "заместитель директора по ВР", is_curator=True)
WHOM = ("Мельник Ирину Сергеевну", "заместителя директора по ВР")
SCHOOL = {
    "full_name": "Муниципальное бюджетное общеобразовательное учреждение\nшкола № 5",
    "short_name": "МБОУ СОШ № 5",
    "town": "ст-ца Калининская",
    "head_name": "Гончаренко Павел Игоревич",
    "head_post": "директор",
}


def at(cast: Cast, *kinds: str) -> str:
    asked = "&".join(f"for={kind}" for kind in kinds)
    return f"/schools/{cast.boris_school}/2020/papers/requisites{'?' if asked else ''}{asked}"


def typed(page: TestResponse, name: str) -> str:
    """Return what stands in a field of the page's form."""
    value = form_values(find_form(page))[name]
    return str(value[0] if isinstance(value, list) else value).strip()


def add_curator(app: Flask, cast: Cast, details: MemberDetails = CURATOR) -> int:
    with app.app_context(), writing():
        actor = cast.actor("boris")
        return district.add_member(actor, cast.district, details, school_id=cast.boris_school).id


def found(app: Flask, cast: Cast, on: date | None = None) -> Requisites:
    with app.app_context():
        here = db.session.get_one(District, cast.district)
        return queries.requisites(here, db.session.get_one(School, cast.boris_school), on)


def test_all_is_saved_and_read_by_the_papers(app: Flask, cast: Cast, boris: PageClient) -> None:
    add_curator(app, cast)
    assert missing(found(app, cast), FIELDS) == [
        "full_name", "short_name", "place", "address", "founder", "head_name", "head_post",
        "curator_whom", "issuer_whom",
    ]  # fmt: skip
    answer = boris.fill(at(cast), **SCHOOL)
    assert answer.location == at(cast)
    now = found(app, cast)
    assert now.full_name == SCHOOL["full_name"]
    assert (now.place, now.head_name) == (SCHOOL["town"], SCHOOL["head_name"])
    assert (
        now.curator_whom,
        now.curator_post_whom,
    ) == WHOM  # as suggested, and confirmed by saving
    assert now.issuer_whom.startswith("управления образования ")
    assert missing(now, FIELDS) == ["address", "founder"]


def test_nothing_suggested_counts_before_somebody_saved_it(app: Flask, cast: Cast) -> None:
    add_curator(app, cast)
    now = found(app, cast)
    assert (now.curator_whom, now.issuer_whom, now.head_name) == ("", "", "")


def test_the_head_is_suggested_from_the_account(cast: Cast, boris: PageClient) -> None:
    assert typed(boris.get(at(cast)), "head_name") == "Галина Громова"


def test_papers_ask_only_what_they_lack_and_go_on(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    add_curator(app, cast)
    boris.fill(at(cast), **{**SCHOOL, "town": "", "name_whom": "", "post_whom": ""})
    page = boris.get(at(cast, "pairs", "team"))
    hidden = {"csrf_token", "version", "shown"}
    assert field_names(find_form(page)) - hidden == {"town", "name_whom", "post_whom"}
    answer = boris.fill(page, town="")
    assert answer.status_code == 422
    assert "Без этого бумагу не составить" in text_of(answer)
    answer = boris.fill(answer, town="ст-ца Калининская")
    assert answer.location == f"/schools/{cast.boris_school}/2020/papers?for=pairs&for=team"
    again = boris.get(at(cast, "pairs", "team"))
    assert again.location == answer.location, "nothing lacks: the page leads on"


def test_without_a_curator_one_is_chosen_then_asked_whom(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(at(cast), **SCHOOL)
    page = boris.get(at(cast, "team"))
    assert "В рабочей группе школы никого нет" in text_of(page)
    member = add_curator(app, cast, MemberDetails(CURATOR.name, CURATOR.post))
    page = boris.get(at(cast, "team"))
    assert field_names(find_form(page)) - {"csrf_token", "version", "shown"} == {"curator"}
    assert boris.fill(page).status_code == 422
    answer = boris.fill(page, curator=str(member))
    assert answer.location == at(cast, "team")
    page = boris.get(answer.location)
    assert (typed(page, "name_whom"), typed(page, "post_whom")) == WHOM
    assert boris.fill(answer.location).location.endswith("/papers?for=team")


@pytest.mark.parametrize("changed", [{"name": "Бондарь Ирина Сергеевна"}, {"post": "директор"}])
def test_an_old_case_does_not_outlive_a_change_of_name_or_post(
    app: Flask, cast: Cast, boris: PageClient, changed: dict[str, str]
) -> None:
    member_id = add_curator(app, cast)
    boris.fill(at(cast), **SCHOOL)
    assert found(app, cast).curator_whom == WHOM[0]
    with app.app_context(), writing():
        member = districts.member(cast.district, cast.boris_school, member_id)
        assert member is not None
        details = MemberDetails(**{**vars(CURATOR), **changed})
        district.change_member(cast.actor("boris"), member, details, version=member.version)
    now = found(app, cast)
    assert (now.curator_whom, now.curator_post_whom) == ("", "")
    assert missing(now, ["curator", "curator_whom"]) == ["curator_whom"]


def test_a_case_typed_for_the_former_curator_is_refused(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    add_curator(app, cast)
    page = boris.get(at(cast))
    add_curator(app, cast, MemberDetails("Ким Виктор Сергеевич", "учитель", is_curator=True))
    answer = boris.fill(page, **SCHOOL)
    assert answer.status_code == 409
    asked = (typed(answer, "name_whom"), typed(answer, "post_whom"))
    assert asked == ("Кима Виктора Сергеевича", "учителя")
    assert found(app, cast).full_name == "", "nothing of a refused form is saved"
    assert boris.fill(answer).status_code == 303
    assert found(app, cast).curator_whom == "Кима Виктора Сергеевича"


def test_a_member_who_goes_takes_the_case_along(app: Flask, cast: Cast, boris: PageClient) -> None:
    member_id = add_curator(app, cast)
    boris.fill(at(cast), **SCHOOL)
    with app.app_context(), writing():
        member = districts.member(cast.district, cast.boris_school, member_id)
        assert member is not None
        district.remove_member(cast.actor("boris"), member, version=member.version)
    assert missing(found(app, cast), ["curator"]) == ["curator"]


def test_of_two_tabs_the_second_sees_both(app: Flask, cast: Cast, boris: PageClient) -> None:
    late = boris.get(at(cast))
    boris.fill(at(cast), **SCHOOL)
    answer = boris.fill(late, short_name="СОШ 5")
    assert answer.status_code == 409
    rows = [row.get_text("|", strip=True) for row in soup(answer).select("#compared tbody tr")]
    assert "Краткое название|СОШ 5|МБОУ СОШ № 5" in rows
    assert found(app, cast).short_name == "МБОУ СОШ № 5"


def test_sent_twice_it_is_saved_once(app: Flask, cast: Cast, boris: PageClient) -> None:
    page = boris.get(at(cast))
    for _ in range(2):
        assert boris.fill(page, **SCHOOL).status_code == 303
    with app.app_context():
        assert len(list(db.session.scalars(select(SchoolRequisites)))) == 1
        changed = select(AuditEntry).filter_by(event="requisites:changed")
        entry = db.session.scalars(changed).one()
    assert entry.changes["short_name"] == ["", "МБОУ СОШ № 5"]
    assert entry.changes["head_name"] == ["", "изменено"]


def test_another_signs_for_a_time(app: Flask, cast: Cast, boris: PageClient) -> None:
    acting = {"acting_name": "Ким Виктор Сергеевич", "acting_until": "20.12.2020"}
    answer = boris.fill(at(cast), **SCHOOL, **acting)
    assert answer.status_code == 422
    assert "Укажите должность" in text_of(answer)
    boris.fill(answer, acting_post="и. о. директора")
    signs = [found(app, cast, date(2020, 12, day)).head_name for day in (9, 20, 21)]
    assert signs == ["Ким Виктор Сергеевич", "Ким Виктор Сергеевич", "Гончаренко Павел Игоревич"]
    answer = boris.fill(at(cast), acting_name="")
    assert "Укажите, кто подписывает, или очистите" in text_of(answer)


def test_the_districts_word_holds_over_the_schools(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient
) -> None:
    boris.fill(at(cast), **SCHOOL, issuer_whom="отдела образования")
    assert found(app, cast).issuer_whom == "отдела образования"
    page = f"/districts/{cast.district}/settings/papers/issuer"
    anna.fill(page)
    assert found(app, cast).issuer_whom.startswith("управления образования")
    assert "issuer_whom" not in field_names(find_form(boris.get(at(cast))))
    anna.fill(f"/districts/{cast.district}/team/order", order_issuer="Комитет образования")
    assert found(app, cast).issuer_whom == "", "the order's issuer is another: asked again"
    assert "с тех пор исправлено" in text_of(anna.get(page))


def test_the_head_reads_the_district_does_not_enter(
    cast: Cast, galina: PageClient, anna: PageClient, gleb: PageClient
) -> None:
    page = galina.get(at(cast))
    assert page.status_code == 200
    assert not soup(page).select("main form[method=post]")
    assert galina.send(at(cast)).status_code == 403
    for client in (anna, gleb):
        assert client.get(at(cast)).status_code == 403
    assert gleb.get(f"/districts/{cast.district}/settings/papers/issuer").status_code == 403


def test_a_text_too_long_is_refused_and_kept(cast: Cast, boris: PageClient) -> None:
    answer = boris.fill(at(cast), **{**SCHOOL, "full_name": "ш" * 501})
    assert answer.status_code == 422
    assert typed(answer, "full_name") == "ш" * 501


def test_unknown_papers_are_as_none(cast: Cast, boris: PageClient) -> None:
    assert boris.get(at(cast, "нет")).status_code == 200


def test_the_system_may_read(app: Flask, cast: Cast) -> None:
    """`Actor.system` has no school: what is read asks nobody."""
    assert Actor.system().school_id is None
    assert found(app, cast) == Requisites()
