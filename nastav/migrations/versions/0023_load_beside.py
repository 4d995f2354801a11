"""profiles and consents that a load writes, for its undo

Revision: 0023
Follows: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('people_load', schema=None) as batch_op:
        batch_op.add_column(sa.Column('made', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('replaced', sa.JSON(), nullable=False, server_default='[]'))
