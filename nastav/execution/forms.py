"""The day the order is asked for."""

from collections.abc import Mapping
from datetime import date

from nastav import dates, ru
from nastav.coverage.forms import AskedDay


def asked_day(query: Mapping[str, str], order_date: date) -> AskedDay:
    """Return the day of `?on=`; without one, today. Before the order and after today is an error.

    A day without a year is the last such day that has come.
    """
    today = dates.today()
    typed = query.get("on", "").strip()[:40]
    if not typed:
        return AskedDay(today)
    try:
        day = ru.parse_past(typed, today=today)
    except ru.BadDate as error:
        return AskedDay(today, typed, f"{error}.")
    issued, last = ru.date_short(order_date), ru.date_short(today)
    if day > today:
        return AskedDay(today, typed, f"Дата ещё не наступила: укажите {last} или раньше.")
    if day < order_date:
        return AskedDay(today, typed, f"Приказ издан {issued}: укажите этот день или позже.")
    return AskedDay(day, ru.date_short(day))
