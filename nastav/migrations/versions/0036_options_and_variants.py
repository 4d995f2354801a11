"""options of questions, variants by form of mentoring, the parents' questionnaire for districts loaded before

Revision: 0036
Follows: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

TITLE = "Анкета родителей: итоги работы"
ENDS = ("Совсем не доволен(на)", "Полностью доволен(на)")
INFORMED = ["от ребёнка", "от наставника", "от классного руководителя или куратора", "почти ничего не знаю"]
GAINED = ["помощь в учёбе", "интерес к новому делу", "уверенность в себе", "новые знакомства", "пока ничего"]
QUESTIONS = (
    ("satisfied", "scale", "Насколько вы довольны тем, как ребёнок занимался с наставником?", ENDS, []),
    ("informed", "one", "От кого вы чаще всего узнавали, как идёт эта работа?", ("", ""), INFORMED),
    ("gained", "several", "Что дали ребёнку занятия с наставником?", ("", ""), GAINED),
    ("wants_to_continue", "yes_no", "Хотите ли вы, чтобы ребёнок продолжил заниматься с наставником?", ("", ""), []),
    ("wish", "text", "Что вы хотели бы изменить?", ("", ""), []),
)

district = sa.table("district", sa.column("id", sa.Integer))
questionnaire = sa.table(
    "questionnaire",
    sa.column("id", sa.Integer),
    *(sa.column(name, sa.String) for name in ("part", "moment", "title")),
    *(sa.column(name, sa.Integer) for name in ("district_id", "number")),
)
question = sa.table(
    "question",
    *(sa.column(name, sa.String) for name in ("key", "kind", "text", "low", "high")),
    *(sa.column(name, sa.Integer) for name in ("questionnaire_id", "ordinal")),
    sa.column("options", sa.JSON),
)


def upgrade():
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('options', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_questionnaire_kind_id'), ['kind_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_questionnaire_kind_id'), 'pair_kind', ['kind_id'], ['id'])
    connection = op.get_bind()
    for (district_id,) in connection.execute(sa.select(district.c.id)).fetchall():
        head = dict(part="parent", moment="final", number=1, title=TITLE, district_id=district_id)
        connection.execute(questionnaire.insert().values(**head))
        made = connection.scalar(sa.select(sa.func.max(questionnaire.c.id)))
        rows = [
            dict(questionnaire_id=made, ordinal=n, key=key, kind=kind, text=text, low=low, high=high, options=options)
            for n, (key, kind, text, (low, high), options) in enumerate(QUESTIONS, start=1)
        ]
        connection.execute(question.insert(), rows)
