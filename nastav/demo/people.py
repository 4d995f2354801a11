"""Deeds of a school's registers: who enters, signs, describes themselves, moves up, leaves."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from nastav import dates, ru
from nastav.consents.models import Consent, Signer
from nastav.demo.book import Row
from nastav.demo.desk import Desk
from nastav.demo.names import Name
from nastav.district.models import School
from nastav.mentors.profiles.models import MentorProfile, Selection
from nastav.mentors.profiles.operations import FIELDS, ProfileData
from nastav.people.changes.models import PersonChange
from nastav.people.inserting import line_row, person_row
from nastav.people.lines import REGISTERS
from nastav.people.models import Kind, Part, Participation, Person, PersonClass, RegisterNumber
from nastav.people.rules import NewPerson
from nastav.yearend.classes.models import ClassMove
from nastav.yearend.classes.operations import PUPILS

COMPETENCES = (
    "математика, физика",
    "русский язык, литература",
    "английский язык",
    "шахматы, спорт",
    "проекты, выступления",
    "информатика, профориентация",
)
TIMES = ("вторник после уроков", "четверг, 6-й урок", "суббота до обеда", "по договорённости")
INTERESTS = ("походы, настольные игры", "музыка", "робототехника", "чтение", "футбол", "")
PURPOSES = ("", "", "съёмка на школьных праздниках")
BOTH_FROM = 8  # grade from which the pupil signs beside the guardian, as a district begins


@dataclass
class Someone:
    """A person in a register of a school; `line` is their present line there."""

    person: Row
    line: Row
    number: int
    part: Part
    grade: int  # of the present school year; 0 of an adult
    letter: str

    @property
    def id(self) -> int:
        return int(self.person["id"])

    @property
    def joined(self) -> date:
        day: date = self.line["joined"]
        return day

    @property
    def is_pupil(self) -> bool:
        return self.person["kind"] is Kind.PUPIL

    def is_here(self, day: date) -> bool:
        """Tell whether they are in the register on a day."""
        left = self.line["left"]
        return self.joined <= day and (left is None or left >= day)


@dataclass
class Registers:
    """Both registers of a school, written at one desk."""

    desk: Desk
    school: School
    number: int = 0  # the last one given

    def enter(self, day: date, part: Part, people: Sequence[NewPerson]) -> list[Someone]:
        """Enter people on a day, as `people.operations.add_people` does (one: `add_person`)."""
        at = self.desk.at(day)
        entered = [self._add(at, part, new) for new in people]
        word = REGISTERS[part]
        if len(entered) == 1:
            self.desk.note(at, "person:added", f"№ {entered[0].number}, {word}")
        elif entered:
            subject = f"{len(entered)} чел., {word}, до № {self.number}"
            self.desk.note(at, "people:added", subject)
        return entered

    def _add(self, at: datetime, part: Part, new: NewPerson) -> Someone:
        book, school_id = self.desk.book, self.school.id
        person = book.add(Person, at, **person_row(self.school.district_id, new))
        line = book.add(Participation, at, **line_row(school_id, part, person["id"], new))
        self.number += 1
        number = {"school_id": school_id, "person_id": person["id"], "number": self.number}
        book.add(RegisterNumber, at, **number)
        if new.grade:
            year = new.class_year or dates.cycle_of(new.joined)
            self._class(at, person["id"], year, new.grade, new.letter)
        return Someone(person, line, self.number, part, new.grade or 0, new.letter)

    def _class(
        self, at: datetime, person_id: int, year: int, grade: int, letter: str, **more: object
    ) -> None:
        self.desk.book.add(
            PersonClass,
            at,
            person_id=person_id,
            school_id=self.school.id,
            first_year=year,
            grade=grade,
            letter=letter,
            **more,
        )

    def move_up(self, day: date, year: int, pupils: Sequence[Someone]) -> None:
        """Enter the classes of a school year for these pupils (`yearend.classes.operations.move`)."""
        if not pupils:
            return
        at, school_id = self.desk.at(day), self.school.id
        name = self.desk.actor.name
        move = self.desk.book.add(
            ClassMove, at, school_id=school_id, first_year=year, actor_name=name
        )
        for pupil in pupils:
            self._class(at, pupil.id, year, pupil.grade, pupil.letter, move_id=move["id"])
        subject = f"{ru.school_year(year)}: {ru.counted(len(pupils), *PUPILS)}"
        self.desk.note(at, "classes:moved", subject)

    def sign(self, day: date, people: Sequence[Someone]) -> None:
        """Enter the consents of these people, brought on one day (`consents.operations`)."""
        if not people:
            return
        at = self.desk.at(day)
        for person in people:
            self.desk.book.add(
                Consent,
                at,
                person_id=person.id,
                school_id=self.school.id,
                signer=_signer(person),
                signed_on=max(person.joined, day - timedelta(days=self.desk.random.randint(0, 3))),
                number=f"{person.number}-с",
                purposes=self.desk.random.choice(PURPOSES),
            )
        numbers = ", ".join(
            str(person.number) for person in sorted(people, key=lambda someone: someone.number)
        )
        self.desk.note(at, "consent:added", f"№ {numbers}")

    def describe(self, day: date, mentor: Someone, data: ProfileData) -> None:
        """Save a mentor's profile for the first time (`mentors.profiles.operations`)."""
        at = self.desk.at(day)
        values = {field.name: getattr(data, field.name) for field in fields(ProfileData)}
        blank = ProfileData()
        names = dict.fromkeys(FIELDS[key] for key in values if values[key] != getattr(blank, key))
        values.pop("kind_ids")
        named = {"school_id": self.school.id, "person_id": mentor.id}
        # the first save makes an empty row and fills it
        self.desk.book.add(MentorProfile, at, version=2, **named, **values)
        self.desk.note(at, "profile:saved", f"№ {mentor.number}: {', '.join(names)}")

    def leave(self, day: date, someone: Someone, on: date, reason: str) -> None:
        """Mark that somebody left on a day (`people.leaving.leave`)."""
        at = self.desk.at(day)
        someone.line |= {"left": on, "left_reason": reason}
        someone.line["version"] += 1
        self.desk.book.add(
            PersonChange,
            at,
            person_id=someone.id,
            school_id=self.school.id,
            actor_name=self.desk.actor.name,
            field="left",
            old="",
            new=f"{ru.date_short(on)}, {reason}",
        )
        self.desk.note(at, "person:left", f"№ {someone.number}, {REGISTERS[someone.part]}")


