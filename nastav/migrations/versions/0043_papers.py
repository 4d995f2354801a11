"""papers that schools make

Revision: 0043
Follows: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('first_year', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=24), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('ids', sa.JSON(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('made_by', sa.String(length=200), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('numbered_at', sa.DateTime(), nullable=True),
    sa.Column('numbered_by', sa.String(length=200), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('effects', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['paper.id'], name=op.f('fk_paper_order_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_paper_school_id')),
    sa.ForeignKeyConstraint(['template_id'], ['blank.id'], name=op.f('fk_paper_template_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper'))
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.create_index('ix_paper_school_year', ['school_id', 'first_year'], unique=False)

    op.create_table('paper_file',
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_paper_file_paper_id')),
    sa.PrimaryKeyConstraint('paper_id', name=op.f('pk_paper_file'))
    )
