"""Meetings of pairs: kinds, meetings, who was present, what they were; two settings of the district

Revision ID: 0004
Revises: 0003

"""
from alembic import op
import sqlalchemy as sa
import nastav.db


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

KINDS = ('знакомство', 'пробная', 'планирование', 'рабочая', 'итоговая')


def upgrade():
    with op.batch_alter_table('district', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meeting_minutes', sa.Integer(), server_default='45', nullable=False))
        batch_op.add_column(sa.Column('meetings_within', sa.Integer(), server_default='30', nullable=False))

    kind = op.create_table('meeting_kind',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('is_hidden', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_meeting_kind_district_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_kind'))
    )
    with op.batch_alter_table('meeting_kind', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_kind_district_id'), ['district_id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('pair_id', sa.Integer(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=300), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=True),
    sa.Column('meets', sa.Enum('in_person', 'online', 'mixed', name='meets', native_enum=False, length=24), nullable=True),
    sa.Column('created_at', nastav.db.UtcDateTime(), nullable=False),
    sa.Column('deleted_at', nastav.db.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['kind_id'], ['meeting_kind.id'], name=op.f('fk_meeting_kind_id')),
    sa.ForeignKeyConstraint(['pair_id'], ['pair.id'], name=op.f('fk_meeting_pair_id')),
    sa.ForeignKeyConstraint(['school_id'], ['school.id'], name=op.f('fk_meeting_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_pair_held_on', ['pair_id', 'held_on'], unique=False)
        batch_op.create_index('ix_meeting_school_held_on', ['school_id', 'held_on'], unique=False)

    op.create_table('meeting_presence',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_presence_meeting_id')),
    sa.ForeignKeyConstraint(['member_id'], ['pair_member.id'], name=op.f('fk_meeting_presence_member_id')),
    sa.PrimaryKeyConstraint('meeting_id', 'member_id', name=op.f('pk_meeting_presence'))
    )
    with op.batch_alter_table('meeting_presence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_presence_member_id'), ['member_id'], unique=False)

    op.create_table('meeting_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('at', nastav.db.UtcDateTime(), nullable=False),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_revision_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_revision'))
    )
    with op.batch_alter_table('meeting_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_revision_meeting_id'), ['meeting_id'], unique=False)

    _give_kinds(kind)


def _give_kinds(kind):
    """Districts that are here already begin with the kinds that new ones get."""
    ids = op.get_bind().execute(sa.text('SELECT id FROM district')).scalars().all()
    rows = [
        {'district_id': one, 'ordinal': ordinal, 'name': name, 'is_hidden': False}
        for one in ids
        for ordinal, name in enumerate(KINDS, start=1)
    ]
    if rows:
        op.bulk_insert(kind, rows)

