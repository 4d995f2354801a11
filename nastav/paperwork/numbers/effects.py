"""What a paper's number and date changed elsewhere: kept with it, to be corrected and undone exactly."""

from copy import deepcopy
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from nastav.paperwork.models import Paper


@dataclass
class Effects:
    """All of it, as it is kept in JSON: ids are texts there, days are ISO; no name."""

    lines: dict[str, int] = field(default_factory=dict)  # activity's key → the line written
    there: list[str] = field(default_factory=list)  # activities that had the very line already
    done: dict[str, list[Any]] = field(default_factory=dict)  # key → status and day before
    pairs: dict[str, list[Any]] = field(default_factory=dict)  # pair → number and date before
    begun: dict[str, str] = field(default_factory=dict)  # draft → its first day before
    texts: dict[str, dict[str, str]] = field(default_factory=dict)  # table → row → text before

    @classmethod
    def of(cls, paper: Paper) -> "Effects":
        """Return a copy of what is kept of a paper: the row's own must not change unseen."""
        return cls(**deepcopy(paper.effects))

    def keep(self, paper: Paper) -> None:
        """Keep them with the paper."""
        paper.effects = asdict(self)

    def has_line(self, activity: str) -> bool:
        """Tell whether the paper stands among an activity's documents."""
        return activity in self.lines or activity in self.there


def stored(day: date | None) -> str | None:
    """Return a day as it is kept."""
    return day.isoformat() if day else None


def read(text: str | None) -> date | None:
    """Return the day of a text that was kept."""
    return date.fromisoformat(text) if text else None
