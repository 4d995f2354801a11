"""the points of an order, with the duties of schools for districts loaded before

Revision: 0037
Follows: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None

DUTIES = (
    ("2.1", "условия по методическим рекомендациям, включая лучшие практики обмена опытом между обучающимися"),
    ("2.2", "вовлечённость наставляемых в социальные, культурные и образовательные процессы"),
    ("2.3", "анализ работы пар и решение: продолжить в новом цикле или завершить"),
)
district = sa.table("district", sa.column("id", sa.Integer), sa.column("order_number", sa.String))
order_point = sa.table(
    "order_point",
    sa.column("district_id", sa.Integer),
    *(sa.column(name, sa.String) for name in ("ref", "duty", "text")),
)


def upgrade():
    op.create_table(
        "order_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.Column("duty", sa.String(length=500), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_order_point_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_point")),
        sa.UniqueConstraint("district_id", "ref", name=op.f("uq_order_point_district_id_ref")),
    )
    connection = op.get_bind()
    known = connection.execute(sa.select(district.c.id).where(district.c.order_number == "428"))
    rows = [
        {"district_id": row.id, "ref": ref, "duty": duty, "text": ""}
        for row in known
        for ref, duty in DUTIES
    ]
    if rows:
        op.bulk_insert(order_point, rows)


def downgrade():
    op.drop_table("order_point")
