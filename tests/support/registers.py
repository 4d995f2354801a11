"""Invented people and pairs in the registers of the cast's schools."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from flask import Flask

from nastav.access import Actor
from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from nastav.district.models import School
from nastav.pairs import operations as pairs
from nastav.pairs.models import Pair
from nastav.people import operations as people
from nastav.people.models import Kind, Part
from nastav.people.operations import Added
from nastav.people.rules import NewPerson
from tests.support.cast import Cast
from tests.support.people import invented

JOINED = date(2020, 9, 1)
# surnames that no page of the district may hold
CANARIES = ("Канарейкин", "Щеглова", "Снегирёв")


class Registers:
    """Adds people and pairs to one school; to be used inside an application context."""

    def __init__(self, actor: Actor, school_id: int) -> None:
        self.actor = actor
        self.school_id = school_id

    def person(self, part: Part, name: str = "", **more: object) -> Added:
        """Add «Фамилия Имя» or somebody invented (a pupil of 7 «А» unless said otherwise)."""
        surname, given_name, *patronymic = (name or invented()).split()
        more = {"patronymic": " ".join(patronymic), **more}
        values = {"joined": JOINED, "kind": Kind.PUPIL, **more}
        if values["kind"] is Kind.PUPIL:
            values = {"grade": 7, "letter": "А", **values}
        new = NewPerson(surname=surname, given_name=given_name, **values)  # type: ignore[arg-type]
        return people.add_person(self.actor, self._school(), part, new)

    def mentee(self, name: str = "", **more: object) -> Added:
        """Add a mentee."""
        return self.person(Part.MENTEE, name, **more)

    def mentor(self, name: str = "", **more: object) -> Added:
        """Add a mentor."""
        return self.person(Part.MENTOR, name, **more)

    def pair(self, mentor: Added, *mentees: Added, **more: object) -> Pair:
        """Form a pair that began on 5 October unless said otherwise."""
        kind = db.session.query(PairKind).filter_by(district_id=self._school().district_id).first()
        assert kind is not None
        values = {"kind_id": kind.id, "started": date(2020, 10, 5), **more}
        ids = tuple(mentee.person_id for mentee in mentees)
        new = pairs.NewPair(mentor_id=mentor.person_id, mentee_ids=ids, **values)  # type: ignore[arg-type]
        return pairs.create_pair(self.actor, self.school_id, new)

    def _school(self) -> School:
        return db.session.get_one(School, self.school_id)


@contextmanager
def registers(app: Flask, cast: Cast, login: str = "boris") -> Iterator[Registers]:
    """Open the registers of a curator's school for writing."""
    school_id = cast.boris_school if login == "boris" else cast.vera_school
    with app.app_context(), writing():
        yield Registers(cast.actor(login), school_id)
