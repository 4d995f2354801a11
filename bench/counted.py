"""`python -m bench.counted`: what the rules of counting cost beside those of an earlier commit, in turns.

Both codes count the same database in processes of their own, one after the other, so that a busy machine
slows both. It has four school years of pairs, as a district has them: closed each May with a decision and
continued, children who left and who went to another school, meetings twice a month. Prints the earlier
time, the present one and their ratio; the goal is at most 1.3.
"""

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import insert, select, update

from bench import fill as filling
from nastav.app import create_app
from nastav.db import db, writing
from nastav.meetings.models import Meeting, Presence
from nastav.pairs.models import Decision, Pair, PairMember, PairState
from nastav.people.models import Part, Participation, PersonClass, RegisterNumber

EARLIER = "4cef8c9"
YEARS = (2021, 2022, 2023)  # besides 2020, the first
GOAL = 1.3
WORKER = """
import sys, time
from datetime import date
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from nastav.app import create_app
from nastav.coverage.queries import coverage_by_school, school_coverage
from nastav.db import db
app = create_app(Path(sys.argv[2]), TODAY="2023-12-09")
asked = (2023, date(2023, 12, 9))
with app.app_context():
    for line in sys.stdin:
        times = []
        for _ in range(5):
            begun = time.process_time()
            (coverage_by_school if line.strip() == "district" else school_coverage)(1, *asked)
            times.append(time.process_time() - begun)
            db.session.rollback()
        print(min(times), flush=True)
"""


def fill(instance: Path, schools: int) -> None:
    """Make the database."""
    filling.fill(instance, schools)
    app = create_app(instance, TODAY=filling.TODAY)
    with app.app_context():
        with writing():
            _meet(2020)
            for year in YEARS:
                _next_year(year)
                _meet(year)
        db.engine.dispose()


def _next_year(year: int) -> None:
    """Close the pairs of the year before, and let new ones continue them; few leave or move."""
    before = db.session.execute(select(*Pair.__table__.c).where(Pair.ended.is_(None))).mappings()
    old = [dict(row) for row in before]
    ended = date(year, 5, 25)
    closed = {"state": PairState.CLOSED, "ended": ended, "counts_until": ended}
    db.session.execute(
        update(Pair).where(Pair.ended.is_(None)).values(decision=Decision.CONTINUE, **closed)
    )
    shift = max(row["id"] for row in old)
    new = [_following(row, shift, year) for row in old]
    db.session.execute(insert(Pair), new)
    stays, moves = _members(old, shift, year)
    db.session.execute(insert(PairMember), stays)
    _move(moves, year)
    classes = select(PersonClass.person_id, PersonClass.school_id, PersonClass.grade)
    rows = db.session.execute(classes.where(PersonClass.first_year == year - 1)).all()
    fresh = [
        {"person_id": who, "school_id": school, "grade": min(grade + 1, 11), "letter": "А"}
        for who, school, grade in rows
    ]
    db.session.execute(insert(PersonClass), [{**row, "first_year": year} for row in fresh])


def _following(row: dict[str, Any], shift: int, year: int) -> dict[str, Any]:
    started = date(year, 9, 10)
    fresh = {"id": row["id"] + shift, "started": started, "continues_id": row["id"]}
    return {**row, **fresh, "last_cycle": year, "counts_until": date(year + 1, 8, 31)}


def _members(old: list[dict[str, Any]], shift: int, year: int) -> tuple[list[Any], list[Any]]:
    """Return the members of the new pairs; every 40th mentee goes to a pair of another school."""
    pairs = [row["id"] for row in old]
    school_of = {row["id"] + shift: row["school_id"] for row in old}
    rows = db.session.execute(
        select(PairMember.pair_id, PairMember.person_id, PairMember.part)
        .where(PairMember.pair_id.in_(pairs), PairMember.left.is_(None))
        .order_by(PairMember.id)
    )
    stays, moves = [], []
    for place, (pair_id, person_id, part) in enumerate(rows, start=year):
        pair = pair_id + shift
        member = {"pair_id": pair, "person_id": person_id, "part": part, "left_reason": ""}
        member |= {"joined": date(year, 9, 10), "left": None}
        if part is Part.MENTEE and place % 40 == 0:
            member["left"] = date(year, 11, 1)
            there = (pair - 1 + 12) % len(pairs) + min(school_of)
            moves.append((person_id, school_of[pair], there if there in school_of else pair))
        stays.append(member)
    return stays, [(who, here, pair, school_of[pair]) for who, here, pair in moves]


