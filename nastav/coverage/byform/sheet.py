"""«По формам» as a sheet of the coverage workbook."""

from nastav import excel, ru, terms
from nastav.coverage.byform.queries import ByForm, Place
from nastav.coverage.byform.rules import Numbers
from nastav.excel import Column

COUNTS = {
    "pairs": "Пар и групп",
    "mentors": "Наставников",
    "mentees": "Наставляемых",
    "met": "Из них встречались",
}
TOTAL = "Всего, разные люди"
NOTE = (
    "Считаются все участники, и взрослые тоже, у кого хотя бы один день года был в паре вместе с другой "
    "стороной. Кто был в парах двух форм или двух школ, стоит в каждой строке; во «всего» он один, поэтому "
    "сумма строк может быть больше."
)


def by_form_sheet(found: ByForm, district: str) -> excel.Form:
    """Return the sheet: the district by form, then each school that has a pair."""
    columns = [Column("school", "ОО", width=20), Column("form", terms.PAIR["kind"], width=26)]
    columns += [Column(key, title, width=16) for key, title in COUNTS.items()]
    return excel.Form(
        name="По формам",
        title=f"Наставничество по формам, {found.year} год. {district}",
        subtitle=f"по состоянию на {ru.date_long(found.on)}",
        columns=columns,
        rows=[row for place in found.schools for row in _rows(place)],
        totals=_rows(found.district),
        notes=[NOTE],
    )


def _rows(place: Place) -> list[excel.Row]:
    lines = [_row(place.name, line.form, line.numbers) for line in place.lines]
    return [*lines, _row(place.name, TOTAL, place.total)]


def _row(name: str, form: str, numbers: Numbers) -> excel.Row:
    counts = [excel.integer(getattr(numbers, key)) for key in COUNTS]
    return [excel.text(name), excel.text(form), *counts]
