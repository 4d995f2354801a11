"""indexes: responses by school, year and person; the journal by who did what

Comparing start and end grew with their product, and the last sign-ins were looked for in the journal of
all districts.

Revision: 0044
Follows: 0043
"""

from alembic import op

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None

BEFORE = ("school_id", "first_year")


def upgrade():
    columns = [*BEFORE, "person_id", "questionnaire_id"]
    op.create_index("ix_response_school_year_person", "response", columns)
    op.drop_index("ix_response_school_year", "response")
    op.create_index("ix_audit_entry_actor_event", "audit_entry", ["actor_id", "event", "at"])
    op.drop_index("ix_audit_entry_actor_id", "audit_entry")


def downgrade():
    op.create_index("ix_audit_entry_actor_id", "audit_entry", ["actor_id"])
    op.drop_index("ix_audit_entry_actor_event", "audit_entry")
    op.create_index("ix_response_school_year", "response", list(BEFORE))
    op.drop_index("ix_response_school_year_person", "response")
