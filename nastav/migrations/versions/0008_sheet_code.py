"""The code of the paper sheet a response was typed from.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("response", sa.Column("sheet_code", sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table("response") as batch:
        batch.drop_column("sheet_code")
