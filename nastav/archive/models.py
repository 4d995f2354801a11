"""Tables of the reports that were kept as they were signed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from nastav import dates, ru
from nastav.db import Model, UtcDateTime

LONGEST_TITLE = 200


class KeptReport(Model):
    """A report as it was kept: never changed, never deleted. Its bytes lie in `KeptReportFile`."""

    __tablename__ = "kept_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    day: Mapped[date]  # what it is a report on
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    actor_name: Mapped[str] = mapped_column(String(200))
    rules_number: Mapped[int]
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)  # the district's settings of counting then
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))
    figures: Mapped[list[list[Any]]] = mapped_column(JSON)  # key, label, value
    # school's id → part → who is counted: person's id and register number; no name
    behind: Mapped[dict[str, dict[str, list[list[int]]]]] = mapped_column(JSON)

    @property
    def covered(self) -> str:
        """Return «1 551 из 1 995», the children covered and the plan; «—» for what was not known."""
        known = {key: value for key, _, value in self.figures}
        said = (known.get("mentee.covered"), known.get("mentee.covered.whole"))
        fact, plan = ("—" if value is None else ru.number(value) for value in said)
        return f"{fact} из {plan}"


class KeptReportFile(Model):
    """The bytes of a kept report, read only at download."""

    __tablename__ = "kept_report_file"
    report_id: Mapped[int] = mapped_column(ForeignKey("kept_report.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
