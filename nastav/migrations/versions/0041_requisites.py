"""requisites of schools and districts for their papers, «кого?» of curators

Revision: 0041
Follows: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('school_requisites',
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('full_name', sa.String(length=500), nullable=False),
    sa.Column('short_name', sa.String(length=200), nullable=False),
    sa.Column('town', sa.String(length=200), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('founder', sa.String(length=300), nullable=False),
    sa.Column('head_name', sa.String(length=200), nullable=False),
    sa.Column('head_post', sa.String(length=200), nullable=False),
    sa.Column('acting_name', sa.String(length=200), nullable=False),
    sa.Column('acting_post', sa.String(length=200), nullable=False),
    sa.Column('acting_until', sa.Date(), nullable=True),
    sa.Column('issuer', sa.String(length=500), nullable=False),
    sa.Column('issuer_whom', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_school_requisites_school_id')),
    sa.PrimaryKeyConstraint('school_id', name=op.f('pk_school_requisites'))
    )
    op.create_table('district_requisites',
    sa.Column('district_id', sa.Integer(), nullable=False),
    sa.Column('issuer', sa.String(length=500), nullable=False),
    sa.Column('issuer_whom', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_district_requisites_district_id')),
    sa.PrimaryKeyConstraint('district_id', name=op.f('pk_district_requisites'))
    )
    op.create_table('member_case',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('post', sa.String(length=300), nullable=False),
    sa.Column('name_whom', sa.String(length=200), nullable=False),
    sa.Column('post_whom', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['team_member.id'], name=op.f('fk_member_case_member_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_member_case'))
    )
