"""Tables as schools bring them, each with the preview that somebody wrote by hand before it was so.

A file holds what it shows, the register and the day, the table as it is pasted, and below «===» what
a person is to see of it.
"""

from datetime import date
from pathlib import Path

import pytest

from nastav import dates, ru
from nastav.loads.rows import Preview, Row, Verdict
from nastav.loads.rules import Register, check
from nastav.people.models import Part
from nastav.people.rules import Namesakes
from nastav.tables import table as tables

SEEN = sorted(Path(__file__).with_name("seen").glob("*.txt"))
KINDS = ("ученик – ученик", "учитель – ученик", "студент – ученик", "работодатель – ученик",
         "учитель – учитель")  # fmt: skip
VERDICTS = {
    Verdict.BAD: "исправить",
    Verdict.DIFFERENT: "отличается",
    Verdict.SAME: "повтор",
    Verdict.GOOD: "готово",
}


@pytest.mark.parametrize("path", SEEN, ids=lambda path: path.stem)
def test_a_table_of_a_school_is_seen_as_somebody_wrote_down(path: Path) -> None:
    head, expected = path.read_text("utf-8").split("\n===\n")
    _, of, text = head.split("\n", 2)
    part, day = of.removeprefix("# ").split(", ")
    dates.configure(fixed=date.fromisoformat(day))
    try:
        assert seen(text, Part(part)).splitlines() == expected.splitlines()
    finally:
        dates.configure()


def seen(text: str, part: Part) -> str:
    table = tables.pasted(text, part)
    lines = list(table.notes)
    if table.asked:
        lines[:0] = [
            f"спросить {question.title}: {'; '.join(question.samples)}" for question in table.asked
        ]
        return "\n".join(lines)
    today = dates.today()
    register = Register(part, Namesakes([], 2020), today, dates.cycle_of(today), KINDS)
    return "\n".join([*lines, *_rows(check(table.rows, register))]).replace(ru.NBSP, " ")


def _rows(preview: Preview) -> list[str]:
    return [line for row in preview.rows for line in _lines(row)]


def _lines(row: Row) -> list[str]:
    head = f"{row.number} {VERDICTS[row.verdict]}: {row.new.full_name if row.new else row.name}"
    if row.verdict is Verdict.BAD:
        return [head, f"  {row.note}"]
    texts = [f"{title.lower()}: {value}" for title, value in (*row.texts, *row.profile)]
    if "joined" in row.cells:
        texts.append(f"с {row.joined}")
    lines = [f"{head} — {row.who}", *([f"  {'; '.join(texts)}"] if texts else [])]
    if row.pair:
        lines.append(f"  пара: {row.pair.text}")
    return [*lines, *(f"  ! {notice}" for notice in row.notices)]
