"""pupils move up together, and the move can be undone

Revision: 0018
Follows: 0017
"""

import sqlalchemy as sa
from alembic import op

import nastav.db

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('class_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('first_year', sa.Integer(), nullable=False),
    sa.Column('at', nastav.db.UtcDateTime(), nullable=False),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('undone_at', nastav.db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_class_move_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_class_move'))
    )
    with op.batch_alter_table('class_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_class_move_school_id'), ['school_id'], unique=False)
    with op.batch_alter_table('person_class', schema=None) as batch_op:
        batch_op.add_column(sa.Column('move_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_person_class_move_id'), ['move_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_person_class_move_id'), 'class_move', ['move_id'], ['id'])
