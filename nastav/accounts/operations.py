"""Changing accounts: users are added, reset and disabled; sign-ins are opened and closed."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update

from nastav import dates
from nastav.access import SCHOOL_ROLES, Actor, Role
from nastav.accounts import passwords, queries
from nastav.accounts.devices import operations as devices
from nastav.accounts.models import FailedSignIn, SignIn, User
from nastav.audit.operations import record
from nastav.db import db
from nastav.district.models import School
from nastav.refusals import NotAllowed

FIRST_LOGIN = "coordinator"
_FAILURES_KEPT = timedelta(days=2)


@dataclass(frozen=True)
class NewUser:
    """An account to be made; the password comes hashed, for hashing is slow."""

    login: str
    role: Role
    password_hash: str
    school: School | None = None
    name: str = ""
    post: str = ""
    must_change: bool = True


def hash_password(password: str) -> str:
    """Return the hash of a password (see `passwords`)."""
    return passwords.hash_password(password)


# --- sign-ins -------------------------------------------------------------------------------------


def token_hash(token: str) -> bytes:
    """Return what the server keeps of a cookie's token."""
    return hashlib.sha256(token.encode()).digest()


def open_sign_in(user: User) -> str:
    """Open a session of a user and return the token for the cookie, 256 random bits."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(token_hash=token_hash(token), csrf_secret=secrets.token_bytes(32), user_id=user.id)
    )
    return token


def close_sign_in(sign_in_id: int) -> None:
    """End one session: its cookie is worth nothing from now on."""
    db.session.execute(delete(SignIn).where(SignIn.id == sign_in_id))


def close_sign_ins(user: User, *, but: int | None = None) -> None:
    """End every session of a user, but for the one he works in (a new password, a reset …)."""
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id, SignIn.id.is_not(but)))


def mark_seen(sign_in_id: int) -> None:
    """Note that the session is in use now."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=dates.now()))


def forget_ended(*, idle: timedelta, longest: timedelta) -> None:
    """Delete the sessions of everybody that ended by time, or are dated ahead of the clock."""
    now = dates.now()
    ended = or_(
        SignIn.seen_at < now - idle,
        SignIn.created_at < now - longest,
        SignIn.seen_at > now + dates.LEEWAY,
        SignIn.created_at > now + dates.LEEWAY,
    )
    db.session.execute(delete(SignIn).where(ended))


def count_attempt(login: str, address: str, device_id: int | None = None) -> int:
    """Count an attempt as failed before it is checked, and return its id; forget old ones.

    Counted afterwards, guesses sent at the same time would all pass the limit.
    """
    key = FailedSignIn.key_of(login)
    attempt = FailedSignIn(login=key, address=address[:60], device_id=device_id)
    db.session.add(attempt)
    now = dates.now()
    useless = or_(FailedSignIn.at < now - _FAILURES_KEPT, FailedSignIn.at > now + dates.LEEWAY)
    db.session.execute(delete(FailedSignIn).where(useless))
    db.session.flush()
    return attempt.id


def forget_attempt(attempt_id: int) -> None:
    """Take back an attempt that turned out right."""
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.id == attempt_id))


def note_failure(
    login: str, address: str, *, device_id: int | None = None, district_id: int | None
) -> None:
    """Journal a failed attempt, and the closing of the login where it was one too many.

    What comes while the login is closed is not journalled: a robot would fill the disk.
    """
    # an unknown login is not written down: it may be a password typed into the wrong field
    subject = login if district_id is not None else "неизвестный логин"
    nobody = Actor.system("не вошёл")
    details: dict[str, Any] = {"subject": subject, "district_id": district_id, "address": address}
    record(nobody, "sign_in:failed", **details)
    if queries.must_wait(login, address, dates.now(), device_id):
        record(nobody, "sign_in:throttled", **details)


# --- users ----------------------------------------------------------------------------------------


