"""Tables of the papers that schools have made."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates, terms
from nastav.db import Model, UtcDateTime, Versioned
from nastav.papers.catalogue import KINDS
from nastav.papers.kinds import Kind
from nastav.requisites.texts.models import LONGEST


class Paper(Versioned, Model):
    """A paper of a school as it was made: of what, as of which day; signed once it has its date.

    Of people and pairs it keeps ids alone, so that it is drawn again with the names they have now.
    """

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_school_year", "school_id", "first_year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    first_year: Mapped[int]  # of the school year
    key: Mapped[str] = mapped_column(String(24))  # of `papers.catalogue.KINDS`
    asked_on: Mapped[date]  # as of which day it holds what it holds
    ids: Mapped[dict[str, list[int]]] = mapped_column(JSON)  # `contents.scope.Ids`; no name
    # the version of the district's template it was made of; none: ours
    template_id: Mapped[int | None] = mapped_column(ForeignKey("blank.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    made_by: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(terms.LONGEST_ORDER), default="")
    dated: Mapped[date | None]  # when it was signed; none: not yet
    numbered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    numbered_by: Mapped[str] = mapped_column(String(200), default="")
    order_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), index=True)  # approved it
    # what its number and date changed elsewhere (`numbers.effects.Effects`), to be corrected and undone
    effects: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @property
    def kind(self) -> Kind:
        return KINDS[self.key]

    @property
    def is_signed(self) -> bool:
        """Tell whether its date was entered, so that it is closed."""
        return self.dated is not None

    @property
    def file_name(self) -> str:
        """Return the name of its file without the ending: «prikaz-pary-2020-12-09»; nobody's name."""
        return f"{self.kind.file}-{self.asked_on}"


class PaperText(Model):
    """A text of the school as a paper was signed with it; erased it stays, empty."""

    __tablename__ = "paper_text"
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(24), primary_key=True)  # of `SchoolTexts`
    text: Mapped[str] = mapped_column(String(LONGEST))


class PaperFile(Model):
    """The bytes of a signed paper without children's names, read only when it is shown."""

    __tablename__ = "paper_file"
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
