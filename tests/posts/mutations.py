"""A body that a route accepts, with one field spoilt: what no form sends and a program may."""

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any

Body = dict[str, Any]

LONG = "ё" * 20_000
STRANGE = (
    "",
    " ",
    "\0",
    "а\0б",
    "0",
    "-1",
    "00",
    "1.5",
    "1e9",
    "²",
    "٣",  # a digit of another script
    "99999999999999999999999999",
    "9" * 5000,
    "NaN",
    "None",
    "true",
    "[]",
    "{}",
    "нет такого выбора",
    "31.02.2020",
    "01.01.0001",
    "31.12.9999",
    "99.99.99999",
    "1.1",
    "\ud800",  # half of a letter: sent as it is, it is no UTF-8
    "\ufffe",
    "\u202eимя",
    "é" * 300,
    "<script>",
    "{{ 7 * 7 }}",
    "'; DROP TABLE person; --",
    "%00%s%d",
    "\r\n\r\n",
    "\t;,\t\n\t\t",
    "\x0b\x1f",
    "../../etc",
    LONG,
)


def mutated(body: Body, chance: Random) -> tuple[str, Body]:
    """Return what was done to which field, and the body with that field spoilt."""
    names = [name for name in body if name != "csrf_token"]
    name = chance.choice(names) if names else "unknown"
    how = chance.choice(WAYS)
    spoilt = dict(body)
    how(spoilt, name, chance)
    return f"{how.__name__} {name}", spoilt


def missing(body: Body, name: str, chance: Random) -> None:
    """Leave the field out."""
    body.pop(name, None)


def doubled(body: Body, name: str, chance: Random) -> None:
    """Send the field twice, the second time with something else."""
    body[name] = [*_values(body, name), chance.choice(STRANGE)]


def doubled_first(body: Body, name: str, chance: Random) -> None:
    """Send the field twice, the first time with something else."""
    body[name] = [chance.choice(STRANGE), *_values(body, name)]


def strange(body: Body, name: str, chance: Random) -> None:
    """Send something that fits no field."""
    body[name] = chance.choice(STRANGE)


def joined(body: Body, name: str, chance: Random) -> None:
    """Put something strange into the middle of what is right."""
    text = "".join(str(value) for value in _values(body, name))
    at = chance.randint(0, len(text))
    body[name] = text[:at] + chance.choice(STRANGE) + text[at:]


def of_another(body: Body, name: str, chance: Random) -> None:
    """Send what is right for another field of the form."""
    body[name] = body.get(chance.choice([*body]), "")


def renamed(body: Body, name: str, chance: Random) -> None:
    """Send the field under a name that is almost its own."""
    wrong = name + chance.choice(("-", "-x", "-0", "-99999999999", "-²", "\0", "[]", "_1"))
    body[wrong] = body.pop(name, "1")


def as_file(body: Body, name: str, chance: Random) -> None:
    """Send a file where text is asked."""
    body[name] = (BytesIO(chance.randbytes(20)), chance.choice(("a.pdf", "\0", "а" * 300, "")))


WAYS: tuple[Callable[[Body, str, Random], None], ...] = (
    missing,
    doubled,
    doubled_first,
    strange,
    strange,
    strange,
    joined,
    of_another,
    renamed,
    as_file,
)


def _values(body: Body, name: str) -> list[Any]:
    value = body.get(name, "")
    return list(value) if isinstance(value, list) else [value]
