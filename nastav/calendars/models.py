"""Table of calendar links."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model


class CalendarLink(Model):
    """The one address under which a user's calendar program reads deadlines; a revoked one is gone.

    Whoever knows the code reads the deadlines of the user's school, and nothing else.
    """

    __tablename__ = "calendar_link"
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    made_on: Mapped[date]
