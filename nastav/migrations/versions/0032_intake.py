"""what schools answered of headings, loads that ask and make pairs, wanted ages, two official fields

Revision: 0032
Follows: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

PARTS = sa.Enum('mentee', 'mentor', name='part', native_enum=False, length=24)


def upgrade():
    op.create_table('school_heading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('part', PARTS, nullable=False),
    sa.Column('heading', sa.String(length=120), nullable=False),
    sa.Column('column_key', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_school_heading_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_heading')),
    sa.UniqueConstraint('school_id', 'part', 'heading',
    name=op.f('uq_school_heading_school_id_part_heading'))
    )
    with op.batch_alter_table('people_load', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('decided', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('skipped', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('pairs', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('is_ours', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('mentor_profile', schema=None) as batch_op:
        batch_op.add_column(sa.Column('age_from', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('age_to', sa.Integer(), nullable=True))
    with op.batch_alter_table('participation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('expected_result', sa.String(length=300), nullable=False, server_default=''))
    with op.batch_alter_table('pair', schema=None) as batch_op:
        batch_op.add_column(sa.Column('role_model', sa.String(length=200), nullable=False, server_default=''))
