"""The links at the top of every page, by role."""

from dataclasses import dataclass
from typing import Any

from flask import Request

from nastav.access import SCHOOL_ROLES, Role


@dataclass(frozen=True)
class Link:
    """A link of the navigation; `current` when the page shown belongs to it."""

    label: str
    href: str
    current: bool


# (label, part of the path); a part without a year leads on to the current one
SCHOOL = (
    ("Моя школа", ""),
    ("Этапы", "/stages"),
    ("Наставляемые", "/mentees"),
    ("Наставники", "/mentors"),
    ("Пары и группы", "/pairs"),
    ("Обратная связь", "/feedback"),
    ("Охват и план", "/coverage"),
    ("Отчёты", "/reports"),
)
DISTRICT = (
    ("Сводка по этапам", "/stages"),
    ("На проверке", "/review"),
    ("Просроченные", "/overdue"),
    ("Охват и план", "/coverage"),
    ("Обратная связь", "/feedback"),
    ("Выгрузки", "/exports"),
    ("Рабочая группа", "/team"),
)
REVIEWING = (("На проверке", "/review"),)  # among DISTRICT: not for the observer
COORDINATOR = (("Настройки", "/settings"), ("Журнал", "/journal"))


def links(user: Any, request: Request) -> list[Link]:
    """Return the links of a user's role."""
    base, parts = _sections(user)
    year = (request.view_args or {}).get("cycle")
    here = _without_year(request.path, base, year)
    return [
        Link(
            label, _href(base, part, year), here == base if not part else _within(here, base + part)
        )
        for label, part in parts
    ]


def _sections(user: Any) -> tuple[str, tuple[tuple[str, str], ...]]:
    if user.role in SCHOOL_ROLES:
        return f"/schools/{user.school_id}", SCHOOL
    base = f"/districts/{user.district_id}"
    if user.role is Role.COORDINATOR:
        return base, (*DISTRICT, *COORDINATOR)
    return base, tuple(each for each in DISTRICT if each not in REVIEWING)


YEARLY = {"/stages", "/pairs"}


def _href(base: str, part: str, year: int | None) -> str:
    if year is not None and part in YEARLY:
        return f"{base}/{year}{part}"
    return base + part


def _without_year(path: str, base: str, year: int | None) -> str:
    return path.replace(f"{base}/{year}/", f"{base}/", 1) if year is not None else path


def _within(path: str, section: str) -> bool:
    return path == section or path.startswith(section + "/")
