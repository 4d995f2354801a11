"""Drawing by lot, and what follows from the marks. Pure, no database."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from nastav import ru

SIZE = 5  # pairs a drawing


@dataclass(frozen=True)
class Drawable:
    """A pair that can be drawn: its mentees' register numbers, and the papers there should be."""

    pair_id: int
    numbers: tuple[int, ...]
    order_number: str = ""
    order_date: date | None = None
    last_meeting: date | None = None
    plan_lines: int = 0

    @property
    def papers(self) -> str:
        """Return what the school is to show: what it has entered must be found on paper."""
        gap = "\N{NO-BREAK SPACE}"
        found = []
        if self.order_number:
            dated = f" от {ru.date_short(self.order_date)}" if self.order_date else ""
            found.append(f"приказ о закреплении №{gap}{self.order_number}{dated}")
        if self.last_meeting:
            found.append(f"запись о встрече {ru.date_short(self.last_meeting)}")
        if self.plan_lines:
            lines = ru.counted(self.plan_lines, "строка", "строки", "строк")
            found.append(f"план пары, {lines}")
        return ", ".join([*found, "согласие"])


@dataclass(frozen=True)
class Tally:
    """How the drawn pairs of a school or a district stand."""

    drawn: int = 0
    checked: int = 0
    confirmed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.drawn + other.drawn,
            self.checked + other.checked,
            self.confirmed + other.confirmed,
        )

    @property
    def sentence(self) -> str:
        """Return «проверено 5, подтверждено 4», with what is still to be looked at; "" without any."""
        if not self.drawn:
            return ""
        left = self.drawn - self.checked
        said = f"проверено {self.checked}, подтверждено {self.confirmed}"
        return f"{said}, ещё не проверено {left}" if left else said


def drawn(
    seed: str, pairs: Iterable[Drawable], already: Collection[int], size: int = SIZE
) -> list[Drawable]:
    """Return the next pairs of the lot, those drawn before left out.

    The order follows from the seed and the pair alone: whoever has both can draw it after us, and a pair
    that is added or closed moves no other.
    """
    left = [pair for pair in pairs if pair.pair_id not in already]
    return sorted(left, key=lambda pair: _lot(seed, pair.pair_id))[:size]


def number_of(seed: str, pair: Drawable) -> int:
    """Return the register number that stands for a pair: one of its mentees', by the same lot."""
    return min(pair.numbers, key=lambda number: _lot(seed, number))


def _lot(seed: str, value: int) -> str:
    return hashlib.sha256(f"{seed}:{value}".encode()).hexdigest()
