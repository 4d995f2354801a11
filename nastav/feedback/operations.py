"""Changing feedback."""

from nastav.db import db
from nastav.district.models import District
from nastav.feedback import catalogue
from nastav.feedback.models import Moment, Question, QuestionKind, Questionnaire
from nastav.people.models import Part


def load_questionnaires(district: District) -> None:
    """Give a district the questionnaires that come with the site."""
    for one in catalogue.load_all():
        questions = [
            Question(
                ordinal=ordinal,
                key=question.key,
                kind=QuestionKind(question.kind),
                text=question.text,
                low=question.low,
                high=question.high,
            )
            for ordinal, question in enumerate(one.questions, start=1)
        ]
        db.session.add(
            Questionnaire(
                district_id=district.id,
                part=Part(one.role),
                moment=Moment(one.moment),
                number=one.version,
                title=one.title,
                questions=questions,
            )
        )
