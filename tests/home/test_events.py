"""«Последние события»: by day, alike ones as one line, nobody's number in them."""

from datetime import UTC, date, datetime

import pytest

from nastav.home.events import Happened, days

TODAY = date(2020, 12, 9)
CURATOR = "Кузнецова Ольга Викторовна"


def happened(
    event: str, subject: str = "", *, day: int = 9, role: str = "curator", name: str = CURATOR
) -> Happened:
    return Happened(datetime(2020, 12, day, 9, 0, tzinfo=UTC), event, subject, name, role)


def sentence(*entries: Happened) -> str:
    ((day),) = days(entries, TODAY, 8)
    assert len(day.sentences) == 1
    return day.sentences[0].replace("\N{NO-BREAK SPACE}", " ")


def test_saves_of_a_day_are_one_line_with_their_stages() -> None:
    rows = [
        happened("activity:saved", f"Этап {roman}, мероприятие {number}")
        for roman, number in (("VI", 4), ("VI", 3), ("IV", 2), ("IV", 1))
    ]
    assert sentence(*rows) == "Сохранено 4 мероприятия этапов IV и VI (Кузнецова О. В.)"
    assert sentence(rows[0]) == "Сохранено 1 мероприятие этапа VI (Кузнецова О. В.)"


@pytest.mark.parametrize(
    ("event", "subject", "expected"),
    [
        ("people:added", "63 чел., наставляемые, до № 63", "Внесено в базу 63 человека"),
        ("person:added", "№ 17, наставники", "Внесён в базу 1 человек"),
        ("responses:added", "наставники, итоговая: 9", "Внесено 9 анкет"),
        (
            "classes:moved",
            "2026/27: 79\N{NO-BREAK SPACE}учеников",
            "Переведено в классы 79 учеников",
        ),
        ("pair:created", "пара 1000: № 19, 113", "Создана 1 пара или группа"),
        ("meetings:entered", "пары 1, 5, 7", "Заполнен лист встреч"),
        ("consent:added", "№ 99, 101", "Отмечены согласия"),
    ],
)
def test_an_event_says_how_many_and_no_number_of_anybody(
    event: str, subject: str, expected: str
) -> None:
    assert sentence(happened(event, subject)) == f"{expected} (Кузнецова О. В.)"


def test_one_person_and_many_are_added_up() -> None:
    rows = (
        happened("person:added", "№ 64, наставляемые"),
        happened("people:added", "9 чел., до № 63"),
    )
    assert sentence(*rows).startswith("Внесено в базу 10 человек")


def test_what_the_coordinator_decided_stands_without_a_name() -> None:
    rows = [
        happened("stage:returned", f"Этап {roman}", role="coordinator", name="Андреева Анна")
        for roman in ("II", "I")
    ]
    assert sentence(*rows) == "Возвращены на доработку этапы I и II (муниципальный координатор)"


def test_days_are_named_as_one_speaks_of_them_and_their_lines_are_few() -> None:
    rows = [happened("meeting:added", day=day) for day in (9, 8, 7)]
    old = Happened(
        datetime(2020, 5, 25, 9, 0, tzinfo=UTC), "pair:closed", "пара 1", CURATOR, "curator"
    )
    found = days([*rows, old], TODAY, 8)
    titles = [day.title.replace("\N{NO-BREAK SPACE}", " ") for day in found]
    assert titles == ["Сегодня", "Вчера", "7 декабря, понедельник", "25 мая 2020 г."]
    assert len(days([*rows, old], TODAY, 2)) == 2
