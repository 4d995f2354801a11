"""A group is called a group, also where it is refused something."""

import pytest

from nastav import terms
from tests.support.pages import PageClient, text_of
from tests.support.school import School

END = {"ended": "08.12.2020", "reason": "цель достигнута", "decision": "finish"}


def test_a_sentence_about_a_pair_is_one_about_a_group_and_stays_one_about_a_pair() -> None:
    said = "Пара завершена: в паре никого, пару не меняют, начало пары позже. Пары."
    assert terms.pair_noun(1).said(said) == said
    assert terms.pair_noun(2).said(said) == (
        "Группа завершена: в группе никого, группу не меняют, начало группы позже. Группы."
    )
    assert terms.pair_noun(2).said("параграф и аппарат") == "параграф и аппарат"


@pytest.fixture
def group(boris: PageClient, school: School) -> School:
    """Громова leads Птицына and Ёлкин."""
    joined = {"person_id": school.free.person_id, "joined": "01.12.2020"}
    assert boris.fill(school.card, "/members", **joined).status_code == 303
    return school


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("/close", {**END, "ended": "04.10.2020"}, "Группа начата 05.10.2020"),
        ("/close", {**END, "ended": "30.11.2020"}, "Участник вошёл в группу или вышел"),
        ("/edit", {"planned_end": "01.10.2020"}, "Группа начинается 05.10.2020"),
    ],
)
def test_a_refusal_of_a_group_names_a_group(
    boris: PageClient, group: School, path: str, typed: dict[str, str], told: str
) -> None:
    answer = boris.fill(f"{group.card}{path}", **typed)
    assert answer.status_code == 422
    assert told in text_of(answer)


def test_a_meeting_of_a_group_is_refused_as_one_of_a_group(
    boris: PageClient, group: School
) -> None:
    typed = {"topic": "Проект", "held_on": "01.10.2020"}
    answer = boris.fill(group.card, "/meetings", **typed)
    assert "Группа начата 05.10.2020" in text_of(answer)


def test_a_closed_group_cannot_be_closed_again_and_is_named(
    boris: PageClient, group: School
) -> None:
    boris.fill(f"{group.card}/close", **END)
    answer = boris.get(f"{group.card}/close")
    assert answer.status_code == 409
    assert "Завершить можно только действующую или приостановленную группу" in text_of(answer)


def test_a_count_of_both_says_so(boris: PageClient, group: School) -> None:
    board = text_of(boris.get(f"{group.pairs}/plans"))
    assert "пары или группы" in board
