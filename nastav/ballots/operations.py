"""Making links, taking an answer into the box, opening the box."""

import secrets
from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.ballots import queries, rules
from nastav.ballots.models import Ballot, Link, LinkSet
from nastav.db import check_version, db
from nastav.district.models import School
from nastav.feedback import operations as feedback
from nastav.feedback.labels import asked
from nastav.feedback.models import Questionnaire
from nastav.feedback.rows import Sheet


class TooFew(ValueError):
    """The box holds too few answers to be opened."""


def make_set(
    actor: Actor,
    school: School,
    first_year: int,
    questionnaire: Questionnaire,
    *,
    size: int,
    made_on: date,
    expires_on: date,
) -> LinkSet:
    """Make a set of links; between `rules.LEAST` and `rules.MOST` of them."""
    if not rules.LEAST <= size <= rules.MOST:
        raise ValueError("the size of a set")
    link_set = LinkSet(
        school_id=school.id,
        first_year=first_year,
        questionnaire_id=questionnaire.id,
        size=size,
        made_on=made_on,
        expires_on=expires_on,
    )
    db.session.add(link_set)
    db.session.flush()
    db.session.add_all(Link(code=rules.new_code(), set_id=link_set.id) for _ in range(size))
    what = asked(questionnaire.part, questionnaire.moment)
    record(actor, "links:made", subject=f"{what}: {size}", school_id=school.id)
    return link_set


def answer(
    link: Link, link_set: LinkSet, questionnaire: Questionnaire, answers: Mapping[int, int | str]
) -> None:
    """Put an answer into the box and mark the link used; neither keeps anything of the other.

    Nothing is written to the journal: its time would tell when somebody answered.
    """
    feedback.check(questionnaire, Sheet(rules.coarse(link_set.made_on), answers))
    link.is_used = True
    given = {str(question): value for question, value in answers.items()}
    db.session.add(Ballot(id=secrets.randbits(62), set_id=link_set.id, answers=given))
    db.session.flush()


def move_end(
    actor: Actor, school: School, link_set: LinkSet, expires_on: date, *, version: int
) -> None:
    """Let the links of a set work longer or shorter; the last day is included.

    Raises:
        Conflict: the set was changed since the page was opened.
    """
    if link_set.expires_on == expires_on:
        return
    check_version(link_set, version)
    link_set.expires_on = expires_on
    db.session.flush()
    record(actor, "links:moved", subject=f"№ {link_set.id}", school_id=school.id)


def open_box(
    actor: Actor, school: School, link_set: LinkSet, questionnaire: Questionnaire, *, version: int
) -> None:
    """Close a set for good: its answers become responses without a person, its links are deleted.

    Done before, it does nothing.

    Raises:
        TooFew: fewer than `rules.LEAST` answers are in the box.
        Conflict: the set was changed since the page was opened.
    """
    if link_set.counted is not None:
        return
    check_version(link_set, version)
    ballots = queries.ballots(link_set.id)
    if len(ballots) < rules.LEAST:
        raise TooFew
    day = rules.coarse(link_set.made_on)
    sheets = [
        Sheet(day, {int(question): value for question, value in ballot.answers.items()})
        for ballot in ballots
    ]
    feedback.save_stack(actor, school, link_set.first_year, questionnaire, sheets)
    db.session.execute(delete(Ballot).filter_by(set_id=link_set.id))
    db.session.execute(delete(Link).filter_by(set_id=link_set.id))
    link_set.counted = len(ballots)
    db.session.flush()
    record(actor, "links:opened", subject=f"№ {link_set.id}: {len(ballots)}", school_id=school.id)
