"""One-time links to questionnaires, and the box their answers wait in.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "link_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name="fk_link_set_questionnaire_id"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_link_set_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_link_set"),
    )
    op.create_index("ix_link_set_questionnaire_id", "link_set", ["questionnaire_id"])
    op.create_index("ix_link_set_school_year", "link_set", ["school_id", "first_year"])
    op.create_table(
        "link",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["set_id"], ["link_set.id"], name="fk_link_set_id"),
        sa.PrimaryKeyConstraint("code", name="pk_link"),
    )
    op.create_index("ix_link_set_id", "link", ["set_id"])
    op.create_table(
        "ballot",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["set_id"], ["link_set.id"], name="fk_ballot_set_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ballot"),
    )
    op.create_index("ix_ballot_set_id", "ballot", ["set_id"])


def downgrade():
    op.drop_table("ballot")
    op.drop_table("link")
    op.drop_table("link_set")
