"""Cells of the profile and the consent: what was typed into values, values into what our files say."""

import re
from collections.abc import Sequence
from datetime import date

from nastav import ru
from nastav.columns.column import day, plain
from nastav.consents.models import SIGNER_LABELS, Signer
from nastav.mentors.profiles.forms import DECISIONS, ELDEST, OLDEST, YOUNGEST
from nastav.mentors.profiles.models import Selection
from nastav.people.models import Kind, Part

MOST = 200  # mentees that a limit may name
_ANY = r"(?:люб\w+|все|не важно|неважно|без ограничени[йя]|не ограничен\w*)"
Span = tuple[int | None, int | None]
_TICK = re.compile(r"[+✓✔☑√]+")


def _answer(cell: str) -> str:
    """The key of a cell that answers a question, where a lone tick or plus is a yes."""
    return "да" if _TICK.fullmatch(cell.strip()) else ru.search_key(cell)


# --- consent --------------------------------------------------------------------------------------

_NO_PAPER = r"|нет|не получено|отсутствует|не нужно"
_LEAD = re.compile(
    r"^(?:есть|да|имеется|получено|подписано)?[,:;\s]*(?:от\s+)?(?=\d)", re.IGNORECASE
)


def signed_on(cell: str) -> date | None:
    """Return the day a consent was signed: «01.09.2020», «есть, от 01.09.2020»; None for «нет».

    Raises:
        ValueError: no date, or one to come.
    """
    if re.fullmatch(_NO_PAPER, _answer(cell)):
        return None
    if not any(sign.isdigit() for sign in cell):
        raise ValueError("Укажите день подписания, например 01.09.2020, или очистите ячейку.")
    return day(_LEAD.sub("", cell))


_PARENT = r"(?:родител|представител|мать|отец|мама|папа|опекун|законн)\w*(?: \w+)*?"
_OWN = r"(?:сама?|учени|участни|ребен|подрост|наставн|наставляем|педагог|учител)\w*(?: \w+)?"
_SIGNERS = {
    Signer.BOTH: rf"оба|обе|{_PARENT} и {_OWN}|{_OWN} и {_PARENT}",
    Signer.GUARDIAN: _PARENT,
    Signer.OWN: rf"{_OWN}|лично|совершеннолетн\w+",
}


def signer(cell: str) -> Signer | None:
    """Return who signed.

    Raises:
        ValueError: names what may stand there.
    """
    key = ru.search_key(cell)
    if not key:
        return None
    for found, pattern in _SIGNERS.items():
        if re.fullmatch(pattern, key):
            return found
    usual = ", ".join(f"«{label}»" for label in SIGNER_LABELS.values())
    raise ValueError(f"Не понятно, кто подписал: «{cell[:40]}». Укажите: {usual}.")


# --- profile --------------------------------------------------------------------------------------


def most(cell: str) -> int | None:
    """Return how many mentees a mentor leads at most: «3», «до 3 человек»; None for no limit.

    Raises:
        ValueError: no such number.
    """
    key = ru.search_key(cell)
    if not key or re.fullmatch(_ANY, key):
        return None
    found = re.fullmatch(r"(?:до|не (?:более|больше)|максимум )?\s*(\d{1,6})(?: \w+)?", key)
    if not found or not 1 <= int(found[1]) <= MOST:
        raise ValueError(f"Укажите число от 1 до {MOST}, например 3.")
    return int(found[1])


def grades(cell: str) -> Span | None:
    """Return the first and the last class wanted: «5–7», «с 5 по 7», «5, 6, 7», «с 5»; None for any.

    Raises:
        ValueError: no such classes.
    """
    if not ru.search_key(cell) or re.fullmatch(_ANY + r"(?: класс\w*)?", ru.search_key(cell)):
        return None
    text = re.sub(r"класс\w*|\bкл\b\.?|-?(?:[йхе]|ый|ого?|му)\b", "", cell.casefold())
    found = _span(text)
    if found is None:
        raise ValueError(_GRADES)
    return _within(*found)


def _span(text: str) -> Span | None:
    """«5–7», «с 5 по 7», «с 5», «до 7», «5, 6, 7» as the first and the last number."""
    text = text.strip(" .")
    whole = re.fullmatch(r"(?:с|от)?\s*(\d{1,2})\s*(?:-|–|—|по|до)\s*(\d{1,2})", text)
    if whole:
        return int(whole[1]), int(whole[2])
    if first := re.fullmatch(r"(?:с|от)\s*(\d{1,2})|(\d{1,2})\s*(?:\+|и старше|и больше)", text):
        return int(first[1] or first[2]), None
    if last := re.fullmatch(r"(?:по|до)\s*(\d{1,2})", text):
        return None, int(last[1])
    listed = re.fullmatch(r"\d{1,2}(?:\s*(?:,|;|\bи\b)\s*\d{1,2})*", text)
    numbers = [int(found) for found in re.findall(r"\d+", text)] if listed else []
    if numbers and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return numbers[0], numbers[-1]
    return None


_GRADES = f"Укажите первый и последний класс, от 1 до {OLDEST}, например «с 5 по 7»."


def _within(first: int | None, last: int | None) -> Span:
    if not 1 <= (first or 1) <= (last or OLDEST) <= OLDEST or 0 in (first, last):
        raise ValueError(_GRADES)
    return first, last


