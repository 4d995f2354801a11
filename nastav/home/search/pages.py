"""What a search says of each thing found, and where it leads."""

from collections.abc import Sequence

from flask import url_for

from nastav import dates, ru, terms
from nastav.addresses import urls_for
from nastav.home.navigation.header import menu
from nastav.home.search.queries import Person
from nastav.home.search.rules import Hit, split
from nastav.pairs.rows import PairRow
from nastav.people.models import Part
from nastav.people.pages import cards

# the parts of the help: where they begin, and what they are called
HELP = (
    ("first-week", "Первая неделя куратора"),
    ("start", "С чего начать"),
    ("words", "Что значат слова"),
    ("deadlines", "Сроки этого учебного года"),
    ("counting", "Как считается охват"),
    ("trouble", "Если не получается"),
    ("ask", "К кому обратиться"),
)
TROUBLE = (  # what stands under the part `trouble`
    ("lost-session", "Сайт пишет, что сеанс завершён"),
    ("file", "Файл не принят"),
    ("mistake", "Ошибка в базе"),
    ("twice", "Ребёнка внесли дважды"),
    ("consents", "Принесли согласия"),
    ("retention", "Сколько хранятся имена"),
    ("password", "Забыт пароль"),
    ("locked", "Этап не даёт себя менять"),
    ("changed", "Запись уже изменена"),
    ("names", "Можно ли писать имена детей"),
)
_PARTS = {Part.MENTEE: "наставляемый", Part.MENTOR: "наставник"}


def people_hits(found: Sequence[Person], query: str) -> list[Hit]:
    """Return the people found, each leading to their card."""
    words, card_of = ru.search_words(query), cards()
    return [
        Hit(
            card_of[person.who.part](person.who.id),
            *split(person.who.full_name, words),
            _who(person),
        )
        for person in found
    ]


def pair_hits(found: Sequence[PairRow], query: str, year: int) -> list[Hit]:
    """Return the pairs found, each leading to its card."""
    words = ru.search_words(query)
    card_of = urls_for("pair_card.card", "pair_id", cycle=year)
    return [Hit(card_of(row.id), *split(row.label, words), _what(row)) for row in found]


def page_hits(query: str, year: int) -> list[Hit]:
    """Return the pages of the menu and the parts of the help that have every word."""
    words = ru.search_words(query)
    found = [
        Hit(link.href, "", link.label, section.label if section.label != link.label else "")
        for section, link in menu(year)
        if ru.begins(words, ru.search_key(link.label))
    ]
    return found + [
        Hit(url_for("home.help_page", _anchor=anchor), "", title, "Помощь")
        for anchor, title in (*HELP, *TROUBLE)
        if ru.begins(words, ru.search_key(title))
    ]


def _who(person: Person) -> str:
    who = person.who
    known = [who.group, _PARTS[who.part], f"№{ru.NBSP}{who.number}"]
    if who.left is not None and who.left < dates.today():
        return ", ".join(filter(None, (*known, f"выбытие {ru.date_short(who.left)}")))
    if not person.others:
        known.append("без пары")
    elif who.part is Part.MENTEE:
        known.append("наставник " + ru.list_and(other.short_name for other in person.others))
    else:
        count = ru.counted(len(person.others), "наставляемого", "наставляемых", "наставляемых")
        known.append(f"ведёт {count}")
    return ", ".join(filter(None, known))


def _what(row: PairRow) -> str:
    name = f"{row.noun.nominative} №{ru.NBSP}{row.id}"
    return f"{name}, {terms.PAIR_STATES[row.state]}, с {ru.date_short(row.started)}"
