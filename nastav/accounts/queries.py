"""Reading accounts and sign-ins."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from nastav import dates, ru
from nastav.access import Role
from nastav.accounts.models import FailedSignIn, LiveSignIn, Member, SignIn, User
from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.models import District, School, TeamMember
from nastav.statements import made_once, read

# (within, at most): failures of one account, and of one address, which a whole school shares
# (security.md#s7)
BY_LOGIN = ((timedelta(minutes=5), 10), (timedelta(days=1), 100))
BY_ADDRESS = ((timedelta(minutes=5), 100),)
OF_CURATOR = "Школьный куратор"
Counted = tuple[ColumnElement[bool], tuple[tuple[timedelta, int], ...]]


@dataclass(frozen=True)
class Contact:
    """Whom to call at a school."""

    name: str
    post: str
    phone: str
    email: str


@dataclass(frozen=True)
class UserLine:
    """An account as the coordinator's list shows it."""

    id: int
    login: str
    name: str
    role_label: str
    post: str
    school: str
    seen_at: datetime | None
    must_change: bool
    is_active: bool


def live_sign_in(
    token_hash: bytes, *, now: datetime, idle: timedelta, longest: timedelta
) -> LiveSignIn | None:
    """Return the sign-in with its user, unless it ended by time or the account is disabled.

    One dated over five minutes ahead has ended, too: by its own date it would go on for years.
    """
    row = read(_sign_in(), {"token_hash": token_hash}).first()
    if row is None:
        return None
    id_, secret, created_at, seen_at, *member = row
    found = LiveSignIn(id_, secret, created_at, seen_at, Member(*member))
    is_fresh = dates.is_within(idle, found.seen_at, now)
    return found if is_fresh and dates.is_within(longest, found.created_at, now) else None


@made_once
def _sign_in() -> Select[*tuple[Any, ...]]:
    """Made once: every request asks."""
    of_sign_in = (SignIn.id, SignIn.csrf_secret, SignIn.created_at, SignIn.seen_at)
    of_user = (User.id, User.login, User.name, User.role, User.district_id, User.school_id)
    rows = select(*of_sign_in, *of_user, User.must_change).join(User, User.id == SignIn.user_id)
    has_hash = SignIn.token_hash == bindparam("token_hash")
    return rows.where(has_hash, User.disabled_at.is_(None))


