"""a pupil's class as each school entered it: of a child of two schools neither reads the other's

Revision: 0014
Follows: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('person_class', schema=None) as batch_op:
        batch_op.add_column(sa.Column('school_id', sa.Integer(), nullable=True))
    # until now a person was in the registers of one school; who is in none yet is their district's
    op.execute(
        'UPDATE person_class SET school_id = coalesce('
        '(SELECT min(r.school_id) FROM register_number r WHERE r.person_id = person_class.person_id), '
        '(SELECT min(s.id) FROM school s JOIN person p ON p.district_id = s.district_id '
        'WHERE p.id = person_class.person_id))'
    )
    with op.batch_alter_table('person_class', schema=None) as batch_op:
        batch_op.alter_column('school_id', nullable=False)
        batch_op.drop_constraint('uq_person_class_person_id_first_year', type_='unique')
        batch_op.create_unique_constraint(
            batch_op.f('uq_person_class_person_id_first_year_school_id'),
            ['person_id', 'first_year', 'school_id'],
        )
        batch_op.create_foreign_key(
            batch_op.f('fk_person_class_school_id'), 'school', ['school_id'], ['id']
        )
