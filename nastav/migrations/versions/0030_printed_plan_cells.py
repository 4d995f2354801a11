"""what the order prints in each cell of the plan, and when the coordinator changed a cell

Revision: 0030
Follows: 0029
"""

import sqlalchemy as sa
from alembic import op

from nastav import dates
from nastav.db import UtcDateTime

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

PARTS = {'mentees': 'наставляемые', 'mentors': 'наставники'}  # a column → its word in the journal


def upgrade():
    with op.batch_alter_table('plan_target', schema=None) as batch_op:
        for part in PARTS:
            batch_op.add_column(sa.Column(f'printed_{part}', sa.Integer(), nullable=True))
            batch_op.add_column(sa.Column(f'{part}_changed_on', sa.Date(), nullable=True))
    _keep_what_is_printed()


def _keep_what_is_printed():
    """The journal's earliest value of a cell, else the present one; a year opened on the site prints none."""
    school = sa.table('school', *map(sa.column, ('id', 'district_id', 'name')))
    target = sa.table(
        'plan_target',
        *map(sa.column, ('id', 'school_id', 'year', *PARTS)),
        *(sa.column(f'printed_{part}', sa.Integer()) for part in PARTS),
        *(sa.column(f'{part}_changed_on', sa.Date()) for part in PARTS),
    )
    run = op.get_bind().execute
    changes, opened = _journal(run)
    cells = sa.select(target, school.c.district_id, school.c.name).join(school, school.c.id == target.c.school_id)
    for row in run(cells).mappings().all():
        year = (row['district_id'], f"План {row['year']} года")
        if year not in opened:
            values = _printed(row, changes.get(year, []))
            run(sa.update(target).where(target.c.id == row['id']).values(values))


def _journal(run):
    """By (district, subject): the changes of each plan year, the earliest first; the years that the site opened."""
    entry = sa.table(
        'audit_entry',
        *map(sa.column, ('id', 'event', 'district_id', 'subject')),
        sa.column('at', UtcDateTime()),
        sa.column('changes', sa.JSON()),
    )
    rows = sa.select(entry).where(entry.c.event.in_(['plan:changed', 'plan:opened'])).order_by(entry.c.id)
    changes, opened = {}, set()
    for row in run(rows).mappings():
        year = (row['district_id'], row['subject'])
        if row['event'] == 'plan:opened':
            opened.add(year)
        else:
            changes.setdefault(year, []).append((dates.local(row['at']).date(), row['changes'] or {}))
    return changes, opened


def _printed(row, changes):
    values = {}
    for part, word in PARTS.items():
        own = [(day, cells[key]) for day, cells in changes if (key := f"{row['name']}: {word}") in cells]
        values[f'printed_{part}'] = own[0][1][0] if own else row[part]
        values[f'{part}_changed_on'] = own[-1][0] if own else None
    return values
