"""Reading the reports that were kept; nothing here changes one."""

from datetime import date
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import defer

from nastav.archive.models import KeptReport, KeptReportFile
from nastav.db import db


class Spoiled(Exception):
    """The bytes of a kept report are not those whose sum was kept with them."""


def kept(district_id: int) -> list[KeptReport]:
    """Return the kept reports of a district, the latest kept first, without who stood behind them."""
    rows = select(KeptReport).filter_by(district_id=district_id)
    light = rows.options(defer(KeptReport.behind)).order_by(KeptReport.id.desc())
    return list(db.session.scalars(light))


def days(district_id: int, first: date, last: date) -> tuple[date, ...]:
    """Return on which days of a stretch a report was kept, each once, the earliest first."""
    rows = (
        select(KeptReport.day)
        .where(KeptReport.district_id == district_id, KeptReport.day.between(first, last))
        .distinct()
        .order_by(KeptReport.day)
    )
    return tuple(db.session.scalars(rows))


def kept_report(district_id: int, report_id: int) -> KeptReport | None:
    """Return a kept report of the district."""
    rows = select(KeptReport).filter_by(district_id=district_id, id=report_id)
    return db.session.scalar(rows)


def content(report: KeptReport) -> bytes:
    """Return the bytes of a kept report as they were.

    Raises:
        Spoiled: they are not what was kept.
    """
    rows = select(KeptReportFile.content).filter_by(report_id=report.id)
    found = db.session.scalar(rows)
    if found is None or sha256(found).hexdigest() != report.sha256:
        raise Spoiled
    return found
