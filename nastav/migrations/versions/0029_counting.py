"""until when a pair counts, what a person was before, groups with an age, bounds of counting

Revision: 0029
Follows: 0028
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

from nastav import dates

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

JUNE, AUGUST = 6, 8
KINDS = ('pupil', 'teacher', 'student', 'employer', 'graduate', 'parent')


def upgrade():
    _pairs()
    _people()
    _districts()


def _pairs():
    with op.batch_alter_table('pair', schema=None) as batch_op:
        batch_op.add_column(sa.Column('last_cycle', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('counts_until', sa.Date(), nullable=True))
    pair = sa.table(
        'pair',
        sa.column('id', sa.Integer),
        sa.column('started', sa.Date),
        sa.column('ended', sa.Date),
        sa.column('last_cycle', sa.Integer),
        sa.column('counts_until', sa.Date),
    )
    rows = op.get_bind().execute(sa.select(pair.c.id, pair.c.started, pair.c.ended)).all()
    ends = [{'row_id': row.id, **_end(row.started, row.ended)} for row in rows]
    if ends:
        filled = sa.update(pair).where(pair.c.id == sa.bindparam('row_id'))
        op.get_bind().execute(
            filled.values(
                last_cycle=sa.bindparam('cycle'),
                counts_until=sa.bindparam('until', type_=sa.Date()),
            ),
            ends,
        )
    with op.batch_alter_table('pair', schema=None) as batch_op:
        batch_op.alter_column('last_cycle', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('counts_until', existing_type=sa.Date(), nullable=False)


def _end(started, ended):
    """31 August of the school year of the start, or the end if earlier.

    Begun in summer, and still open or ended after that summer: it was meant for the next school year.
    """
    cycle = started.year if started.month > AUGUST else started.year - 1
    august = date(cycle + 1, AUGUST, 31)
    if JUNE <= started.month <= AUGUST and (ended is None or ended > august):
        cycle, august = cycle + 1, date(cycle + 2, AUGUST, 31)
    return {'cycle': cycle, 'until': min(august, ended or august)}


def _people():
    op.create_table('person_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('age', sa.Integer(), nullable=True),
    sa.Column('aged_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_group_person_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_person_group_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_group')),
    sa.UniqueConstraint('person_id', 'school_id', name=op.f('uq_person_group_person_id_school_id'))
    )
    op.create_table('person_kind',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum(*KINDS, name='kind', native_enum=False, length=24), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_kind_person_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_person_kind_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_kind')),
    sa.UniqueConstraint('person_id', 'since', name=op.f('uq_person_kind_person_id_since'))
    )


def _districts():
    with op.batch_alter_table('district', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mentor_grade_from', sa.Integer(), nullable=False, server_default='9'))
        batch_op.add_column(sa.Column('mentor_grade_to', sa.Integer(), nullable=False, server_default='11'))
        batch_op.add_column(sa.Column('mentor_age_from', sa.Integer(), nullable=False, server_default='15'))
        batch_op.add_column(sa.Column('rules_number', sa.Integer(), nullable=False, server_default='2'))
        batch_op.add_column(sa.Column('rules_since', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('rules_shown_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('bases_confirmed_on', sa.Date(), nullable=True))
    # the day of the upgrade: from then on the figures follow the new rules
    district = sa.table('district', sa.column('rules_since', sa.Date))
    op.get_bind().execute(sa.update(district).values(rules_since=dates.today()))
    with op.batch_alter_table('district', schema=None) as batch_op:
        batch_op.alter_column('rules_since', existing_type=sa.Date(), nullable=False)
