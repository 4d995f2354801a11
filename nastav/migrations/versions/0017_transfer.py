"""a pupil offered by one school of the district to another

Revision: 0017
Follows: 0016
"""

import sqlalchemy as sa
from alembic import op

import nastav.db

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('transfer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('to_school_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.Enum('mentee', 'mentor', name='part', native_enum=False, length=24), nullable=False),
    sa.Column('left', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('offered', 'accepted', 'refused', 'withdrawn', name='transferstate', native_enum=False, length=24), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('offered_at', nastav.db.UtcDateTime(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_transfer_person_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_transfer_school_id')),
    sa.ForeignKeyConstraint(['to_school_id'], ['school.id'], name=op.f('fk_transfer_to_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer'))
    )
    with op.batch_alter_table('transfer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_transfer_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_transfer_school_id'), ['school_id'], unique=False)
        batch_op.create_index('ix_transfer_to_school', ['to_school_id', 'state'], unique=False)
