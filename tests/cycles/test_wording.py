"""Wording belongs to the school year: changed with a reason, for that year alone; keys stay."""

from typing import Any

from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.cycles.wording.queries import activities
from nastav.db import db
from nastav.stages.models import Activity, Stage
from tests.support.pages import PageClient, field_names, find_form, soup, text_of
from tests.support.stages import put

PAGE = "/districts/1/settings/wording"
STAGE = f"{PAGE}/2020/1"
SCHOOL = "/schools/4/2020/stages/1"  # СОШ №5
WHY = "Письмо управления от 01.12.2020"


def rows(app: Flask, ordinal: int = 1, year: int = 2020) -> list[Activity]:
    with app.app_context():
        cycle = db.text("SELECT id FROM cycle WHERE first_year = :year")
        cycle_id = db.session.scalar(cycle, {"year": year})
        stage = db.session.query(Stage).filter_by(cycle_id=cycle_id, ordinal=ordinal).one()
        return activities(stage.id)


def entries(app: Flask, event: str) -> list[AuditEntry]:
    with app.app_context():
        return db.session.query(AuditEntry).filter_by(event=event).all()


def open_2021(anna: PageClient) -> None:
    anna.fill("/districts/1/settings/cycles", "settings/cycles")


def reword(anna: PageClient, page: Any = STAGE, **fields: str) -> Any:
    return anna.fill(page, "settings/wording", **{"reason": WHY, **fields})


def test_new_words_are_seen_at_once_and_keys_stay(
    app: Flask, anna: PageClient, boris: PageClient
) -> None:
    before = rows(app)
    text = "Приказ и положение о наставничестве"
    answer = reword(anna, title="Подготовка", **{f"title_{before[0].id}": text})
    assert answer.location == f"{PAGE}?cycle=2020#stage-1"
    page = text_of(boris.get(SCHOOL))
    assert "Этап I. Подготовка" in page
    assert text in page
    assert [row.key for row in rows(app)] == [row.key for row in before]
    assert text in text_of(anna.get(PAGE))


def test_other_school_years_keep_their_words(app: Flask, anna: PageClient) -> None:
    open_2021(anna)
    first = rows(app)[0]
    reword(anna, **{f"title_{first.id}": "Иначе"})
    assert rows(app)[0].title == "Иначе"
    assert rows(app, year=2021)[0].title == first.title


def test_the_journal_keeps_old_and_new_and_why(app: Flask, anna: PageClient) -> None:
    first = rows(app)[0]
    reword(anna, short="Условия работы", **{f"title_{first.id}": "Иначе"})
    (activity,) = entries(app, "activity:reworded")
    (stage,) = entries(app, "stage:reworded")
    assert activity.subject == "2020/21, этап I, мероприятие 1"
    assert activity.changes == {"title": [first.title, "Иначе"], "reason": [None, WHY]}
    assert stage.changes["short"][1] == "Условия работы"  # type: ignore[index]
    page = text_of(anna.get("/districts/1/journal"))
    assert "Изменена формулировка мероприятия" in page


def test_a_change_without_a_reason_or_words_is_refused(app: Flask, anna: PageClient) -> None:
    first = rows(app)[0]
    answer = reword(anna, reason=" ", title=" ", **{f"title_{first.id}": ""})
    assert answer.status_code == 422
    for sentence in ("Укажите название", "Напишите, что нужно сделать", "Укажите причину"):
        assert sentence in text_of(answer)
    assert rows(app)[0].title == first.title


def test_a_stale_form_gets_both_versions_and_can_be_sent_again(
    app: Flask, anna: PageClient
) -> None:
    opened, name = anna.get(STAGE), f"title_{rows(app)[0].id}"
    reword(anna, **{name: "Первое"})
    late = reword(anna, opened, **{name: "Второе"})
    assert late.status_code == 409
    assert "Первое" in text_of(late)
    assert "Второе" in text_of(late)
    assert rows(app)[0].title == "Первое"
    assert reword(anna, late).status_code == 303
    assert rows(app)[0].title == "Второе"


def test_a_second_click_changes_nothing_more(app: Flask, anna: PageClient) -> None:
    opened = anna.get(STAGE)
    for _ in range(2):
        assert reword(anna, opened, added="Опрос родителей").status_code == 303
    assert len(entries(app, "activity:added")) == 1
    assert len(rows(app)) == 6


def test_an_activity_is_added_and_goes_on_into_the_next_year(
    app: Flask, anna: PageClient, boris: PageClient
) -> None:
    reword(anna, added="Опрос родителей")
    open_2021(anna)
    assert "6 Опрос родителей" in text_of(boris.get("/schools/4/2021/stages/1"))
    reword(anna, f"{PAGE}/2021/2", added="Ещё одно")
    assert [rows(app, ordinal, 2021)[-1].key for ordinal in (1, 2)] == ["added_1", "added_2"]
    assert boris.get("/schools/4/2021/stages/1/activities/6/edit").status_code == 200


def test_an_activity_nobody_began_is_removed_and_the_rest_numbered_anew(
    app: Flask, anna: PageClient, boris: PageClient
) -> None:
    before = rows(app)
    reword(anna, **{f"remove_{before[1].id}": "y"})
    after = rows(app)
    assert [row.key for row in after] == [row.key for row in before if row.key != before[1].key]
    assert [row.ordinal for row in after] == [1, 2, 3, 4]
    assert entries(app, "activity:removed")[0].changes["title"] == [before[1].title, None]  # type: ignore[index]
    assert "Выполнено 0 из 4 мероприятий" in text_of(boris.get(SCHOOL))


def test_a_stage_keeps_at_least_one_activity(app: Flask, anna: PageClient) -> None:
    answer = reword(anna, **{f"remove_{row.id}": "y" for row in rows(app)})
    assert answer.status_code == 422
    assert "хотя бы одно мероприятие" in text_of(answer)
    assert len(rows(app)) == 5


def test_what_a_school_has_begun_is_reworded_only(app: Flask, anna: PageClient) -> None:
    opened = anna.get(STAGE)
    put(app, ("СОШ №5", 1, "1"))
    page = anna.get(STAGE)
    assert "Этап начала уже 1 школа" in text_of(page)
    names = field_names(find_form(page, "settings/wording"))
    assert not {name for name in names if name.startswith(("remove_", "added"))}
    answer = reword(anna, opened, added="Опрос родителей")
    assert answer.status_code == 422
    assert "Школы уже начали этот этап" in text_of(answer)
    assert soup(answer).select_one("#added").get_text().strip() == "Опрос родителей"  # type: ignore[union-attr]
    assert len(rows(app)) == 5


def test_only_the_coordinator_of_this_district_comes_in(
    anna: PageClient, gleb: PageClient, boris: PageClient
) -> None:
    for client, status in ((gleb, 403), (boris, 403)):
        assert client.get(PAGE).status_code == status
        assert client.send(STAGE, {"reason": WHY}).status_code == status
    assert anna.get("/districts/2/settings/wording").status_code == 404
    assert anna.get(f"{PAGE}/2020/8").status_code == 404
    assert anna.get(f"{PAGE}?cycle=2031").status_code == 404
