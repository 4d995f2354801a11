"""People and pairs as papers print them: in the nominative, with the class of the day, nobody declined."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nastav import dates, ru
from nastav.contents import reads, register
from nastav.contents.scope import Scope
from nastav.pairs import queries as pairs
from nastav.pairs.models import PairState
from nastav.pairs.rows import Member, PairRow
from nastav.people.models import Kind, Part
from nastav.people.rows import Entry

MENTORS: Final = ("наставник", "наставника", "наставников")
MENTEES: Final = ("наставляемый", "наставляемых", "наставляемых")
_CHILDREN: Final = ("ребёнка", "детей", "детей")
_PUPILS: Final = ("ученика", "учеников", "учеников")
_NAMED: Final = 12  # numbers in a remark
_DASH: Final = "\N{EN DASH}"


# --- people -----------------------------------------------------------------------------------------


def name(who: Entry) -> str:
    """Return «Савчук Артём» of a pupil, an adult's name in full, «участник № 112» of the nameless."""
    if who.is_named and who.kind is Kind.PUPIL:
        return " ".join(filter(None, (who.surname, who.given_name)))
    return register.name(who)


def named(who: Entry) -> str:
    """Return «Савчук Артём, 10 «А»», «Бондарь Лев Андреевич, учитель математики»."""
    return ", ".join(filter(None, (name(who), register.class_or_post(who))))


def listed_names(people_: Iterable[Entry]) -> str:
    """Return who it is, a line each."""
    return "\n".join(map(named, people_))


# --- pairs ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A pair or group of a paper, with whom the paper prints on either side."""

    row: PairRow
    members: tuple[Member, ...]

    @property
    def mentors(self) -> list[Entry]:
        return self._of(Part.MENTOR)

    @property
    def mentees(self) -> list[Entry]:
        return self._of(Part.MENTEE)

    @property
    def is_whole(self) -> bool:
        """Tell whether somebody stands on both sides."""
        return bool(self.mentors and self.mentees)

    @property
    def period(self) -> str:
        """Return «10.12.2020 – 25.05.2021»; «с 10.12.2020» where no end was agreed.

        A draft begins on the day of its order, which nobody knows yet.
        """
        end = self.row.ended or self.row.planned_end
        if self.row.state is PairState.DRAFT:
            begun = "с даты приказа"
            return f"{begun} по{ru.NBSP}{ru.date_short(end)}" if end else begun
        begun = ru.date_short(self.row.started)
        return f"{begun}{ru.NBSP}{_DASH} {ru.date_short(end)}" if end else f"с{ru.NBSP}{begun}"

    def item(self, number: int) -> dict[str, str]:
        """Return the row of a table: five fields, as `catalogue` names them."""
        return {
            "номер": str(number),
            "наставник": listed_names(self.mentors),
            "наставляемые": listed_names(self.mentees),
            "форма": self.row.kind,
            "период": self.period,
        }

    def _of(self, part: Part) -> list[Entry]:
        # two cards made one may stand in a pair twice
        known = {each.who.person_id: each.who for each in self.members if each.who.part is part}
        return list(known.values())


@dataclass(frozen=True)
class Lines:
    """The pairs of a paper in its order, and those left out because a side is missing."""

    whole: Sequence[Line]
    left_out: Sequence[PairRow]

    @property
    def ids(self) -> dict[str, list[int]]:
        """Return what a made paper keeps of them."""
        return {
            "pairs": [line.row.id for line in self.whole],
            "members": [member.id for line in self.whole for member in line.members],
        }

    @property
    def items(self) -> list[dict[str, str]]:
        return [line.item(number) for number, line in enumerate(self.whole, 1)]

    @property
    def total(self) -> str:
        return total(self.whole)


def read(scope: Scope, wanted: Callable[[PairRow], bool], key: str = "pairs") -> Lines:
    """Return the pairs of a paper, the earliest begun first; of a made one those it holds, in its order.

    Args:
        scope: of which school and day.
        wanted: which of the pairs that count in the school year a new paper takes.
        key: under which name `scope.chosen` has their ids; their members stand under «members».
    """
    year = dates.cycle_of(scope.on)
    if scope.chosen is not None:
        rows = pairs.pair_rows(scope.school.id, scope.chosen.get(key, ()), first_year=year)
        kept = frozenset(scope.chosen.get("members", ()))
        out = pairs.pair_rows(scope.school.id, scope.chosen.get("left_out", ()), first_year=year)
        found = _lines([_line(row, scope.on, kept) for row in rows])
        return Lines(found.whole, [*found.left_out, *out])
    rows = sorted(filter(wanted, reads.pairs_of_year(scope)), key=lambda row: (row.started, row.id))
    return _lines([_line(row, scope.on, None) for row in rows])


