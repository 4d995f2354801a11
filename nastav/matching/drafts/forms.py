"""The form that begins many drafts."""

from wtforms import StringField

from nastav import terms
from nastav.forms import BaseForm, not_in_future, short
from nastav.pairs.forms import CycleDate


class PublishForm(BaseForm):
    """What is written into every pair that begins."""

    started = CycleDate(
        terms.PAIR["started"],
        [not_in_future],
        description="Одно на все отмеченные. Пусто — у каждой пары своё.",
    )
    order_number = StringField(terms.PAIR["order_number"], [short(terms.LONGEST_ORDER)])
    order_date = CycleDate(terms.PAIR["order_date"], [not_in_future])
