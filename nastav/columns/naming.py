"""Whose row it is: a name in three columns or in one, or a pupil's code. Pure: no database."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from nastav import ru
from nastav.columns.column import Cells
from nastav.people import rules as people
from nastav.people.codes import rules as codes
from nastav.people.models import Kind, Part
from nastav.people.rows import Entry
from nastav.people.rules import NewPerson

LONGEST = 100  # a part of a name
NAMES = ("surname", "given_name", "patronymic")
WHOLE = ("name", "name_teacher", "given_first")  # columns of a whole name
NO_NAMES = "Имён учеников в районе не хранят: уберите столбец с ФИО и дайте столбец «Код»."
NO_CODES = "Коды — для района, где учеников ведут без имён: внесите фамилию и имя."
_WORD = re.compile(r"[^\W\d_]{2}")
_ADULT = "Код — для ученика: взрослого внесите по фамилии и имени."
_KEPT = "Взрослого не сделать учеником с именем: укажите код в карточке."
_WHOLE_NAME = "Укажите фамилию и имя, например Петрова Ирина Сергеевна."


def code(cells: Cells, *, uses_codes: bool) -> str:
    """Return the code typed, or "": where pupils have codes, one may stand in the place of the name."""
    if "code" in cells or not uses_codes or "given_name" in cells or "patronymic" in cells:
        return cells.get("code", "")
    whole = _whole(cells) or cells.get("surname", "")
    try:
        return codes.read_code(whole)
    except codes.BadCode:
        return ""


def names(cells: Cells, *, uses_codes: bool) -> dict[str, str]:
    """Return the parts of the name: as they stand in three columns, or out of one; or the code."""
    if typed := code(cells, uses_codes=uses_codes):
        with suppress(codes.BadCode):  # `problem` says so
            typed = codes.read_code(typed)
        return {"surname": typed, "given_name": "", "patronymic": ""}
    given, patronymic = cells.get("given_name", ""), cells.get("patronymic", "")
    if not ru.search_key(patronymic):
        patronymic = ""  # «-» stands for no patronymic
    whole = _whole(cells)
    if given or (patronymic and not whole):
        surname = cells.get("surname") or whole
        return {"surname": surname, "given_name": given, "patronymic": patronymic}
    surname, given, third = ru.split_full_name(whole or cells.get("surname", ""))
    return {"surname": surname, "given_name": given, "patronymic": third or patronymic}


def _whole(cells: Cells) -> str:
    """Return the whole name, the surname first; of «Алина Олеговна Берёзкина» it stands last."""
    if "given_first" in cells:
        *given, surname = cells["given_first"].split()
        return " ".join([surname, *given])
    return cells.get("name") or cells.get("name_teacher", "")


def problem(cells: Cells, found: dict[str, str], *, uses_codes: bool) -> str:
    """Return what to mend of the name or the code, or ""."""
    if "code" in cells:
        return _code_problem(cells, uses_codes=uses_codes)
    if code(cells, uses_codes=uses_codes):
        return ""
    if uses_codes and not has_name(cells):
        return f"{codes.ASKED} Взрослого внесите по фамилии и имени."
    return _name_problem(found)


def _code_problem(cells: Cells, *, uses_codes: bool) -> str:
    try:
        codes.read_code(cells["code"])
    except codes.BadCode as mistake:
        return str(mistake)
    return (NO_NAMES if uses_codes else codes.ONE) if has_name(cells) else ""


def _name_problem(found: dict[str, str]) -> str:
    if any(sign.isdigit() for part in found.values() for sign in part):
        return "В имени есть цифры: поставьте класс в отдельный столбец."
    if not ru.search_key(found["surname"]) or not ru.search_key(found["given_name"]):
        return _WHOLE_NAME
    longest = max(map(len, found.values()))
    return f"Имя. {ru.too_long(longest, LONGEST)}" if longest > LONGEST else ""


def has_name(cells: Cells) -> bool:
    """Tell whether a word stands in the columns of the name."""
    return any(_WORD.search(cells.get(key, "")) for key in (*WHOLE, *NAMES))


def refusal(
    new: NewPerson, known: Entry | None, taken: Mapping[str, int], *, uses_codes: bool
) -> str:
    """Return why a row is not taken, or "": a pupil is new by name or by code as the district keeps them.

    Args:
        new: the person of the row.
        known: whom the registers have already.
        taken: search key → register number of the codes that the school has given.
        uses_codes: whether the district keeps its pupils by codes.
    """
    if new.kind is not Kind.PUPIL:
        return _ADULT if new.surname and not new.given_name else ""
    if known is None:
        if new.is_coded is not uses_codes:
            return NO_NAMES if uses_codes else NO_CODES
        return codes.clash([new.surname], taken) if new.is_coded else ""
    return _KEPT if uses_codes and known.kind is not Kind.PUPIL else ""


def is_called(name: Mapping[str, str], known: NewPerson) -> bool:
    """Tell whether a name read from a cell means somebody to be entered."""
    return people.is_called(tuple(name[key] for key in NAMES), known)  # type: ignore[arg-type]


def left_out(part: Part, entries: Iterable[Entry] | None, *, uses_codes: bool) -> set[str]:
    """Return the columns of name, code and group that a file of ours does not need.

    Args:
        part: of which register.
        entries: whom the file holds; None: nobody yet.
        uses_codes: whether the district keeps its pupils by codes.
    """
    people = list(entries or ())
    groups = set() if any(person.age_group for person in people) else {"group_name", "age"}
    kinds = {person.is_coded for person in people}
    if not uses_codes and True not in kinds:
        return {"code"} | groups
    is_template_of_both = entries is None and part is Part.MENTOR
    return groups if False in kinds or is_template_of_both else groups | set(NAMES)
