"""reliability.md#r4: many people on few records. No edit is lost unseen, and a stale form gives
back what was typed."""

import json
import random
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import pytest

from nastav import sqlite
from tests.soak.ledger import school_of
from tests.soak.site import Site, Visitor, all_at_once, site_on

RECORDS = 5  # the activities of stage I


@dataclass
class Edits:
    """What everybody saved: (activity, version of the form, text), and what was refused."""

    saved: list[tuple[int, int, str]] = field(default_factory=list)
    refused: int = 0  # somebody was first, and the text came back
    waited_too_long: int = 0  # the queue of writers was too long; the text stays in the browser
    odd: list[str] = field(default_factory=list)  # a refusal that lost what was typed, an error
    lock: Lock = field(default_factory=Lock)

    def save(self, visitor: Visitor, stage: str, number: int, text: str) -> bool:
        """Open the form of an activity and save a comment in it; True when it was taken."""
        path = f"{stage}/activities/{number}/edit"
        return self.send(
            visitor, path, number, {**visitor.form(path), "status": "in_progress"}, text
        )

    def send(self, visitor: Visitor, path: str, number: int, form: dict, text: str) -> bool:
        """Send a form that was opened before, with a comment; True when it was taken."""
        answer = visitor.post(path, {**form, "comment": text})
        with self.lock:
            if answer.status == 303:
                self.saved.append((number, int(form["version"][0]), text))
            elif answer.status == 409 and text in answer.text:
                self.refused += 1
            elif answer.status == 503 and "Ничего не сохранено" in answer.text:
                self.waited_too_long += 1
            else:
                self.odd.append(f"{answer.status}: {answer.text[:200]}")
        return answer.status == 303


def comments(database: Path) -> list[tuple[str, int, set[str]]]:
    """Return of each activity saved: its comment, its version, every comment it ever had."""
    with closing(sqlite.connect(database)) as connection:
        rows = connection.execute(
            "SELECT activity_id, comment, version FROM school_activity ORDER BY activity_id"
        ).fetchall()
        revisions = connection.execute(
            'SELECT activity_id, "values" FROM activity_revision'
        ).fetchall()
    return [
        (
            comment,
            version,
            {json.loads(text)["comment"] for of, text in revisions if of == activity},
        )
        for activity, comment, version in rows
    ]


def until_saved(edits: Edits, visitor: Visitor, stage: str, number: int, rounds: int) -> None:
    """Save so many comments, each tried with a fresh form until it is taken."""
    chance = random.Random(number)
    for turn in range(rounds):
        record = chance.randint(1, RECORDS)
        text = f"правка {number}-{turn}."
        while not edits.save(visitor, stage, record, text) and not edits.odd:
            pass


def rivals(instance: Path, people: int, rounds: int) -> tuple[Site, Edits]:
    """Have so many people save so often on five records; nothing may get lost."""
    site, edits = site_on(instance), Edits()
    stage = f"/schools/{school_of(site, 'boris')}/2020/stages/1"
    visitors = site.visitors("boris", people)
    with site.running():
        all_at_once(
            [
                lambda visitor=visitor, at=at: until_saved(edits, visitor, stage, at, rounds)
                for at, visitor in enumerate(visitors)
            ]
        )
    assert edits.odd == []
    assert len(edits.saved) == people * rounds
    made_from = Counter((number, version) for number, version, _ in edits.saved)
    assert max(made_from.values()) == 1, "two edits were made of one version: the first is lost"
    found = comments(site.database)
    assert sum(version for _, version, _ in found) == people * rounds
    assert set.union(*(ever for *_, ever in found)) == {text for *_, text in edits.saved}
    return site, edits


def stale(site: Site, count: int) -> Edits:
    """Send so many copies of a form made before somebody else saved; return what became of them."""
    edits = Edits()
    stage = f"/schools/{school_of(site, 'boris')}/2020/stages/1"
    path = f"{stage}/activities/1/edit"
    visitors = site.visitors("boris", count)
    with site.running():
        forms = [visitor.form(path) for visitor in visitors]
        assert edits.save(visitors[0], stage, 1, "первым сохранено другое.")
        all_at_once(
            [
                lambda visitor=visitor, form=form, at=at: edits.send(
                    visitor, path, 1, form, f"устарело {at}."
                )
                for at, (visitor, form) in enumerate(zip(visitors, forms, strict=True))
            ]
        )
    assert edits.odd == []
    assert edits.refused == count
    assert comments(site.database)[0][0] == "первым сохранено другое."
    return edits


def test_of_eight_rivals_nobody_loses_an_edit(instance: Path) -> None:
    site, _ = rivals(instance, 8, 2)
    stale(site, 6)


@pytest.mark.soak
def test_of_sixty_four_rivals_nobody_loses_an_edit(instance: Path) -> None:
    _, edits = rivals(instance, 64, 5)
    print(
        f"\nR4: 64 people on {RECORDS} records, {len(edits.saved)} edits, 0 lost, "
        f"{edits.refused} told that somebody was first and given their text back, "
        f"{edits.waited_too_long} told to wait"
    )


@pytest.mark.soak
def test_two_hundred_stale_forms_are_answered_with_what_was_typed(instance: Path) -> None:
    print(
        f"\nR4: 200 stale forms, {stale(site_on(instance), 200).refused} answers 409 with the text"
    )
