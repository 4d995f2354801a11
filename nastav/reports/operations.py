"""Keeping the report of a day: made of what the site counts now, and kept as it is."""

from datetime import date

from nastav import dates
from nastav.access import Actor
from nastav.archive import operations as archive
from nastav.archive.models import KeptReport
from nastav.district.models import District
from nastav.reports import behind, queries
from nastav.reports.figures import figures
from nastav.reports.sheets.book import book


def keep(actor: Actor, district: District, day: date, title: str) -> KeptReport:
    """Make the book of a day and keep it with its figures and who stands behind them."""
    found = queries.material(district, day)
    snapshot = archive.Snapshot(
        content=book(found, district, dates.local_now()),
        figures=[[figure.key, figure.label, figure.value] for figure in figures(found)],
        behind=behind.behind(found.coverage),
        rules=queries.rules_of(district),
    )
    return archive.keep(actor, district, day, title, snapshot)
