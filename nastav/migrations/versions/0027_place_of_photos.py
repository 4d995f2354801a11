"""what was taken out of a photo; the place is taken out of those that lie here

Revision: 0027
Follows: 0026
"""

import hashlib

import sqlalchemy as sa
from alembic import op

from nastav.photos.cleaning import Damaged, without_place

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed', sa.String(length=60), nullable=False, server_default=''))
    _clear_photos()


def _clear_photos():
    """One at a time, so that a school's 500 MB are never in memory; a broken photo stays as it is."""
    evidence = sa.table('evidence', sa.column('id'), sa.column('media_type'), sa.column('size'), sa.column('removed'))
    file = sa.table(
        'evidence_file', sa.column('evidence_id'), sa.column('sha256'), sa.column('content', sa.LargeBinary())
    )
    run = op.get_bind().execute
    photos = sa.select(evidence.c.id, evidence.c.media_type).where(evidence.c.media_type.in_(['image/jpeg', 'image/png']))
    for row, media_type in run(photos).all():
        content = run(sa.select(file.c.content).where(file.c.evidence_id == row)).scalar()
        if not content:
            continue
        try:
            cleared, removed = without_place(content, media_type)
        except Damaged:
            continue
        if cleared != content:
            digest = hashlib.sha256(cleared).hexdigest()
            run(sa.update(file).where(file.c.evidence_id == row).values(content=cleared, sha256=digest))
        if removed:
            told = ','.join(removed)
            run(sa.update(evidence).where(evidence.c.id == row).values(size=len(cleared), removed=told))
