"""Which field a template may have meant by a name that there is not."""

import re
from collections.abc import Collection
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

_ROMAN: Final = MappingProxyType(
    {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7"}
)
_NUMERAL: Final = re.compile(r"_([ivx]+)$")
_LATIN: Final = re.compile(r"[a-z]", re.IGNORECASE)
# letters that look alike on both keyboards
_LONGEST: Final = 60  # of a name that is shown and looked for: no field's is so long
_TWINS: Final = str.maketrans("aceopxyktmhbl", "асеорхуктмнв1")


def advice(name: str, known: Collection[str]) -> str:
    """Return «{директорр}: может быть, {директор}?», a Latin letter in it named."""
    name = name[:_LONGEST]
    plain = _NUMERAL.sub(lambda hit: f"_{_ROMAN.get(hit[1], hit[1])}", name.strip().lower())
    plain = re.sub(r"\s+", "_", plain.translate(_TWINS))
    near = plain if plain in known else next(iter(get_close_matches(plain, sorted(known), 1)), "")
    latin = _LATIN.search(name)
    why = f" (латинская буква {latin[0]})" if latin else ""
    return f"{{{name}}}{why}: " + (f"может быть, {{{near}}}?" if near else "такого поля нет")
