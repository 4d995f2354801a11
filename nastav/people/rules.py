"""Who is the same person: by name and class, within one school's registers only.

Nothing else tells two children apart here: no date of birth and no address is kept.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nastav import classes, ru
from nastav.people.alike import keys, same_name
from nastav.people.models import Kind, Part, is_coded
from nastav.people.rows import AgeGroup, Entry


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be entered into a register, as typed.

    `class_year` is the school year of the class (None: today's); `same_as` the id of a person whom the
    school has in its other register already.
    """

    surname: str
    given_name: str
    joined: date
    patronymic: str = ""
    kind: Kind = Kind.PUPIL
    grade: int | None = None
    letter: str = ""
    class_year: int | None = None
    group_name: str = ""  # where there are no classes
    age: int | None = None  # full years on `aged_on`
    aged_on: date | None = None
    post: str = ""
    need: str = ""
    source: str = ""
    expected_result: str = ""
    same_as: int | None = None

    @property
    def is_coded(self) -> bool:
        """Tell whether the school's own code stands in the place of the name."""
        return is_coded(self)

    @property
    def full_name(self) -> str:
        """Return «Петрова Ирина Сергеевна»."""
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))

    @property
    def age_group(self) -> AgeGroup | None:
        """Return the group and the age of a pupil, None where neither was typed."""
        if self.kind is not Kind.PUPIL or not (self.group_name or self.age):
            return None
        return AgeGroup(self.group_name, self.age, self.aged_on if self.age else None)

    @property
    def says_what(self) -> bool:
        """Tell whether a class, a group, an age or a post was typed."""
        return bool(self.grade or self.group_name or self.age or self.post)

    def label(self, kind: str) -> str:
        """Return «ученик 7 «А»» or «педагог, учитель физики»; `kind` is what such a person is called."""
        if self.kind is not Kind.PUPIL:
            return ", ".join(filter(None, (kind, self.post)))
        if self.grade is None and self.age_group:
            return f"{kind}, {self.age_group.text}"
        return (
            f"{kind} {classes.class_name(self.grade, self.letter) if self.grade else 'без класса'}"
        )

    @property
    def name_key(self) -> str:
        """Return the search key of surname and given name, by which namesakes are looked up."""
        return ru.search_key(f"{self.surname} {self.given_name}")

    @property
    def identity(self) -> tuple[str, str, int | None, str]:
        """Return what makes two typed lines the same one."""
        school_class = (None, "") if self.is_coded else (self.grade, self.letter)
        return ru.search_key(self.full_name), self.kind.value, *school_class


class Namesakes:
    """The people of a school's registers, to be asked whether a new line is one of them."""

    def __init__(self, entries: Iterable[Entry], first_year: int) -> None:
        self._first_year = first_year
        self._alike: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        self._by_surname: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._by_surname[ru.search_key(entry.surname)].append(entry)
            self._by_name[ru.search_key(f"{entry.surname} {entry.given_name}")].append(entry)
            for key in keys(entry):
                self._alike[key].append(entry)

    def same(self, new: NewPerson, part: Part) -> list[Entry]:
        """Return the lines of a part's register that are this person, those still there first."""
        found = [entry for entry in self._by_name[new.name_key] if entry.part is part]
        return sorted(
            (entry for entry in found if self._is_same(entry, new)),
            key=lambda entry: entry.left is not None,
        )

    def alike(self, new: NewPerson, part: Part) -> list[Entry]:
        """Return who of a part's register has the name but is not `same`: another class, a half surname."""
        known = {entry.person_id for entry in self.same(new, part)}
        near = {entry.id: entry for key in sorted(keys(new)) for entry in self._alike.get(key, ())}
        return [
            entry
            for entry in near.values()
            if entry.part is part and entry.person_id not in known and same_name(entry, new)
        ]

    def of_name(self, new: NewPerson, part: Part) -> list[Entry]:
        """Return who of a part's register is, or may be, this person."""
        return [*self.same(new, part), *self.alike(new, part)]

    def called(self, surname: str, given_name: str, patronymic: str, *, part: Part) -> list[Entry]:
        """Return the people of a part whom a name or a code means; «Дубова М. И.» means any such.

        Whoever has left is meant only where nobody is there; of somebody who came back the last line.
        """
        asked = (surname, given_name, patronymic)
        of_part = [
            entry for entry in self._by_surname[ru.search_key(surname)] if entry.part is part
        ]
        lines = sorted(
            (entry for entry in of_part if is_called(asked, entry)),
            key=lambda entry: entry.left or date.max,
        )
        people = list({line.person_id: line for line in lines}.values())
        return [person for person in people if not person.left] or people

    def numbered(self, number: int, name_key: str, part: Part) -> Entry | None:
        """Return who has this register number, if the name is theirs too and they are still there."""
        found = self._by_name[name_key]
        return next(
            (
                entry
                for entry in found
                if entry.number == number and entry.part is part and not entry.left
            ),
            None,
        )

    def knows(self, name: str) -> bool:
        """Tell whether anybody of either register has this surname and first name."""
        return ru.search_key(name) in self._by_name

    def _is_same(self, known: Entry, new: NewPerson) -> bool:
        if known.is_coded or new.is_coded:
            return known.is_coded and new.is_coded  # a code tells alone, whatever the class
        if not _agree(ru.search_key(known.patronymic), ru.search_key(new.patronymic)):
            return False
        if (known.kind is Kind.PUPIL) != (new.kind is Kind.PUPIL):
            return False
        school_class = known.school_class
        if new.kind is not Kind.PUPIL or school_class is None or new.grade is None:
            return True
        return school_class.grade_in(self._first_year) == new.grade and _agree(
            school_class.letter, new.letter
        )


def is_called(asked: tuple[str, str, str], known: Entry | NewPerson) -> bool:
    """Tell whether a name means somebody: surname alike, the rest alike or an initial of it."""
    names = (known.surname, known.given_name, known.patronymic)
    (surname, *rest), (own, *others) = (map(ru.search_key, name) for name in (asked, names))
    if known.is_coded:
        return surname == own and not any(rest)
    return surname == own and bool(rest[0]) and all(map(_is_initial, rest, others))


def _is_initial(text: str, other: str) -> bool:
    """Tell whether two parts of a name may be one: alike, left out, or one the initial of the other."""
    short, long = sorted((text, other), key=len)
    return short == long or (len(short) <= 1 and long.startswith(short))


def _agree(text: str, other: str) -> bool:
    """Two texts, of which either may be left out."""
    return not text or not other or text == other
