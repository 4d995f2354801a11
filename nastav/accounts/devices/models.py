"""The table of browsers that are known."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime


class Device(Model):
    """A browser that an account was signed in from; it opens nothing, and one browser may serve several.

    The browser's cookie carries a random mark, here is its hash.
    """

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("mark_hash", "user_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    mark_hash: Mapped[bytes]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now, index=True)