def total(lines: Sequence[Line]) -> str:
    """Return «2 пары и 6 групп, 8 наставников, 18 наставляемых»; each person counts once."""
    groups = sum(line.row.noun.nominative == "группа" for line in lines)
    counted = [(len(lines) - groups, "пара", "пары", "пар"), (groups, "группа", "группы", "групп")]
    both = ru.list_and(ru.counted(*each) for each in counted if each[0])
    mentors = {who.person_id for line in lines for who in line.mentors}
    mentees = {who.person_id for line in lines for who in line.mentees}
    sides = ru.counted(len(mentors), *MENTORS), ru.counted(len(mentees), *MENTEES)
    return ", ".join((both or "0 пар и групп", *sides))


def goes_on(row: PairRow, on: date) -> bool:
    """Tell whether a pair goes on after a day; a draft does not, one nobody decided of does."""
    is_begun = row.state is not PairState.DRAFT and row.started <= on
    return is_begun and (row.ended is None or row.ended > on)


def _lines(lines: Sequence[Line]) -> Lines:
    whole = [line for line in lines if line.is_whole]
    return Lines(whole, [line.row for line in lines if not line.is_whole])


def _line(row: PairRow, on: date, kept: frozenset[int] | None) -> Line:
    day = max(min(on, row.ended or on), row.started)
    members = [member for member in row.members if not member.is_mistake]
    if kept is None:
        members = [member for member in members if _stays(member, row, day)]
    else:
        members = [member for member in members if member.id in kept]
    return Line(row, tuple(members))


def _stays(member: Member, row: PairRow, day: date) -> bool:
    """Tell whether a day is a member's and not their last: of who changes places on it one is printed."""
    if member.joined > day:
        return False
    is_end = row.ended is not None and member.left == row.ended
    return member.left is None or member.left > day or is_end


# --- what is said above a paper ---------------------------------------------------------------------


def remarks(scope: Scope, lines: Lines) -> list[str]:
    """Return what is to be known before a list of pairs is signed: counts and numbers, no child's name."""
    said = [_left_out(lines.left_out)]
    drafts = sum(line.row.state is PairState.DRAFT for line in lines.whole)
    if drafts:
        said.append(f"в списке {ru.counted(drafts, 'черновик', 'черновика', 'черновиков')}")
    year = dates.cycle_of(scope.on)
    known = {who.person_id: who for who in reads.everybody(scope) if not who.is_mistake}
    mentees = {who.person_id: who for line in lines.whole for who in line.mentees}
    missing = {each.who.person_id for each in reads.missing(scope)}
    said.append(_of_people("нет согласия", _CHILDREN, mentees, missing))
    said.append(_of_people("две пары или группы", _CHILDREN, mentees, _twice(scope, lines)))
    pupils = {
        who.person_id: known.get(who.person_id, who)
        for line in lines.whole
        for who in (*line.mentors, *line.mentees)
        if who.kind is Kind.PUPIL
    }
    bare = {key for key, who in pupils.items() if not who.group}
    said.append(_of_people("не указан класс", _PUPILS, pupils, bare))
    old = {key for key, who in pupils.items() if _is_old(who, year)}
    said.append(_of_people("указан класс прошлого учебного года", _PUPILS, pupils, old))
    return [each for each in said if each]


def _left_out(rows: Sequence[PairRow]) -> str:
    if not rows:
        return ""
    one = len(rows) == 1
    verb = "не вошла пара" if one else "не вошли пары"
    lacking = "наставника или наставляемых"
    return f"{verb} {numbers(row.id for row in rows)}: нет {lacking}"


def _twice(scope: Scope, lines: Lines) -> set[int]:
    """Return who stands as a mentee in two pairs of the list, or in one of it and another that goes on."""
    own = {line.row.id for line in lines.whole}
    counted = Counter(who.person_id for line in lines.whole for who in line.mentees)
    if scope.chosen is None:
        for row in reads.pairs_of_year(scope):
            is_other = row.id not in own and row.missing_part is None
            if is_other and goes_on(row, scope.on):
                counted.update({each.who.person_id for each in row.current_mentees})
    return {key for key, count in counted.items() if count > 1}


def _is_old(who: Entry, year: int) -> bool:
    return who.school_class is not None and who.school_class.first_year != year


def _of_people(
    what: str, words: tuple[str, str, str], who: Mapping[int, Entry], found: Iterable[int]
) -> str:
    known = sorted(who[key].number for key in set(found) & who.keys())
    if not known:
        return ""
    return f"у{ru.NBSP}{ru.counted(len(known), *words)} {what}: {numbers(known)}"


def numbers(each: Iterable[int]) -> str:
    """Return «№ 12, № 15 и ещё 3»: how remarks name pairs, or people of a register."""
    known = list(each)
    said = ", ".join(f"№{ru.NBSP}{number}" for number in known[:_NAMED])
    return f"{said} и ещё {len(known) - _NAMED}" if len(known) > _NAMED else said


def numbers_of(people_: Iterable[Entry]) -> str:
    """Return the register numbers of these people, as `numbers` writes them."""
    return numbers(sorted({who.number for who in people_}))
