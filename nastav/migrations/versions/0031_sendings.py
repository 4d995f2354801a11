"""what a sending was judged by, how late it came, and the remarks confirmed with it

Deadlines and lateness of earlier sendings come from their own days and from the deadline's journal; which
remarks stood then nobody kept.

Revision: 0031
Follows: 0030
"""

from collections import defaultdict
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('transition', schema=None) as batch_op:
        batch_op.add_column(sa.Column('due', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('days_late', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('confirmed', sa.JSON(), nullable=True))
    with op.batch_alter_table('school_stage', schema=None) as batch_op:
        batch_op.add_column(sa.Column('due_then', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('fix_late', sa.Integer(), nullable=True))
    _fill()


cycle = sa.table('cycle', *map(sa.column, ('id', 'district_id', 'first_year', 'before_site')))
stage = sa.table('stage', *map(sa.column, ('id', 'cycle_id', 'roman')), sa.column('due', sa.Date()))
school_stage = sa.table(
    'school_stage', *map(sa.column, ('id', 'stage_id', 'days_late', 'fix_late')), sa.column('due_then', sa.Date())
)
transition = sa.table(
    'transition', *map(sa.column, ('id', 'school_stage_id', 'step', 'before', 'days_late')),
    sa.column('is_undone', sa.Boolean()), sa.column('at', sa.DateTime()), sa.column('day', sa.Date()),
    sa.column('fix_by', sa.Date()), sa.column('due', sa.Date()),
)
audit_entry = sa.table(
    'audit_entry', *map(sa.column, ('id', 'event', 'district_id', 'subject')),
    sa.column('at', sa.DateTime()), sa.column('changes', sa.JSON()),
)


def _fill():
    run = op.get_bind().execute
    moved = defaultdict(list)
    rows = sa.select(audit_entry.c.district_id, audit_entry.c.subject, audit_entry.c.at, audit_entry.c.changes)
    for district, subject, at, changes in run(
        rows.where(audit_entry.c.event == 'deadline:moved').order_by(audit_entry.c.id)
    ):
        moved[district, subject].append((at, (changes or {}).get('due')))
    steps = defaultdict(list)
    for row in run(sa.select(transition).order_by(transition.c.id)).all():
        steps[row.school_stage_id].append(row)
    places = (
        sa.select(
            school_stage.c.id, school_stage.c.days_late, stage.c.due, stage.c.roman,
            cycle.c.district_id, cycle.c.first_year, cycle.c.before_site,
        )
        .join(stage, stage.c.id == school_stage.c.stage_id)
        .join(cycle, cycle.c.id == stage.c.cycle_id)
    )
    for place in run(places).all():
        year = place.first_year
        journal = moved[place.district_id, f'{year}/{(year + 1) % 100:02d}, этап {place.roman}']
        _fill_stage(run, place, steps[place.id], journal)


def _fill_stage(run, place, steps, journal):
    first, worst, waiting, fix_by, decided = None, None, None, None, False
    for step in steps:
        if step.step == 'submitted':
            again = step.before == 'returned'
            due = fix_by if again else _deadline(place.due, step.at, journal)
            if due is None:
                continue
            late = 0 if place.before_site else max(0, (step.day - due).days)
            values = {'due': due, 'days_late': late}
            run(sa.update(transition).where(transition.c.id == step.id).values(**values))
            if again:
                waiting = late
            if not decided:
                first = (due, late)
        elif step.step == 'withdrawn':
            waiting, first = None, first if decided else None
        elif step.step in ('accepted', 'returned') and not step.is_undone:
            decided = True
            worst = max((n for n in (worst, waiting) if n is not None), default=None)
            waiting = None
        if step.step in ('returned', 'reopened') and not step.is_undone:
            fix_by = step.fix_by
    worst = max((n for n in (worst, waiting) if n is not None), default=None)
    # the stamp that stands was made then and holds; where the journal says another day, none is named
    due_then = first[0] if first and first[1] == place.days_late else None
    if due_then or worst is not None:
        values = {'due_then': due_then, 'fix_late': worst}
        run(sa.update(school_stage).where(school_stage.c.id == place.id).values(**values))


def _deadline(now, at, journal):
    """The deadline that held at a moment: the old value of the first move after it, else today's."""
    for moved_at, days in journal:
        if moved_at > at:
            return _day(days)
    return now


def _day(days):
    try:
        return date.fromisoformat(days[0])
    except (TypeError, ValueError, IndexError):
        return None
