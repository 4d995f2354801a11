"""tables of people on their way into a register, and what the undo of a load needs

Revision: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

import nastav.db

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'people_load',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('school_id', sa.Integer(), nullable=False),
        sa.Column('part', sa.Enum('mentee', 'mentor', name='part', native_enum=False, length=24), nullable=False),
        sa.Column('state', sa.Enum('open', 'loaded', 'dropped', 'undone', name='loadstate', native_enum=False, length=24), nullable=False),
        sa.Column('token', sa.String(length=64), nullable=False),
        sa.Column('made_at', nastav.db.UtcDateTime(), nullable=False),
        sa.Column('joined', sa.Date(), nullable=False),
        sa.Column('rows', sa.JSON(), nullable=False),
        sa.Column('notes', sa.JSON(), nullable=False),
        sa.Column('added', sa.JSON(), nullable=False),
        sa.Column('changed', sa.JSON(), nullable=False),
        sa.Column('added_count', sa.Integer(), nullable=False),
        sa.Column('changed_count', sa.Integer(), nullable=False),
        sa.Column('is_erased', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_people_load_school_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_people_load')),
        sa.UniqueConstraint('token', name=op.f('uq_people_load_token')),
    )
    with op.batch_alter_table('people_load', schema=None) as batch_op:
        batch_op.create_index('ix_people_load_school_part', ['school_id', 'part'], unique=False)
