"""A school whose curator makes papers: a working group, a group that acts, fourteen drafts."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.district.models import TeamMember
from nastav.pairs.models import PairState
from nastav.people.models import Kind
from tests.support.cast import Cast
from tests.support.registers import registers
from tests.support.requisites import fill_requisites

STARTED = date(2020, 12, 1)


@dataclass(frozen=True)
class Desk:
    """The school of Борис: ids of its pairs, and the addresses of its papers."""

    school: int
    acting: int
    drafts: tuple[int, ...]

    @property
    def papers(self) -> str:
        return f"/schools/{self.school}/2020/papers"

    @property
    def numbers(self) -> str:
        return f"{self.papers}/numbers"

    @property
    def pairs(self) -> list[int]:
        return [self.acting, *self.drafts]


@pytest.fixture
def desk(app: Flask, cast: Cast) -> Desk:
    """Return the school: its requisites are filled, one group acts, fourteen pairs are drafts."""
    add_team(app, cast)
    with registers(app, cast) as own:
        teacher = own.mentor("Бондарь Лев Андреевич", kind=Kind.TEACHER, post="учитель математики")
        group = own.pair(teacher, own.mentee("Дроздов Кирилл"), own.mentee("Зайцева Полина"))
        drafts = [
            own.pair(own.mentor(grade=10), own.mentee(), state=PairState.DRAFT, started=STARTED).id
            for _ in range(14)
        ]
        return Desk(cast.boris_school, group.id, tuple(drafts))


def add_team(app: Flask, cast: Cast) -> None:
    """Add the working group of Борис's school, and what its papers ask of it."""
    with app.app_context(), writing():
        for ordinal, (name, post, is_curator) in enumerate(
            (
                ("Громова Галина Петровна", "директор", False),
                ("Белов Борис Ильич", "заместитель директора", True),
                ("Ткаченко Ольга Викторовна", "педагог-психолог", False),
            )
        ):
            db.session.add(
                TeamMember(
                    district_id=cast.district,
                    school_id=cast.boris_school,
                    ordinal=ordinal,
                    name=name,
                    post=post,
                    is_curator=is_curator,
                )
            )
        db.session.flush()
        fill_requisites(cast.boris_school)
