"""why a closed pair was opened again

Revision: 0019
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('pair_reopening',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pair_id', sa.Integer(), nullable=False),
    sa.Column('reopened_on', sa.Date(), nullable=False),
    sa.Column('ended', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['pair_id'], ['pair.id'], name=op.f('fk_pair_reopening_pair_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair_reopening'))
    )
    with op.batch_alter_table('pair_reopening', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pair_reopening_pair_id'), ['pair_id'], unique=False)
