"""The erasable history of personal values; the journal holds field and register number only."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates, terms
from nastav.db import Model, UtcDateTime


class PersonChange(Model):
    """One field of a person changed in a school, old → new as people read them.

    See rules.md#journal-without-values.
    """

    __tablename__ = "person_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    actor_name: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(24))  # a key of FIELDS
    old: Mapped[str] = mapped_column(String(300))
    new: Mapped[str] = mapped_column(String(300))


NAME = ("surname", "given_name", "patronymic")
FIELDS = {
    **{name: terms.inside(term) for name, term in terms.PERSON.items() if name != "number"},
    "left": "выбытие",
    "mistake": "внесено по ошибке",
}
