"""plans of pairs and groups

Revision: 0024
Follows: 0023
"""

import sqlalchemy as sa
from alembic import op

import nastav.db

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('pair_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pair_id', sa.Integer(), nullable=False),
    sa.Column('strengths', sa.String(length=1000), nullable=False),
    sa.Column('weaknesses', sa.String(length=1000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pair_id'], ['pair.id'], name=op.f('fk_pair_plan_pair_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair_plan')),
    sa.UniqueConstraint('pair_id', name=op.f('uq_pair_plan_pair_id'))
    )
    op.create_table('pair_plan_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pair_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('task', 'activity', 'support', name='linekind', native_enum=False, length=24), nullable=False),
    sa.Column('period', sa.String(length=100), nullable=False),
    sa.Column('what', sa.String(length=500), nullable=False),
    sa.Column('who', sa.String(length=200), nullable=False),
    sa.Column('result', sa.String(length=500), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('created_at', nastav.db.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pair_id'], ['pair.id'], name=op.f('fk_pair_plan_line_pair_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair_plan_line'))
    )
    with op.batch_alter_table('pair_plan_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pair_plan_line_pair_id'), ['pair_id'], unique=False)
