"""The curator's assessment of the programme, for districts loaded before it came with the site.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

TITLE = "Оценка программы куратором"
QUESTIONS = (
    ("goals_known", "points", "Цели программы понятны педагогам, наставникам и наставляемым."),
    ("papers_ready", "points", "Документы школы о наставничестве приняты и отвечают тому, что делается на самом деле."),
    ("needs_known", "points", "Запросы наставляемых собраны до того, как подбирали наставников."),
    ("mentors_enough", "points", "Наставников хватает на всех, кто просил о помощи."),
    ("mentors_trained", "points", "Наставники прошли обучение до начала работы и получают помощь во время неё."),
    ("pairs_fit", "points", "Пары и группы составлены с согласия обеих сторон и подходят друг другу."),
    ("meetings_held", "points", "Встречи проходят по плану, и куратор знает, где они прервались."),
    ("feedback_used", "points", "Отзывы участников собраны, и по ним что-то изменили."),
    ("merits_seen", "points", "Заслуги наставников отмечены, удачный опыт описан и показан другим."),
    ("next_year", "text", "Что нужно изменить в следующем учебном году?"),
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
)


def upgrade():
    connection = op.get_bind()
    for (district_id,) in connection.execute(sa.select(district.c.id)).fetchall():
        head = dict(part="curator", moment="final", number=1, title=TITLE, district_id=district_id)
        connection.execute(questionnaire.insert().values(**head))
        made = connection.scalar(sa.select(sa.func.max(questionnaire.c.id)))
        rows = [
            dict(questionnaire_id=made, ordinal=n, key=key, kind=kind, text=text, low="", high="")
            for n, (key, kind, text) in enumerate(QUESTIONS, start=1)
        ]
        connection.execute(question.insert(), rows)


def downgrade():
    pass  # an older program does not ask for it; answers may already point at it
