"""Reading which browsers are known."""

import hashlib
from datetime import timedelta

from sqlalchemy import select

from nastav import dates
from nastav.accounts.devices.models import Device
from nastav.db import db

KEPT = timedelta(days=180)  # after the last sign-in


def hash_of(mark: str) -> bytes:
    """Return what the server keeps of a mark."""
    return hashlib.sha256(mark.encode()).digest()


def device_of(mark: str, user_id: int) -> Device | None:
    """Return what is known of an account in the browser with this mark, or None."""
    rows = select(Device).filter_by(mark_hash=hash_of(mark), user_id=user_id)
    return db.session.scalar(rows.where(Device.used_at > dates.now() - KEPT))


def is_ours(mark: str) -> bool:
    """Tell whether this site gave out the mark and still knows it, for whatever account."""
    rows = select(Device.id).filter_by(mark_hash=hash_of(mark))
    return db.session.scalar(rows.limit(1)) is not None
