"""What the menu leads to, as data: each page is an endpoint; its path and its year are the route's.

Who sees a page is the permission its route declares, so nothing of either is written here again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nastav.home.navigation.rules import Season, Waits


@dataclass(frozen=True)
class Page:
    """A page of the menu: its name, its endpoint, and what its address needs besides the place."""

    label: str
    endpoint: str
    given: Mapping[str, str] = field(default_factory=dict)
    season: Season | None = None  # it stands among the others only then
    waits: Waits | None = None  # how many wait there is told beside its section


@dataclass(frozen=True)
class Section:
    """A section: the first of its pages is what it leads to; `more` are the rare ones, under «Ещё».

    To those `inside` the first page leads itself: a row of links over the matrix costs it a school.
    """

    label: str
    pages: tuple[Page, ...]
    more: tuple[Page, ...] = ()
    inside: tuple[Page, ...] = ()

    @property
    def every(self) -> tuple[Page, ...]:
        """Return all its pages."""
        return self.pages + self.more + self.inside


def _alone(label: str, endpoint: str) -> Section:
    return Section(label, (Page(label, endpoint),))


SCHOOL = (
    Section(
        "Моя школа",
        (Page("Неделя", "home.school"), Page("Рабочая группа", "district.school_team")),
    ),
    _alone("Этапы", "stages.school_stages"),
    Section(
        "Люди",
        (
            Page("Наставляемые", "register.register", {"book": "mentees"}),
            Page("Наставники", "register.register", {"book": "mentors"}),
            Page("Согласия", "consents.missing"),
            Page("Обучение", "training.board"),
        ),
        (
            Page("Перевод в класс", "classes.board", season=Season.CLASSES),
            Page("Переводятся к вам", "transfers.incoming", season=Season.TRANSFERS),
            Page("Возможные совпадения", "own_matches.board"),
            Page("Критерии отбора", "profiles.criteria"),
        ),
    ),
    Section(
        "Пары и встречи",
        (
            Page("Пары и группы", "pair_list.board"),
            Page("Лист встреч", "week.sheet"),
            Page("Планы", "plans.board"),
            Page("Подбор", "matching.board"),
        ),
        (
            Page("Черновики", "drafts.board", season=Season.DRAFTS),
            Page("Завершение года", "closing.board", season=Season.CLOSING),
            Page("Выпуск", "graduates.board", season=Season.GRADUATES),
        ),
    ),
    _alone("Обратная связь", "feedback.school"),
    Section(
        "Отчёты",
        (
            Page("Отчёты и печать", "home.reports"),
            Page("Бумаги", "paperwork.board"),
            Page("Охват и план", "coverage.school_now"),
            Page("Практики", "practices.own"),
            Page("Поощрения", "awards.board"),
            Page("Участие", "occasions.board"),
        ),
        (Page("Выборочная проверка", "samples.school"),),
    ),
)
DISTRICT = (
    Section(
        "Сводка",
        (Page("Сводка по этапам", "rollup.stages", waits=Waits.OVERDUE),),
        inside=(
            Page("Просроченные", "rollup.overdue"),
            Page("Что изменилось", "rollup.what_changed"),
        ),
    ),
    Section("На проверке", (Page("На проверке", "review.queue", waits=Waits.REVIEW),)),
    Section(
        "Охват и план",
        (Page("Охват", "coverage.district_now"), Page("Возможные совпадения", "matches.page")),
    ),
    Section(
        "Исполнение",
        (
            Page("Исполнение приказа", "execution.page"),
            Page("Бумаги района", "letters.page"),
            Page("Самопроверка района", "district_check.page"),
            Page("Выборочная проверка", "samples.district"),
            Page("Рабочая группа", "district.district_team"),
        ),
    ),
    _alone("Отчёты", "reports.page"),
    Section(
        "Обратная связь",
        (
            Page("Что говорят участники", "feedback.district"),
            Page("Практики", "practices.board.listing"),
        ),
    ),
    Section(
        "Настройки",
        (Page("Все настройки", "home.settings"), Page("Журнал", "audit.journal")),
    ),
)
# these take a school year as `?cycle=` (rules.md#current-school-year)
BY_QUERY = frozenset({"home.school", "home.reports", "feedback.district"})
