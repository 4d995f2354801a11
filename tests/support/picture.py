"""The picture of the rooms, drawn from the imports: `python -m tests.support.picture` writes it anew.

A storey is as high as the longest way down from it. A line is an import that no longer way repeats;
a room that most others use lies under all of them, as a floor.
"""

from collections import defaultdict

from tests.support.imports import ROOT, graph, room_of, rooms

PICTURE = ROOT / "docs" / "images" / "rooms.svg"
WIDTH, BOX, HEIGHT, STOREY = 960, 112, 28, 66
FLOOR_FROM = 0.6  # share of the rooms that use it
Below = dict[str, set[str]]


def uses() -> Below:
    """Return for each room the other rooms that it imports from."""
    own = set(rooms())
    below: Below = {room: set() for room in own}
    for module in graph().modules:
        if module.startswith("nastav.") and room_of(module) in own:
            found = graph().find_modules_directly_imported_by(module)
            below[room_of(module)] |= {room_of(lower) for lower in found} & own - {room_of(module)}
    return below


def reached(below: Below, room: str) -> set[str]:
    """Return every room below one, on whatever way."""
    return below[room].union(*(reached(below, lower) for lower in below[room]))


def height(below: Below, room: str) -> int:
    """Return the number of storeys under a room."""
    return max((height(below, lower) + 1 for lower in below[room]), default=0)


def drawn() -> str:
    """Return the picture as SVG."""
    every = uses()
    floors = {
        room
        for room in every
        if sum(room in used for used in every.values()) > FLOOR_FROM * len(every)
    }
    below = {room: used - floors for room, used in every.items() if room not in floors}
    lines = {
        room: used - set().union(*(reached(below, lower) for lower in used))
        for room, used in below.items()
    }
    joined = set().union(*lines.values()) | {room for room, used in lines.items() if used}
    places, bottom = _places({room: below[room] for room in sorted(joined)}, lines)
    upper_first = sorted(floors, key=lambda room: (-height(every, room), room))
    bars = [*upper_first, "tools of the first level"]
    total = bottom + len(bars) * (HEIGHT + 8) + 8
    parts = [_line(places[a], places[b]) for a in sorted(lines) for b in sorted(lines[a])]
    parts += [_box(x, y, BOX, room) for room, (x, y) in sorted(places.items())]
    parts += [
        _box(WIDTH / 2, bottom + place * (HEIGHT + 8), WIDTH - 40, bar)
        for place, bar in enumerate(bars)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total}" '
        'font-family="sans-serif" font-size="14">\n'
        "<title>Rooms: a line leads down to what is imported</title>\n"
        f'<rect width="{WIDTH}" height="{total}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _places(below: Below, lines: Below) -> tuple[dict[str, tuple[float, float]], int]:
    """The middle of each room's upper edge, each under the middle of those it carries; the bottom."""
    storeys = defaultdict(list)
    for room in below:
        storeys[height(below, room)].append(room)
    places: dict[str, tuple[float, float]] = {}
    above = defaultdict(list)
    for room, used in lines.items():
        for lower in used:
            above[lower].append(room)
    top = max(storeys)
    for storey in range(top, -1, -1):
        wanted = {
            room: sum(places[upper][0] for upper in above[room]) / len(above[room])
            if above[room]
            else WIDTH / 2
            for room in storeys[storey]
        }
        in_order = sorted(wanted, key=lambda room: (wanted[room], room))
        step = WIDTH / len(in_order)
        for place, room in enumerate(in_order):
            places[room] = (step * (place + 0.5), 20 + (top - storey) * STOREY)
    return places, 20 + (top + 1) * STOREY


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x, y), (to_x, to_y) = (start[0], start[1] + HEIGHT), end
    half = (y + to_y) / 2
    way = f"M{x:.0f} {y:.0f} C{x:.0f} {half:.0f} {to_x:.0f} {half:.0f} {to_x:.0f} {to_y:.0f}"
    return f'<path d="{way}" fill="none" stroke="#8a99a8"/>'


def _box(x: float, y: float, width: float, text: str) -> str:
    rect = f'<rect x="{x - width / 2:.0f}" y="{y:.0f}" width="{width:.0f}" height="{HEIGHT}"'
    return (
        f'{rect} rx="4" fill="#eef3f8" stroke="#33506b"/>'
        f'<text x="{x:.0f}" y="{y + 19:.0f}" text-anchor="middle">{text}</text>'
    )


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
