"""Closing a school year with its report, in one transaction, and opening it again."""

from nastav import dates, ru
from nastav.access import Actor
from nastav.archive.models import KeptReport
from nastav.audit.operations import record
from nastav.db import Conflict, check_version, db
from nastav.district.models import Cycle, District
from nastav.reports import operations as reports
from nastav.years import rules


def close_year(
    actor: Actor, district: District, cycle: Cycle, *, version: int
) -> KeptReport | None:
    """Close a school year and keep its report; None where there was no order to report on yet.

    A year that was opened again and is closed once more keeps one more report; the former stays.

    Raises:
        Conflict: the year was closed or opened since the page was opened.
    """
    check_version(cycle, version)
    name, today = ru.school_year(cycle.first_year), dates.today()
    day = rules.report_day(cycle.first_year, today, district.order_date)
    # read before the year says that it is closed: what waited then is in the report
    kept = reports.keep(actor, district, day, f"При закрытии {name} учебного года") if day else None
    cycle.closed_on, cycle.closed_by = today, actor.name
    db.session.flush()
    record(actor, "cycle:closed", subject=name, district_id=district.id)
    return kept


def reopen_year(actor: Actor, cycle: Cycle, reason: str, *, version: int) -> None:
    """Open a closed school year again; why stands in the journal, the report stays.

    Raises:
        Conflict: the year was opened or closed since the page was opened.
    """
    check_version(cycle, version)
    if cycle.closed_on is None:
        raise Conflict
    closed = cycle.closed_on.isoformat()
    cycle.closed_on, cycle.closed_by = None, ""
    db.session.flush()
    record(
        actor,
        "cycle:reopened",
        subject=ru.school_year(cycle.first_year),
        district_id=cycle.district_id,
        changes={"closed_on": (closed, ""), "reason": ("", reason)},
    )
