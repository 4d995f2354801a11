"""The editor of kinds: a district's list, adding to it, changing one."""

from dataclasses import dataclass

from flask import abort, g, url_for
from werkzeug.wrappers import Response

from nastav import db, htmx
from nastav.access import actor
from nastav.district.kinds import operations, queries
from nastav.district.kinds.forms import OneKind
from nastav.district.kinds.models import DistrictKind
from nastav.refusals import shown_in


@dataclass(frozen=True)
class Words:
    """What the pages of one table say."""

    heading: str
    intro: str
    kind: str  # «Тип встречи»
    short: str  # «Тип»
    accusative: str  # «тип», as buttons say it
    add: str  # heading of the form
    added: str
    saved: str
    origin: str = ""  # heading of the column that says whose a kind is; none: not said


@dataclass(frozen=True)
class Editor:
    """The pages of one table of kinds."""

    table: type[DistrictKind]
    form: type[OneKind]
    words: Words

    def board(self) -> Response:
        """Show the kinds and how to add one."""
        return self._board(self.form())

    def add(self) -> Response:
        """Add a kind to the end of the list."""
        form = self.form.posted()
        if not form.validate():
            return self._board(form, status=422)
        if htmx.is_first():
            with shown_in(form, lambda: self._board(form, status=422)):
                operations.add_kind(actor(), self.table, g.district.id, form.name.data or "")
        return htmx.leave(self._address(), self.words.added)

    def edit(self, kind_id: int) -> Response:
        """Ask what to change of a kind."""
        kind = self._kind(kind_id)
        form = self.form(obj=kind)
        form.place(kind, self._rows(), saved=True)
        return self._edit(form, kind)

    def change(self, kind_id: int) -> Response:
        """Save a kind; made from an older version it comes back with what was typed (409)."""
        kind, form = self._kind(kind_id), self.form.posted()
        form.place(kind, self._rows(), saved=False)
        if kind.keeps_name:
            form.name.data, form.name.raw_data = kind.name, [kind.name]
        if not form.validate():
            return self._edit(form, kind, status=422)
        try:
            with shown_in(form, lambda: self._edit(form, kind, status=422)):
                operations.change_kind(
                    actor(),
                    kind,
                    form.name.data or "",
                    after=form.after.data if form.after else None,
                    is_hidden=bool(form.is_hidden.data),
                    version=form.version.data,
                )
        except db.Conflict:
            form.version.data = kind.version
            return self._edit(form, kind, status=409)
        return htmx.leave(self._address(), self.words.saved)

    def _address(self) -> str:
        return url_for(".board", district_id=g.district.id)

    def _rows(self) -> list[DistrictKind]:
        return queries.all_of(self.table, g.district.id)

    def _kind(self, kind_id: int) -> DistrictKind:
        return queries.one_of(self.table, g.district.id, kind_id) or abort(404)

    def _board(self, form: OneKind, *, status: int = 200) -> Response:
        template, rows = "district/kinds.html", self._rows()
        return htmx.page(template, status=status, form=form, kinds=rows, words=self.words)

    def _edit(self, form: OneKind, kind: DistrictKind, *, status: int = 200) -> Response:
        return htmx.page(
            "district/kind.html",
            status=status,
            form=form,
            kind=kind,
            words=self.words,
            is_stale=status == 409,
        )
