"""The header of the page shown: its sections by role, the pages of its section, its school year."""

from dataclasses import dataclass, field, replace

from flask import current_app, g, request, url_for
from flask_login import current_user

from nastav import dates
from nastav.access import SCHOOL_ROLES, is_looking, may, may_open
from nastav.addresses import row_id
from nastav.home.navigation import queries
from nastav.home.navigation.paths import endpoint_for, place_of, within
from nastav.home.navigation.rules import Facts, Waits, current_year, is_in_season
from nastav.home.navigation.sections import BY_QUERY, DISTRICT, SCHOOL, Page, Section
from nastav.stages import lines as stage_lines


@dataclass(frozen=True)
class Link:
    """A link of the header; `current` when the page shown belongs to it."""

    label: str
    href: str
    current: bool = False
    count: int = 0  # how many wait there
    is_late: bool = False  # they are past their date


@dataclass(frozen=True)
class SectionLink(Link):
    """A section; of the current one, where it has more than one page, its pages as well."""

    pages: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()


@dataclass(frozen=True)
class YearLink:
    """The page shown, in one of the district's school years."""

    first_year: int
    href: str
    shown: bool
    current: bool  # the one worked in


@dataclass(frozen=True)
class StageLink:
    """One of the seven stages of the school whose stages are looked at."""

    roman: str
    state: str  # key of its standing: «overdue» wins
    href: str
    current: bool


@dataclass(frozen=True)
class Header:
    """What stands over a page. Of a page that belongs to no school year, `years` is empty."""

    sections: tuple[SectionLink, ...] = ()
    leave_look: str = ""  # where a coordinator who looks as a school goes back to her own page
    stages: tuple[StageLink, ...] = ()  # on pages of stages only
    years: tuple[YearLink, ...] = field(default=())  # the latest first

    @property
    def year(self) -> YearLink | None:
        return next((year for year in self.years if year.shown), None)

    @property
    def this_year(self) -> YearLink | None:
        """Return the school year worked in."""
        return next((year for year in self.years if year.current), None)


def load() -> None:
    """Read what the page's header shows, before the unit of work ends and the page is rendered."""
    if current_user.is_authenticated:
        own = _own_school()
        shown = _asked_year()
        counts = may("names:read")
        g.header_facts = queries.facts(
            current_user.district_id, own, shown, dates.today(), counts=counts
        )
        if _shows_stages():
            g.stage_lines = stage_lines.school_stages(g.school.id, g.cycle)


def header() -> Header:
    """Return the header of the page shown; of an error's page, without what the database says."""
    if not current_user.is_authenticated:
        return Header()
    facts = g.get("header_facts", Facts())
    now = current_year(facts.years, dates.cycle_of(dates.today()))
    shown = _asked_year()
    if shown is None and request.endpoint in BY_QUERY:
        shown = now
    sections = _allowed(DISTRICT if _own_school() is None else SCHOOL)
    # an error's page may stand anywhere, also where no school year is known
    page = within(sections) if "header_facts" in g else None
    links = tuple(_section(section, page, shown or now, facts) for section in sections)
    years = tuple(
        YearLink(year, _in_year(page, year), year == shown, year == now)
        for year in reversed(facts.years)
        if shown
    )
    back = url_for("home.school", view=None) if is_looking() else ""
    return Header(links, back, _stages(), years)


def _own_school() -> int | None:
    """Return the school whose menu the page has: the reader's, or the one looked at as it looks."""
    if is_looking():
        return int(g.place["school_id"])
    return current_user.school_id if current_user.role in SCHOOL_ROLES else None


def _shows_stages() -> bool:
    """Tell whether the page is one of a school's stages: these are the section's pages."""
    return (request.endpoint or "").startswith(("stages.", "filling.")) and "cycle" in g


def _stages() -> tuple[StageLink, ...]:
    here = (request.view_args or {}).get("ordinal")
    return tuple(
        StageLink(
            line.roman,
            line.standing.key,
            url_for("stages.stage", ordinal=line.ordinal),
            line.ordinal == here,
        )
        for line in (g.stage_lines if "stage_lines" in g else ())
    )


def menu(year: int | None) -> list[tuple[Section, Link]]:
    """Return every page of a school's menu that the reader may open in a year, with its section."""
    return [
        (section, Link(page.label, _href(page, year)))
        for section in _allowed(SCHOOL)
        for page in section.every
    ]


def _asked_year() -> int | None:
    """Return the school year that the address names."""
    if (year := g.get("place", {}).get("cycle")) is not None:
        return int(year)
    return request.args.get("cycle", type=row_id) if request.endpoint in BY_QUERY else None


def _allowed(sections: tuple[Section, ...]) -> list[Section]:
    """Return the sections with the pages that the reader may open; none without a page."""
    kept = [
        replace(
            section,
            pages=_readable(section.pages),
            more=_readable(section.more),
            inside=_readable(section.inside),
        )
        for section in sections
    ]
    return [section for section in kept if section.pages]


def _readable(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    return tuple(page for page in pages if may_open(page.endpoint))


def _section(section: Section, page: Page | None, year: int | None, facts: Facts) -> SectionLink:
    is_current = page in section.every
    href = _href(section.pages[0], year)
    waiting = facts.waiting
    first = section.pages[0].waits
    count = waiting.get(first, 0) if first else 0
    whole = SectionLink(section.label, href, is_current, count, first is Waits.OVERDUE)
    if not is_current or len(section.pages) + len(section.more) == 1:
        return whole

    def link(target: Page) -> Link:
        count = waiting.get(target.season, 0) if target.season else 0
        return Link(target.label, _href(target, year), target is page, count)

    today = dates.today()
    due = (
        target
        for target in section.more
        if target is page
        or (target.season and is_in_season(target.season, waiting.get(target.season, 0), today))
    )
    pages = tuple(link(page) for page in (*section.pages, *due))
    return replace(whole, pages=pages, more=tuple(map(link, section.more)))


def _href(page: Page, year: int | None) -> str:
    """Return the address of a page of the menu in the reader's own school or district."""
    endpoint = endpoint_for(page, has_year=year is not None)
    known = {
        "school_id": _own_school(),
        "district_id": current_user.district_id,
        "cycle": year,
    }
    needed = current_app.url_map.is_endpoint_expecting
    values = {name: value for name, value in known.items() if needed(endpoint, name)}
    return url_for(endpoint, **values | dict(page.given))


def _in_year(page: Page | None, year: int) -> str:
    """Return the page shown in another school year; where it is of one row, its page of the menu."""
    place = place_of(request)
    if place is not None and request.endpoint:
        return url_for(request.endpoint, **place | {"cycle": year})
    return _href(page, year) if page else url_for("home.start")
