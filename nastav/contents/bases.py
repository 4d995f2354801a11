"""The base of mentees and the base of mentors with the official columns, as of a day."""

from collections.abc import Iterable, Sequence

from nastav import ru
from nastav.contents import common, reads, register
from nastav.contents.scope import Content, Scope
from nastav.district.kinds import queries as kinds
from nastav.mentors.profiles import queries as profiles
from nastav.mentors.profiles.rows import Profile
from nastav.pairs import queries as pairs
from nastav.papers.filler import Data, Item
from nastav.people.models import Kind, Part
from nastav.people.rows import Entry

_NOBODY = {
    Part.MENTEE: "в базе наставляемых никого нет: печатать нечего",
    Part.MENTOR: "в базе наставников никого нет: печатать нечего",
}
_COUNTED = {
    Part.MENTEE: ("наставляемый", "наставляемых", "наставляемых"),
    Part.MENTOR: ("наставник", "наставника", "наставников"),
}


def mentees(scope: Scope) -> Content:
    """Return the base of mentees: need, expected result, who leads them and in which form."""
    people = register.present(scope, Part.MENTEE)
    if scope.is_glance:
        return _content(scope, Part.MENTEE, people, [])
    partners = pairs.partners(scope.school.id, Part.MENTEE, scope.on)
    kind_of, names = pairs.kinds_of_pairs(scope.school.id), _kinds(scope)
    rows = []
    for entry in people:
        own = partners.get(entry.person_id, [])
        rows.append(
            {
                "номер": str(entry.number),
                "имя": register.name(entry),
                "класс": register.class_or_post(entry),
                "запрос": entry.need,
                "результат": entry.expected_result,
                "дата": ru.date_short(entry.joined),
                "наставник": _names(who for _, others in own for who in others),
                "форма": "\n".join(dict.fromkeys(names.get(kind_of[id_], "") for id_, _ in own)),
            }
        )
    return _content(scope, Part.MENTEE, people, rows)


def mentors(scope: Scope) -> Content:
    """Return the base of mentors: what they can do, for whom, when, and whom they lead."""
    people = register.present(scope, Part.MENTOR)
    if scope.is_glance:
        return _content(scope, Part.MENTOR, people, [])
    partners = pairs.partners(scope.school.id, Part.MENTOR, scope.on)
    known, names = profiles.profiles(scope.school.id), _kinds(scope)
    rows = []
    for entry in people:
        profile = known.get(entry.person_id)
        own = partners.get(entry.person_id, [])
        rows.append(
            {
                "номер": str(entry.number),
                "имя": register.name(entry),
                "кто": register.class_or_post(entry),
                "компетенции": _skills(profile),
                "формы": _wanted(profile, names),
                "время": profile.free_time if profile else "",
                "дата": ru.date_short(entry.joined),
                "наставляемые": _names(who for _, others in own for who in others),
            }
        )
    return _content(scope, Part.MENTOR, people, rows)


def _content(scope: Scope, part: Part, people: Sequence[Entry], rows: Sequence[Item]) -> Content:
    if not people:
        return Content([], nothing=_NOBODY[part])
    fields = common.fields(scope) | {"итог": ru.counted(len(people), *_COUNTED[part])}
    ids = {register.PEOPLE: [entry.person_id for entry in people]}
    remarks = [*register.gone(scope, len(people)), *_remarks(scope, people)]
    return Content([Data(fields, {"участники": rows})], ids, remarks)


def _remarks(scope: Scope, people: Sequence[Entry]) -> list[str]:
    missing = {each.who.person_id for each in reads.missing(scope)}
    bare = sum(entry.person_id in missing for entry in people)
    without_class = sum(entry.kind is Kind.PUPIL and not entry.group for entry in people)
    counts = ((bare, "нет согласия"), (without_class, "не указан класс"))
    words = ("участника", "участников", "участников")
    return [f"у {ru.counted(count, *words)} {what}" for count, what in counts if count]


def _kinds(scope: Scope) -> dict[int, str]:
    return {kind.id: kind.name for kind in kinds.all_kinds(scope.district.id)}


def _names(people: Iterable[Entry]) -> str:
    return "\n".join(dict.fromkeys(map(register.name, people)))


def _skills(profile: Profile | None) -> str:
    return "; ".join(filter(None, (profile.competences, profile.interests))) if profile else ""


def _wanted(profile: Profile | None, names: dict[int, str]) -> str:
    """Return the forms a mentor agrees to, in the district's order; nothing said means any."""
    if profile is None:
        return ""
    return ",\n".join(name for id_, name in names.items() if id_ in profile.kind_ids) or "любые"
