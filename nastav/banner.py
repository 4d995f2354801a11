"""The line above every page of a site whose people are invented or whose date is set by hand."""

from dataclasses import dataclass

from flask import current_app

from nastav import dates, ru


@dataclass(frozen=True)
class Banner:
    """What every page says where its people are invented or its date is set by hand."""

    whole: str
    short: str  # as fits one line of a phone


def of_today() -> Banner | None:
    """Return what every page says of the site; None where people and date are real."""
    whole, short = [], []
    if current_app.config["DEMO"]:
        whole.append("Показ: все люди и события вымышлены.")
        short.append("Показ: вымышленные данные")
    if dates.is_fixed():
        whole.append(f"Сайт считает сегодняшним днём {ru.date_long(dates.today())}")
        short.append(
            ru.date_short(dates.today()) if short else f"Сегодня {ru.date_short(dates.today())}"
        )
    return Banner(" ".join(whole), ", ".join(short)) if whole else None
