"""Role models are offered by the form of mentoring; a school may write its own."""

import pytest

from nastav.pairs.roles import offered
from tests.support.pages import PageClient, soup, text_of
from tests.support.school import School


@pytest.mark.parametrize(
    ("form", "model", "other"),
    [
        ("ученик – ученик", "адаптированный – неадаптированный", "равный – другому"),
        ("учитель – учитель", "педагог-новатор – консервативный педагог", "лидер – пассивный"),
        ("студент – ученик", "куратор – автор проекта", "лидер – пассивный"),
        ("работодатель – ученик", "коллега – молодой коллега", "равный – равному"),
    ],
)
def test_models_follow_the_form(form: str, model: str, other: str) -> None:
    assert model in offered(form)
    assert other not in offered(form)


@pytest.mark.parametrize("form", ["", "родитель – ученик", "своя форма"])
def test_a_form_without_models_is_offered_all_each_once(form: str) -> None:
    found = offered(form)
    assert {"лидер – пассивный", "равный – другому", "коллега – молодой коллега"} <= set(found)
    assert len(found) == len(set(found))


def test_a_pair_is_offered_the_models_of_its_form_and_keeps_its_own_words(
    boris: PageClient, school: School
) -> None:
    edit = f"{school.card}/edit"
    shown = [model["value"] for model in soup(boris.get(edit)).select("#role-models option")]
    assert shown == offered("ученик – ученик")
    boris.fill(edit, role_model="старший – младший")
    assert "Ролевая модель старший – младший" in text_of(boris.get(school.card))
    assert "Ролевая модель старший – младший" in text_of(boris.get(f"{school.card}/plan/print"))
