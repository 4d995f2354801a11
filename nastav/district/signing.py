"""What stands at the top right and at the foot of the district's papers that are signed. Pure."""

import re
from typing import Final

from nastav import excel, ru
from nastav.district.models import District

_NAME: Final = re.compile(
    r"(?:[^\W\d_]\.\s?){1,2}[^\W\d_][\w-]+$|[^\W\d_][\w-]+ (?:[^\W\d_]\.\s?){1,2}$"
)


def corner(district: District) -> list[str]:
    """Return the lines at the top right of the appendix."""
    order = f"{ru.date_short(district.order_date)} № {district.order_number}"
    return ["Приложение", f"к отчёту об исполнении приказа от {order}"]


def signatures(district: District) -> list[excel.Signature]:
    """Return who signs what is said of the order: the coordinator and the head who keeps control."""
    post, name = signer(district.signed_by)
    coordinator = f"Муниципальный координатор, {district.coordinator_post}"
    return [
        excel.Signature(coordinator, ru.initials_first(district.coordinator)),
        excel.Signature(ru.capitalized(post), name),
    ]


def signer(text: str) -> tuple[str, str]:
    """Return (post, name with initials first) of «Начальник управления Е.А. Соляник».

    Where no initials stand the whole is the post, and room is left for the name.
    """
    plain = " ".join(text.split())
    found = _NAME.search(plain)
    if not found:
        return plain, ""
    return plain[: found.start()].strip(" ,"), ru.initials_first(found.group())
