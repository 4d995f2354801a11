"""The named cast: Анна the coordinator, Борис and Вера curators of two schools, Галина a head …

Everybody here is invented.
"""

from dataclasses import dataclass

from nastav.access import Actor, Role
from nastav.accounts.models import User
from nastav.db import db
from nastav.district.models import School

BORIS_SCHOOL = "СОШ №5"  # plan of 2020: 44 mentees, 2 mentors
VERA_SCHOOL = "СОШ №2"  # plan of 2020: 35 mentees, 2 mentors

PEOPLE = (
    ("anna", "Анна Андреева", Role.COORDINATOR, None),
    ("boris", "Борис Белов", Role.CURATOR, BORIS_SCHOOL),
    ("vera", "Вера Волкова", Role.CURATOR, VERA_SCHOOL),
    ("galina", "Галина Громова", Role.HEAD, BORIS_SCHOOL),
    ("gleb", "Глеб Гусев", Role.OBSERVER, None),
)


@dataclass(frozen=True)
class Cast:
    """Ids of the cast and of the places they work in, in a database made by `make_template`."""

    district: int
    boris_school: int
    vera_school: int
    users: dict[str, int]

    def actor(self, login: str) -> Actor:
        """Return a member of the cast as operations take them (needs an application context)."""
        user = db.session.get_one(User, self.users[login])
        return user.as_actor()


def add_cast(district_id: int, password_hash: str) -> None:
    """Add the accounts; the caller commits."""
    schools = {school.name: school.id for school in db.session.query(School)}
    for login, name, role, school in PEOPLE:
        db.session.add(
            User(
                login=login,
                name=name,
                role=role,
                district_id=district_id,
                school_id=schools[school] if school else None,
                password_hash=password_hash,
            )
        )


def read_cast() -> Cast:
    """Return the ids."""
    schools = {school.name: school.id for school in db.session.query(School)}
    users = {user.login: user.id for user in db.session.query(User)}
    return Cast(
        district=db.session.query(User).filter_by(login="anna").one().district_id,
        boris_school=schools[BORIS_SCHOOL],
        vera_school=schools[VERA_SCHOOL],
        users=users,
    )
