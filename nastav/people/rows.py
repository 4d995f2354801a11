"""What the registers tell of a person: a line of a register, a class."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from nastav import classes, ru
from nastav.people.models import KIND_LABELS, TEXTS, Kind, Part, is_coded


@dataclass(frozen=True)
class SchoolClass:
    """The class of a pupil as it was last entered, and the school year it was entered for."""

    first_year: int
    grade: int
    letter: str

    def text(self, first_year: int) -> str:
        """Return «7 «А»»; with its own year where none was entered for the year asked about."""
        name = classes.class_name(self.grade, self.letter)
        same = self.first_year == first_year
        return name if same else f"{name} ({ru.school_year(self.first_year)})"

    def grade_in(self, first_year: int) -> int:
        """Return the grade a pupil is in by now, if they moved up every year."""
        return self.grade + first_year - self.first_year


@dataclass(frozen=True)
class AgeGroup:
    """The group of a pupil where there are no classes, and the age in full years on a day."""

    name: str
    age: int | None
    aged_on: date | None

    @property
    def text(self) -> str:
        """Return «Вокал, 12 лет на 01.09.2022»."""
        return ", ".join(filter(None, (self.name, self._aged)))

    @property
    def _aged(self) -> str:
        if self.age is None or self.aged_on is None:
            return ""
        years = ru.counted(self.age, "год", "года", "лет")
        return f"{years} на {ru.date_short(self.aged_on)}"

    def age_on(self, day: date) -> int | None:
        """Return how old the pupil is at least on a later day."""
        if self.age is None or self.aged_on is None:
            return None
        is_before = (day.month, day.day) < (self.aged_on.month, self.aged_on.day)
        return self.age + max(0, day.year - self.aged_on.year - is_before)


@dataclass(frozen=True)
class Entry:
    """One line of a register: a person's participation in one part, and how to write it."""

    id: int  # of the participation
    person_id: int
    number: int
    part: Part
    kind: Kind
    surname: str
    given_name: str
    patronymic: str
    post: str
    need: str
    source: str
    expected_result: str
    joined: date
    left: date | None
    left_reason: str
    is_mistake: bool
    search_key: str
    school_class: SchoolClass | None
    first_year: int  # the school year the class is shown for
    age_group: AgeGroup | None = None

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Return what is written of them in this register, each with its label; the empty left out."""
        return [(label, text) for name, label in TEXTS.items() if (text := getattr(self, name))]

    @property
    def is_named(self) -> bool:
        """Tell whether the name is still kept."""
        return bool(self.surname)

    @property
    def is_coded(self) -> bool:
        """Tell whether the school's own code stands in the place of the name."""
        return is_coded(self)

    @property
    def full_name(self) -> str:
        """Return «Петрова Ирина Сергеевна», of somebody nameless «№ 12»."""
        name = " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))
        return name or f"№{ru.NBSP}{self.number}"

    @property
    def short_name(self) -> str:
        """Return «Петрова И. С.», of somebody nameless «№ 12»."""
        if not self.is_named:
            return self.full_name
        return ru.short_name(self.surname, self.given_name, self.patronymic)

    @property
    def group(self) -> str:
        """Return the class of a pupil, or what an adult is."""
        if self.kind is not Kind.PUPIL:
            label = KIND_LABELS[self.kind]
            post = "" if self.post.casefold() == label else self.post  # «родитель» once
            return ", ".join(filter(None, (label, post)))
        if self.school_class:
            return self.school_class.text(self.first_year)
        return self.age_group.text if self.age_group else ""

    @property
    def label(self) -> str:
        """Return «Петрова И. С., 7 «А», № 12», by which people tell two namesakes apart."""
        return ", ".join(filter(None, (self.short_name, self.group, f"№{ru.NBSP}{self.number}")))

    @property
    def trained(self) -> str:
        """Return that somebody was trained, in the gender the patronymic tells of."""
        return ru.by_patronymic(self.patronymic, "обучен", "обучена", "обучение пройдено")

    @property
    def class_key(self) -> tuple[int, str]:
        """Return what sorts pupils by class, the lowest grade first and adults last."""
        known = self.school_class if self.kind is Kind.PUPIL else None
        return (known.grade_in(self.first_year), known.letter) if known else (99, "")

    @property
    def can_move(self) -> bool:
        """Tell whether a class of theirs may be changed from a form: a pupil who has not left."""
        return self.kind is Kind.PUPIL and self.left is None

    def is_on(self, day: date) -> bool:
        """Tell whether the person is in the register on a day."""
        if self.is_mistake:
            return False
        return self.joined <= day and (self.left is None or self.left >= day)

    def matches(self, words: Collection[str]) -> bool:
        """Tell whether each word of a search (`ru.search_words`) begins one of name, class or number."""
        known = self.school_class
        class_text = f"{known.grade} {known.letter}".lower().replace("ё", "е") if known else ""
        return ru.begins(words, f"{self.search_key} {class_text} . {self.number}")
