"""Reading accounts and sign-ins."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nastav.access import Role
from nastav.accounts.models import SignIn, User
from nastav.db import db


def live_sign_in(
    token_hash: bytes, *, now: datetime, idle: timedelta, longest: timedelta
) -> SignIn | None:
    """Return the sign-in with its user, unless it ended by time or the account is disabled."""
    rows = select(SignIn).filter_by(token_hash=token_hash).options(joinedload(SignIn.user))
    found = db.session.scalar(rows)
    if found is None or not found.user.is_active:
        return None
    fresh = now - found.seen_at <= idle and now - found.created_at <= longest
    return found if fresh else None


def user_by_login(login: str) -> User | None:
    """Return the account of a login, whatever the case it was typed in."""
    return db.session.scalar(select(User).filter_by(login=login.strip().casefold()))


def head_name(school_id: int) -> str:
    """Return the name of a school's head for a signature, or nothing."""
    rows = select(User.name).filter_by(school_id=school_id, role=Role.HEAD, disabled_at=None)
    return db.session.scalar(rows.order_by(User.id)) or ""
