"""indexes of references: a district's journal by event and by person, papers by template and order, merged
cards

The lists a journal is narrowed by read all its entries, and what is taken away was looked for in the papers
and merges of all districts. An index of events alone served nobody else.

Revision: 0048
Follows: 0047
"""

from alembic import op

revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None

INDEXES = {
    "ix_audit_entry_district_event": ("audit_entry", ["district_id", "event"]),
    "ix_audit_entry_district_actor": ("audit_entry", ["district_id", "actor_id"]),
    "ix_paper_template_id": ("paper", ["template_id"]),
    "ix_paper_order_id": ("paper", ["order_id"]),
    "ix_person_merged_into_id": ("person", ["merged_into_id"]),
    "ix_person_match_kept_id": ("person_match", ["kept_id"]),
    "ix_person_match_dropped_id": ("person_match", ["dropped_id"]),
    "ix_person_match_other": ("person_match", ["other_school_id", "other_number"]),
}


def upgrade():
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    op.drop_index("ix_audit_entry_event", "audit_entry")


def downgrade():
    op.create_index("ix_audit_entry_event", "audit_entry", ["event"])
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
