"""Who somebody is: read from what a row says, never guessed."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastav.columns import category, cells
from nastav.people.models import KINDS_OF_PART, Kind, Part

PLACES = {
    "МБОУ СОШ №5, 9А класс": Kind.PUPIL,
    "ученик 9А": Kind.PUPIL,
    "СОШ №5, 8 «В»": Kind.PUPIL,
    "учитель физики": Kind.TEACHER,
    "классный руководитель 9А класса": Kind.TEACHER,
    "студентка КубГУ, 3 курс": Kind.STUDENT,
    "ООО «Колос», агроном": Kind.EMPLOYER,
    "выпускник 2019 года": Kind.GRADUATE,
    "мама ученика 5А класса": Kind.PARENT,
}
NOBODY = ("МБОУ СОШ №5", "агроном", "лицей № 11", "Краснодар", "СОШ № 5, 10")
FORMS = {
    "ученик – ученик": Kind.PUPIL,
    "учитель-ученик": Kind.TEACHER,
    "студент — ученик": Kind.STUDENT,
    "работодатель - ученик": Kind.EMPLOYER,
    "равный-равному": None,
    "": None,
}


def read(part: Part = Part.MENTOR, **said: str) -> category.Category:
    cells = {key: text for key, text in said.items() if text}
    return category.read(cells, part, None, is_coded=False, has_classes=True)


@pytest.mark.parametrize(("place", "kind"), PLACES.items())
def test_a_place_says_who_somebody_is(place: str, kind: Kind) -> None:
    assert read(post=place).kind is kind


@pytest.mark.parametrize("place", NOBODY)
def test_a_place_that_says_nothing_is_to_be_mended(place: str) -> None:
    with pytest.raises(ValueError, match="Укажите категорию участника"):
        read(post=place)


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from([*PLACES, *NOBODY, ""]),
    st.sampled_from(list(FORMS)),
    st.sampled_from(["", "9А", "10", "5-1", "высшая"]),
)
def test_whoever_is_read_is_told_by_the_row_and_by_nothing_that_contradicts(
    place: str, form: str, its_class: str
) -> None:
    said = {PLACES.get(place), FORMS[form]}
    said |= {Kind.PUPIL} if its_class[:1].isdigit() else set()
    said -= {None}
    with suppress(ValueError):
        got = read(post=place, kinds=form, **{"class": its_class})
        assert got.kind in said
        assert got.kind is not Kind.PUPIL or got.grade
        assert len(said) == 1 or got.kind in (Kind.GRADUATE, Kind.PARENT) or _adult_of_a_class(said)
        return
    assert not said or len(said) > 1 or (said == {Kind.PUPIL} and not its_class[:1].isdigit())


def _adult_of_a_class(said: set[Kind | None]) -> bool:
    """«Классный руководитель» with a class in its column is no pupil."""
    return Kind.PUPIL in said and len(said) == 2


@settings(deadline=None, max_examples=300)
@given(
    st.text(max_size=25)
    | st.from_regex(r"(с )?\d{1,2}( ?[-–] ?\d{1,2})?( лет| класс)?", fullmatch=True)
)
def test_ages_wanted_are_years_in_order_or_nothing(cell: str) -> None:
    with suppress(ValueError):
        first, last = cells.ages(cell) or (None, None)
        assert 6 <= (first or 6) <= (last or 60) <= 60


@given(st.text(max_size=40), st.sampled_from(Part))
def test_any_text_is_somebody_of_the_register_or_a_sentence(text: str, part: Part) -> None:
    for key in ("post", "class", "kind", "kinds", "age", "group_name"):
        with suppress(ValueError):
            assert read(part, **{key: text}).kind in KINDS_OF_PART[part]
