"""browsers that are known, and addresses in the journal

Revision: 0026
Follows: 0025
"""

import sqlalchemy as sa
from alembic import op

import nastav.db

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('device',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mark_hash', sa.LargeBinary(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('used_at', nastav.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_device_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device')),
    sa.UniqueConstraint('mark_hash', 'user_id', name=op.f('uq_device_mark_hash_user_id'))
    )
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_device_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_device_used_at'), ['used_at'], unique=False)

    with op.batch_alter_table('failed_sign_in', schema=None) as batch_op:
        batch_op.add_column(sa.Column('device_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_failed_sign_in_device_id'), 'device', ['device_id'], ['id'], ondelete='CASCADE'
        )
        batch_op.create_index(batch_op.f('ix_failed_sign_in_device_id'), ['device_id'], unique=False)

    op.add_column('audit_entry', sa.Column('address', sa.String(length=60), nullable=True))
