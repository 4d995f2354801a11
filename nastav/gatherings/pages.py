"""The pages of one kind of gatherings: entering one, its card, changing and removing it."""

from dataclasses import dataclass
from typing import Any

from flask import abort, g, redirect, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx
from nastav.district import queries as districts
from nastav.forms import posted_block, posted_version
from nastav.gatherings import operations, paste, queries
from nastav.gatherings.forms import GatheringForm
from nastav.gatherings.models import Attendance
from nastav.intake.block import Spread
from nastav.paging import FORM_ROWS, form_rows
from nastav.refusals import differences, shown_in


@dataclass(frozen=True)
class Pages:
    """What tells one kind of gatherings from another.

    Where people are asked as what, those ticked stand first, as on every list too long for one form.
    """

    of: type[Attendance]
    form: type[GatheringForm]
    template: str
    board: str  # endpoint of the list
    added: str
    changed: str
    removed: str
    phrases: tuple[str, ...] = ()  # as what somebody usually took part; none: nobody is asked

    def current(self) -> Response:
        """Lead on to the current school year."""
        cycle = districts.current_cycle(g.school.district_id, dates.today())
        return redirect(self._board(cycle.first_year if cycle else dates.cycle_of(dates.today())))

    def new(self, cycle: int, ticked: list[int] | None = None) -> Response:
        """Ask for a gathering."""
        data = {"held_on": queries.last_day(cycle), "present": ticked or []}
        return self._page(self.form(first_year=cycle, data=data), cycle)

    def add(self, cycle: int) -> Response:
        """Add a gathering with those who took part."""
        form = self.form.sent(cycle)
        block = posted_block()
        if block is not None:
            return self._preview(form, cycle, block)
        if not form.validate():
            return self._page(form, cycle, status=422)
        if htmx.is_first():
            typed = (form.values(), form.roles())
            with shown_in(form, lambda: self._page(form, cycle, status=422)):
                operations.add(access.actor(), self.of, g.school.id, *typed)
        return htmx.leave(self._board(cycle), self.added)

    def card(self, cycle: int, gathering_id: int) -> Response:
        """Show a gathering and who took part; the curator changes both here."""
        row = self._row(gathering_id)
        return self._page(self._saved(row, cycle), cycle, row)

    def change(self, cycle: int, gathering_id: int) -> Response:
        """Save a gathering; of two who edit at once the second sees both versions."""
        row = self._row(gathering_id)
        form = self.form.sent(cycle, queries.roles(self.of, row.id))
        block = posted_block()
        if block is not None:
            return self._preview(form, cycle, block, row)
        if not form.validate():
            return self._page(form, cycle, row, status=422)
        typed, version = (form.values(), form.roles()), form.version.data
        try:
            with shown_in(form, lambda: self._page(form, cycle, row, status=422)):
                operations.change(access.actor(), self.of, row, *typed, version=version)
        except db.Conflict:
            form.version.data = row.version
            return self._page(form, cycle, row, status=409, saved=self._saved(row, cycle))
        return htmx.leave(self._board(cycle), self.changed)

    def _preview(self, form: GatheringForm, cycle: int, text: str, row: Any = None) -> Response:
        """Show the form with those ticked whom the pasted block names; nothing is saved."""
        people = queries.to_tick(self.of, g.school.id, cycle, form.ticked)
        found = paste.spread(text, people, asks_role=bool(self.phrases))
        form.present.data = [*(form.present.data or ()), *found.cells]
        form.as_what |= {key: cells["role"] for key, cells in found.cells.items() if cells}
        status = 200 if found.cells else 422
        return self._page(form, cycle, row, status=status, found=found, pasted=text)

    def remove(self, cycle: int, gathering_id: int) -> Response:
        """Remove a gathering entered by mistake."""
        version = posted_version()
        row = self._row(gathering_id)
        operations.remove(access.actor(), self.of, row, version=version)
        return htmx.leave(self._board(cycle), self.removed)

    def _board(self, cycle: int) -> str:
        return url_for(self.board, cycle=cycle)

    def _row(self, gathering_id: int) -> Any:
        return queries.gathering(self.of, g.school.id, gathering_id) or abort(404)

    def _saved(self, row: Any, cycle: int) -> GatheringForm:
        roles = queries.roles(self.of, row.id)
        return self.form(obj=row, data={"present": list(roles)}, first_year=cycle, as_what=roles)

    def _page(
        self,
        form: GatheringForm,
        cycle: int,
        row: Any = None,
        *,
        status: int = 200,
        saved: GatheringForm | None = None,
        found: Spread[int] | None = None,
        pasted: str = "",
    ) -> Response:
        people = queries.to_tick(self.of, g.school.id, cycle, form.ticked)
        at_once = FORM_ROWS * (2 if self.phrases else 4)  # a tick and a role each, or a tick
        if self.phrases or len(people) > at_once:
            people.sort(key=lambda entry: entry.person_id not in form.ticked)
        return htmx.page(
            self.template,
            status=status,
            form=form,
            school=g.school,
            year=cycle,
            row=row,
            people=people,
            shown=form_rows(people, at_once),
            phrases=self.phrases,
            ticked=form.ticked,
            differences=differences(saved, form) if saved else [],
            found=found,
            pasted="" if found and found.cells else pasted,
        )