def _move(moves: list[Any], year: int) -> None:
    last = {school: 10_000 * year for *_, school in moves}
    for person_id, here, pair, there in moves:
        line = {"person_id": person_id, "part": Part.MENTEE}
        leaving = update(Participation).filter_by(school_id=here, left=None, **line)
        db.session.execute(leaving.values(left=date(year, 11, 1)))
        joined = date(year, 11, 2)
        db.session.execute(
            insert(Participation).values(
                **line, school_id=there, joined=joined, left_reason="", is_mistake=False, version=1
            )
        )
        db.session.execute(
            insert(PairMember).values(**line, pair_id=pair, joined=joined, left_reason="")
        )
        numbered = select(RegisterNumber).filter_by(school_id=there, person_id=person_id)
        if db.session.scalar(numbered) is None:
            last[there] += 1
            number = {"school_id": there, "person_id": person_id, "number": last[there]}
            db.session.execute(insert(RegisterNumber).values(**number))


def _meet(year: int) -> None:
    """Let every pair of a school year meet twice a month; one mentee in five is absent each time."""
    pairs = db.session.execute(select(Pair.id, Pair.school_id).where(Pair.last_cycle == year)).all()
    members: dict[int, list[int]] = {}
    rows = select(PairMember.pair_id, PairMember.id).where(
        PairMember.pair_id.in_([pair.id for pair in pairs])
    )
    for pair_id, member_id in db.session.execute(rows):
        members.setdefault(pair_id, []).append(member_id)
    days = [date(year, 10, 5) + timedelta(14 * turn) for turn in range(16)]
    found = db.session.execute(
        insert(Meeting).returning(Meeting.id, Meeting.pair_id),
        [
            {"pair_id": pair.id, "school_id": pair.school_id, "held_on": day, "minutes": 45,
             "topic": "", "version": 1}
            for pair in pairs
            for day in days
        ],
    )  # fmt: skip
    there = [
        {"meeting_id": meeting_id, "member_id": member_id}
        for meeting_id, pair_id in found
        for member_id in members[pair_id]
        if (meeting_id + member_id) % 5
    ]
    db.session.execute(insert(Presence), there)


def earlier(folder: Path) -> Path:
    """Unpack the program of the earlier commit."""
    command = ["git", "archive", EARLIER, "nastav"]
    packed = subprocess.run(command, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@contextmanager
def counting(code: Path, instance: Path) -> Iterator[Any]:
    """Start a process that counts when it is told to; yield a function that returns the seconds."""
    command = [sys.executable, "-c", WORKER, str(code), str(instance)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        ask, answer = process.stdin, process.stdout

        def seconds(what: str) -> float:
            ask.write(f"{what}\n")
            ask.flush()
            return float(answer.readline())

        try:
            yield seconds
        finally:
            process.terminate()


def run(schools: int, turns: int, code: Path) -> None:
    """Fill and measure a district of so many schools."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), schools)
        with (
            counting(code, Path(folder)) as before,
            counting(Path.cwd(), Path(folder)) as now,
        ):
            for what in ("district", "school"):
                pairs = [(before(what), now(what)) for _ in range(turns)][2:]
                old, new = (1000 * median(times) for times in zip(*pairs, strict=True))
                ratio = median(pair[1] / pair[0] for pair in pairs)
                mark = "" if ratio <= GOAL else "  больше цели"
                print(f"{schools:5} {what:10} {old:9.2f} {new:9.2f} {ratio:7.2f}{mark}", flush=True)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(prog="bench.counted")
    parser.add_argument("--schools", type=int, nargs="*", default=[13, 130])
    parser.add_argument("--turns", type=int, default=30)
    asked = parser.parse_args()
    print(f"школ  что        {EARLIER}, мс  сейчас  во сколько раз")
    with tempfile.TemporaryDirectory() as folder:
        code = earlier(Path(folder))
        for schools in asked.schools:
            run(schools, asked.turns, code)


if __name__ == "__main__":
    main()
