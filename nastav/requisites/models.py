"""Tables of the requisites: what a school's and a district's papers say of them, typed once."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, Versioned


class SchoolRequisites(Versioned, Model):
    """Of a school; made by its first save. Who signs may be another for a time.

    `issuer_whom` is the school's own word, for as long as the district has none; it holds for `issuer`, the
    order's issuer as it was called then.
    """

    __tablename__ = "school_requisites"
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    full_name: Mapped[str] = mapped_column(String(500), default="")  # may break in two lines
    short_name: Mapped[str] = mapped_column(String(200), default="")
    town: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    founder: Mapped[str] = mapped_column(String(300), default="")
    head_name: Mapped[str] = mapped_column(String(200), default="")
    head_post: Mapped[str] = mapped_column(String(200), default="")
    acting_name: Mapped[str] = mapped_column(String(200), default="")
    acting_post: Mapped[str] = mapped_column(String(200), default="")
    acting_until: Mapped[date | None]  # inclusive
    issuer: Mapped[str] = mapped_column(String(500), default="")
    issuer_whom: Mapped[str] = mapped_column(String(500), default="")


class MemberCase(Model):
    """«Кого?» of a member of a working group, confirmed by a person for a name and a post as they were."""

    __tablename__ = "member_case"
    member_id: Mapped[int] = mapped_column(
        ForeignKey("team_member.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(200))
    post: Mapped[str] = mapped_column(String(300))
    name_whom: Mapped[str] = mapped_column(String(200))
    post_whom: Mapped[str] = mapped_column(String(300))


class DistrictRequisites(Versioned, Model):
    """«Чьего приказа», as the coordinator wrote it for an issuer as it was called then."""

    __tablename__ = "district_requisites"
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), primary_key=True)
    issuer: Mapped[str] = mapped_column(String(500))
    issuer_whom: Mapped[str] = mapped_column(String(500))
