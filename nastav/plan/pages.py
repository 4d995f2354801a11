"""What the page of the plan is made from: its years, the cells as they are drawn, what would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from nastav import dates, htmx, ru
from nastav.district.signing import corner, signatures
from nastav.intake.block import Spread
from nastav.plan import queries, sheet
from nastav.plan.forms import FileForm, PlanForm, field_name, form_of, saved_values
from nastav.plan.grid import Change, Grid, Key
from nastav.plan.models import PlanYear
from nastav.plan.paste import Start


@dataclass(frozen=True)
class Drawn:
    """A cell as it stands on the page."""

    name: str  # of its field
    label: str
    value: str
    errors: str
    in_order: str  # «в приказе 45», where it says something else


@dataclass
class Looked:
    """What is shown beside the saved figures: nothing of it is saved."""

    said: str = ""  # what was done, in a sentence
    is_bad: bool = False
    changes: Sequence[Change] = ()
    differing: Sequence[Change] = ()  # of a form that is stale: the cell, as it is saved, as typed
    found: Spread[int] | None = None
    pasted: str = ""
    upload: FileForm | None = None  # a file that was refused


def asked_years(district_id: int) -> list[PlanYear]:
    """Return the years laid out side by side: those of `?from=`, else those with the current one."""
    groups = queries.abreast(queries.years(district_id))
    asked = request.args.get("from", type=int) or dates.today().year
    last = groups[-1] if groups else []
    return next((group for group in groups if asked in [plan.year for plan in group]), last)


def saved_form(grid: Grid) -> PlanForm:
    """Return the form of the grid as it is saved."""
    return form_of(grid)(data=saved_values(grid))


def start(grid: Grid) -> Start:
    """Return the cell chosen for a block without headings; the first one of the first year by default."""
    schools = [school_id for school_id, _ in grid.schools]
    names = [column.name for column in grid.columns]
    school_id, column = request.form.get("at_school", type=int), request.form.get("at_column", "")
    return Start(
        school_id if school_id in schools else schools[0],
        column if column in names else names[2],
    )


def here(endpoint: str = "plan.years", **more: Any) -> str:
    """Return the address of a page of the same years."""
    asked: dict[str, Any] = {"from": request.args["from"]} if "from" in request.args else {}
    return url_for(endpoint, **asked, **more)


def at(year: int) -> str:
    """Return the address of the years that hold this one."""
    asked: dict[str, Any] = {"from": year}
    return url_for("plan.years", **asked)


def page(
    grid: Grid, form: PlanForm, looked: Looked | None = None, *, status: int = 200
) -> Response:
    """Answer the page: the grid with what stands in the form, the sums of it, and what would change."""
    looked = looked or Looked()
    typed = grid.with_cells(form.wanted(grid))
    return htmx.page(
        "plan/years.html",
        status=status,
        grid=grid,
        form=form,
        heads=_heads(grid),
        lines=_lines(typed, form),
        foot=typed.foot,
        looked=looked,
        edits=sheet.edits(grid),
        cells=ru.out_of(len(grid.printed), "ячейки", "ячеек"),
        edited_on=_edited_on(grid),
        groups=queries.abreast(queries.years(g.district.id)),
        address=here,
        subtitle=sheet.subtitle(g.district),
        notes=sheet.NOTES,
        corner=corner(g.district),
        signers=signatures(g.district),
        upload=looked.upload or FileForm(),
        base=sum(row.pupils or 0 for row in queries.pupils(g.district.id)) or None,
        start=start(grid) if grid.plans and grid.schools else None,
        district=g.district,
    )


def totals(grid: Grid, form: PlanForm) -> Response:
    """Answer the foot of the grid for what stands in the form."""
    return htmx.page("plan/_totals.html", foot=grid.with_cells(form.wanted(grid)).foot)


def _edited_on(grid: Grid) -> Any:
    ids = [school_id for school_id, _ in grid.schools]
    found = queries.edits(ids, grid.years).values()
    return max((day for edit in found for day in edit.days), default=None)


def _heads(grid: Grid) -> list[tuple[str, list[str]]]:
    """Return the two rows of headings: a group over its columns."""
    words = [sheet.heading(grid, column) for column in grid.columns]
    return [
        (group, [title for _, title in titles])
        for group, titles in groupby(words, key=lambda word: word[0])
    ]


def _lines(typed: Grid, form: PlanForm) -> Iterator[tuple[int, str, list[Drawn]]]:
    for school_id, name in typed.schools:
        keys = [(school_id, column.name) for column in typed.columns]
        yield school_id, name, [_drawn(key, typed, form) for key in keys]


def _drawn(key: Key, typed: Grid, form: PlanForm) -> Drawn:
    own: Any = form[field_name(key)]
    return Drawn(
        own.name,
        typed.label(key),
        own._value(),  # what WTForms itself would write
        " ".join(own.errors),
        typed.in_order(key),
    )
