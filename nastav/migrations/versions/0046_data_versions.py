"""data versions: a stamp per place, set anew by every change, under which answers are kept

Revision: 0046
Follows: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "data_version",
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_data_version")),
    )


def downgrade():
    op.drop_table("data_version")
