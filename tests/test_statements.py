"""A part of a statement is made once, however many threads ask for it first."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

from nastav.statements import made_once
from tests.support.imports import ROOT

THREADS = 8


@pytest.fixture(autouse=True)
def _often_interrupted() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_ask_at_once_get_the_same_part() -> None:
    made = []

    @made_once
    def part() -> object:
        sleep(0.01)  # another thread would begin meanwhile
        made.append(object())
        return made[-1]

    @made_once
    def whole(size: int) -> tuple[object, ...]:
        return (part(),) * size

    together = Barrier(THREADS)

    def ask(_: int) -> tuple[object, object]:
        together.wait()
        return part(), whole(2)[0]

    with ThreadPoolExecutor(THREADS) as threads:
        found = list(threads.map(ask, range(THREADS)))
    assert len(made) == 1
    assert found == [(made[0], made[0])] * THREADS


def test_no_statement_is_kept_in_any_other_way() -> None:
    written = {path: path.read_text(encoding="utf-8") for path in (ROOT / "nastav").rglob("*.py")}
    bare = {
        str(path.relative_to(ROOT))
        for path, text in written.items()
        if "from sqlalchemy import" in text and "functools import cache\n" in text
    }
    assert bare == set()
