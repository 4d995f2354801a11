"""Forms that were sent: a second copy of one that creates has no effect."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Insert, String, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, UtcDateTime, db
from nastav.statements import insert_into, made_once, write

TOKENS_KEPT = timedelta(days=30)


class SubmittedForm(Model):
    """A create form that was already accepted: its second copy has no effect."""

    __tablename__ = "submitted_form"
    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def first_time(token: str) -> bool:
    """Claim the token of a create form; False when it came before (a double click, a retry)."""
    now = datetime.now(UTC)
    claimed = write(_claim(), {"token": token[:64], "at": now})
    return claimed.first() is not None


@made_once
def _claim() -> Insert:
    """One statement that adds the token unless it is there; made once, every form asks."""
    token = bindparam("token", type_=String)
    is_there = select(SubmittedForm.token).where(SubmittedForm.token == token).exists()
    values = select(token, bindparam("at", type_=UtcDateTime)).where(~is_there)
    claim = insert_into(SubmittedForm).from_select(["token", "at"], values)
    return claim.returning(SubmittedForm.token)  # the count of rows is not told by every database


def forget() -> None:
    """Delete the tokens of create forms over 30 days from now, either way: no page is that old."""
    now = datetime.now(UTC)
    is_far = (SubmittedForm.at < now - TOKENS_KEPT) | (SubmittedForm.at > now + TOKENS_KEPT)
    db.session.execute(delete(SubmittedForm).where(is_far))
