"""The heading block and the signatures that the sheets of a report share."""

from collections.abc import Sequence
from dataclasses import replace

from nastav import excel
from nastav.coverage.sheet import as_of
from nastav.district.models import District
from nastav.district.signing import corner, signatures
from nastav.reports.records import Material


def subtitle(material: Material, district: District) -> str:
    """Return «Калининский район, по состоянию на 9 декабря 2020 г.»."""
    return f"{district.name}, {as_of(material.on)}"


def signed(forms: Sequence[excel.Form], district: District) -> list[excel.Form]:
    """Return the forms as papers of their own: the corner on each, both signatures on the first."""
    lines, signers = corner(district), signatures(district)
    found = [replace(form, corner=lines) for form in forms]
    if found and len(found[0].columns) >= 3:
        found[0] = replace(found[0], signatures=signers)
    return found
