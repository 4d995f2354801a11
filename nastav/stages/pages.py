"""What every page of a stage needs: the sheet, the site's own figures, where links lead."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import abort, g, request, url_for

from nastav import access, dates, ru, submitted
from nastav.accounts import queries as accounts
from nastav.district import queries as districts
from nastav.district.models import Cycle
from nastav.facts.sentences import Fact, Room, Weight
from nastav.stages import queries
from nastav.stages.documents import Document
from nastav.stages.facts import facts, facts_of
from nastav.stages.models import ActivityStatus
from nastav.stages.records import ActivityRow, StageSheet
from nastav.stages.rules import Contradiction

CONTRADICTIONS = {
    Contradiction.NO_DATE: "Отмечено выполненным, а даты нет",
    Contradiction.DATE: "Дата выполнения стоит, а мероприятие не выполнено",
    Contradiction.DOCUMENT: "Отмечено «не требуется», а документ есть",
}
LOCKED = "Этап сейчас закрыт для изменений, ничего не сохранено."


@dataclass(frozen=True)
class StagePage:
    """A stage of a school as its pages show it."""

    sheet: StageSheet
    facts: Mapping[str, Fact]  # that prove, by an activity's `counts`
    statements: Mapping[str, tuple[Fact, ...]]  # that prove nothing, by an activity's key

    def fact(self, row: ActivityRow) -> Fact | None:
        """Return what the site counts for an activity, or None."""
        return self.facts.get(row.counts or "")

    def facts_of(self, row: ActivityRow) -> list[Fact]:
        """Return all that the site says of an activity, what it counts for it first."""
        fact = self.fact(row)
        return [*([fact] if fact else []), *self.statements.get(row.key, ())]

    @property
    def said(self) -> list[tuple[int, str]]:
        """Return every fact of the stage as (activity's ordinal, sentence); no names are in them."""
        return [
            (row.ordinal, fact.sentence)
            for row in self.sheet.activities
            for fact in self.facts_of(row)
        ]

    def counted(self, row: ActivityRow) -> int:
        """Return the site's figure for an activity; 0 where it counts nothing."""
        fact = self.fact(row)
        return fact.count if fact else 0

    def has_proof(self, row: ActivityRow) -> bool:
        """Tell whether an activity is proved by a document or by a count above zero."""
        return bool(row.documents) or self.counted(row) > 0

    def after(self, row: ActivityRow) -> "StagePage":
        """Return the stage after a save that changed one row and the stage's version, and nothing else."""
        rows = tuple(row if known.id == row.id else known for known in self.sheet.activities)
        return replace(
            self, sheet=replace(self.sheet, activities=rows, version=self.sheet.version + 1)
        )

    def may_be_declared(self, row: ActivityRow) -> bool:
        """Tell whether «выполнено» is offered: there is a proof, and no fact of the row is a remark."""
        return row.status is not ActivityStatus.DONE and not self.objection(row)

    @property
    def declarable(self) -> list[ActivityRow]:
        """Return what one press can declare, and what one declared today and can take back."""
        today = dates.today()
        return [
            row
            for row in self.sheet.activities
            if self.may_be_declared(row) or (row.is_declared and row.done_on == today)
        ]

    def is_remarked(self, row: ActivityRow) -> bool:
        """Tell whether anything speaks against a row: facts, its own date or documents, the coordinator."""
        is_needed = row.status is not ActivityStatus.NOT_REQUIRED
        facts = [fact for fact in self.facts_of(row) if fact.weight is Weight.REMARK and is_needed]
        asked = [remark for remark in row.remarks if not remark.answer]
        return bool(facts or row.contradictions or asked)

    def contradictions(self, row: ActivityRow) -> list[str]:
        """Return in words what of a row contradicts its status."""
        return [CONTRADICTIONS[found] for found in row.contradictions]

    def look(self, row: ActivityRow) -> str:
        """Return how a row stands out: «warn», «ready», «done», or not at all."""
        if self.is_remarked(row):
            return "warn"
        if self.may_change and self.may_be_declared(row):
            return "ready"
        return "done" if row.status.is_ready else ""

    @cached_property
    def ready(self) -> list[ActivityRow]:
        """Return the rows that one press can declare now."""
        rows = self.sheet.activities
        return [row for row in rows if self.may_change and self.may_be_declared(row)]

    @property
    def remarked(self) -> list[ActivityRow]:
        """Return the rows that something speaks against."""
        return [row for row in self.sheet.activities if self.is_remarked(row)]

    def objection(self, row: ActivityRow) -> str:
        """Return why an activity cannot be declared done by one press; "" where it can."""
        if row.status is ActivityStatus.NOT_REQUIRED:
            return "Мероприятие отмечено «не требуется»: сначала измените статус."
        remarks = [fact.sentence for fact in self.facts_of(row) if fact.weight is Weight.REMARK]
        if remarks:
            return f"Отметить выполненным рано: {'; '.join(map(ru.inside, remarks))}."
        if not self.has_proof(row):
            return "Отметить выполненным рано: нет подтверждения, добавьте документ."
        return ""

    def fact_href(self, fact: Fact) -> str:
        """Return where the person signed in may see what stands behind a figure; "" = nowhere."""
        return self.room_href(fact.room if access.may("names:read") else fact.district_room)

    def room_href(self, room: Room | None) -> str:
        """Return the address of a page of the school's records; "" for none."""
        return url_for(room.endpoint, **room.values) if room else ""

    def shows_file(self, document: Document) -> bool:
        """Tell whether the person signed in may see a document's file and its name.

        See rules.md#files-of-stages.
        """
        return document.has_file and (document.is_open or access.may("names:read"))

    def origin(self, row: ActivityRow) -> str:
        """Return in a few words where «выполнено» comes from."""
        if row.status is not ActivityStatus.DONE:
            return ""
        if row.documents:
            return "подтверждено документом"
        return "посчитано сайтом" if self.counted(row) else "не подтверждено"

    def at(self, endpoint: str, **values: Any) -> str:
        """Return the address of one of this stage's pages."""
        return url_for(endpoint, ordinal=self.sheet.head.ordinal, **values)

    @property
    def url(self) -> str:
        return self.at("stages.stage")

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """Return the way to the pages of this stage; the seven stand in the header."""
        return [(f"Этап {self.sheet.head.roman}", self.url)]

    @property
    def progress(self) -> str:
        """Return «Выполнено 3 из 5 мероприятий, не требуется 1»."""
        sheet = self.sheet
        every = ru.out_of(sheet.total, "мероприятия", "мероприятий")
        text = f"Выполнено {sheet.done} из {every}"
        return f"{text}, не требуется {sheet.not_required}" if sheet.not_required else text

    @property
    def plan_href(self) -> str:
        """Return where the coordinator enters a plan that is missing."""
        return url_for("plan.years")

    @cached_property
    def may_change(self) -> bool:
        """Tell whether the person signed in may change activities and documents now."""
        return access.may("stages:edit") and not self.sheet.is_locked


def load(ordinal: int) -> StagePage:
    """Return the stage of the URL's school and school year, read afresh; 404 if there is none."""
    sheet = queries.stage_sheet(g.school.id, g.cycle.id, ordinal)
    if sheet is None:
        abort(404)
    found = facts(sheet, g.cycle)
    return StagePage(sheet, found.proving, found.statements)


def is_outdated(page: StagePage) -> bool:
    """Tell whether anything of a stage was saved since it was read; its version rises with each save."""
    return queries.version(page.sheet.school_id, page.sheet.head.id) != page.sheet.version


def signing() -> dict[str, Any]:
    """Return what the sheet of a stage has beside the stage: its head and who signs it."""
    district = districts.district(g.school.district_id)
    assert district is not None  # noqa: S101  # a school has a district
    gap = "\N{NO-BREAK SPACE}"
    day = ru.date_short(district.order_date)
    order = f"от{gap}{day} №{gap}{district.order_number}"
    return {
        "sheet_head": ["Приложение", f"к отчёту об исполнении приказа {order}"],
        "signers": accounts.signers(g.school),
    }


def of_year(school_id: int, cycle: Cycle) -> list[StagePage]:
    """Return every stage of a school in a school year, counted together."""
    sheets = queries.year_sheets(school_id, cycle.id)
    counted = zip(sheets, facts_of(sheets, cycle), strict=True)
    return [StagePage(sheet, found.proving, found.statements) for sheet, found in counted]


def activity(page: StagePage, number: int) -> ActivityRow:
    """Return an activity of the stage by its number; 404 if there is none."""
    found = page.sheet.activity(number)
    if found is None:
        abort(404)
    return found


def is_first_copy() -> bool:
    """Claim the token of the form that was sent; False for its second copy (a double click)."""
    token = request.form.get("once_token", "")
    return not token or submitted.first_time(token)
