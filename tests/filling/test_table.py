"""«Заполнить таблицей»: all rows at once or none, by the rules of the single row."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from nastav.audit.models import AuditEntry
from nastav.stages.models import ActivityRevision, ActivityStatus, Evidence, StageState
from tests.stages.stand import DONE, Stand
from tests.support.pages import PageClient, find_form, form_values, soup, text_of

EDIT = "/edit"
ORDER = "Приказ № 145 от 12.10.2020"


def row(number: int, **fields: str) -> dict[str, str]:
    return {f"row-{number}-{name}": value for name, value in fields.items()}


def done(number: int, **changed: str) -> dict[str, str]:
    said = {"status": "done", "done_on": "12.10", "responsible": "Белов Б. Б."}
    return row(number, **{**said, "document_line": ORDER, **changed})


def values(answer: TestResponse) -> dict[str, Any]:
    found = form_values(find_form(answer, EDIT))
    return {name: value if isinstance(value, str) else value[0] for name, value in found.items()}


def errors(answer: TestResponse) -> str:
    return " ".join(element.get_text(" ") for element in soup(answer).select(".error-summary"))


def test_all_rows_are_saved_together(stand: Stand, boris: PageClient) -> None:
    given = {**done(1), **row(2, status="in_progress", comment="Собираем")}
    given |= row(3, status="not_required", reason="Группа уже есть")
    answer = boris.fill(stand.url(1, EDIT), EDIT, **given)
    assert answer.location == stand.url(1)
    page = text_of(boris.get(stand.url(1)))
    assert "Сохранено: 3 мероприятия. Выполнено 1 из 5 мероприятий, не требуется 1." in page
    assert "Приказ № 145 от 12.10.2020" in page
    rows = stand.sheet(1).activities
    assert [row.status.value for row in rows[:3]] == ["done", "in_progress", "not_required"]
    assert (rows[1].comment, rows[2].reason) == ("Собираем", "Группа уже есть")
    assert stand.state(1) is StageState.IN_PROGRESS


def test_rows_left_alone_are_not_written(stand: Stand, boris: PageClient) -> None:
    boris.fill(stand.url(1, EDIT), EDIT, **done(2))
    assert [activity.version for activity in stand.sheet(1).activities] == [0, 1, 0, 0, 0]
    assert (stand.count(ActivityRevision), stand.count(AuditEntry, event="activity:saved")) == (
        1,
        1,
    )
    assert "Изменений нет" in text_of(boris.get(str(boris.fill(stand.url(1, EDIT), EDIT).location)))
    assert stand.count(ActivityRevision) == 1


def test_one_bad_row_saves_none_and_is_named_by_its_number(stand: Stand, boris: PageClient) -> None:
    given = {**done(1), **done(2, done_on="31.11.2020"), **done(4, document_line="")}
    answer = boris.fill(stand.url(1, EDIT), EDIT, **given, **row(5, comment="Остаётся"))
    assert answer.status_code == 422
    assert "Строка 2, дата выполнения: 31.11.2020 не существует" in errors(answer)
    assert "Строка 4, документ: Для статуса «выполнено» нужно подтверждение" in errors(answer)
    assert "Строка 1" not in errors(answer)
    assert soup(answer).select_one('.error-summary a[href="#row-2-done_on"]')
    assert values(answer)["row-2-done_on"] == "31.11.2020"
    assert values(answer)["row-1-document_line"] == ORDER
    assert values(answer)["row-5-comment"] == "Остаётся"
    assert (stand.sheet(1).version, stand.count(Evidence)) == (0, 0)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"done_on": ""}, "Укажите дату выполнения"),
        ({"done_on": "10.12.2020"}, "Дата ещё не наступила"),
        ({"document_line": "№ 145"}, "Укажите вид документа"),
        ({"document_line": "Приказ от 10.12.2020"}, "Дата документа ещё не наступила"),
        ({"status": "not_required"}, "Напишите, почему мероприятие не требуется"),
        ({"status": "почти"}, "Неверный вариант"),
        ({"comment": "я" * 1001}, "1\xa0001\xa0знак, а помещается не больше 1\xa0000"),
    ],
)
def test_a_row_is_refused_by_the_rules_of_a_single_one(
    stand: Stand, boris: PageClient, changed: dict[str, str], sentence: str
) -> None:
    answer = boris.fill(stand.url(1, EDIT), EDIT, **done(1, **changed))
    assert answer.status_code == 422
    assert sentence in errors(answer)
    assert stand.sheet(1).version == 0


def test_a_stale_row_shows_both_versions_and_saves_nothing(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, EDIT))
    boris.fill(stand.url(1, "/activities/1/edit"), "/edit", **{**DONE, "comment": "сохранённое"})
    given = {**row(1, status="in_progress", comment="моё"), **done(2)}
    answer = boris.fill(page, EDIT, **given)
    assert answer.status_code == 409
    for part in ("сохранённое", "вы ввели: моё", "Борис Белов", "Взять сохранённое"):
        assert part in text_of(answer)
    assert stand.sheet(1).activities[1].version == 0
    assert boris.fill(answer, EDIT).status_code == 303
    rows = stand.sheet(1).activities
    assert (rows[0].comment, rows[0].status) == ("моё", ActivityStatus.IN_PROGRESS)
    assert rows[1].status is ActivityStatus.DONE


def test_the_saved_row_can_be_taken_and_the_others_saved(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, EDIT))
    boris.fill(stand.url(1, "/activities/1/edit"), "/edit", **{**DONE, "comment": "сохранённое"})
    answer = boris.fill(page, EDIT, **row(1, comment="моё"), **done(2))
    assert boris.fill(answer, EDIT, **{"row-1-take_saved": "y"}).status_code == 303
    rows = stand.sheet(1).activities
    assert (rows[0].comment, rows[1].status) == ("сохранённое", ActivityStatus.DONE)


def test_a_row_only_somebody_else_changed_is_no_conflict(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, EDIT))
    boris.fill(stand.url(1, "/activities/1/edit"), "/edit", **DONE)
    assert boris.fill(page, EDIT, **done(2)).status_code == 303
    assert [activity.status for activity in stand.sheet(1).activities[:2]] == [
        ActivityStatus.DONE
    ] * 2


@pytest.mark.parametrize("state", [StageState.SUBMITTED, StageState.ACCEPTED])
def test_a_table_of_a_locked_stage_keeps_what_was_typed(
    stand: Stand, boris: PageClient, state: StageState
) -> None:
    stand.put(1, StageState.IN_PROGRESS)
    page = boris.get(stand.url(1, EDIT))
    boris.fill(stand.url(1, "/submit"), "/submit")
    if state is StageState.ACCEPTED:
        stand.decide(1, state)
    answer = boris.fill(page, EDIT, **row(1, comment="не теряйте", done_on="31.13"))
    assert answer.status_code == 409
    assert "Этап закрыт для изменений" in text_of(answer)
    kept = values(answer)
    assert (kept["row-1-comment"], kept["row-1-done_on"]) == ("не теряйте", "31.13")
    assert boris.get(stand.url(1, EDIT)).location == stand.url(1)


def test_a_second_click_saves_once(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, EDIT))
    assert [boris.fill(page, EDIT, **done(1)).status_code for _ in range(2)] == [303, 303]
    assert (stand.count(Evidence), stand.count(ActivityRevision)) == (1, 1)


def test_a_document_that_is_there_is_not_added_again(stand: Stand, boris: PageClient) -> None:
    boris.fill(stand.url(1, EDIT), EDIT, **done(1))
    page = boris.get(stand.url(1, EDIT))
    assert "Уже есть: Приказ № 145 от 12.10.2020" in text_of(page)
    boris.fill(page, EDIT, **row(1, document_line=ORDER, comment="ещё"))
    assert stand.count(Evidence) == 1
    assert stand.sheet(1).activities[0].comment == "ещё"


def test_the_answer_to_a_remark_is_saved_with_its_row(stand: Stand, boris: PageClient) -> None:
    stand.put(1, StageState.RETURNED)
    page = boris.get(stand.url(1, EDIT))
    assert "Укажите номер приказа." in text_of(page)
    boris.fill(page, EDIT, **row(1, answer="Номер указан"))
    assert stand.sheet(1).activities[0].remarks[0].answer == "Номер указан"
    assert [activity.version for activity in stand.sheet(1).activities] == [1, 1, 1, 1, 1]


def test_only_the_curator_of_the_school_comes_in(
    stand: Stand, vera: PageClient, galina: PageClient, anna: PageClient, gleb: PageClient
) -> None:
    assert vera.get(stand.url(1, EDIT)).status_code == 404
    for client in (galina, anna, gleb):
        assert client.get(stand.url(1, EDIT)).status_code == 403
        assert client.send(stand.url(1, EDIT), done(1)).status_code == 403
        assert "Заполнить таблицей" not in text_of(client.get(stand.url(1)))
