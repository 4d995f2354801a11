"""A document in one line, as people write it: «Приказ № 145 от 12.10.2020»."""

import re
from datetime import date

from nastav import ru
from nastav.stages.evidence.operations import Details

EXAMPLE = "Приказ № 145 от 12.10.2020"
_YEAR = r"(?: ?г(?:\.|ода?)?(?!\w))?"
_DAY = rf"\d\d?(?: ?[./-] ?\d\d?(?: ?[./-] ?\d{{2,4}})?| [а-я]{{3,}}\.?(?: \d{{2,4}})?){_YEAR}"
_DATED = re.compile(rf"(?<!\w)от (?P<found>{_DAY})(?!\w)", re.IGNORECASE)
_BARE_DATE = re.compile(rf"(?<!\S)(?P<found>\d\d?[./]\d\d?[./]\d{{2,4}}{_YEAR})\Z", re.IGNORECASE)
_NUMBER = re.compile(r"(?:№|(?<!\w)(?:n[oо]?\.?|номер)(?= ?\d)) ?(?P<found>.+)", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(?<=\s)(?P<found>\d\S*)\Z")


class BadLine(ValueError):
    """A line that names no document; the text says in Russian how to mend it."""


def parse(text: str, *, school_year: int | None, today: date) -> Details:
    """Return the document a line names.

    Number and date come in either order. The number follows «№», or stands bare where «от» leads
    the date; a date at the end needs no «от».

    Raises:
        BadLine: no kind, more than one document, or a part that is too long.
        BadDate: the date cannot be read.
    """
    plain = " ".join(text.split())
    if ";" in plain or plain.count("№") > 1:
        raise BadLine("Здесь один документ: остальные добавьте на странице этапа.")
    rest, dated = _cut(_DATED, plain)
    has_word = bool(dated)
    if not has_word:
        rest, dated = _cut(_BARE_DATE, rest)
    rest, number = _cut(_NUMBER, rest)
    if has_word and not number:
        rest, number = _cut(_BARE_NUMBER, rest)
    if not rest:
        raise BadLine(f"Укажите вид документа, например «{EXAMPLE}».")
    for what, part, limit in (("Вид документа", rest, 100), ("Номер", number, 60)):
        if len(part) > limit:
            raise BadLine(f"{what}. {ru.too_long(len(part), limit)}")
    day = ru.parse_date(dated, school_year=school_year, today=today) if dated else None
    return Details(rest, number, day)


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """Return the text without what a pattern finds, and what was found; "" = nothing."""
    found = pattern.search(text)
    if found is None:
        return text.strip(" ,"), ""
    rest = f"{text[: found.start()].strip(' ,')} {text[found.end() :].strip(' ,')}"
    return rest.strip(), found["found"].strip(" ,")
