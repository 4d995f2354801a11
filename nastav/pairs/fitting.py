"""Whether a form of mentoring fits the people of a pair: the form follows who leads whom. Pure.

A form is known by its name alone («учитель – ученик»: who leads, then who is led); a district may add its
own. A side whose word is not known here fits anybody.
"""

import re
from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from nastav import ru
from nastav.people.models import KIND_LABELS, Kind

_STEMS = {
    "учени": Kind.PUPIL,
    "обучающ": Kind.PUPIL,
    "учащ": Kind.PUPIL,
    "школьник": Kind.PUPIL,
    "учител": Kind.TEACHER,
    "педагог": Kind.TEACHER,
    "преподавател": Kind.TEACHER,
    "студент": Kind.STUDENT,
    "работодател": Kind.EMPLOYER,
    "выпускник": Kind.GRADUATE,
    "родител": Kind.PARENT,
}
_BETWEEN = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*")


class Named(Protocol):
    """A form of mentoring."""

    name: str


Form = TypeVar("Form", bound=Named)


def sides(name: str) -> tuple[Kind | None, Kind | None]:
    """Return who leads and who is led by the name of a form; None where it does not say."""
    first, *rest = _BETWEEN.split(name)
    return _kind(first), _kind(rest[0]) if rest else None


def proposed(
    forms: Iterable[Form], mentors: Collection[Kind], mentees: Collection[Kind]
) -> Form | None:
    """Return the first form whose name says that such people lead such others, or None."""
    wanted = (set(mentors), set(mentees))
    return next((form for form in forms if _says(form.name, *wanted)), None)


def misfit(
    name: str, mentors: Collection[Kind], mentees: Collection[Kind], forms: Iterable[Named] = ()
) -> str:
    """Return in a sentence how a form contradicts the people, and which one fits; "" where it does not.

    Args:
        name: of the form.
        mentors: what those who lead are.
        mentees: what those who are led are.
        forms: the forms to choose from.
    """
    lead, led = sides(name)
    against = (("ведёт", _others(mentors, lead)), ("наставляемый —", _others(mentees, led)))
    said = [f"{verb} {ru.list_and(others)}" for verb, others in against if others]
    if not said:
        return ""
    fitting = proposed(forms, mentors, mentees)
    advice = f" Подходит «{fitting.name}»." if fitting else ""
    return f"Форма «{name}» не подходит участникам: {', '.join(said)}.{advice}"


def _says(name: str, mentors: set[Kind], mentees: set[Kind]) -> bool:
    lead, led = sides(name)
    return bool(lead and led) and mentors == {lead} and mentees == {led}


def _others(people: Collection[Kind], side: Kind | None) -> list[str]:
    return sorted({KIND_LABELS[kind] for kind in people if side and kind is not side})


def _kind(words: str) -> Kind | None:
    low = words.casefold()
    return next((kind for stem, kind in _STEMS.items() if re.search(rf"\b{stem}", low)), None)
