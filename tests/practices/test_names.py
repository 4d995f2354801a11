"""Which words of a text look like a surname of the registers."""

import pytest

from nastav.practices import rules
from nastav.practices.operations import PracticeData

FOUND = [
    ("Канарейкин", "Помогли Канарейкину с чтением.", "Канарейкину"),
    ("Канарейкина", "Работа с Канарейкиной", "Канарейкиной"),
    ("Щеглова", "вместе с щегловой", "щегловой"),
    ("Снегирёв", "для Снегирева", "Снегирева"),
    ("Снегирев", "СНЕГИРЁВЫМ", "СНЕГИРЁВЫМ"),
    ("Достоевский", "у Достоевского", "Достоевского"),
    ("Толстая", "С Толстой поговорили", "Толстой"),
    ("Шевченко", "Шевченко Аня", "Шевченко"),
    ("Кравец", "помогал Кравцу", "Кравцу"),
    ("Коваль", "группа Коваля", "Коваля"),
    ("Петрова-Водкина", "рассказ Водкиной", "Водкиной"),
    ("Черных", "о Черных", "Черных"),
    ("Ли", "пришла Ли Анна", "Ли"),
    ("Цой", "вместе с В. Цоем", "Цоем"),
    ("Kанарейкин", "Канарейкин", "Канарейкин"),  # a Latin K
    ("Мороз", "пара Мороза", "Мороза"),
]
PLAIN = [
    ("Мороз", "в мороз встречались онлайн"),
    ("Белый", "Белый лист"),
    ("Ли", "проверили, могли ли дети прийти. Но ли"),
    ("Но", "Но дети пришли"),
    ("Канарейкин", "канарейка в живом уголке"),
    ("Волков", "волк и волчица"),
    ("", "текст без фамилий"),
]


@pytest.mark.parametrize(("surname", "text", "word"), FOUND)
def test_a_surname_is_found_in_any_case(surname: str, text: str, word: str) -> None:
    assert rules.names_in(text, [surname]) == [word]


@pytest.mark.parametrize(("surname", "text"), PLAIN)
def test_plain_words_are_left_alone(surname: str, text: str) -> None:
    assert rules.names_in(text, [surname]) == []


def test_remarks_say_what_is_missing_and_whom_the_text_names() -> None:
    draft = PracticeData(title="Опыт Белкина", kind_id=1, done="Занятия с Белкиным")
    first, second = rules.remarks(draft, ["Белкин"])
    assert first == "Заполните: для кого, результат, с какого года."
    assert "«Белкина», «Белкиным»" in second
    whole = PracticeData("Кружок", 1, "младшие", "Занятия", "Ходят", 2019)
    assert rules.remarks(whole, ["Белкин"]) == []
