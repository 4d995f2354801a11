"""`nastav init` again: a second district, a second order, an amended one; what is said is true."""

import re
from pathlib import Path

import pytest

from nastav.app import create_app
from nastav.orders.loader import default_path
from tests.test_commands import change, content, run

MADE = re.compile(r"логин   (\S+)\n  пароль  (\S+)")


def order(folder: Path, *replacements: tuple[str, str]) -> Path:
    """Write the site's own order with other values, each of which must find its text."""
    text = default_path().read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    path = folder / "order.toml"
    path.write_text(text, encoding="utf-8")
    return path


def opens(instance: Path, login: str, password: str) -> bool:
    client = create_app(instance, TODAY="2020-12-09").test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login").text)
    assert token
    answer = client.post(
        "/login", data={"login": login, "password": password, "csrf_token": token[1]}
    )
    return answer.status_code in (302, 303)


def test_each_district_is_told_a_login_that_opens_the_site(tmp_path: Path) -> None:
    other = order(tmp_path, ('name = "Калининский район"', 'name = "Степной район"'))
    found = [MADE.findall(run(tmp_path, "init", *words).output) for words in ([], [other])]
    assert [len(logins) for logins in found] == [1, 1]
    assert [opens(tmp_path, *made) for (made,) in found] == [True, True]
    assert found[0][0][0] != found[1][0][0]


def test_an_order_read_a_second_time_as_it_is_changes_nothing(instance: Path) -> None:
    before = content(instance)
    result = run(instance, "init", default_path())
    assert result.output == "База готова: Калининский район.\n"
    assert content(instance) == before


def test_an_amended_order_says_in_what_it_differs_and_loads_nothing(
    instance: Path, tmp_path: Path
) -> None:
    before = content(instance)
    result = run(
        instance,
        "init",
        order(tmp_path, ("[68, 169,", "[70, 169,"), ("due = 2020-12-10", "due = 2020-12-20")),
    )
    assert result.exit_code == 1
    assert "Из файла ничего не загружено." in result.output
    assert re.findall(r"^  - (.+)$", result.output, re.MULTILINE) == [
        "План 2020 года, СОШ №1, наставляемых: в файле 70, на сайте 68.",
        "Этап III, срок: в файле 20.12.2020, на сайте 10.12.2020.",
        "Этап V, срок: в файле 20.12.2020, на сайте 10.12.2020.",
    ]
    assert "«Настройки»" in result.output
    assert content(instance) == before


EDIT = "UPDATE plan_target SET mentees = 75, mentees_changed_on = '2021-03-12' WHERE "
OF_SCHOOL_1 = "year = 2020 AND school_id = (SELECT id FROM school WHERE name = 'СОШ №1')"


def test_a_cell_the_coordinator_changed_is_no_difference_of_the_order(instance: Path) -> None:
    change(instance, EDIT + OF_SCHOOL_1)
    result = run(instance, "init", default_path())
    assert (result.exit_code, result.output) == (0, "База готова: Калининский район.\n")


@pytest.mark.parametrize("corrected", ["70", "75"])  # also where the order now says what was edited
def test_a_corrected_order_is_compared_with_the_printed_cell_and_told_of_the_edit(
    instance: Path, tmp_path: Path, corrected: str
) -> None:
    change(instance, EDIT + OF_SCHOOL_1)
    result = run(instance, "init", order(tmp_path, ("[68, 169,", f"[{corrected}, 169,")))
    assert re.findall(r"^  - (.+)$", result.output, re.MULTILINE) == [
        f"План 2020 года, СОШ №1, наставляемых: в файле {corrected}, на сайте 68 "
        "(ячейку изменил координатор 12.03.2021, сейчас 75)."
    ]


def test_a_second_order_of_the_district_asks_for_a_district_of_its_own(
    instance: Path, tmp_path: Path
) -> None:
    before = content(instance)
    second = order(
        tmp_path, ('number = "428"', 'number = "515"'), ("date = 2020-09-23", "date = 2022-09-01")
    )
    result = run(instance, "init", second)
    assert result.exit_code == 1
    assert "Номер приказа: в файле «515», на сайте «428»." in result.output
    assert "Это другой приказ (№ 515 от 01.09.2022)" in result.output.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "заведите отдельный район" in result.output
    assert content(instance) == before


def test_what_the_district_changed_on_the_site_is_told_too(instance: Path) -> None:
    change(instance, "UPDATE school SET name = 'Лицей №1' WHERE name = 'СОШ №1'")
    result = run(instance, "init", default_path())
    assert "Школа «СОШ №1»: есть в файле, нет на сайте." in result.output
    assert "Школа «Лицей №1»: есть на сайте, нет в файле." in result.output


def test_without_a_file_no_other_district_is_added(tmp_path: Path) -> None:
    other = order(tmp_path, ('name = "Калининский район"', 'name = "Степной район"'))
    assert run(tmp_path, "init", other).exit_code == 0
    before = content(tmp_path)
    result = run(tmp_path, "init")
    assert (result.exit_code, result.output) == (0, "База готова: Степной район.\n")
    assert content(tmp_path) == before
