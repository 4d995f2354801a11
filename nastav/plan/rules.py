"""How a plan follows from the pupils and a percentage, and back (rules.md#plan-by-percentage)."""

from collections.abc import Iterable
from decimal import Decimal

from nastav import ru


def part_of(base: int | None, percent: Decimal | None) -> int | None:
    """Return base × percent rounded half up, in people; None where either is unknown."""
    if base is None or percent is None:
        return None
    return int(ru.round_half_up(Decimal(base) * percent / 100))


def share(schools: Iterable[tuple[int | None, int | None]]) -> str:
    """Return which share of the pupils is planned, as «10,0 %», half up; «—» where nothing is known.

    Args:
        schools: (plan, pupils) of each; only those where both are known are counted, on both sides.
    """
    known = [(plan, base) for plan, base in schools if plan is not None and base is not None]
    return ru.percent(sum(plan for plan, _ in known), sum(base for _, base in known))


def shown(percent: Decimal | None) -> str | None:
    """Return «12,5» for 12.50, as it is typed."""
    return None if percent is None else f"{percent.normalize():f}".replace(".", ",")
