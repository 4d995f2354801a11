"""reports kept as they were signed

Revision: 0039
Follows: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('kept_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('rules_number', sa.Integer(), nullable=False),
    sa.Column('rules', sa.JSON(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('behind', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_kept_report_district_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_report'))
    )
    with op.batch_alter_table('kept_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_report_district_id'), ['district_id'], unique=False)

    op.create_table('kept_report_file',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['kept_report.id'], name=op.f('fk_kept_report_file_report_id')),
    sa.PrimaryKeyConstraint('report_id', name=op.f('pk_kept_report_file'))
    )
