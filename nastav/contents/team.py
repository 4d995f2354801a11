"""The order on the working group and the curator: who is in the group, and as what."""

from nastav import ru
from nastav.contents import common
from nastav.contents.scope import Content, Scope
from nastav.district import queries as district
from nastav.district.models import TeamMember
from nastav.papers.filler import Data

_NOBODY = "в рабочей группе никого нет: впишите её состав"
_HEADS = "–"  # who signs the order needs no line to say that they have read it


def collect(scope: Scope) -> Content:
    """Return the school's working group in its own order."""
    members = district.team(scope.district.id, scope.school.id)
    if scope.chosen is not None:
        kept = frozenset(scope.chosen.get("team", ()))
        members = [member for member in members if member.id in kept]
    if not members:
        return Content([], nothing=_NOBODY)
    own = scope.requisites
    fields = common.fields(scope) | {
        "куратор_кого": own.curator_whom,
        "куратор_должность_кого": own.curator_post_whom,
    }
    rows = [_row(number, member, own.head_name) for number, member in enumerate(members, 1)]
    return Content([Data(fields, {"группа": rows})], {"team": [member.id for member in members]})


def _row(number: int, member: TeamMember, head: str) -> dict[str, str]:
    is_head = ru.search_key(member.name) == ru.search_key(head) != ""
    role = "член группы"
    if member.is_curator:
        role = "школьный куратор"
    elif is_head:
        role = "руководитель"
    return {
        "номер": str(number),
        "имя": member.name,
        "должность": member.post,
        "роль": role,
        "подпись": _HEADS if is_head else "",
    }
