"""The links at the top of every page, by role: sections, and the pages of the section shown."""

from dataclasses import dataclass
from typing import Any

from flask import Request, url_for

from nastav.access import SCHOOL_ROLES, Role


@dataclass(frozen=True)
class Link:
    """A link of the navigation; `current` when the page shown belongs to it."""

    label: str
    href: str
    current: bool
    pages: tuple["Link", ...] = ()  # of the current section, where it has more than one


@dataclass(frozen=True)
class Section:
    """A section: its name, the part of its path, and the pages beside the first one."""

    label: str
    path: str
    first: str = ""  # what the first page is called among the others
    others: tuple[tuple[str, str], ...] = ()

    @property
    def paths(self) -> list[str]:
        """Return the paths of all its pages."""
        return [self.path, *(path for _, path in self.others)]


# a part of a path without a year leads on to the current one
SCHOOL = (
    Section("Моя школа", "", "Главное", (("Рабочая группа", "/team"),)),
    Section("Этапы", "/stages"),
    Section(
        "Наставляемые",
        "/mentees",
        "База наставляемых",
        (
            ("Согласия", "/consents"),
            ("Участие", "/occasions"),
            ("Перевод в класс", "/classes"),
            ("Переводятся к вам", "/transfers"),
            ("Возможные совпадения", "/matches"),
        ),
    ),
    Section(
        "Наставники",
        "/mentors",
        "База наставников",
        (
            ("Обучение", "/training"),
            ("Критерии отбора", "/mentors/criteria"),
            ("Поощрения", "/rewards"),
        ),
    ),
    Section(
        "Пары и группы",
        "/pairs",
        "Пары",
        (
            ("Планы", "/pairs/plans"),
            ("Лист встреч", "/meetings"),
            ("Подбор", "/pairs/matching"),
            ("Черновики", "/pairs/drafts"),
            ("Завершение года", "/pairs/closing"),
            ("Выпуск", "/pairs/graduates"),
        ),
    ),
    Section("Обратная связь", "/feedback"),
    Section("Охват и план", "/coverage"),
    Section("Практики", "/practices"),
    Section("Отчёты", "/reports"),
)
DISTRICT = (
    Section("Сводка по этапам", "/stages"),
    Section("На проверке", "/review"),
    Section("Просроченные", "/overdue"),
    Section("Охват и план", "/coverage", "Охват", (("Возможные совпадения", "/matches"),)),
    Section("Обратная связь", "/feedback"),
    Section("Практики", "/practices"),
    Section("Выгрузки", "/exports"),
    Section("Рабочая группа", "/team"),
)
NOT_OF_OBSERVER = ("/review",)  # among DISTRICT
COORDINATOR = (Section("Настройки", "/settings"), Section("Журнал", "/journal"))
YEARLY = {
    "/classes",
    "/stages",
    "/meetings",
    "/pairs",
    "/pairs/plans",
    "/pairs/matching",
    "/pairs/drafts",
    "/pairs/closing",
    "/pairs/graduates",
    "/occasions",
    "/training",
    "/rewards",
}  # keep the year shown
EDITING = {
    "/classes",
    "/pairs/matching",
    "/pairs/drafts",
    "/pairs/closing",
    "/pairs/graduates",
}  # the curator's alone


def links(user: Any, request: Request) -> list[Link]:
    """Return the links of a user's role."""
    base, sections = _sections(user)
    year = (request.view_args or {}).get("cycle")
    here = _without_year(request.path, base, year).removeprefix(base)
    # the board, which schools read too
    here = here.removeprefix(url_for("rollup.district", district_id=user.district_id))
    page = _page_of(here, [path for one in sections for path in one.paths])
    may_edit = user.role is Role.CURATOR
    return [_link(one, base, year, page, may_edit=may_edit) for one in sections]


def _link(
    section: Section, base: str, year: int | None, page: str | None, *, may_edit: bool
) -> Link:
    current = page in section.paths
    pages: tuple[Link, ...] = ()
    if current and section.others:
        others = (one for one in section.others if may_edit or one[1] not in EDITING)
        every = ((section.first, section.path), *others)
        pages = tuple(Link(label, _href(base, path, year), path == page) for label, path in every)
    return Link(section.label, _href(base, section.path, year), current, pages)


def _page_of(here: str, paths: list[str]) -> str | None:
    """Return which of the paths a page belongs to: the longest that it begins with."""
    within = [path for path in paths if _is_within(here, path)]
    return max(within, key=len, default=None)


def _is_within(here: str, path: str) -> bool:
    return here == path if not path else here == path or here.startswith(path + "/")


def _sections(user: Any) -> tuple[str, tuple[Section, ...]]:
    if user.role in SCHOOL_ROLES:
        return url_for("home.school", school_id=user.school_id), SCHOOL
    base = url_for("rollup.district", district_id=user.district_id)
    if user.role is Role.COORDINATOR:
        return base, (*DISTRICT, *COORDINATOR)
    return base, tuple(one for one in DISTRICT if one.path not in NOT_OF_OBSERVER)


def _href(base: str, part: str, year: int | None) -> str:
    if year is not None and part in YEARLY:
        return f"{base}/{year}{part}"
    return base + part


def _without_year(path: str, base: str, year: int | None) -> str:
    return path.replace(f"{base}/{year}/", f"{base}/", 1) if year is not None else path
