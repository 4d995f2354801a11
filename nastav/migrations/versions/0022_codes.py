"""pupils kept by the schools' own codes

Revision: 0022
Follows: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('district', schema=None) as batch_op:
        batch_op.add_column(sa.Column('uses_codes', sa.Boolean(), nullable=False, server_default=sa.false()))
