"""A block from Excel is shown in a grid before anything is saved: the way without JavaScript."""

from typing import Any

import pytest
from flask import Flask

from nastav.access import Actor
from nastav.consents.models import Consent
from nastav.db import db
from nastav.district import operations as districts
from nastav.district.models import District
from nastav.feedback.models import Moment, Respondent, Response
from nastav.gatherings.training.models import TrainingAttendance
from nastav.meetings.models import Meeting
from nastav.people.models import PersonClass
from tests.feedback.sheets import questionnaire
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.registers import registers
from tests.support.school import School, school  # noqa: F401 - fixture


def count(app: Flask, model: Any) -> int:
    with app.app_context():
        return db.session.query(model).count()


def values(answer: Any) -> dict[str, str]:
    """Return the one value of each field of the page's form."""
    return {name: one if isinstance(one, str) else one[0] for name, one in
            form_values(find_form(answer)).items()}  # fmt: skip


@pytest.fixture
def pupils(app: Flask, cast: Cast) -> dict[str, int]:
    """Three people of Борис's school; the next school year is open."""
    with registers(app, cast) as own:
        added = {
            "Птицына Ольга": own.mentee("Птицына Ольга", grade=7),
            "Ёлкин Лев": own.mentee("Ёлкин Лев", grade=5, letter="Б"),
            "Белкин Юрий": own.mentor("Белкин Юрий", grade=10),
        }
        district = db.session.get_one(District, cast.district)
        districts.open_cycle(Actor.system(), district, 2021, before_site=False)
    return {name: one.person_id for name, one in added.items()}


def test_a_week_is_pasted_by_name_shown_and_then_saved(
    app: Flask,
    boris: PageClient,
    school: School,  # noqa: F811
) -> None:
    week = f"{school.url}/2020/meetings"
    label = soup(boris.get(week)).select_one("tbody th").get_text()
    block = f"Пара\tпн\tвт\tсб\n{label}\t+\tчас\t30\nНеизвестная О.\t45\t\t"
    answer = boris.fill(week, pasted=block, spread="1")
    assert answer.status_code == 200
    page = text_of(answer)
    assert "Вставлено: 1 строка." in page
    assert "«час» — нужно число минут, от 1 до 600, или «+»." in page
    assert "«30» — эта клетка не заполняется." in page  # Saturday is to come
    assert "«Неизвестная О.»: такой пары на этой странице листа нет." in page
    assert soup(answer).select_one(".left-out").get_text() == "час\n30\nНеизвестная О.\t45\t\t"
    assert count(app, Meeting) == 0
    assert values(answer)[f"c-{school.pair}-20201207"] == "+"
    assert boris.fill(answer).status_code == 303
    assert count(app, Meeting) == 1


def test_what_was_typed_into_a_week_stays_beside_the_block(
    boris: PageClient,
    school: School,  # noqa: F811
) -> None:
    week, cell = f"{school.url}/2020/meetings", f"c-{school.pair}-202012"
    typed = {f"{cell}09": "50", f"t-{school.pair}": "Проект"}
    shown = values(boris.fill(week, **typed, pasted="30\t\t", spread="1"))
    assert (shown[f"{cell}07"], shown[f"{cell}09"]) == ("30", "50")
    assert shown[f"t-{school.pair}"] == "Проект"


