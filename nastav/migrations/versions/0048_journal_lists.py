"""journal lists: a district's entries by event and by person

The lists its journal is narrowed by read all its entries. An index of events alone served nobody else.

Revision: 0048
Follows: 0047
"""

from alembic import op

revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_audit_entry_district_event", "audit_entry", ["district_id", "event"])
    op.create_index("ix_audit_entry_district_actor", "audit_entry", ["district_id", "actor_id"])
    op.drop_index("ix_audit_entry_event", "audit_entry")


def downgrade():
    op.create_index("ix_audit_entry_event", "audit_entry", ["event"])
    op.drop_index("ix_audit_entry_district_actor", "audit_entry")
    op.drop_index("ix_audit_entry_district_event", "audit_entry")
