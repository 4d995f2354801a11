"""Tables of accounts: users, their sign-ins (sessions on the server), failed attempts."""

import hashlib
from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nastav import dates
from nastav.access import ROLE_LABELS, Actor, Role
from nastav.db import Model, UtcDateTime, Versioned, choice


class User(UserMixin, Versioned, Model):  # type: ignore[misc]
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

    def as_actor(self) -> Actor:
        """Return the user as operations take him."""
        return Actor(self.id, self.name or self.login, self.role, self.district_id, self.school_id)

    @property
    def role_label(self) -> str:
        return ROLE_LABELS[self.role]


class SignIn(Model):
    """A session, kept by the server; the browser's cookie carries an opaque id, here is its hash."""

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    csrf_secret: Mapped[bytes]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)

    user: Mapped[User] = relationship(lazy="raise_on_sql")


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