def _signer(someone: Someone) -> Signer:
    if not someone.is_pupil:
        return Signer.OWN
    return Signer.BOTH if someone.grade >= BOTH_FROM else Signer.GUARDIAN


def pupil(name: Name, joined: date, grade: int, **more: Any) -> NewPerson:
    """Return a pupil to be entered in the class of the day of joining."""
    return NewPerson(
        name.surname,
        name.given_name,
        joined,
        patronymic=name.patronymic,
        grade=grade,
        class_year=dates.cycle_of(joined),
        **more,
    )


def adult(name: Name, joined: date, kind: Kind, post: str) -> NewPerson:
    """Return a mentor who is no pupil."""
    return NewPerson(
        name.surname, name.given_name, joined, patronymic=name.patronymic, kind=kind, post=post
    )


def profile(random: Random, day: date) -> ProfileData:
    """Return what a mentor says of themselves before the interview of a day."""
    grade_from, grade_to = random.choice(((None, None), (1, 9), (5, 9), (5, 11)))
    return ProfileData(
        competences=random.choice(COMPETENCES),
        interests=random.choice(INTERESTS),
        free_time=random.choice(TIMES),
        grade_from=grade_from,
        grade_to=grade_to,
        interviewed_on=day,
        decision=Selection.ACCEPTED,
    )