def sign_ins_of(
    user_id: int, *, now: datetime, idle: timedelta, longest: timedelta
) -> list[SignIn]:
    """Return the open sessions of a user, the last used first."""
    rows = select(SignIn).where(
        SignIn.user_id == user_id,
        SignIn.seen_at.between(now - idle, now + dates.LEEWAY),
        SignIn.created_at.between(now - longest, now + dates.LEEWAY),
    )
    return list(db.session.scalars(rows.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def user(user_id: int) -> User | None:
    """Return an account, or None."""
    return db.session.get(User, user_id)


def user_by_login(login: str) -> User | None:
    """Return the account of a login, whatever the case it was typed in."""
    return db.session.scalar(select(User).filter_by(login=login.strip().casefold()))


def live_hash(user_id: int) -> str | None:
    """Return the password hash that an account has now; None if it is disabled."""
    rows = select(User.password_hash).where(User.id == user_id, User.disabled_at.is_(None))
    return db.session.scalar(rows)


@dataclass(frozen=True)
class Signer:
    """Who signs a paper: the post, and the name with initials first, "" where the site knows none."""

    post: str
    name: str = ""


@dataclass(frozen=True)
class Signers:
    """Who signs a school's papers."""

    head: Signer
    curator: Signer


def signers(school: School) -> Signers:
    """Return who signs for a school, by its accounts; for a curator without one, by its working group."""
    rows = select(User.role, User.name, User.post).filter_by(school_id=school.id, disabled_at=None)
    named = rows.where(User.name != "").order_by(User.id.desc())
    known = {row.role: row for row in db.session.execute(named)}
    head, curator = known.get(Role.HEAD), known.get(Role.CURATOR) or _marked_curator(school)
    of_head = ru.capitalized(head.post if head and head.post else "директор")
    of_curator = [OF_CURATOR, *([curator.post] if curator and curator.post else [])]
    return Signers(
        Signer(f"{of_head} {school.name}", ru.initials_first(head.name) if head else ""),
        Signer(", ".join(of_curator), ru.initials_first(curator.name) if curator else ""),
    )


def head_of(school: School) -> str:
    """Return the name of a school's head by their account; "" where there is none."""
    rows = select(User.name).filter_by(school_id=school.id, role=Role.HEAD, disabled_at=None)
    return db.session.scalar(rows.order_by(User.id.desc())) or ""


def _marked_curator(school: School) -> TeamMember | None:
    team = districts.team(school.district_id, school.id)
    return next((member for member in team if member.is_curator), None)


def psychologist(school: School) -> Signer:
    """Return the psychologist of a school's working group."""
    team = districts.team(school.district_id, school.id)
    found = next((member for member in team if "психолог" in member.post.casefold()), None)
    return Signer("Педагог-психолог", ru.initials_first(found.name) if found else "")


def user_of(district_id: int, user_id: int) -> User | None:
    """Return an account of the district, or None."""
    return db.session.scalar(select(User).filter_by(district_id=district_id, id=user_id))


def users(district_id: int) -> list[UserLine]:
    """Return the district's accounts: the district's own first, then by school in the order's order.

    The last sign-in is read from the journal: a session's row goes when it ends. One dated ahead of the
    clock is left out, or it would hide every later one.
    """
    seen = (
        select(func.max(AuditEntry.at))
        .where(
            AuditEntry.actor_id == User.id,
            AuditEntry.event == "sign_in:opened",
            AuditEntry.at <= dates.now() + dates.LEEWAY,
        )
        .scalar_subquery()
    )
    rows = (
        select(User, School.name, seen)
        .join(School, School.id == User.school_id, isouter=True)
        .where(User.district_id == district_id)
        .order_by(School.ordinal.is_not(None), School.ordinal, User.login)
    )
    return [
        UserLine(
            user.id,
            user.login,
            user.name,
            user.role_label,
            user.post,
            school or "",
            at,
            user.must_change,
            user.is_active,
        )
        for user, school, at in db.session.execute(rows)
    ]


def contacts(school_ids: Collection[int]) -> dict[int, list[Contact]]:
    """Return the active curators of schools by the school's id."""
    rows = (
        select(User.school_id, User.name, User.post, User.phone, User.email)
        .where(
            User.school_id.in_(school_ids), User.role == Role.CURATOR, User.disabled_at.is_(None)
        )
        .order_by(User.id)
    )
    found: dict[int, list[Contact]] = defaultdict(list)
    for school_id, *details in db.session.execute(rows):
        found[school_id or 0].append(Contact(*details))
    return dict(found)


def curators(school: School) -> list[Contact]:
    """Return whom to call at a school: its curators' accounts, else who is so marked in its group."""
    known = [each for each in contacts([school.id]).get(school.id, []) if each.name]
    return known or [
        Contact(each.name, each.post, each.phone, each.email)
        for each in districts.team(school.district_id, school.id)
        if each.is_curator
    ]


def schools_without_curator(district_id: int) -> list[School]:
    """Return the schools that have no curator's account, disabled ones counted, in order."""
    curators = User.district_id == district_id, User.role == Role.CURATOR
    have = select(User.school_id).where(*curators, User.school_id.is_not(None))
    rows = select(School).where(School.district_id == district_id, School.id.not_in(have))
    return list(db.session.scalars(rows.order_by(School.ordinal)))


def other_coordinators(user: User) -> int:
    """Return how many other active coordinators the user's district has."""
    rows = select(func.count()).where(
        User.district_id == user.district_id,
        User.role == Role.COORDINATOR,
        User.disabled_at.is_(None),
        User.id != user.id,
    )
    return db.session.scalar(rows) or 0


def taken_logins() -> set[str]:
    """Return every login there is."""
    return set(db.session.scalars(select(User.login)))


def must_wait(
    login: str, address: str, now: datetime, device_id: int | None = None
) -> timedelta | None:
    """Return for how long nobody may try this login from this address, or None (security.md#s7).

    Args:
        device_id: the known browser it is tried in, which only its own failures close; None: all
            browsers that are not known count together.
    """
    here = FailedSignIn.device_id == device_id
    counted: list[Counted] = [(FailedSignIn.login == FailedSignIn.key_of(login), BY_LOGIN)]
    if device_id is None:
        counted.append((FailedSignIn.address == address, BY_ADDRESS))
    waits = []
    for which, limits in counted:
        for within, most in limits:
            time = (FailedSignIn.at > now - within, FailedSignIn.at <= now + dates.LEEWAY)
            failures = select(FailedSignIn.at).where(which, here, *time)
            rows = failures.order_by(FailedSignIn.at.desc()).offset(most - 1).limit(1)
            if first := db.session.scalar(rows):  # the one whose passing makes room again
                waits.append(min(first + within - now, within))
    return max(waits, default=None)


def guessable_words(user: User) -> list[str]:
    """Return the texts a password of this user may not consist of: login, names, place, school."""
    district = db.session.get_one(District, user.district_id)
    school = db.session.get(School, user.school_id) if user.school_id else None
    return [user.login, user.name, *place_words(district, school)]


def place_words(district: District, school: School | None) -> list[str]:
    """Return what every neighbour knows of a place: its names, its order, who works in it."""
    place = [district.name, district.region, school.name if school else ""]
    order = [district.order_place, district.order_subject, district.order_issuer]
    people = [district.coordinator, district.coordinator_post, district.signed_by]
    users = select(User.name).where(User.district_id == district.id)
    school_ids = (TeamMember.school_id.is_(None), TeamMember.school_id == (school and school.id))
    team = select(TeamMember.name).where(TeamMember.district_id == district.id, or_(*school_ids))
    return [*place, *order, *people, *db.session.scalars(users), *db.session.scalars(team)]
