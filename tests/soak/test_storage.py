"""reliability.md#r6 and the compaction in their long forms; each prints its figures with the
driver they hold for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nastav import backup, sqlite
from nastav.config import ROOT
from tests.soak import large
from tests.support.damage import damages
from tests.test_damage import database  # noqa: F401 - a fixture
from tests.test_restoring import good, outcomes  # noqa: F401 - a fixture

MEGABYTES = int(os.environ.get("SOAK_MEGABYTES", "2048"))
SEEDS = 10

pytestmark = pytest.mark.soak


def apart(*words: object) -> list[str]:
    """Do something with a large database in a process of its own; return what it said."""
    command = [sys.executable, "-m", "tests.soak.large", *map(str, words)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return result.stdout.split()


def test_compacting_takes_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.sqlite3"
    apart("make", file, MEGABYTES)
    before, size = large.traces(file), file.stat().st_size
    peak, seconds = apart("compact", file)
    after = large.traces(file)
    print(
        f"\n{sqlite.NAME} {sqlite.VERSION}: {size // 1024**2} MB compacted in {float(seconds):.0f} s, "
        f"peak memory {peak} MB, traces of erased names {before} -> {after}"
    )
    assert before > 0
    assert (after, file.stat().st_size < size) == (0, True)
    assert int(peak) <= 150
    file.unlink()


def test_damaged_databases_are_refused(database: Path, tmp_path: Path) -> None:  # noqa: F811
    whole, refused = database.read_bytes(), 0
    for _, spoil in damages():
        database.write_bytes(whole)
        spoil(database)
        with pytest.raises(backup.NoBackup):
            backup.write(database, tmp_path / "copy.zip")
        refused += 1
    print(f"\n{sqlite.NAME}: {refused} of 100 damaged databases refused by backup")
    assert refused == 100
    assert not (tmp_path / "copy.zip").exists()


def test_mutated_copies_end_in_a_sentence_or_well(
    good: bytes,  # noqa: F811
    instance: Path,
    tmp_path: Path,
) -> None:
    count = {"refused": 0, "done": 0}
    for seed in range(1, SEEDS + 1):
        for what, number in outcomes(good, instance, tmp_path, seed).items():
            count[what] += number
    print(
        f"\n{sqlite.NAME}: {sum(count.values())} mutated copies, {count['refused']} refused with the live "
        f"file unchanged, {count['done']} restored whole, 0 tracebacks"
    )
    assert sum(count.values()) == SEEDS * 200
