"""blanks: a district's own templates of papers

Revision: 0042
Follows: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('blank',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=False),
    sa.Column('kind_key', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('sent_at', sa.DateTime(), nullable=False),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('is_in_use', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_blank_district_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_blank')),
    sa.UniqueConstraint('district_id', 'kind_key', 'number', name=op.f('uq_blank_district_id_kind_key_number'))
    )
    op.create_table('blank_file',
    sa.Column('blank_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['blank_id'], ['blank.id'], name=op.f('fk_blank_file_blank_id')),
    sa.PrimaryKeyConstraint('blank_id', name=op.f('pk_blank_file'))
    )
