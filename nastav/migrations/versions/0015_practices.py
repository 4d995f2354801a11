"""Practices of schools, their systems of rewards, awards of mentors.

Revision: 0015
Follows: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "practice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=300), nullable=False),
        sa.Column("done", sa.String(length=4000), nullable=False),
        sa.Column("result", sa.String(length=2000), nullable=False),
        sa.Column("since_year", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("taken_off_reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["kind_id"], ["pair_kind.id"], name="fk_practice_kind_id"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_practice_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
    )
    op.create_index("ix_practice_school_state", "practice", ["school_id", "state"])
    op.create_table(
        "reward_system",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("what_for", sa.String(length=2000), nullable=False),
        sa.Column("how", sa.String(length=2000), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_reward_system_school_id"),
        sa.PrimaryKeyConstraint("school_id", name="pk_reward_system"),
    )
    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_award_person_id"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_award_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_award"),
    )
    op.create_index("ix_award_person_id", "award", ["person_id"])
    op.create_index("ix_award_school_given", "award", ["school_id", "given_on"])


def downgrade():
    op.drop_table("award")
    op.drop_table("reward_system")
    op.drop_table("practice")
