"""The workbook of the own school's meetings."""

import io

from openpyxl import load_workbook

from tests.meetings.conftest import Group, Journal
from tests.support.pages import PageClient
from tests.support.school import School


def test_meetings_are_taken_away_with_their_names_and_noted(
    boris: PageClient, school: School, group: Group, journal: Journal
) -> None:
    both = group.members
    boris.fill(group.card, "/meetings", topic="=1+1", minutes="30", present=[str(both["Ёлкин"])])
    boris.fill(school.card, "/meetings", topic="Проект", held_on="08.12.2020", kind_id="4")
    answer = boris.get(f"{school.url}/2020/meetings.xlsx")
    assert (
        "filename=\"meetings-2020.xlsx\"; filename*=UTF-8''"
        in (answer.headers["Content-Disposition"])
    )
    sheet = load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if row[0] == "Дата")
    assert rows[start] == [
        "Дата", "Пара, №", "Наставник", "Наставляемые, кто был", "Тема", "Минут", "Тип",
    ]  # fmt: skip
    first, second, total = rows[start + 1 : start + 4]
    assert first[1:] == [
        school.pair, "Громова А.", "Птицына О.", "Проект", 45, "рабочая",
    ]  # fmt: skip
    assert second[3:6] == ["Ёлкин Л.", "=1+1", 30]
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert [cell.value for cell in formulas] == [total[5]]  # text stays text
    (entry,) = journal("export:downloaded")
    assert (entry.subject, entry.school_id) == ("meetings-2020.xlsx", int(school.url[-1]))


def test_deleted_meetings_and_other_schools_are_not_in_it(
    boris: PageClient, vera: PageClient, anna: PageClient, school: School
) -> None:
    boris.fill(school.card, "/meetings", topic="Проект")
    boris.fill(f"{school.card}/meetings/1", "/delete")
    address = f"{school.url}/2020/meetings.xlsx"
    sheet = load_workbook(io.BytesIO(boris.get(address).data)).active
    assert "Проект" not in [cell.value for row in sheet.iter_rows() for cell in row]
    assert vera.get(address).status_code == 404
    assert anna.get(address).status_code == 403
