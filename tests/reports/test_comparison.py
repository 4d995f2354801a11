"""What is said of figures that moved: by register number, merges and transfers followed."""

from datetime import date
from typing import Any

from nastav.reports.comparison import Behind, Person, Since, compare

NOBODY = Since(merged={}, lefts={}, schools={1: "СОШ №1", 2: "СОШ №2"})
Kept = dict[str, dict[str, list[list[int]]]]


def figure(school: int, value: int | None) -> list[Any]:
    return [f"school.{school}.mentee.fact", f"СОШ №{school}, наставляемых", value]


def kept(**people: list[list[int]]) -> Kept:
    return {school.removeprefix("of"): {"mentee": own} for school, own in people.items()}


def now(**people: list[Person]) -> Behind:
    return {school.removeprefix("of"): {"mentee": own} for school, own in people.items()}


def said(
    was: int, is_now: int, before: Kept, after: Behind, since: Since = NOBODY, rules: str = ""
) -> tuple[list[str], bool]:
    """Return the reasons of the one figure that moved, and whether the rules are behind it."""
    told = [rules] if rules else []
    found = compare([figure(1, was)], [figure(1, is_now)], before, after, since, told)
    (moved,) = found.moved
    return [reason.words.replace("\xa0", " ") for reason in moved.why], moved.by_rules


def test_two_cards_made_one_take_a_child_off() -> None:
    since = Since(merged={11: 10}, lefts={}, schools={})
    found = said(2, 1, kept(of1=[[10, 5], [11, 6]]), now(of1=[Person(10, 5)]), since)
    assert found == (["№ 6: карточка объединена с другой, ребёнок один"], False)


def test_a_card_that_was_merged_and_counts_on_moves_nothing() -> None:
    since = Since(merged={11: 12}, lefts={}, schools={})
    before, after = kept(of1=[[11, 6]]), now(of1=[Person(12, 9)])
    found = compare([figure(1, 1)], [figure(1, 1)], before, after, since)
    assert (found.moved, found.swapped, found.same) == ((), (), 1)


def test_a_child_of_another_school_is_led_there() -> None:
    before, after = kept(of1=[[10, 5]]), now(of2=[Person(10, 7)])
    assert said(1, 0, before, after) == (["№ 5 теперь в счёте: СОШ №2"], False)


def test_figures_that_stay_tell_who_was_swapped() -> None:
    before, after = kept(of1=[[10, 5]]), now(of1=[Person(11, 6)])
    since = Since(merged={}, lefts={(1, 10): (date(2020, 11, 1), False)}, schools={})
    found = compare([figure(1, 1)], [figure(1, 1)], before, after, since)
    assert [text.replace("\xa0", " ") for text in found.swapped] == [
        "СОШ №1, наставляемых: № 5 выбыл 01.11.2020; теперь в счёте: № 6"
    ]


def test_the_rules_are_named_only_where_the_registers_do_not_explain() -> None:
    since = Since(merged={}, lefts={(1, 10): (None, True)}, schools={})
    assert said(1, 0, kept(of1=[[10, 5]]), {}, since, "Класс")[1] is False
    assert said(1, 0, kept(of1=[[10, 5]]), {}, NOBODY, "Класс")[1] is True
    assert said(1, 0, kept(of1=[[10, 5]]), {}, NOBODY)[1] is False


def test_what_follows_a_count_moved_by_the_rules_is_moved_by_them() -> None:
    was = [figure(1, 1), ["mentee.covered", "Охвачено", 1], ["mentee.missing", "Не хватает", 0]]
    was += [["school.1.mentee.plan", "СОШ №1, план", 1], ["stages.accepted", "Принято", 1]]
    is_now = [[key, label, 1 - value] for key, label, value in was]
    found = compare(was, is_now, kept(of1=[[10, 5]]), {}, NOBODY, ["Класс"])
    assert [(each.label, each.by_rules) for each in found.moved] == [
        ("СОШ №1, наставляемых", True), ("Охвачено", True), ("Не хватает", True),
        ("СОШ №1, план", False), ("Принято", False),
    ]  # fmt: skip
    unruled = compare(was, is_now, kept(of1=[[10, 5]]), {}, NOBODY)
    assert not any(each.by_rules for each in unruled.moved)


def test_many_are_counted_after_twenty() -> None:
    before = kept(of1=[[n, n] for n in range(1, 26)])
    words, _ = said(25, 0, before, {})
    assert (len(words), words[-1]) == (21, "и ещё 5 больше не в счёте")


def test_a_figure_of_one_side_only_is_compared_with_nothing() -> None:
    found = compare([["a", "Старое", 3]], [["b", "Новое", 4], ["c", "Пусто", None]], {}, {}, NOBODY)
    assert [(each.label, each.was, each.now) for each in found.moved] == [
        ("Старое", 3, None), ("Новое", None, 4),
    ]  # fmt: skip
    assert (found.same, found.total) == (1, 3)


def test_the_few_words_of_a_comparison() -> None:
    def words(before: int, after: int, rules: list[str], was: Kept) -> str:
        found = compare([figure(1, before)], [figure(1, after)], was, {}, NOBODY, rules)
        return found.words.replace("\xa0", " ")

    gone = kept(of1=[[10, 5]])
    assert words(1, 1, [], {}) == "без изменений"
    assert words(1, 2, [], {}) == "с тех пор изменилась 1 цифра"
    assert words(1, 1, [], gone) == "цифры те же, состав другой"
    assert words(1, 1, ["Класс"], {}) == "правила счёта изменились, цифры те же"
    assert words(2, 1, ["Класс"], {}) == "правила счёта изменились, с тех пор изменилась 1 цифра"
