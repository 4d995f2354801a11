"""What the psychologist has planned with the pairs: the lines of support of all plans, pair by pair."""

from nastav import ru
from nastav.accounts import queries as accounts
from nastav.contents import rows
from nastav.contents.common import fields
from nastav.contents.rows import Lines
from nastav.contents.scope import Content, Scope
from nastav.papers import looks
from nastav.papers.filler import Data
from nastav.plans import queries
from nastav.plans.models import LineKind
from nastav.terms import PAIRS

_NOTHING = "нечего печатать: в планах пар и групп нет записей психолога"


def collect(scope: Scope) -> Content:
    """Return a row for each line of support, in the order of the pairs and of their plans."""
    found = rows.read(scope, lambda row: rows.goes_on(row, scope.on))
    lines = queries.lines_of([line.row.id for line in found.whole])
    with_support = [line for line in found.whole if lines[line.row.id][LineKind.SUPPORT]]
    kept = Lines(with_support, found.left_out)
    remarks = rows.remarks(scope, kept)
    if not with_support:
        return Content([], remarks=remarks, nothing=_NOTHING)
    if scope.is_glance:
        return Content([], kept.ids, remarks)
    items = [
        {
            "наставник": rows.listed_names(line.mentors),
            "наставляемые": rows.listed_names(line.mentees),
            "срок": each.period,
            "что": each.what,
            "кто": each.who,
            "выполнено": ru.date_short(each.done_on) if each.done_on else "",
        }
        for line in with_support
        for each in lines[line.row.id][LineKind.SUPPORT]
    ]
    numbered = [{"номер": str(number), **item} for number, item in enumerate(items, 1)]
    psychologist = accounts.psychologist(scope.school)
    own = {
        "итог": ru.counted(len(with_support), *PAIRS),
        "психолог_должность": psychologist.post,
        "психолог": psychologist.name or looks.LINE,
    }
    return Content([Data({**fields(scope), **own}, {"занятия": numbered})], kept.ids, remarks)
