"""consents, and the grade from which a pupil signs beside the guardian

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

import nastav.db

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('signer', sa.Enum('guardian', 'own', 'both', name='signer', native_enum=False, length=24), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('for_programme', sa.Boolean(), nullable=False),
    sa.Column('purposes', sa.String(length=300), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('created_at', nastav.db.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_person_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_consent_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_school_id'), ['school_id'], unique=False)
    with op.batch_alter_table('district', schema=None) as batch_op:
        batch_op.add_column(sa.Column('consent_both_from', sa.Integer(), nullable=False, server_default='8'))
