"""«Просроченные этапы»: whom to write, and the ready text with its numerals agreed."""

from datetime import date

from flask import Flask

from nastav.accounts.models import User
from nastav.db import db, writing
from nastav.district.models import Cycle
from tests.conftest import ClientOf
from tests.support.pages import PageClient, soup, text_of
from tests.support.stages import StageOf, put

PAGE = "/districts/1/overdue"
ALL = [f"СОШ №{number}" for number in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)]


def everything_accepted_but(app: Flask, *late: tuple[str, int]) -> None:
    """Bring all overdue stages but these into acceptance."""
    done = [(school, number) for school in ALL for number in (1, 2) if (school, number) not in late]
    put(app, *[(school, number, "accepted") for school, number in done])


def letter(client: PageClient, key: str, query: str = "") -> str:
    """Return a reminder as it would be copied."""
    found = soup(client.get(PAGE + query)).select_one(f"#letter-{key}")
    assert found is not None
    return found.get_text().replace("\xa0", " ")


def test_a_reminder_names_the_stages_days_and_the_order(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 2, "returned"))
    text = letter(anna, "4")
    assert text.startswith("Здравствуйте.\n")
    assert (
        "По состоянию на 9 декабря 2020 г. в СОШ №5 не отправлено на проверку 2 этапа "
        "(приказ от 23.09.2020 № 428):" in text
    )
    assert "— этап I «Подготовка условий" in text
    assert "срок был до 30.11.2020, просрочен на 9 дней;" in text
    assert "возвращён, исправить нужно было до 05.12.2020, просрочен на 4 дня." in text
    assert text.endswith("Е. В. Давиденко, заместитель начальника МКУО ЦОКО")


def test_the_list_counts_the_returned_ones_beside(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 2, "returned"))
    page = soup(anna.get(PAGE))
    found = [" ".join(item.get_text(" ").split()) for item in page.select("#counters li")]
    assert found == ["26 этапов просрочено", "1 из них возвращено", "13 в школах"]
    line = page.select_one("section[aria-labelledby=school-4]")
    assert line is not None
    late = "возвращён, исправить до 05.12.2020, просрочен на 4 дня"
    assert late in " ".join(line.get_text().replace("\xa0", " ").split())


def test_one_stage_one_school_and_one_day_agree(anna: PageClient, app: Flask) -> None:
    everything_accepted_but(app, ("СОШ №5", 2))
    with app.app_context(), writing():
        StageOf("СОШ №5", 2).find()[1].due = date(2020, 12, 8)
    assert "в СОШ №5 не отправлен на проверку 1 этап (приказ" in letter(anna, "4")
    assert "просрочен на 1 день." in letter(anna, "4")
    assert "в 1 школе не отправлен на проверку 1 этап (приказ" in letter(anna, "all")


def test_the_reminder_to_all_has_a_line_for_each_school(anna: PageClient, app: Flask) -> None:
    everything_accepted_but(app, ("СОШ №2", 1), ("СОШ №5", 1), ("СОШ №5", 2))
    text = letter(anna, "all")
    assert "в 2 школах не отправлено на проверку 3 этапа (приказ" in text
    assert "— СОШ №2: этап I (просрочен на 9 дней);" in text
    assert "— СОШ №5: этап I (просрочен на 9 дней) и этап II (просрочен на 3 дня)." in text


def test_the_curators_contacts_stand_beside_what_is_late(anna: PageClient, app: Flask) -> None:
    with app.app_context(), writing():
        boris = db.session.query(User).filter_by(login="boris").one()
        boris.post, boris.phone, boris.email = "завуч", "2-11-11", "boris@example.org"
    page = soup(anna.get(PAGE))
    section = page.select_one("section[aria-labelledby=school-4]")
    assert section is not None
    text = " ".join(section.get_text(" ").split())
    assert "Борис Белов, завуч, тел. 2-11-11 , boris@example.org" in text
    assert "нет учётной записи куратора" in text_of(anna.get(PAGE))


def test_what_waits_for_the_coordinator_is_not_asked_of_the_school(
    anna: PageClient, app: Flask
) -> None:
    everything_accepted_but(app, ("СОШ №5", 1), ("СОШ №2", 1))
    put(app, ("СОШ №5", 1, "submitted"))
    page = soup(anna.get(PAGE))
    assert [heading.get_text() for heading in page.select("main .late-school h2")] == ["СОШ №2"]


def test_nothing_overdue_is_said_plainly(anna: PageClient, app: Flask) -> None:
    everything_accepted_but(app)
    answer = anna.get(PAGE)
    assert "Просроченных этапов нет" in text_of(answer)
    assert not soup(answer).select("#letter-all, .late-school")


def test_a_year_before_the_site_has_nobody_to_remind(anna: PageClient, app: Flask) -> None:
    with app.app_context(), writing():
        db.session.query(Cycle).one().before_site = True
    answer = anna.get(f"{PAGE}?cycle=2020")
    assert "просрочки в нём не считаются" in text_of(answer)
    assert not soup(answer).select("#letter-all, .late-school")


def test_an_unknown_school_year_is_not_found(anna: PageClient) -> None:
    assert anna.get(f"{PAGE}?cycle=2019").status_code == 404
    assert anna.get(f"{PAGE}?cycle=давно").status_code == 404


def test_the_observer_reads_it_and_the_schools_do_not(client_of: ClientOf) -> None:
    assert client_of("gleb").get(PAGE).status_code == 200
    assert client_of("boris").get(PAGE).status_code == 403
    assert client_of("anna").get("/districts/2/overdue").status_code == 404


def test_the_reminder_is_two_clicks_from_the_matrix(anna: PageClient) -> None:
    first = soup(anna.get("/districts/1/2020/stages")).select_one("#counters a")
    assert first is not None
    page = soup(anna.get(str(first["href"])))
    button = page.select_one("button[data-copy='#letter-all']")
    assert button is not None
    assert "СОШ №14" in page.select("#letter-all")[0].get_text()


def test_paper_has_no_heading_of_a_reminder_left_without_its_text(
    anna: PageClient, app: Flask
) -> None:
    page = soup(anna.get(PAGE))
    reminders = [found for found in page.select("section") if found.select_one("[id^=letter-of-]")]
    assert reminders
    assert all("no-print" in (found.get("class") or []) for found in reminders)
