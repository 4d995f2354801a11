"""the link under which a user's calendar program reads deadlines

Revision: 0034
Follows: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('calendar_link',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_calendar_link_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_calendar_link')),
    sa.UniqueConstraint('code', name=op.f('uq_calendar_link_code'))
    )
