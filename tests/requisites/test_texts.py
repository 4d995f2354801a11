"""«Тексты школы для бумаг»: typed once a school year, offered again the next, nobody else's."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update

from nastav import terms
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.papers.catalogue import KINDS
from nastav.requisites.texts import queries
from nastav.requisites.texts.models import LONGEST, SchoolTexts
from tests.support.cast import Cast
from tests.support.pages import PageClient, field_names, find_form, form_values, soup, text_of

TASKS, CONCLUSIONS = "Помочь новичкам.", "Найти наставников."


def at(cast: Cast, query: str = "") -> str:
    return f"/schools/{cast.boris_school}/2020/papers/texts{query}"


def known(app: Flask, cast: Cast, year: int = 2020) -> dict[str, str]:
    """Return what is written for a school year, without what is empty."""
    with app.app_context():
        found = queries.texts(cast.boris_school, year)
    return {name: text for name, text in found.items() if text}


def write(app: Flask, cast: Cast, year: int, **texts: str) -> None:
    with app.app_context(), writing():
        db.session.add(SchoolTexts(school_id=cast.boris_school, first_year=year, **texts))


def typed(answer: object) -> dict[str, str]:
    values = form_values(find_form(answer))  # type: ignore[arg-type]
    return {name: str(values[name]).strip() for name in queries.NAMES}


def test_what_is_typed_is_saved_for_its_year(app: Flask, cast: Cast, boris: PageClient) -> None:
    page = boris.get(at(cast))
    assert field_names(find_form(page)) - {"csrf_token", "version"} == set(terms.SCHOOL_TEXTS)
    answer = boris.fill(page, programme_tasks=TASKS)
    assert answer.location == f"/schools/{cast.boris_school}/2020/papers"
    assert known(app, cast) == {"programme_tasks": TASKS}
    assert known(app, cast, 2019) == {}
    board = text_of(boris.get(answer.location)).replace("\xa0", " ")
    assert "Тексты сохранены" in board
    assert [board.count(f"вписано {n}") for n in ("1 из 1", "0 из 1", "0 из 2")] == [1, 1, 2]


def test_each_paper_has_its_texts_below_its_name(cast: Cast, boris: PageClient) -> None:
    page = soup(boris.get(at(cast)))
    stands = {}
    for tag in page.select("#details h2, #details textarea"):
        if tag.name == "h2":
            stands[str(tag["id"])] = own = []
        else:
            own.append(str(tag["name"]))
    assert stands == {key: list(kind.texts) for key, kind in KINDS.items() if kind.texts}


def test_from_a_paper_it_leads_back_to_it(cast: Cast, boris: PageClient) -> None:
    answer = boris.fill(at(cast, "?paper=7"), note_conclusions=CONCLUSIONS)
    assert answer.location == f"/schools/{cast.boris_school}/2020/papers/7"


def test_every_text_is_optional(app: Flask, cast: Cast, boris: PageClient) -> None:
    assert boris.fill(at(cast)).status_code == 303
    with app.app_context():
        assert db.session.query(SchoolTexts).count() == 0, "nothing was typed"
    boris.fill(at(cast), programme_tasks=TASKS)
    boris.fill(at(cast), programme_tasks="")
    assert known(app, cast) == {}


def test_a_text_too_long_is_refused_with_the_limit_and_kept(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = boris.get(at(cast))
    assert text_of(page).replace("\xa0", " ").count("До 3 000 знаков") == len(terms.SCHOOL_TEXTS)
    answer = boris.fill(page, final_heard="ш" * (LONGEST + 1))
    assert answer.status_code == 422
    assert "3 001" in text_of(answer).replace("\xa0", " ")
    assert typed(answer)["final_heard"] == "ш" * (LONGEST + 1)
    assert known(app, cast) == {}
    assert boris.fill(answer, final_heard="ш" * LONGEST).status_code == 303


def test_of_two_tabs_the_second_sees_both_and_chooses(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    late = boris.get(at(cast, "?paper=7"))
    boris.fill(at(cast), programme_tasks=TASKS)
    answer = boris.fill(late, programme_tasks="Своё.", note_conclusions=CONCLUSIONS)
    assert answer.status_code == 409
    rows = [row.get_text("|", strip=True) for row in soup(answer).select("#compared tbody tr")]
    assert rows == [
        f"Задачи нашей школы|Своё.|{TASKS}",
        f"Выводы и задачи на следующий год|{CONCLUSIONS}|—",
    ]
    assert known(app, cast) == {"programme_tasks": TASKS}
    assert boris.fill(answer).location.endswith("/papers/7")
    assert known(app, cast) == {"programme_tasks": "Своё.", "note_conclusions": CONCLUSIONS}


def test_a_version_that_never_was_is_refused(app: Flask, cast: Cast, boris: PageClient) -> None:
    answer = boris.fill(at(cast), programme_tasks=TASKS, version="7")
    assert answer.status_code == 409
    assert known(app, cast) == {}


def test_sent_twice_it_is_saved_once_and_the_journal_has_no_text(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = boris.get(at(cast))
    for _ in range(2):
        assert boris.fill(page, programme_tasks=TASKS, final_heard="Канарейкину").status_code == 303
    with app.app_context():
        assert db.session.query(SchoolTexts).one().version == 1
        entry = db.session.query(AuditEntry).filter_by(event="school_texts:saved").one()
        assert entry.subject == "задачи нашей школы, кого и что слушали"
        assert entry.changes is None


def test_the_year_before_is_offered_where_nothing_is_written(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    assert "Взять тексты" not in text_of(boris.get(at(cast)))
    write(app, cast, 2017, programme_tasks="Давно.", note_conclusions="Давно.")
    write(app, cast, 2018, programme_tasks="Прошлые.", note_conclusions=CONCLUSIONS)
    write(app, cast, 2019)
    boris.fill(at(cast), programme_tasks=TASKS)
    page = boris.get(at(cast, "?paper=7"))
    (button,) = soup(page).select("main a.btn[href*=last]")
    assert button.get_text() == "Взять тексты 2018/19 учебного года"
    taken = boris.get(str(button["href"]))
    assert "заполнены тем, что было вписано за 2018/19 учебный год. Ещё не сохранено" in text_of(
        taken
    )
    assert typed(taken)["programme_tasks"] == TASKS, "what is written stays"
    assert typed(taken)["note_conclusions"] == CONCLUSIONS
    assert "note_conclusions" not in known(app, cast), "looking saves nothing"
    assert boris.fill(taken).location.endswith("/papers/7")
    assert known(app, cast) == {"programme_tasks": TASKS, "note_conclusions": CONCLUSIONS}
    assert "Взять тексты" not in text_of(boris.get(at(cast)))


def test_the_head_reads_the_district_does_not_enter(
    app: Flask, cast: Cast, boris: PageClient, galina: PageClient, anna: PageClient,
    gleb: PageClient,
) -> None:  # fmt: skip
    boris.fill(at(cast), programme_tasks=TASKS)
    write(app, cast, 2018, note_conclusions=CONCLUSIONS)
    for query in ("", "?last=1"):
        page = galina.get(at(cast, query))
        assert TASKS in text_of(page)
        assert CONCLUSIONS not in text_of(page)
        assert not soup(page).select("main form[method=post]")
    assert galina.send(at(cast), {"programme_tasks": "Иное."}).status_code == 403
    for client in (anna, gleb):
        assert client.get(at(cast)).status_code == 403
        assert client.send(at(cast), {"programme_tasks": "Иное."}).status_code == 403
    assert known(app, cast) == {"programme_tasks": TASKS}


def test_another_schools_texts_are_not_found(cast: Cast, boris: PageClient) -> None:
    foreign = at(cast).replace(f"/{cast.boris_school}/", f"/{cast.vera_school}/", 1)
    assert boris.get(foreign).status_code == 404
    assert boris.send(foreign, {"programme_tasks": TASKS}).status_code == 404


@pytest.mark.parametrize("is_htmx", [False, True])
def test_a_closed_year_is_only_read(
    app: Flask, cast: Cast, boris: PageClient, is_htmx: bool
) -> None:
    boris.fill(at(cast), programme_tasks=TASKS)
    with app.app_context(), writing():
        db.session.execute(update(Cycle).values(closed_on=date(2020, 12, 8), closed_by="Анна"))
    page = boris.get(at(cast))
    assert TASKS in text_of(page)
    assert not soup(page).select("main form[method=post]")
    headers = {"HX-Request": "true"} if is_htmx else {}
    answer = boris.send(at(cast), {"programme_tasks": "Иное.", "version": "1"}, headers=headers)
    assert answer.status_code == 422
    assert known(app, cast) == {"programme_tasks": TASKS}
