"""SWOT of a school by form of mentoring.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "swot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("strengths", sa.String(length=2000), nullable=False),
        sa.Column("weaknesses", sa.String(length=2000), nullable=False),
        sa.Column("opportunities", sa.String(length=2000), nullable=False),
        sa.Column("threats", sa.String(length=2000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["kind_id"], ["pair_kind.id"], name="fk_swot_kind_id"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_swot_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_swot"),
        sa.UniqueConstraint(
            "school_id", "first_year", "kind_id", name="uq_swot_school_id_first_year_kind_id"
        ),
    )
    op.create_index("ix_swot_kind_id", "swot", ["kind_id"])


def downgrade():
    op.drop_table("swot")
