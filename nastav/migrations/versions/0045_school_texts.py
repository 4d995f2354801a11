"""texts that schools write for their papers, and those that papers were signed with

Revision: 0045
Follows: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None

TEXTS = (
    "programme_tasks",
    "meeting_decided",
    "final_heard",
    "final_decided",
    "note_difficulties",
    "note_conclusions",
)


def upgrade():
    op.create_table(
        'school_texts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('school_id', sa.Integer(), nullable=False),
        sa.Column('first_year', sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=3000), nullable=False) for name in TEXTS),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['school_id'], ['school.id'], name=op.f('fk_school_texts_school_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_school_texts')),
        sa.UniqueConstraint(
            'school_id', 'first_year', name=op.f('uq_school_texts_school_id_first_year')
        ),
    )
    op.create_table(
        'paper_text',
        sa.Column('paper_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=24), nullable=False),
        sa.Column('text', sa.String(length=3000), nullable=False),
        sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_paper_text_paper_id')),
        sa.PrimaryKeyConstraint('paper_id', 'name', name=op.f('pk_paper_text')),
    )


def downgrade():
    op.drop_table('paper_text')
    op.drop_table('school_texts')
