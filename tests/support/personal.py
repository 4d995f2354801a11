"""One mentee and one mentor with something in every table that says anything of a person."""

import zipfile
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import JSON, LargeBinary, update

from nastav.consents.models import Consent, Signer
from nastav.db import db
from nastav.feedback.models import Answer, Question, Response
from nastav.meetings.models import Meeting, MeetingRevision
from nastav.mentors.awards.models import Award, AwardKind
from nastav.mentors.profiles.models import MentorProfile
from nastav.pairs.leaving import leave_register
from nastav.pairs.models import Decision
from nastav.pairs.operations import Closing, close_pair
from nastav.papers import builder
from nastav.paperwork.models import Paper, PaperFile, PaperText
from nastav.people.changes.models import PersonChange
from nastav.people.models import Participation
from nastav.practices.models import Practice
from nastav.privacy import After
from nastav.requisites.texts.models import SchoolTexts
from nastav.retention import erasing
from tests.support.registers import Registers

CANARY = "Канарейкина"


def add_pair_in_full(school: Registers, first_year: int, left: date | None = None) -> int:
    """Add a mentee and a mentor with all that can be said of them; the mentee's person's id.

    They join on 1 September and leave, with their pair closed, on the day told.
    """
    joined = date(first_year, 9, 1)
    more: dict[str, Any] = {"joined": joined, "class_year": first_year}
    mentee = school.mentee(f"{CANARY} Ольга", **more)
    mentor = school.mentor(f"{CANARY} Анна", grade=10, **more)
    pair = school.pair(mentor, mentee, started=date(first_year, 10, 5))
    met = date(first_year, 10, 6)
    if left:
        closing = Closing(left, "итог", "итог", Decision.FINISH)
        close_pair(school.actor, pair, closing, met=None, version=pair.version)
    for person in (mentee, mentor):
        values = {"school_id": school.school_id, "person_id": person.person_id}
        db.session.add(Consent(signer=Signer.OWN, signed_on=joined, **values))
        db.session.add(PersonChange(actor_name="Борис", field="need", old="", new="", **values))
        if left:
            row = db.session.get_one(Participation, person.participation_id)
            leave_register(school.actor, row, left, "переезд", version=row.version)
    question = db.session.query(Question).first()
    assert question is not None
    answer = Response(
        school_id=school.school_id,
        first_year=first_year,
        questionnaire_id=question.questionnaire_id,
        answered_on=met + timedelta(1),
        person_id=mentee.person_id,
        answers=[Answer(question_id=question.id)],
    )
    meeting = Meeting(school_id=school.school_id, pair_id=pair.id, held_on=met, minutes=45)
    profile = MentorProfile(school_id=school.school_id, person_id=mentor.person_id)
    award = Award(
        school_id=school.school_id, person_id=mentor.person_id, given_on=met, kind=AwardKind.PRIZE
    )
    award.reason = "за помощь"
    practice = Practice(school_id=school.school_id, kind_id=pair.kind_id, title="Опыт")
    practice.created_at = datetime.combine(met, time(), UTC)
    db.session.add_all([meeting, profile, answer, award, practice])
    db.session.flush()
    db.session.add(MeetingRevision(meeting_id=meeting.id, actor_name="Борис", values={}))
    add_texts(school.school_id, first_year)
    return mentee.person_id


def add_texts(school_id: int, first_year: int) -> int:
    """Add what a school writes for its papers, and a paper signed with it; the paper's id."""
    year = {"school_id": school_id, "first_year": first_year}
    on = date(first_year + 1, 5, 25)
    paper = Paper(**year, key="note", asked_on=on, dated=on, number="7", ids={}, effects={})
    paper.made_by = "Борис"
    db.session.add_all([SchoolTexts(**year), paper])
    db.session.flush()
    db.session.add(PaperText(paper_id=paper.id, name="note_conclusions", text="итог"))
    db.session.add(PaperFile(paper_id=paper.id, content=_document("итог")))
    db.session.flush()
    return paper.id


def fill_with_the_canary() -> None:
    """Put the name into every text that a period of keeping runs for."""
    for after in (After.LEAVING, After.PAIR, After.SCHOOL_YEAR):
        for table, columns in erasing.columns(after).items():
            for column in columns:
                text: Any = f"{CANARY} в поле {column.name}"[: getattr(column.type, "length", 99)]
                if isinstance(column.type, JSON):
                    text = _revision()
                elif isinstance(column.type, LargeBinary):
                    text = _document(text)
                db.session.execute(update(table).values({column.name: text}))


def _document(text: str) -> bytes:
    """Return a paper that says a text, in its bytes too."""
    made = BytesIO(builder.build(f"@ text 14, table 12\n{text}"))
    with zipfile.ZipFile(made, "a") as file:
        file.comment = text.encode()
    return made.getvalue()


def _revision() -> dict[str, Any]:
    return {
        "held_on": "2020-10-06", "minutes": 45, "topic": CANARY, "kind": "", "meets": "",
        "present": [], "is_deleted": False,
    }  # fmt: skip