def test_a_stack_is_pasted_with_codes_or_with_answers_only(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with app.app_context():
        found = questionnaire(cast, Respondent.MENTEE, Moment.FINAL)
        at = f"/schools/{cast.boris_school}/2020/feedback/grid?questionnaire={found.id}&rows=10"
        keys = [f"q{question.id}" for question in found.questions if question.kind != "text"]
    answer = boris.fill(
        at,
        answered_on="8.12",
        pasted="\t".join(["да" if at == 3 else "1" for at in range(len(keys))]),
    )
    assert answer.status_code in (200, 422)
    rows = ["\t".join(["501", ""] + ["1"] * len(keys)), "\t".join(["отл", ""] + ["1"] * len(keys))]
    answer = boris.fill(answer, pasted="\n".join([*rows, *rows * 5]), spread="1")
    page = text_of(answer)
    assert values(answer)["r1_code"] == "501"
    assert "«отл» — нужно число." in page
    assert "Вставленная строка 11 пропущена: в таблице 10 строк." in page
    assert count(app, Response) == 0
    assert values(answer)["answered_on"] == "08.12.2020"


def test_consents_are_pasted_by_name_and_ticked(
    app: Flask, cast: Cast, boris: PageClient, pupils: dict[str, int]
) -> None:
    at = f"/schools/{cast.boris_school}/consents"
    block = (
        "ФИО\tДата\tКто подписал\tНомер\nЕлкин лев\t1.12.2020\tоба\t17\n"
        "Птицына Ольга\tвчера\tмама\t\nЧужой Пётр\t1.12.2020\t\t"
    )
    answer = boris.fill(at, pasted=block, spread="1")
    page, child = text_of(answer), pupils["Ёлкин Лев"]
    assert "«вчера» — нужна дата, например 01.09.2020." in page
    assert "«мама» — выберите, кто подписал." in page
    assert "«Чужой Пётр»: среди тех, у кого нет согласия, такого имени нет." in page
    sent = form_values(find_form(answer))
    assert sent["got"] == [str(child)]
    assert (sent[f"p{child}-signed_on"], sent[f"p{child}-number"]) == (["1.12.2020"], ["17"])
    assert sent[f"p{child}-signer"] == ["both"]
    assert count(app, Consent) == 0
    assert boris.fill(answer).status_code == 303
    assert count(app, Consent) == 1


def test_consents_of_names_alone_are_of_today(
    app: Flask, cast: Cast, boris: PageClient, pupils: dict[str, int]
) -> None:
    answer = boris.fill(f"/schools/{cast.boris_school}/consents", pasted="Ёлкин Л.\nБелкин Юрий")
    assert boris.fill(answer).status_code == 303
    assert count(app, Consent) == 2


def test_classes_are_pasted_by_name_or_by_the_order(
    app: Flask, cast: Cast, boris: PageClient, pupils: dict[str, int]
) -> None:
    at = f"/schools/{cast.boris_school}/2021/classes"
    answer = boris.fill(at, pasted="Птицына Ольга\t8б\nЁлкин Лев\tлицей", spread="1")
    assert "«лицей» — нужен класс, например 8 «А»." in text_of(answer)
    assert values(answer)[f"class-{pupils['Птицына Ольга']}"].replace("\xa0", " ") == "8 «Б»"
    by_order = values(boris.fill(answer, pasted="6В\n\n11", spread="1"))
    assert by_order[f"class-{pupils['Ёлкин Лев']}"].replace("\xa0", " ") == "6 «В»"
    assert count(app, PersonClass) == 3
    assert boris.fill(answer).status_code == 303
    assert count(app, PersonClass) == 6


def test_who_took_part_is_pasted_as_a_list_of_names(
    app: Flask, cast: Cast, boris: PageClient, pupils: dict[str, int]
) -> None:
    at = f"/schools/{cast.boris_school}/2020/training/new"
    answer = boris.fill(at, programme="Школа", hours="2", pasted="Белкин Ю.\nПтицына Ольга")
    assert "«Птицына Ольга»: в списке такого имени нет." in text_of(answer)
    assert form_values(find_form(answer))["present"] == [str(pupils["Белкин Юрий"])]
    assert values(answer)["programme"] == "Школа"
    assert count(app, TrainingAttendance) == 0
    assert boris.fill(answer).status_code == 303
    assert count(app, TrainingAttendance) == 1


def test_nobody_found_is_refused_and_the_text_stays(
    cast: Cast, boris: PageClient, pupils: dict[str, int]
) -> None:
    for page in ("consents", "2021/classes", "2020/training/new"):
        at = f"/schools/{cast.boris_school}/{page}"
        answer = boris.fill(at, pasted="Чужой Пётр\tоба", spread="1")
        assert answer.status_code == 422, page
        assert "Из вставленного ничего не легло в таблицу" in text_of(answer)
        assert values(answer)["pasted"] == "Чужой Пётр\tоба"


def test_the_button_with_an_empty_area_saves_nothing(
    app: Flask, cast: Cast, boris: PageClient, pupils: dict[str, int]
) -> None:
    at = f"/schools/{cast.boris_school}/2021/classes"
    answer = boris.fill(at, spread="1")
    assert answer.status_code == 422
    assert count(app, PersonClass) == 3
