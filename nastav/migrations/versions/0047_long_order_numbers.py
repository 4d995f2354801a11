"""long order numbers: that of a pair is as long as that of the paper it comes from

Revision: 0047
Follows: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade():
    _set_length(40, 60)


def downgrade():
    _set_length(60, 40)


def _set_length(before, after):
    with op.batch_alter_table("pair") as pair:
        pair.alter_column(
            "order_number",
            existing_type=sa.String(length=before),
            type_=sa.String(length=after),
            existing_nullable=False,
        )
