"""The table of forms of mentoring."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, Versioned


class PairKind(Versioned, Model):
    """A form of mentoring (форма наставничества): official or the district's own."""

    __tablename__ = "pair_kind"
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    ordinal: Mapped[int]
    name: Mapped[str] = mapped_column(String(100))
    is_official: Mapped[bool]
    is_hidden: Mapped[bool] = mapped_column(default=False)
