"""A kept report against what the same day gives now: which figures moved, and who is behind it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from nastav import ru

_PARTS = ("mentee", "mentor")
_NONE = ("", None)
RULES_CHANGED = "правила счёта изменились"
MOST_NUMBERS = 20  # named one by one
_FOLLOWS = ("missing", "today", "met")  # figures that move with the count they stand beside


class Person(NamedTuple):
    """Somebody counted: the person's id and the number in the school's register, 0 for none."""

    id: int
    number: int

    @property
    def words(self) -> str:
        """Return «№ 112»."""
        return f"№{ru.NBSP}{self.number}" if self.number else "без номера"


class Reason(NamedTuple):
    """Why a figure moved; `is_data`: the registers say so, whatever the rules are now."""

    words: str
    is_data: bool = True


Behind = dict[str, dict[str, list[Person]]]  # school's id → part → people
# school's and person's id → the day of leaving, whether the line is a mistake
Lefts = Mapping[tuple[int, int], tuple[date | None, bool]]


@dataclass(frozen=True)
class Since:
    """What became of people after a report was kept."""

    merged: Mapping[int, int]  # id → the card it was merged into
    lefts: Lefts
    schools: Mapping[int, str]


@dataclass(frozen=True)
class Moved:
    """A figure that is another now."""

    label: str
    was: int | None
    now: int | None
    why: tuple[Reason, ...] = ()
    by_rules: bool = False  # the rules of counting changed, and the registers do not explain it all


@dataclass(frozen=True)
class Comparison:
    """What moved; the others are the same."""

    moved: tuple[Moved, ...]
    same: int
    rules: tuple[str, ...]  # which settings of counting are others now
    swapped: tuple[str, ...]  # of figures that stayed: who stands behind them now

    @property
    def total(self) -> int:
        """Return how many figures were compared."""
        return len(self.moved) + self.same

    @property
    def words(self) -> str:
        """Return «с тех пор изменилось 7 цифр», the rules of counting first where they are others."""
        said = [RULES_CHANGED] if self.rules else []
        if self.moved:
            verb = ru.plural(len(self.moved), "изменилась", "изменились", "изменилось")
            said.append(f"с тех пор {verb} {ru.counted(len(self.moved), 'цифра', 'цифры', 'цифр')}")
        elif self.swapped:
            said.append("цифры те же, состав другой")
        else:
            said.append("цифры те же" if self.rules else "без изменений")
        return ", ".join(said)


def compare(
    kept: Sequence[Sequence[Any]],
    now: Sequence[Sequence[Any]],
    was: Mapping[str, Mapping[str, Sequence[Sequence[int]]]],
    behind: Behind,
    since: Since,
    rules: Sequence[str] = (),
) -> Comparison:
    """Return how a kept report's figures differ from today's; (key, label, value) each.

    A figure that only one of the two has is compared with «—».
    """
    old = {key: (label, value) for key, label, value in kept}
    new = {key: (label, value) for key, label, value in now}
    why = _reasons(was, behind, since)
    why |= _because_of_schools(old, new, why, since)
    moved, stayed = {}, set(old) | set(new)
    for key in [*old, *(key for key in new if key not in old)]:
        before, after = old.get(key, (None, None))[1], new.get(key, (None, None))[1]
        if before != after:
            label = (old.get(key) or new[key])[0]
            reasons = why.pop(key, ())
            by_rules = bool(rules) and not all(reason.is_data for reason in reasons)
            moved[key] = Moved(label, before, after, reasons, by_rules)
            stayed.discard(key)
    swapped = tuple(
        f"{old[key][0]}: {'; '.join(reason.words for reason in said)}"
        for key, said in why.items()
        if key in old
    )
    return Comparison(tuple(_followed(moved)), len(stayed), tuple(rules), swapped)


def _followed(moved: Mapping[str, Moved]) -> Iterator[Moved]:
    """Yield what moved; a figure that follows a count has the count's cause."""
    by_rules = {key.rpartition(".")[0] for key, each in moved.items() if each.by_rules}
    for key, each in moved.items():
        place, _, name = key.rpartition(".")
        yield replace(each, by_rules=True) if name in _FOLLOWS and place in by_rules else each


