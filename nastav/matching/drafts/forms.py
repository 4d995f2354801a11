"""The form that begins many drafts."""

from wtforms import StringField

from nastav.forms import BaseForm, not_in_future, short
from nastav.pairs.forms import CycleDate


class PublishForm(BaseForm):
    """What is written into every pair that begins."""

    started = CycleDate(
        "Начало",
        [not_in_future],
        description="Одно на все отмеченные. Пусто — у каждой пары своё.",
    )
    order_number = StringField("Приказ о закреплении, №", [short(40)])
    order_date = CycleDate("Дата приказа", [not_in_future])
