"""How long papers of 200 pairs take to fill and to draw: `python -m bench.papers`; time of the processor.

What is promised: a list within 150 ms with its page, plans in one file within 1.5 s.
"""

from collections.abc import Sequence
from datetime import date
from statistics import median
from time import process_time

from nastav.papers import builder, drawer
from nastav.papers.catalogue import KINDS
from nastav.papers.filler import Data, fill_each
from nastav.papers.kinds import COMMON

PAIRS = 200
ROUNDS = 7
DAY = date(2020, 12, 9)


def sheets(key: str) -> list[Data]:
    """Return a paper of so many pairs with the catalogue's invented examples."""
    kind = KINDS[key]
    fields = {**COMMON, **kind.fields}
    if key == "plans":
        lists = {name: [item] * 3 for name, item in kind.lists.items()}
        return [Data(fields, lists)] * PAIRS
    return [Data(fields, {name: [item] * PAIRS for name, item in kind.lists.items()})]


def measured(key: str) -> tuple[float, float]:
    """Return the milliseconds that filling and drawing take, the median of the rounds."""
    template, data = builder.template(KINDS[key].text), sheets(key)
    filling, drawing = zip(*(_round(template, data) for _ in range(ROUNDS)), strict=True)
    return median(filling), median(drawing)


def _round(template: bytes, data: Sequence[Data]) -> tuple[float, float]:
    begun = process_time()
    content = fill_each(template, data, title="", made_on=DAY)
    filled = process_time()
    drawer.draw(content)
    return (filled - begun) * 1000, (process_time() - filled) * 1000


if __name__ == "__main__":
    print(f"{'бумага':12} {'файл, мс':>10} {'страница, мс':>14}")
    for name in ("changes", "award", "final", "support", "plans"):
        print("{:12} {:10.0f} {:14.0f}".format(name, *measured(name)))
