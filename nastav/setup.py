"""Filling a new database: the schema, the order, its school years."""

from pathlib import Path

import flask_migrate
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import select

from nastav import dates
from nastav.access import Actor
from nastav.db import db, writing
from nastav.district import operations as districts
from nastav.district import queries
from nastav.district.kinds import operations as kinds
from nastav.district.models import District
from nastav.feedback.wording import operations as wording
from nastav.orders.loader import Order, load
from nastav.pairs.meetings.kinds import operations as meeting_kinds
from nastav.plan import operations as plan
from nastav.stages import operations as stages


def prepare(actor: Actor, order_file: Path | None = None) -> bool:
    """Bring the schema up to date and load an order; True if the order was new here.

    Raises:
        OrderError: the file has mistakes; no order is loaded.
    """
    order = load(order_file)
    flask_migrate.upgrade()
    with writing():
        if db.session.scalar(select(District).filter_by(name=order.district.name)):
            return False
        _load(actor, order)
    return True


def _load(actor: Actor, order: Order) -> None:
    district = districts.load_order(actor, order)
    plan.load_plan(actor, district, queries.schools(district.id), order)
    kinds.load_kinds(district)
    meeting_kinds.load_kinds(district)
    wording.load_ours(district)
    current = dates.cycle_of(dates.today())
    for year in sorted({order.school_year, max(current, order.school_year)}):
        cycle = districts.open_cycle(actor, district, year, before_site=year < current)
        stages.load_stages(cycle, order)


def newest_schema() -> str:
    """Return the revision of the newest schema this program knows."""
    return str(_scripts().get_current_head())


def knows_schema(revision: str) -> bool:
    """Tell whether a database of this revision can be brought up to date."""
    return any(script.revision == revision for script in _scripts().walk_revisions())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())
