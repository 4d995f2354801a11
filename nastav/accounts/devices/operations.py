"""Getting to know browsers, and forgetting them."""

import secrets

from sqlalchemy import delete, update

from nastav import dates
from nastav.accounts.devices import queries
from nastav.accounts.devices.models import Device
from nastav.db import db


def remember(user_id: int, mark: str) -> str:
    """Know the browser of somebody who has just proved the password; return the mark for its cookie.

    Args:
        mark: what the browser sent; one that was not given out here is not taken over.
    """
    forget_old()
    if device := queries.device_of(mark, user_id):
        device.used_at = dates.now()
        return mark
    if not queries.is_ours(mark):
        mark = secrets.token_urlsafe(32)
    db.session.add(Device(mark_hash=queries.hash_of(mark), user_id=user_id))
    return mark


def replace(user_id: int, mark: str) -> str:
    """Know the browser under a new mark, so that a copy of the former one is worth nothing."""
    fresh = secrets.token_urlsafe(32)
    former = update(Device).where(Device.mark_hash == queries.hash_of(mark))
    db.session.execute(former.values(mark_hash=queries.hash_of(fresh)))
    return remember(user_id, fresh)


def forget(user_id: int) -> None:
    """Know no browser of an account any more: its password is another one, or it is disabled."""
    db.session.execute(delete(Device).where(Device.user_id == user_id))


def forget_old() -> None:
    """Delete what was not used for 180 days; a use dated ahead of the clock counts from now."""
    now = dates.now()
    ahead = update(Device).where(Device.used_at > now + dates.LEEWAY)
    db.session.execute(ahead.values(used_at=now))
    db.session.execute(delete(Device).where(Device.used_at <= now - queries.KEPT))
