"""What the self-checks of many schools say, put together by weight. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nastav import ru
from nastav.stages.records import StageHead, StageSheet
from nastav.stages.sending.check import Level, Point, SelfCheck

TITLES = {
    Level.GAP: "Мешает отправить",
    Level.REMARK: "Замечания",
    Level.NOTE: "Посмотреть ещё раз",
}


class Asked(NamedTuple):
    """What of a school year is asked for; None asks for everything."""

    stage: int | None = None  # its number
    school: int | None = None  # its id

    @property
    def query(self) -> dict[str, int]:
        """Return what of an address asks for the same."""
        return {name: value for name, value in self._asdict().items() if value is not None}


@dataclass(frozen=True)
class StageCheck:
    """The self-check of a stage of a school."""

    school: str
    sheet: StageSheet
    found: SelfCheck

    @property
    def head(self) -> StageHead:
        return self.sheet.head


class Line(NamedTuple):
    """What is said of a stage of a school at one weight."""

    stage: StageCheck
    points: list[Point]


class Section(NamedTuple):
    """All that is said at one weight, schools and stages in the order's order."""

    level: Level
    lines: list[Line]

    @property
    def title(self) -> str:
        return TITLES[self.level]

    @property
    def total(self) -> int:
        """Return how many sentences there are."""
        return sum(len(line.points) for line in self.lines)

    @property
    def words(self) -> str:
        """Return «17 в 5 школах»."""
        schools = len({line.stage.sheet.school_id for line in self.lines})
        return f"{self.total} в {ru.counted(schools, 'школе', 'школах', 'школах')}"


def sections(checks: Sequence[StageCheck]) -> list[Section]:
    """Return what is said at each weight, the gravest first; also where nothing is said."""
    return [Section(level, list(_lines(checks, level))) for level in Level]


def _lines(checks: Iterable[StageCheck], level: Level) -> Iterable[Line]:
    for stage in checks:
        points = stage.found.at(level)
        if points:
            yield Line(stage, points)