def add_user(actor: Actor, district_id: int, new: NewUser) -> User:
    """Add an account.

    Raises:
        NotAllowed: the login is malformed or taken, or role and school do not fit together.
    """
    login = new.login.strip().casefold()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,39}", login):
        raise NotAllowed(
            "", "Логин: от 3 до 40 знаков, латинские буквы, цифры, точка, дефис. Например: school5."
        )
    if queries.user_by_login(login):
        raise NotAllowed("", f"Логин «{login}» уже занят. Выберите другой, например {login}-2.")
    if (new.role in SCHOOL_ROLES) != (new.school is not None):
        raise NotAllowed(
            "",
            "Куратору и директору нужна школа, координатору и наблюдателю — нет. Исправьте роль или школу.",
        )
    user = User(
        login=login,
        role=new.role,
        password_hash=new.password_hash,
        must_change=new.must_change,
        district_id=district_id,
        school_id=new.school.id if new.school else None,
        name=new.name,
        post=new.post,
    )
    db.session.add(user)
    db.session.flush()
    _record(actor, "user:added", user)
    return user


def first_coordinator(district_id: int) -> tuple[str, str] | None:
    """Make the district's first coordinator; return login and one-time password, None if there is one.

    Hashes before it reads, so that nothing waits if it is the first thing in its transaction.
    """
    password = passwords.generate()
    password_hash = hash_password(password)
    exists = select(User.id).filter_by(district_id=district_id, role=Role.COORDINATOR)
    if db.session.scalar(exists.limit(1)):
        return None
    taken = queries.taken_logins()
    login = FIRST_LOGIN
    while login in taken:
        login += f"-{district_id}"
    new = NewUser(login, Role.COORDINATOR, password_hash)
    add_user(Actor.system(), district_id, new)
    return login, password


def school_logins(schools: Sequence[School], taken: set[str]) -> list[tuple[School, str]]:
    """Return each school with a free login: the number in its name («school5»), or its ordinal."""
    logins: list[str] = []
    for school in schools:
        number = re.search(r"\d+", school.name)
        login = f"school{number.group() if number else f'-{school.ordinal}'}"
        while login in taken or login in logins:
            login += "-2"
        logins.append(login)
    return list(zip(schools, logins, strict=True))


def change_details(actor: Actor, user: User, details: dict[str, str]) -> None:
    """Change name, post, phone or e-mail of an account; the journal names the fields."""
    changed = [key for key, value in details.items() if getattr(user, key) != value]
    for key in changed:
        setattr(user, key, details[key])
    if changed:
        changes = dict.fromkeys(changed, ("", "изменено"))
        _record(actor, "user:changed", user, changes)


def set_password(
    actor: Actor, user: User, password_hash: str, *, must_change: bool, keep: int | None = None
) -> None:
    """Give an account another password, end its sessions but for `keep`, forget browsers and failures."""
    user.password_hash = password_hash
    user.must_change = must_change
    close_sign_ins(user, but=keep)
    devices.forget(user.id)
    key = FailedSignIn.key_of(user.login)
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.login == key))
    event = "password:reset" if must_change else "password:changed"
    _record(actor, event, user)


def disable(actor: Actor, user: User) -> None:
    """Close an account to its owner.

    Raises:
        NotAllowed: it is the last coordinator of the district (rules.md#accounts).
    """
    if user.role is Role.COORDINATOR and not queries.other_coordinators(user):
        raise NotAllowed(
            "",
            "Это последний координатор района: без него никто не сможет войти в настройки. "
            "Сначала добавьте другого координатора.",
        )
    if user.disabled_at is None:
        user.disabled_at = dates.now()
        close_sign_ins(user)
        devices.forget(user.id)
        _record(actor, "user:disabled", user)


def enable(actor: Actor, user: User) -> None:
    """Open a disabled account again."""
    if user.disabled_at is not None:
        user.disabled_at = None
        _record(actor, "user:enabled", user)


def _record(
    actor: Actor, event: str, user: User, changes: dict[str, tuple[str, str]] | None = None
) -> None:
    """Journal what was done to an account, in its own district: a command's actor has none."""
    record(
        actor,
        event,
        subject=user.login,
        changes=changes,
        district_id=user.district_id,
        school_id=user.school_id,
    )
