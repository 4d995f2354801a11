"""results and the mentor's mark in a plan's tasks, the usual limit of a mentor's load

Revision: 0035
Follows: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('pair_plan_line', schema=None) as batch_op:
        batch_op.add_column(sa.Column('actual', sa.String(length=500), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('mark', sa.String(length=100), nullable=False, server_default=''))
    with op.batch_alter_table('district', schema=None) as batch_op:
        batch_op.add_column(sa.Column('most_mentees', sa.Integer(), nullable=False, server_default='8'))