_AGES = "Укажите возраст, например «10–12», или классы: «5–7 класс»."
_YEARS = re.compile(r"(?:полных\s+)?\b(?:лет|года?|годов|г)\b\.?|возраст\w*|-?(?:ти|летн\w+)\b")


def says_grades(cell: str) -> bool:
    """Tell whether a wish speaks of classes by their word, whatever its heading says."""
    return re.search(r"\bкл(?:асс\w*|\b)", cell.casefold()) is not None


def says_ages(cell: str) -> bool:
    """Tell whether a wish speaks of years of age by their word."""
    return re.search(r"\d\s*(?:лет|года?)\b", cell.casefold()) is not None


def ages(cell: str) -> Span | None:
    """Return the least and the greatest age wanted, in full years: «10–12 лет», «14–17», «с 10».

    Raises:
        ValueError: no such ages; «1-4» are classes rather, and it must be said.
    """
    if not ru.search_key(cell) or re.fullmatch(_ANY + r"(?: возраст\w*)?", ru.search_key(cell)):
        return None
    found = _span(_YEARS.sub("", cell.casefold()))
    if found is None:
        raise ValueError(_AGES)
    first, last = found
    if (first or YOUNGEST) < YOUNGEST or (last or ELDEST) < YOUNGEST:
        raise ValueError(f"Это похоже на классы: напишите «{cell} класс».")
    if not (first or YOUNGEST) <= (last or ELDEST) <= ELDEST:
        raise ValueError(_AGES)
    return found


def span_said(value: Span) -> str:
    """Return «5–7», «с 5», «по 7», or nothing for any."""
    first, last = value
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    return f"с {first}" if first else f"по {last}" if last else ""


_DECISIONS = {
    Selection.DECLINED: r"нет|не \w+(?: отбор\w*)?|отказ\w*|отклонен\w*",
    Selection.ACCEPTED: r"да|(?:отобра|приня|прош|рекомендова|утвержд)\w+(?: отбор\w*)?",
}
_NO_DECISION = r"|решения еще нет|(?:нет|без) решения|на рассмотрении|не рассмотрен\w*"


def decision(cell: str) -> Selection | None:
    """Return what was decided of a mentor; None while nothing was.

    Raises:
        ValueError: names what may stand there.
    """
    key = _answer(cell)
    if re.fullmatch(_NO_DECISION, key):
        return None
    for found, pattern in _DECISIONS.items():
        if re.fullmatch(pattern, key):
            return found
    raise ValueError("Укажите «отобран» или «не отобран», а дату собеседования — в его столбце.")


def decision_said(value: Selection) -> str:
    """Return «отобран» or «не отобран», or nothing while nothing was decided."""
    return "" if value is Selection.UNDECIDED else DECISIONS[value]


_SIDES = {
    Kind.PUPIL: r"учени\w+|учащ\w+|обучающ\w+|школьни\w+",
    Kind.TEACHER: r"учител\w+|педагог\w*|преподавател\w+|молод\w+ (?:специалист|педагог)\w*",
    Kind.STUDENT: r"студент\w*",
    Kind.EMPLOYER: r"работодател\w+",
    Kind.GRADUATE: r"выпускни\w+",
}


def sides(form: str) -> tuple[Kind | None, Kind | None]:
    """Return who leads whom in a form of mentoring; None for a side it does not name."""
    texts = re.split(r"\s*[-–—]\s*", form.strip())
    keys = [ru.search_key(text) for text in texts] if len(texts) == len(Part) else ["", ""]
    found = [
        next((kind for kind, words in _SIDES.items() if re.fullmatch(words, key)), None)
        for key in keys
    ]
    return found[0], found[1]


def kinds_like(cell: str, known: Sequence[str]) -> list[str]:
    """Return the district's forms that a cell names, by its words or by its two sides."""
    if not ru.search_key(cell):
        return []
    if exact := _kind(cell, known):
        return [exact]
    wanted = sides(cell)
    return [text for text in known if None not in wanted and sides(text) == wanted]


def kinds(cell: str, known: Sequence[str]) -> tuple[str, ...] | None:
    """Return the forms of mentoring named, in the district's order; None for any of them.

    Raises:
        ValueError: the district has no such form.
    """
    if not ru.search_key(cell) or re.fullmatch(_ANY, ru.search_key(cell)):
        return None
    for parts in ([cell], cell.split(";"), cell.replace(";", ",").split(",")):
        found = {_one_kind(part, known) for part in parts if ru.search_key(part)}
        if None not in found:
            return tuple(text for text in known if text in found)
    raise ValueError(f"Нет такой формы. Укажите через «;»: {', '.join(known)}.")


def _one_kind(cell: str, known: Sequence[str]) -> str | None:
    found = kinds_like(cell, known)
    return found[0] if len(found) == 1 else None


def _kind(typed: str, known: Sequence[str]) -> str | None:
    typed = plain(typed)
    key = ru.search_key(typed)
    same = [text for text in known if ru.search_key(text) == key]
    return typed if typed in same else next(iter(same), None)


def kinds_said(value: Sequence[str]) -> str:
    """Return the forms of mentoring in one cell."""
    return "; ".join(value)
