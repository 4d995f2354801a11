"""Figures of a district recalled between requests, under the stamps of what they were counted from.

`kept` gives a page again where nothing it read has changed. A figure is recalled by every page, workbook
and report that shows it, and by a page that is made anew for something else. It is counted under the
stamps (`versions`) that were read before, in the same transaction, and recalled only under the very same
ones: it can be newer than its stamps, never older. What is recalled is frozen and names no child; it is
of a district as it is, whoever asks. Off together with `kept`.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakSet

from flask import Flask, current_app, has_app_context
from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState

from nastav import dates, db, unit, versions

P = ParamSpec("P")
R = TypeVar("R")
MOST = 64  # figures of a process, each some kilobytes for thirteen schools
NAME = "recall"  # of the shelf among the application's extensions


@dataclass(frozen=True)
class Counted:
    """What was counted, the parts of the data it was counted from, the stamps it was counted under."""

    value: Any
    read: frozenset[str]
    stamps: Mapping[str, int | None]

    def holds(self, stamps: Mapping[str, int | None]) -> bool:
        """Tell whether what it was counted from still bears the same stamps."""
        return all(stamps[part] == stamp for part, stamp in self.stamps.items())


class Shelf:
    """What was counted in a process: what was asked for longest ago goes first."""

    def __init__(self) -> None:
        self.hits = 0
        self._lock = threading.Lock()
        self._counted: OrderedDict[Any, Counted] = OrderedDict()

    def get(self, key: Any, stamps: Mapping[str, int | None]) -> Counted | None:
        """Return what was counted under these stamps, or None."""
        with self._lock:
            found = self._counted.get(key)
            if found is None or not found.holds(stamps):
                return None
            self.hits += 1
            self._counted.move_to_end(key)
            return found

    def put(self, key: Any, counted: Counted) -> None:
        """Keep it in the place of what was counted before."""
        with self._lock:
            self._counted[key] = counted
            self._counted.move_to_end(key)
            if len(self._counted) > MOST:
                self._counted.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._counted.clear()

    def all(self) -> list[Any]:
        """Return all that is kept, and what it was asked by."""
        with self._lock:
            return [each for key, counted in self._counted.items() for each in (key, counted.value)]


_shelves: WeakSet[Shelf] = WeakSet()


def init(app: Flask) -> None:
    """Let an application recall."""
    app.extensions[NAME] = shelf = Shelf()
    _shelves.add(shelf)


def forget() -> None:
    """Forget every figure of this process."""
    for shelf in list(_shelves):
        shelf.clear()


def recalled(count: Callable[Concatenate[int, P], R]) -> Callable[Concatenate[int, P], R]:
    """Decorate what counts something of a district, by its id and hashable values (or rows with an id).

    What it returns must be frozen, and hold neither rows of the database nor a child's name.
    """

    @wraps(count)
    def found(district_id: int, /, *args: P.args, **named: P.kwargs) -> R:
        shelf = _shelf()
        if shelf is None:
            return count(district_id, *args, **named)
        asked = (*map(_plain, args), *((name, _plain(value)) for name, value in named.items()))
        key = (count, district_id, asked, dates.today(), dates.real_today())
        stamps = versions.stamps_of_district(district_id)
        if kept := shelf.get(key, stamps):
            unit.current().read |= kept.read
            return kept.value  # type: ignore[no-any-return]
        with unit.apart() as own:
            value = count(district_id, *args, **named)
            if not own.passing:
                under = {part: stamps[part] for part in (*versions.ABOVE, *own.read)}
                shelf.put(key, Counted(value, frozenset(own.read), under))
        return value

    return found


def shared(read: Callable[P, R]) -> Callable[P, R]:
    """Decorate what reads, by hashable values, rows that several figures of one answer are counted from.

    They are read once a request, and not kept for the next one: they are many.
    """

    @wraps(read)
    def found(*args: P.args, **named: P.kwargs) -> R:
        if not _is_reading():
            return read(*args, **named)
        known, key = unit.current().shared, (read, args, tuple(named.items()))
        if key not in known:
            with unit.apart() as own:
                value = read(*args, **named)
                known[key] = value, frozenset(own.read)
        value, parts = known[key]
        unit.current().read |= parts  # of each figure that is counted from them
        return value

    return found


def _shelf() -> Shelf | None:
    if not has_app_context() or not _is_reading():
        return None
    shelf: Shelf | None = current_app.extensions.get(NAME)
    return shelf


def _is_reading() -> bool:
    """Tell whether a request is under way that has written nothing so far."""
    work = unit.current()
    return unit.is_begun() and not (db.is_writing() or work.changed or work.kept)


def _plain(value: Any) -> Any:
    """Return what tells a value apart: of a row its number, for its columns raise the stamps."""
    if isinstance(value, list | tuple):
        return tuple(map(_plain, value))
    row = inspect(value, raiseerr=False)
    return (type(value), row.identity) if isinstance(row, InstanceState) else value
