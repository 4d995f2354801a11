"""two cards of one person made one, and what to give back when that is undone

Revision: 0010
Follows: 0009
"""

import sqlalchemy as sa
from alembic import op

import nastav.db

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('person_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('dropped_id', sa.Integer(), nullable=False),
    sa.Column('at', nastav.db.UtcDateTime(), nullable=False),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('moved', sa.JSON(), nullable=False),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('undone_at', nastav.db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['dropped_id'], ['person.id'], name=op.f('fk_person_merge_dropped_id')),
    sa.ForeignKeyConstraint(['kept_id'], ['person.id'], name=op.f('fk_person_merge_kept_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_person_merge_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merge'))
    )
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_merge_dropped_id'), ['dropped_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_merge_kept_id'), ['kept_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_merge_school_id'), ['school_id'], unique=False)
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
