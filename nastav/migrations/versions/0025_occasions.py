"""participation of mentees in social, cultural and school life

Revision: 0025
Follows: 0024
"""

import sqlalchemy as sa
from alembic import op

import nastav.db

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('occasion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('sphere', sa.Enum('social', 'cultural', 'learning', 'sport', 'career', name='sphere', native_enum=False, length=24), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('created_at', nastav.db.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_occasion_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occasion'))
    )
    with op.batch_alter_table('occasion', schema=None) as batch_op:
        batch_op.create_index('ix_occasion_school_held', ['school_id', 'held_on'], unique=False)

    op.create_table('occasion_part',
    sa.Column('occasion_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['occasion_id'], ['occasion.id'], name=op.f('fk_occasion_part_occasion_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_occasion_part_person_id')),
    sa.PrimaryKeyConstraint('occasion_id', 'person_id', name=op.f('pk_occasion_part'))
    )
    with op.batch_alter_table('occasion_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occasion_part_person_id'), ['person_id'], unique=False)
