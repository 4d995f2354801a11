"""when a transfer was offered: nobody reads it, the journal has it

Revision: 0028
Follows: 0027
"""

from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_column('transfer', 'offered_at')
