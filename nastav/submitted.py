"""Forms that were sent: a second copy of one that creates has no effect."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column

from nastav.db import Model, UtcDateTime, db

TOKENS_KEPT = timedelta(days=30)


class SubmittedForm(Model):
    """A create form that was already accepted: its second copy has no effect."""

    __tablename__ = "submitted_form"
    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def first_time(token: str) -> bool:
    """Claim the token of a create form; False when it came before (a double click, a retry)."""
    if db.session.get(SubmittedForm, token):
        return False
    db.session.add(SubmittedForm(token=token[:64], at=datetime.now(UTC)))
    db.session.flush()
    return True


def forget() -> None:
    """Delete the tokens of create forms over 30 days from now, either way: no page is that old."""
    now = datetime.now(UTC)
    is_far = (SubmittedForm.at < now - TOKENS_KEPT) | (SubmittedForm.at > now + TOKENS_KEPT)
    db.session.execute(delete(SubmittedForm).where(is_far))
