"""«Требует решения»: what waits for the coordinator, with why and the button that leads to the deed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete

from nastav import dates
from nastav.access import Role
from nastav.accounts.models import User
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.pairs.models import Pair
from nastav.plan.models import PlanTarget
from nastav.rollup.decide import queries as decide
from nastav.rollup.decide.rules import Desk
from nastav.stages.models import ActivityRevision, Stage
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.registers import registers
from tests.support.stages import StageOf, put

PAGE = "/districts/1/2020/stages"
OVERDUE = "/districts/1/overdue"
BOARD = (
    ("СОШ №1", 1, "submitted"),
    ("СОШ №2", 1, "accepted"),
    ("СОШ №4", 1, "returned"),
    ("СОШ №5", 3, "1"),
)


def rows(client: PageClient, page: str = PAGE) -> dict[str, tuple[str, str]]:
    """Return title → why and address of the rows, in their order."""
    found = {}
    for row in soup(client.get(page)).select(".decide li:not(.rest)"):
        title, *why = (" ".join(each.get_text().split()) for each in row.select("p"))
        button = row.select_one("a")
        found[title] = (why[0] if why else "", str(button["href"]) if button else "")
    return found


def more(client: PageClient) -> dict[str, str]:
    """Return what «Ещё» says, with the addresses."""
    links = soup(client.get(PAGE)).select(".decide .rest a")
    return {" ".join(link.get_text().split()): str(link["href"]) for link in links}


def sign_in_everybody(app: Flask) -> None:
    """Give every school a curator who has signed in."""
    with app.app_context(), writing():
        for school_id in range(1, 14):
            user = User(
                login=f"k{school_id}",
                role=Role.CURATOR,
                district_id=1,
                school_id=school_id,
                password_hash="",
            )
            db.session.add(user)
        db.session.flush()
        for user in db.session.query(User).filter_by(role=Role.CURATOR):
            db.session.add(
                AuditEntry(event="sign_in:opened", actor_id=user.id, actor_name=user.login)
            )


def test_rows_stand_in_their_order_with_why_and_where_to(anna: PageClient, app: Flask) -> None:
    put(app, *BOARD)
    with app.app_context(), writing():
        StageOf("СОШ №2", 1).row().reopening_reason = "внести приказ о смене куратора"
    found = rows(anna)
    assert list(found)[:4] == [
        "24 этапа просрочено",
        "13 школ не отправили этапы III и V: срок завтра, 10.12",
        "1 этап ждёт проверки",
        "1 просьба открыть принятый этап",
    ]
    every = "№1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14"
    assert found["24 этапа просрочено"] == (
        f"не отправлены в срок: {every}; возвращены и не исправлены в срок: СОШ №4",
        f"{OVERDUE}?cycle=2020",
    )
    assert found["13 школ не отправили этапы III и V: срок завтра, 10.12"] == (
        f"в работе СОШ №5; не начали {every}",
        f"{OVERDUE}?cycle=2020#due",
    )
    assert found["1 этап ждёт проверки"][1] == "/districts/1/review"
    assert found["1 просьба открыть принятый этап"] == (
        "СОШ №2, этап I: «внести приказ о смене куратора»",
        "/schools/2/2020/stages/1/review",
    )


def test_a_returned_stage_is_late_only_past_its_own_day(anna: PageClient, app: Flask) -> None:
    put(app, *[(f"СОШ №{n}", s, "accepted") for n in (1, 2, 5, 6) for s in (1, 2)])
    put(app, ("СОШ №4", 1, "returned"))
    with app.app_context(), writing():
        for stage in db.session.query(Stage).filter(Stage.ordinal != 1):
            stage.due = date(2021, 5, 25)
        db.session.query(Stage).filter_by(ordinal=1).one().due = date(2020, 12, 11)
    assert list(rows(anna))[:2] == [
        "1 этап просрочен",
        "9 школ не отправили этап I: срок через 2 дня, 11.12",
    ]
    with app.app_context(), writing():
        StageOf("СОШ №4", 1).row().fix_by = date(2020, 12, 9)
    assert not [title for title in rows(anna) if "просрочен" in title]


def test_the_longest_wait_is_told_in_days(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 1, "submitted"), ("СОШ №2", 1, "submitted"))
    with app.app_context(), writing():
        StageOf("СОШ №2", 1).row().submitted_at = datetime(2020, 12, 9, 5, tzinfo=UTC)
    why, _ = rows(anna)["2 этапа ждут проверки"]
    assert why == "дольше всех СОШ №5, этап I: 8 дней"


def test_accounts_plan_and_year_are_missed(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 1, "1"))
    found = rows(anna)
    assert found["11 школ без куратора"][1] == "/districts/1/settings/users"
    assert "№1, 4, 6" in found["11 школ без куратора"][0]
    why, address = found["2 куратора ни разу не входили"]
    assert why == "№2, 5"
    with app.app_context(), writing():
        vera = db.session.query(User).filter_by(login="vera").one()
        db.session.add(AuditEntry(event="sign_in:opened", actor_id=vera.id, actor_name="vera"))
        boris = db.session.query(User).filter_by(login="boris").one()
        address = f"/districts/1/settings/users/{boris.id}"
        boris.created_at = datetime(2020, 9, 2, 5, tzinfo=UTC)
        db.session.execute(
            delete(PlanTarget).where(PlanTarget.year == 2020, PlanTarget.school_id == 4)
        )
    found = rows(anna)
    assert found["1 куратор ни разу не входил"] == (
        "СОШ №5, учётная запись создана 02.09.2020",
        address,
    )
    assert found["План на 2020 год введён не для всех школ"] == (
        "СОШ №5",
        "/districts/1/settings/plan?year=2020",
    )


def test_a_year_begun_without_plan_and_stages_is_told(anna: PageClient, app: Flask) -> None:
    dates.configure(app.config["ZONE"], date(2021, 9, 1))
    with app.app_context(), writing():
        db.session.execute(delete(PlanTarget).where(PlanTarget.year == 2021))
    found = rows(anna)
    assert "Учебный год 2021/22 не открыт" in found
    assert "План на 2021 год не введён" in found


def test_on_a_first_day_the_missing_accounts_lead(anna: PageClient, app: Flask) -> None:
    with app.app_context(), writing():
        db.session.execute(delete(User).where(User.role == Role.CURATOR))
    dates.configure(app.config["ZONE"], date(2020, 9, 23))
    assert rows(anna) == {
        "13 школ без куратора": (
            "пока нет учётных записей, школы ничего не внесут",
            "/districts/1/settings/users",
        ),
        "Ближайший срок — 30.11, этап I": (
            "через 68 дней; напоминать пока некому",
            "/districts/1/settings/deadlines",
        ),
    }
    assert not more(anna)
    dates.configure(app.config["ZONE"], date(2020, 11, 29))
    assert list(rows(anna)) == ["13 школ без куратора", "Ближайший срок — 30.11, этап I"]


def test_pairs_without_a_decision_have_a_row_and_silent_ones_are_under_more(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    with registers(app, cast) as own:
        silent = own.pair(own.mentor("Белкин Юрий", grade=10), own.mentee("Новак Олег"))
        late = own.pair(own.mentor("Иванов Пётр", grade=10), own.mentee("Зимина Яна"))
    with app.app_context(), writing():
        for pair_id, started, until in (
            (silent.id, date(2020, 10, 1), date(2021, 8, 31)),
            (late.id, date(2019, 10, 1), date(2020, 8, 31)),
        ):
            pair = db.session.get_one(Pair, pair_id)
            pair.started, pair.counts_until = started, until
    title = "1 пара или группа без решения по п. 2.3"
    assert rows(anna)[title] == (
        "перестали считаться 31 августа: СОШ №5 — 1",
        f"{OVERDUE}?cycle=2020#undecided",
    )
    assert more(anna)["1 пара или группа без встреч больше 30 дней"] == (
        f"{OVERDUE}?cycle=2020#silent"
    )
    page = soup(anna.get(OVERDUE))
    for key in ("undecided", "silent"):
        letter = page.select_one(f"#letter-of-{key}")
        assert letter is not None
        assert "— СОШ №5: 1 пара или группа." in letter.get_text().replace("\xa0", " ")
        assert page.select_one(f"#{key}")
    assert not {"Новак", "Зимина"} & set(text_of(anna.get(OVERDUE)).split())


def test_a_near_stage_nobody_touches_does_not_move(anna: PageClient, app: Flask) -> None:
    put(app, *[(f"СОШ №{n}", 3, "accepted") for n in (1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14)])
    put(app, ("СОШ №5", 3, "1"))
    with app.app_context(), writing():
        for stage in db.session.query(Stage).filter(Stage.ordinal != 3):
            stage.due = date(2021, 5, 25)
        school_id, _, activities = StageOf("СОШ №5", 3).find()
        kept = ActivityRevision(
            school_id=school_id,
            activity_id=activities[0].id,
            actor_name="Борис",
            values={},
            at=datetime(2020, 11, 24, 12, tzinfo=UTC),
        )
        db.session.add(kept)
    told = "нет движения 14 дней — СОШ №5, этап III"
    assert more(anna)[told] == "/schools/4/2020/stages/3"
    assert "14 дней" in text_of(anna.get(OVERDUE))
    with app.app_context(), writing():
        db.session.query(ActivityRevision).one().at += timedelta(days=1)
    assert told not in more(anna)


def test_the_reminder_before_a_deadline_names_state_and_stage(anna: PageClient, app: Flask) -> None:
    put(app, *BOARD)
    letter = soup(anna.get(OVERDUE)).select_one("#letter-of-due")
    assert letter is not None
    text = letter.get_text().replace("\xa0", " ")
    assert "Напоминаю: завтра, 10.12, срок этапов III и V. Ещё не отправили на проверку" in text
    assert "— СОШ №5: этап III, в работе, 1 из 2; этап V, не начат;" in text
    dates.configure(dates.zone().key, date(2021, 9, 1))
    assert not soup(anna.get(OVERDUE)).select("#letter-of-due")


def test_the_observer_reads_the_same_without_buttons(
    anna: PageClient, gleb: PageClient, app: Flask
) -> None:
    put(app, *BOARD)
    assert list(rows(gleb)) == list(rows(anna))
    page = soup(gleb.get(PAGE))
    assert not page.select(".decide a, main a[href*='/settings'], main a[href*='/review']")
    assert page.select(".decide .rest")


def test_nothing_to_decide_is_one_sentence(
    anna: PageClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(app, ("СОШ №5", 3, "accepted"), ("СОШ №5", 5, "submitted"))
    monkeypatch.setattr(decide, "decisions", lambda *args, **options: Desk())
    lead = soup(anna.get(PAGE)).select_one(".lead")
    assert lead is not None
    assert " ".join(lead.get_text().split()) == (
        "0 дел: сегодня решений не требуется. "
        "Ближайший срок — 10.12, этапы III и V; отправила 1 школа из 13 школ."
    )


def test_everybody_present_leaves_no_row_of_accounts(anna: PageClient, app: Flask) -> None:
    sign_in_everybody(app)
    assert not [title for title in rows(anna) if "куратор" in title]


def test_another_school_year_has_no_decisions(anna: PageClient, app: Flask) -> None:
    assert soup(anna.get(PAGE)).select("#decide")
    dates.configure(app.config["ZONE"], date(2021, 12, 9))
    with app.app_context(), writing():
        db.session.add(Cycle(district_id=1, first_year=2021))
    assert not soup(anna.get(PAGE)).select("#decide")
