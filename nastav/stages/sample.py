"""A stage filled in with invented values: what a school at its beginning is shown on paper. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from nastav import dates
from nastav.stages.documents import Document
from nastav.stages.models import ActivityStatus
from nastav.stages.records import ActivityRow, StageSheet

# kind and number of what usually proves an activity; the dates are made up beside
_USUAL: Final = (("приказ", "145"),)
_PROOFS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "regulations": (
        ("положение о наставничестве", ""),
        ("приказ", "145"),
        ("план мероприятий", ""),
    ),
    "informing": (("протокол педагогического совета", "2"),),
    "school_team": (("приказ", "146"),),
    "goals_and_forms": (("протокол рабочей группы", "1"),),
    "roadmap": (("дорожная карта", ""),),
}
_WHO: Final = ("А. П. Образцова", "И. С. Примеров")


def filled(sheet: StageSheet, first_year: int) -> StageSheet:
    """Return the stage with every activity done in a school year, by nobody who is there."""
    opened, _ = dates.cycle_bounds(first_year)
    rows = (_filled(row, opened + timedelta(days=40 + row.ordinal)) for row in sheet.activities)
    return replace(sheet, activities=tuple(rows))


def _filled(row: ActivityRow, day: date) -> ActivityRow:
    return replace(
        row,
        status=ActivityStatus.DONE,
        done_on=day,
        responsible=_WHO[row.ordinal % len(_WHO)],
        comment="",
        reason="",
        documents=tuple(
            _document(kind, number, day) for kind, number in _PROOFS.get(row.key, _USUAL)
        ),
        remarks=(),
    )


def _document(kind: str, number: str, day: date) -> Document:
    return Document(
        id=0,
        version=0,
        activity_id=0,
        kind=kind,
        number=number,
        dated=day,
        no_names=True,
        file_name="",
        media_type="",
        size=0,
        removed="",
        is_open=False,
    )
