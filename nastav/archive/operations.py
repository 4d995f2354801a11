"""Keeping a report: bytes, figures and who stands behind them, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from nastav import ru
from nastav.access import Actor
from nastav.archive.models import KeptReport, KeptReportFile
from nastav.audit.operations import record
from nastav.db import db
from nastav.district.models import District


@dataclass(frozen=True)
class Snapshot:
    """All that is kept of a report."""

    content: bytes
    figures: Sequence[Sequence[Any]]  # key, label, value
    # school's id → part → person's id, register number
    behind: Mapping[str, Mapping[str, Sequence[Sequence[int]]]]
    rules: dict[str, Any]  # the district's settings of counting


def keep(actor: Actor, district: District, day: date, title: str, snapshot: Snapshot) -> KeptReport:
    """Keep a report as it is; nothing ever changes it."""
    kept = KeptReport(
        district_id=district.id,
        day=day,
        title=title,
        actor_name=actor.name,
        rules_number=district.rules_number,
        rules=snapshot.rules,
        size=len(snapshot.content),
        sha256=sha256(snapshot.content).hexdigest(),
        figures=[list(figure) for figure in snapshot.figures],
        behind={school: dict(parts) for school, parts in snapshot.behind.items()},
    )
    db.session.add(kept)
    db.session.flush()
    db.session.add(KeptReportFile(report_id=kept.id, content=snapshot.content))
    record(actor, "report:kept", subject=f"{title}, на {ru.date_short(day)}")
    return kept
