"""Changing accounts: sign-ins are opened, renewed and closed here."""

import hashlib
import secrets

from argon2 import PasswordHasher
from sqlalchemy import delete, update

from nastav import dates
from nastav.accounts.models import SignIn, User
from nastav.db import db

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP's floor (S6)


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password; some 25 ms, so never inside a write transaction."""
    return _hasher.hash(password)


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


def close_all_sign_ins(user: User) -> None:
    """End every session of a user (a new password, a reset, disabling)."""
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id))


def mark_seen(sign_in_id: int) -> None:
    """Note that the session is in use now."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=dates.now()))
