"""A block pasted into the text area is shown in the table first; only saving writes."""

from nastav.stages.models import StageState
from tests.filling.test_table import EDIT, errors, row, values
from tests.stages.stand import Stand
from tests.support.pages import PageClient, text_of

BLOCK = (
    "Статус\tДата\tОтветственный\tДокумент\r\n"
    "выполнено\t12 октября\tБелов Б. Б.\tПриказ № 145 от 12.10.2020\r\n"
    "в работе\t\tГромова Г. Г.\t\r\n"
)


def test_the_preview_shows_the_block_in_the_table_and_saves_nothing(
    stand: Stand, boris: PageClient
) -> None:
    answer = boris.fill(stand.url(1, EDIT), EDIT, pasted=BLOCK, spread="1")
    assert answer.status_code == 200
    assert "Вставлено: 2 строки. Проверьте и сохраните таблицу." in text_of(answer)
    shown = values(answer)
    assert (shown["row-1-status"], shown["row-1-done_on"]) == ("done", "12.10.2020")
    assert (shown["row-2-status"], shown["row-2-responsible"]) == ("in_progress", "Громова Г. Г.")
    assert shown["pasted"] == ""
    assert stand.sheet(1).version == 0
    assert boris.fill(answer, EDIT).status_code == 303
    first, second = stand.sheet(1).activities[:2]
    assert [document.details for document in first.documents] == [
        "Приказ №\xa0145 от\xa012.10.2020"
    ]
    assert second.responsible == "Громова Г. Г."


def test_a_block_not_yet_looked_at_is_never_saved(stand: Stand, boris: PageClient) -> None:
    answer = boris.fill(stand.url(1, EDIT), EDIT, pasted=BLOCK)
    assert answer.status_code == 200
    assert stand.sheet(1).version == 0


def test_what_was_typed_stays_where_the_block_has_an_empty_cell(
    stand: Stand, boris: PageClient
) -> None:
    typed = {**row(2, done_on="1.10", comment="моё"), **row(5, comment="тоже моё")}
    answer = boris.fill(stand.url(1, EDIT), EDIT, pasted=BLOCK, **typed)
    shown = values(answer)
    assert shown["row-2-done_on"] == "01.10.2020"
    assert shown["row-2-responsible"] == "Громова Г. Г."
    assert (shown["row-2-comment"], shown["row-5-comment"]) == ("моё", "тоже моё")


def test_the_preview_names_what_to_mend_by_the_row(stand: Stand, boris: PageClient) -> None:
    block = "готовится\t\r\nвыполнено\t31.11\r\nвыполнено\t\r\n"
    answer = boris.fill(stand.url(1, EDIT), EDIT, pasted=block)
    assert "Вставленная строка 1: «готовится» — нет такого статуса" in text_of(answer)
    assert "Строка 2, дата выполнения: 31.11.2020 не существует" in errors(answer)
    assert "Строка 3, дата выполнения: Укажите дату" in errors(answer)
    assert values(answer)["row-2-done_on"] == "31.11"


def test_a_text_that_is_no_table_comes_back(stand: Stand, boris: PageClient) -> None:
    answer = boris.fill(stand.url(1, EDIT), EDIT, pasted="№\tСтатус\r\n9\tвыполнено", spread="1")
    assert answer.status_code == 422
    assert "Из вставленного ничего не легло в таблицу" in text_of(answer)
    assert "Вставленная строка 2 пропущена: «9»: в этапе 5 мероприятий." in text_of(answer)
    assert values(answer)["pasted"].replace("\r\n", "\n") == "№\tСтатус\n9\tвыполнено"


def test_nothing_pasted_is_said_so(stand: Stand, boris: PageClient) -> None:
    answer = boris.fill(stand.url(1, EDIT), EDIT, spread="1", **row(1, comment="моё"))
    assert answer.status_code == 422
    assert "Из вставленного ничего не легло" in text_of(answer)
    assert values(answer)["row-1-comment"] == "моё"


def test_a_preview_in_a_locked_stage_keeps_the_block(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, EDIT))
    stand.put(1, StageState.SUBMITTED)
    answer = boris.fill(page, EDIT, pasted=BLOCK)
    assert "Этап закрыт для изменений" in text_of(answer)
    assert values(answer)["row-2-responsible"] == "Громова Г. Г."
