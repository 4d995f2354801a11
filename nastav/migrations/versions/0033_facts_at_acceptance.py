"""what the site counted of a stage when it was accepted

Of what was accepted before nobody kept it.

Revision: 0033
Follows: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('transition', schema=None) as batch_op:
        batch_op.add_column(sa.Column('counted', sa.JSON(), nullable=True))
