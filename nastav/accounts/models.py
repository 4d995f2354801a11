"""Tables of accounts: users, their sign-ins (sessions on the server), failed attempts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.access import ROLE_LABELS, Actor, Role
from nastav.db import Model, UtcDateTime, Versioned, choice


class Known(Protocol):
    """What a person signed in and the row of an account both tell."""

    @property
    def id(self) -> int: ...
    @property
    def login(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def district_id(self) -> int: ...
    @property
    def school_id(self) -> int | None: ...


class Account:
    """What follows from that."""

    def as_actor(self: Known) -> Actor:
        """Return the user as operations take him."""
        return Actor(self.id, self.name or self.login, self.role, self.district_id, self.school_id)

    @property
    def role_label(self: Known) -> str:
        return ROLE_LABELS[self.role]


@dataclass(frozen=True)
class Member(Account, UserMixin):  # type: ignore[misc]
    """The person signed in, as every page knows him; to be changed, the account is read as a row."""

    id: int
    login: str
    name: str
    role: Role
    district_id: int
    school_id: int | None
    must_change: bool


@dataclass(frozen=True)
class LiveSignIn:
    """A session that has not ended, and whose it is."""

    id: int
    csrf_secret: bytes
    created_at: datetime
    seen_at: datetime
    user: Member


class User(Account, Versioned, Model):
    """A person who signs in: one account, one role, at most one school."""

    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)  # lower case
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(default=False)  # a generated password
    role: Mapped[Role] = mapped_column(choice(Role))
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    post: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None


class SignIn(Model):
    """A session, kept by the server; the browser's cookie carries an opaque id, here is its hash."""

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    csrf_secret: Mapped[bytes]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)


class FailedSignIn(Model):
    """A failed attempt, counted by login, browser and address; survives a restart and several workers."""

    __tablename__ = "failed_sign_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now, index=True)
    login: Mapped[str] = mapped_column(String(60), index=True)  # see `key_of`
    address: Mapped[str] = mapped_column(String(60), index=True)
    device_id: Mapped[int | None] = mapped_column(  # None: in a browser that is not known
        ForeignKey("device.id", ondelete="CASCADE"), index=True
    )

    @staticmethod
    def key_of(login: str) -> str:
        """Return what stands for a login here: it may be a password typed into the wrong field."""
        return hashlib.sha256(login.encode()).hexdigest()[:60]
