"""What a SWOT begins with: the questions scored highest and lowest; no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from nastav import ru
from nastav.feedback.labels import asked
from nastav.feedback.models import Moment
from nastav.feedback.summary import Group

MOST = 3  # questions on each side


@dataclass(frozen=True)
class Scored:
    """A question with the mean of its marks, where enough people answered."""

    mean: Decimal
    sentence: str


def scored(groups: Iterable[Group]) -> list[Scored]:
    """Return the scaled questions, the highest first; the start is left out, it tells of hopes only."""
    found = []
    for group in groups:
        if group.moment is Moment.START:
            continue
        for scale in group.scales:
            if scale.counts:
                total = sum(mark * count for mark, count in enumerate(scale.counts, start=1))
                mean = ru.round_half_up(Decimal(total) / scale.n, 1)
                who = asked(group.part, group.moment).capitalize()
                said = f"{who}. {scale.question.text} В среднем {mean} из 10, ответов {scale.n}."
                found.append(Scored(mean, said.replace(f"{mean}", f"{mean}".replace(".", ","), 1)))
    return sorted(found, key=lambda scored: -scored.mean)


def suggested(groups: Iterable[Group]) -> dict[str, str]:
    """Return the texts of strengths and weaknesses to begin with; no question stands in both."""
    every = scored(groups)
    side = min(MOST, len(every) // 2)
    highest, lowest = every[:side], every[len(every) - side :]
    return {
        "strengths": "\n".join(scored.sentence for scored in highest),
        "weaknesses": "\n".join(scored.sentence for scored in reversed(lowest)),
    }
