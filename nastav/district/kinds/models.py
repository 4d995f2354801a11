"""What each kind that a district names has, and the table of forms of mentoring."""

from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, Versioned


class DistrictKind(Versioned, Model):
    """A line of a list that schools choose from: the district may rename, hide or add to it."""

    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    ordinal: Mapped[int]
    name: Mapped[str]
    is_hidden: Mapped[bool] = mapped_column(default=False)

    event: ClassVar[str]  # what the journal's events begin with
    taken: ClassVar[str]  # said when there is one of this name
    first: ClassVar[tuple[dict[str, Any], ...]]  # those that a district begins with

    @property
    def keeps_name(self) -> bool:
        """Return whether the district may not rename it."""
        return False

    @property
    def origin(self) -> str:
        """Return whose it is, where that is told."""
        return ""


def _official(name: str, *, is_hidden: bool = False) -> dict[str, Any]:
    return {"name": name, "is_official": True, "is_hidden": is_hidden}


class PairKind(DistrictKind):
    """A form of mentoring (форма наставничества): official or the district's own."""

    __tablename__ = "pair_kind"
    name: Mapped[str] = mapped_column(String(100))
    is_official: Mapped[bool] = mapped_column(default=False)

    event, taken = "pair_kind", "Такая форма уже есть: укажите другое название."
    # the target model's five and one that stage III of the order implies (domain)
    first = (
        _official("ученик – ученик"),
        {"name": "учитель – ученик"},
        _official("студент – ученик"),
        _official("работодатель – ученик"),
        _official("учитель – учитель"),
        _official("работодатель – студент", is_hidden=True),  # colleges only
    )

    @property
    def keeps_name(self) -> bool:
        """Return whether it is official: reports upwards use the name."""
        return self.is_official

    @property
    def origin(self) -> str:
        """Return «целевая модель» or «форма района»."""
        return "целевая модель" if self.is_official else "форма района"
