"""Consents to be signed on paper: a sheet for each person of the registers who lacks a sufficient one.

Address, passport and who signs are lines to be filled by hand: the site never asks them.
"""

from collections.abc import Callable
from typing import Final

from nastav.consents import queries as consents
from nastav.consents.models import Signer
from nastav.contents import common, reads, register
from nastav.contents.scope import Content, Scope
from nastav.papers.filler import Data
from nastav.people.models import Kind
from nastav.people.rows import Entry

FieldsOf = Callable[[Entry, Signer], dict[str, str]]

_OWN: Final = "Я согласен (согласна), подпись ребёнка:"
_NOBODY: Final = {
    True: "у всех детей из баз есть согласия: печатать нечего",
    False: "у всех взрослых из баз есть согласия: печатать нечего",
}


def children(scope: Scope) -> Content:
    """Return a sheet for each child; data and taking part are two papers of the same people."""
    return _sheets(scope, _of_child, pupils=True)


def adults(scope: Scope) -> Content:
    """Return a sheet for each adult."""
    return _sheets(scope, _of_adult, pupils=False)


def _sheets(scope: Scope, fields_of: FieldsOf, *, pupils: bool) -> Content:
    lines = [each for each in _lines(scope) if (each[0].kind is Kind.PUPIL) is pupils]
    if not lines:
        return Content([], nothing=_NOBODY[pupils])
    if scope.is_glance:
        return Content([])
    shared = common.fields(scope)
    sheets = [Data(shared | fields_of(*each)) for each in lines]
    return Content(sheets, {register.PEOPLE: [who.person_id for who, _ in lines]})


def _lines(scope: Scope) -> list[tuple[Entry, Signer]]:
    """Return whom a sheet is for, by name, each with who has to sign it.

    Of sheets that were printed it is those people still, whether or not somebody has signed since.
    """
    if scope.chosen is None:
        found = reads.missing(scope)
        return [(each.who, each.signer) for each in found]
    kept = frozenset(scope.chosen.get(register.PEOPLE, ()))
    known = {who.person_id: who for who in reads.everybody(scope) if who.person_id in kept}
    signers = consents.signers(scope.school, kept)
    return [(who, signers[id_]) for id_, who in known.items()]


def _of_child(who: Entry, signer: Signer) -> dict[str, str]:
    group = register.class_or_post(who)
    return {
        "имя": register.name(who),
        "класс": f"класс {group}" if who.school_class else group or "класс _______",
        "подпись_ребёнка": _OWN if signer is Signer.BOTH else "",
    }


def _of_adult(who: Entry, _: Signer) -> dict[str, str]:
    return {"имя": register.name(who), "должность": register.class_or_post(who)}
