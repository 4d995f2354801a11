"""Where nobody changed anything, no page says that somebody did: it says why this cannot be done."""

import pytest
from flask import Flask

from nastav.pairs.models import Pair
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of
from tests.support.registers import registers

STAGE = "/schools/{school}/2020/stages/1"  # nobody has begun it
PAIR = "/schools/{school}/2020/pairs/{pair}"
LINE = "/schools/{school}/mentees/{line}"
ASKED = (
    (f"{STAGE}/reopening", {"reason": "Приказ заменён", "version": "0"}, "Этап не принят"),
    (f"{STAGE}/withdraw", {"version": "0"}, "Этап не на проверке"),
    (f"{PAIR}/reopen", {"reason": "по ошибке"}, "Пара не завершена"),
    (f"{PAIR}/continue", {}, "решено не продолжать"),
    (f"{LINE}/return", {"joined": "1.12.2020"}, "уже в базе"),
)


@pytest.fixture
def places(app: Flask, cast: Cast) -> dict[str, int]:
    """Return the ids of a school, of a pair that acts, and of its mentee's line."""
    with registers(app, cast) as own:
        mentee = own.mentee("Лапкина Мария")
        pair: Pair = own.pair(own.mentor("Зонтикова Анна", grade=10), mentee)
        line = mentee.participation_id
    version = {"version": pair.version, "pair": pair.id}
    return {"school": cast.boris_school, "line": line, **version}


@pytest.mark.parametrize(("address", "typed", "why"), ASKED, ids=[case[0] for case in ASKED])
def test_it_is_said_why_not_and_nobody_is_blamed(
    boris: PageClient, places: dict[str, int], address: str, typed: dict[str, str], why: str
) -> None:
    sent = {"version": str(places["version"]), **typed}
    answer = boris.send(address.format(**places), sent)
    assert answer.status_code == 409
    assert why in text_of(answer)
    assert "Сейчас этого сделать нельзя" in text_of(answer)
    assert "сохранили ещё раз" not in text_of(answer)


def test_a_page_for_what_is_over_says_so(boris: PageClient, places: dict[str, int]) -> None:
    answer = boris.get(f"{PAIR.format(**places)}/reopen")
    assert answer.status_code == 409
    assert "Пара не завершена" in text_of(answer)
