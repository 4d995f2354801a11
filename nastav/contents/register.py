"""Lines of a register as papers list them: names in full and never declined, classes of the paper's day."""

from nastav import ru
from nastav.contents import reads
from nastav.contents.scope import Scope
from nastav.people.models import KIND_LABELS, Kind, Part
from nastav.people.rows import Entry

PEOPLE = "people"  # of `scope.Ids`: ids of persons


def present(scope: Scope, part: Part) -> list[Entry]:
    """Return whom a paper lists, by name, each once: those of the day, or those it was made of."""
    found = reads.register(scope, part)
    if scope.chosen is None:
        lines = [entry for entry in found if entry.is_on(scope.on)]
    else:
        kept = frozenset(scope.chosen.get(PEOPLE, ()))
        # whoever left and came back has two lines: that of the day says more
        lines = sorted(found, key=lambda entry: (entry.is_on(scope.on), entry.joined))
        last = {entry.person_id: entry for entry in lines if entry.person_id in kept}
        lines = [entry for entry in found if last.get(entry.person_id) is entry]
    return list({entry.person_id: entry for entry in lines}.values())


def name(who: Entry) -> str:
    """Return the name in full; of whoever was anonymised «участник № 112»."""
    return who.full_name if who.is_named else f"участник №{ru.NBSP}{who.number}"


def class_or_post(who: Entry) -> str:
    """Return a pupil's class, held together, or an adult's post; "" where neither is known."""
    if who.kind is Kind.PUPIL:
        return who.group.replace(" ", ru.NBSP)
    return who.post or KIND_LABELS[who.kind]


def gone(scope: Scope, listed: int) -> list[str]:
    """Return the remark that somebody of a made paper is in no register any more; usually none."""
    was = len(set((scope.chosen or {}).get(PEOPLE, ())))
    missing = was - listed
    if missing <= 0:
        return []
    gone_since = f"бумаги в базе осталось {listed}: карточки объединены или удалены"
    return [f"из {ru.out_of(was, 'человека', 'человек')} {gone_since}"]
