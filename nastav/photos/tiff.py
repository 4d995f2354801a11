"""The TIFF structure that EXIF is written in: its GPS directory is emptied where it stands.

The length stays and no other offset moves, so that what makers keep in their own notes stays true.
"""

import struct
from dataclasses import dataclass
from typing import NamedTuple

HEADERS = (b"II*\0", b"MM\0*")
_GPS, _EXIF, _INTEROPERABILITY, _SUB = 0x8825, 0x8769, 0xA005, 0x014A
_PADDING = 0xEA1C  # readers pass over it
_COORDINATES = {2, 4, 20, 22, 28}  # latitude, longitude, those of the destination, the area's name
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}  # bytes
_ENTRY = 12  # bytes
_MOST_ENTRIES, _MOST_DIRECTORIES = 1000, 16  # of a photo; more is made to keep the server busy


class Unreadable(Exception):
    """The structure is broken where coordinates could stand."""


class TooMuch(Exception):
    """The photo leads to more than any camera writes: it is made to keep the server busy."""


@dataclass
class Budget:
    """What may still be looked at in one photo: entries of directories, and kilobytes wiped."""

    left: int = 20_000

    def spend(self, steps: int) -> None:
        """Count steps.

        Raises:
            TooMuch: they are more than are left.
        """
        self.left -= steps
        if self.left < 0:
            raise TooMuch


class _Entry(NamedTuple):
    at: int
    tag: int
    kind: int
    many: int
    offset: int  # or the value itself, where it takes four bytes


@dataclass
class _Tiff:
    data: bytearray
    start: int  # offsets count from here
    mark: str  # the byte order, as `struct` writes it
    budget: Budget

    def read(self, form: str, at: int) -> tuple[int, ...]:
        try:
            return struct.unpack_from(self.mark + form, self.data, self.start + at)
        except struct.error as error:
            raise Unreadable from error

    def entries(self, at: int) -> list[_Entry]:
        (count,) = self.read("H", at)
        if count > _MOST_ENTRIES:
            raise Unreadable
        self.budget.spend(count)
        places = range(at + 2, at + 2 + count * _ENTRY, _ENTRY)
        return [_Entry(place, *self.read("HHII", place)) for place in places]

    def is_inside(self, at: int) -> bool:
        return self.start + at < len(self.data)

    def wipe(self, at: int, size: int) -> None:
        if not 0 <= at <= at + size <= len(self.data) - self.start:
            raise Unreadable
        self.budget.spend(size // 1024)
        self.data[self.start + at : self.start + at + size] = bytes(size)


def clear_place(data: bytearray, budget: Budget, start: int = 0) -> bool:
    """Empty every GPS directory of the structure at `start`; tell whether one held coordinates.

    Raises:
        Unreadable: nothing can be said of the coordinates; the data may be changed in part.
        TooMuch: the budget is spent; the photo is to be refused.
    """
    if bytes(data[start : start + 4]) not in HEADERS:
        raise Unreadable
    tiff = _Tiff(data, start, "<" if data[start] == ord("I") else ">", budget)
    found = False
    for directory, entries in _directories(tiff):
        pointers = [entry for entry in entries if entry.tag == _GPS]
        for pointer in pointers:
            found = _empty(tiff, pointer.offset) or found
        if pointers:
            _drop(tiff, directory, entries)
    return found


def _directories(tiff: _Tiff) -> list[tuple[int, list[_Entry]]]:
    """Return every directory but those of GPS, read before anything is changed."""
    (first,) = tiff.read("I", 4)
    found: dict[int, list[_Entry]] = {}
    waiting = [first]
    while waiting:
        at = waiting.pop()
        if at in found or (found and not tiff.is_inside(at)):  # cut off: nothing is there
            continue
        if len(found) == _MOST_DIRECTORIES:
            raise Unreadable
        found[at] = entries = tiff.entries(at)
        waiting += [next_at for entry in entries for next_at in _leads_to(tiff, entry)]
        after = at + 2 + len(entries) * _ENTRY
        if tiff.is_inside(after + 3):
            waiting += [offset for offset in tiff.read("I", after) if offset]
    return list(found.items())


def _leads_to(tiff: _Tiff, entry: _Entry) -> tuple[int, ...]:
    if entry.tag in (_EXIF, _INTEROPERABILITY) or (entry.tag == _SUB and entry.many == 1):
        return (entry.offset,)
    if entry.tag == _SUB and entry.many <= _MOST_DIRECTORIES:
        return tiff.read("I" * entry.many, entry.offset)
    return ()


def _empty(tiff: _Tiff, at: int) -> bool:
    """Zero a GPS directory and the values it points at; tell whether it held coordinates."""
    entries = tiff.entries(at)
    for entry in entries:
        if entry.kind not in _SIZES:
            raise Unreadable
        size = _SIZES[entry.kind] * entry.many
        if size > 4:
            tiff.wipe(entry.offset, size)
    tiff.wipe(at, 2 + len(entries) * _ENTRY)
    return any(entry.tag in _COORDINATES for entry in entries)


def _drop(tiff: _Tiff, at: int, entries: list[_Entry]) -> None:
    """Take the pointers to GPS out of a directory; the last lines become padding, so nothing moves."""
    places = [tiff.start + entry.at for entry in entries if entry.tag != _GPS]
    lines = [bytes(tiff.data[place : place + _ENTRY]) for place in places]
    padding = struct.pack(tiff.mark + "HHII", _PADDING, 7, 4, 0)
    lines += [padding] * (len(entries) - len(lines))
    begin = tiff.start + at + 2
    tiff.data[begin : begin + len(entries) * _ENTRY] = b"".join(lines)
