"""what the coordinator decided of two cards of two schools that may be one child's

Revision: 0016
Follows: 0015
"""

import sqlalchemy as sa
from alembic import op

import nastav.db

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('person_match',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=False),
    sa.Column('one_school_id', sa.Integer(), nullable=False),
    sa.Column('one_number', sa.Integer(), nullable=False),
    sa.Column('other_school_id', sa.Integer(), nullable=False),
    sa.Column('other_number', sa.Integer(), nullable=False),
    sa.Column('is_one_child', sa.Boolean(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=True),
    sa.Column('dropped_id', sa.Integer(), nullable=True),
    sa.Column('schools', sa.JSON(), nullable=False),
    sa.Column('decided_at', nastav.db.UtcDateTime(), nullable=False),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_person_match_district_id')),
    sa.ForeignKeyConstraint(['one_school_id'], ['school.id'], name=op.f('fk_person_match_one_school_id')),
    sa.ForeignKeyConstraint(['other_school_id'], ['school.id'], name=op.f('fk_person_match_other_school_id')),
    sa.ForeignKeyConstraint(['kept_id'], ['person.id'], name=op.f('fk_person_match_kept_id')),
    sa.ForeignKeyConstraint(['dropped_id'], ['person.id'], name=op.f('fk_person_match_dropped_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_match')),
    sa.UniqueConstraint('one_school_id', 'one_number', 'other_school_id', 'other_number',
    name=op.f('uq_person_match_one_school_id_one_number_other_school_id_other_number'))
    )
    with op.batch_alter_table('person_match', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_match_district_id'), ['district_id'], unique=False)
