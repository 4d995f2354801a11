"""Tables of a district's own templates of papers."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates
from nastav.db import Model, UtcDateTime


class Blank(Model):
    """A district's template of a kind of paper, as it was sent; never changed.

    It has a number once it was put in use, and then is never deleted: papers made of it keep it. One
    that was only tried goes when the next is sent. Its bytes lie in `BlankFile`.
    """

    __tablename__ = "blank"
    __table_args__ = (UniqueConstraint("district_id", "kind_key", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    kind_key: Mapped[str] = mapped_column(String(40))  # of papers.catalogue
    number: Mapped[int | None]
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    actor_name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))
    is_in_use: Mapped[bool] = mapped_column(default=False)  # at most one of a kind


class BlankFile(Model):
    """The bytes of a template."""

    __tablename__ = "blank_file"
    blank_id: Mapped[int] = mapped_column(ForeignKey("blank.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
