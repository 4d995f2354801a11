"""Accounts of the demo: who works in the district and in its schools; every name says it is invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from nastav.access import Actor, Role
from nastav.accounts.models import User
from nastav.demo.book import Book
from nastav.demo.names import Names
from nastav.district.models import School, TeamMember

INVENTED = "вымышл."  # stands in every invented official's name
HEADED = "СОШ №5"  # the school whose head has an account, too
CHANGED = "СОШ №2"  # the school whose curator of old has none any more


@dataclass
class Staff:
    """Makes accounts; they can be signed in to with the demo's password."""

    book: Book
    names: Names
    random: Random
    district_id: int
    password_hash: str
    head: Actor | None = None  # of the school that has one

    def of_district(self, at: datetime, actor: Actor, suffix: str = "") -> dict[str, Actor]:
        """Add a coordinator and an observer; return login → the actor."""
        made = {
            f"coordinator{suffix}": (Role.COORDINATOR, "координатор"),
            f"observer{suffix}": (Role.OBSERVER, "член рабочей группы"),
        }
        return {
            login: self._user(at, actor, login, role, None, post)
            for login, (role, post) in made.items()
        }

    def of_school(
        self, at: datetime, actor: Actor, school: School, login: str
    ) -> tuple[str, Actor]:
        """Add a school's curator, also as a member of its working group."""
        post = "заместитель директора"
        curator = self._user(at, actor, login, Role.CURATOR, school, post)
        if school.name == HEADED:
            self.head = self._user(at, actor, "head5", Role.HEAD, school, "директор")
        return login, curator

    def former(self, at: datetime, until: datetime, actor: Actor, school: School) -> None:
        """Add a curator who has left; the account is disabled."""
        login, post = "school2-old", "педагог-организатор"
        gone = self._user(at, actor, login, Role.CURATOR, school, post, disabled_at=until)
        self.book.note(until, actor, "user:disabled", subject=login, school_id=gone.school_id)

    def team(self, at: datetime, curator: Actor, others: Sequence[str] = ()) -> None:
        """Write down a school's working group: its curator and others by their posts."""
        posts = ("заместитель директора", *others)
        for place, post in enumerate(posts):
            name = curator.name if place == 0 else f"{self.names.next().full} ({INVENTED})"
            row = self.book.add(
                TeamMember,
                at,
                district_id=self.district_id,
                school_id=curator.school_id,
                ordinal=place + 1,
                name=name,
                post=post,
                is_curator=place == 0,
            )
            self.book.note(at, curator, "member:added", subject=f"участник № {row['id']}")

    def _user(
        self,
        at: datetime,
        actor: Actor,
        login: str,
        role: Role,
        school: School | None,
        post: str,
        disabled_at: datetime | None = None,
    ) -> Actor:
        row = self.book.add(
            User,
            at,
            login=login,
            role=role,
            name=f"{self.names.next().full} ({INVENTED})",
            post=post,
            phone=f"8 (86163) 0-00-{self.random.randint(10, 99)}" if school else "",
            email=f"{login}@example.invalid" if school else "",
            district_id=self.district_id,
            school_id=school.id if school else None,
            password_hash=self.password_hash,
            disabled_at=disabled_at,
        )
        where = {"district_id": self.district_id, "school_id": row["school_id"]}
        self.book.note(at, actor, "user:added", subject=login, **where)
        return Actor(row["id"], row["name"], role, self.district_id, row["school_id"])
