"""The requisites of a school and its district, as papers take them."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


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
        "full_name": "Полное название школы",
        "short_name": "Краткое название",
        "place": "Населённый пункт",
        "address": "Почтовый адрес",
        "founder": "Учредитель",
        "head_name": "Кто подписывает",
        "head_post": "Должность того, кто подписывает",
        "curator": "Школьный куратор в рабочей группе",
        "curator_whom": "Назначить куратором: кого?",
        "issuer_whom": "Кто издал приказ района: чьего приказа?",
    }
)
