"""Names of people who do not exist read as names of people who could."""

from random import Random

from nastav.demo.names import FATHERS, Names


def test_patronymics_are_formed_as_russian_forms_them() -> None:
    names = Names(Random(428))
    drawn = {names.next().patronymic for _ in range(1000)}
    assert len(drawn) == 2 * len(FATHERS)
    assert {"Павлович", "Павловна", "Петрович", "Петровна", "Сергеевич", "Андреевна"} <= drawn
