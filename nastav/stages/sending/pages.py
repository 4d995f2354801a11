"""The self-check of a stage with what is said of it as a whole: the school's and the reviewer's."""

from flask import g

from nastav import dates, ru
from nastav.facts.sentences import Room
from nastav.stages.facts import doubles, misfits, pairs_ending_later, silent_pairs
from nastav.stages.pages import StagePage
from nastav.stages.sending.check import Level, Point, SelfCheck, check

NAMED = 10  # matches that a sentence names


def checked(page: StagePage) -> SelfCheck:
    """Return all that is said of the stage before it is sent, as the records stand now."""
    of_stage = [*_doubles(page), *_misfits(page), *_ending_later(page), *_silent(page)]
    return check(page, today=dates.today(), of_stage=of_stage)


def _doubles(page: StagePage) -> list[Point]:
    found = doubles(page.sheet, g.cycle)
    if not found:
        return []
    shown = "; ".join(found[:NAMED]) + (" и другие" if len(found) > NAMED else "")
    text = f"Возможно, один ребёнок внесён дважды: {shown}."
    return [Point(Level.REMARK, text, room=Room("own_matches.board"))]


def _misfits(page: StagePage) -> list[Point]:
    count = misfits(page.sheet, g.cycle)
    text = f"Форма наставничества не подходит участникам, пар и групп: {ru.number(count)}."
    return [Point(Level.REMARK, text, room=Room("pair_list.board"))] if count else []


def _ending_later(page: StagePage) -> list[Point]:
    if not page.sheet.head.follows_pair_period:
        return []
    pairs = pairs_ending_later(page.sheet, g.cycle)
    word = ru.counted(pairs, "пары или группы", "пар и групп", "пар и групп")
    due = ru.date_short(page.sheet.head.due)
    text = f"У {word} согласованный срок работы позже {due}."
    return [Point(Level.NOTE, text, room=Room("pair_list.board"))] if pairs else []


def _silent(page: StagePage) -> list[Point]:
    count = silent_pairs(page.sheet, g.cycle)
    text = f"Пар и групп, которые давно не встречались: {ru.number(count)}."
    room = Room("pair_list.board", {"show": "silent"})
    return [Point(Level.NOTE, text, room=room)] if count else []
