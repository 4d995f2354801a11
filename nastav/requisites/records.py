"""The requisites of a school and its district, as papers take them."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from nastav import terms


@dataclass(frozen=True)
class Requisites:
    """What was typed; "" = not yet. Names stand in the nominative but where «кого» is said."""

    full_name: str = ""
    short_name: str = ""
    place: str = ""
    address: str = ""
    founder: str = ""  # optional: a line above the name
    head_name: str = ""  # «Гончаренко Павел Игоревич»: who signs
    head_post: str = ""  # «директор», «и. о. директора»
    curator_name: str = ""  # of the team's curator
    curator_post: str = ""
    curator_whom: str = (
        ""  # confirmed: «Мельник Ирину Сергеевну»; "" when name or post changed since
    )
    curator_post_whom: str = ""
    issuer_whom: str = ""  # of the district: «управления образования …», after «приказа»


FIELDS: Final = MappingProxyType(
    {
        "full_name": terms.REQUISITES["full_name"],
        "short_name": terms.REQUISITES["short_name"],
        "place": terms.REQUISITES["town"],
        "address": terms.REQUISITES["address"],
        "founder": terms.REQUISITES["founder"],
        "head_name": terms.REQUISITES["head_name"],
        "head_post": terms.REQUISITES["head_post"],
        "curator": "Школьный куратор в рабочей группе",
        "curator_whom": terms.REQUISITES["name_whom"],
        "issuer_whom": terms.REQUISITES["issuer_whom"],
    }
)