def _reasons(
    was: Mapping[str, Mapping[str, Sequence[Sequence[int]]]], behind: Behind, since: Since
) -> dict[str, tuple[Reason, ...]]:
    """Return key of a school's figure → who left it and who came, by register number."""
    where = {
        (part, person.id): int(school)
        for school, own in behind.items()
        for part, people in own.items()
        for person in people
    }
    found = {}
    places = {(school, part) for side in (was, behind) for school in side for part in side[school]}
    for school, part in sorted(places):
        old = [Person(*person) for person in was.get(school, {}).get(part, ())]
        new = behind.get(school, {}).get(part, [])
        said = _of_place(int(school), part, old, new, where, since)
        if said:
            found[f"school.{school}.{part}.fact"] = said
    return found


def _because_of_schools(
    old: Mapping[str, tuple[str, Any]],
    new: Mapping[str, tuple[str, Any]],
    why: Mapping[str, tuple[Reason, ...]],
    since: Since,
) -> dict[str, tuple[Reason, ...]]:
    """Return of the district's figures which schools moved them: «из-за СОШ №7»."""
    found: dict[str, tuple[Reason, ...]] = {}
    for part in _PARTS:
        keys = {f"school.{school}.{part}.fact": name for school, name in since.schools.items()}
        moved = [key for key in keys if old.get(key, _NONE)[1] != new.get(key, _NONE)[1]]
        district = f"{part}.covered"
        if moved and old.get(district, _NONE)[1] != new.get(district, _NONE)[1]:
            is_data = all(reason.is_data for key in moved for reason in why.get(key, ()))
            names = ", ".join(keys[key] for key in moved)
            found[district] = (Reason(f"из-за {names}", is_data),)
    return found


def _of_place(
    school: int,
    part: str,
    old: Sequence[Person],
    new: Sequence[Person],
    where: Mapping[tuple[str, int], int],
    since: Since,
) -> tuple[Reason, ...]:
    here = {person.id for person in new}
    before = {since.merged.get(person.id, person.id) for person in old}
    kept_numbers = {person.id for person in old}
    said: list[Reason] = []
    gone = [
        person
        for person in old
        if person.id not in here and not _is_alone(person, here, kept_numbers, since)
    ]
    said += [_gone(person, school, part, where, since) for person in gone[:MOST_NUMBERS]]
    if len(gone) > MOST_NUMBERS:
        said.append(Reason(f"и ещё {len(gone) - MOST_NUMBERS} больше не в счёте", is_data=False))
    came = [person for person in new if person.id not in before]
    if came:
        listed = ", ".join(person.words for person in came[:MOST_NUMBERS])
        more = f" и ещё {len(came) - MOST_NUMBERS}" if len(came) > MOST_NUMBERS else ""
        said.append(Reason(f"теперь в счёте: {listed}{more}", is_data=False))
    return tuple(said)


def _is_alone(person: Person, here: set[int], kept: set[int], since: Since) -> bool:
    """Tell of a merged card that the child is counted still, and was counted once before too."""
    into = since.merged.get(person.id)
    return into in here and into not in kept


def _gone(
    person: Person, school: int, part: str, where: Mapping[tuple[str, int], int], since: Since
) -> Reason:
    """Say why somebody counts in a school no more."""
    into = since.merged.get(person.id)
    elsewhere = where.get((part, into or person.id))
    if into is not None and elsewhere == school:
        return Reason(f"{person.words}: карточка объединена с другой, ребёнок один")
    if elsewhere is not None:
        return Reason(
            f"{person.words} теперь в счёте: {since.schools.get(elsewhere, 'другая школа')}"
        )
    left, is_mistake = since.lefts.get((school, into or person.id), (None, False))
    if is_mistake:
        return Reason(f"{person.words} вычеркнут как внесённый по ошибке")
    if left:
        return Reason(f"{person.words} выбыл {ru.date_short(left)}")
    return Reason(f"{person.words} больше не в счёте", is_data=False)
