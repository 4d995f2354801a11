"""Changing the wording of questionnaires: every change is a new version, old answers keep theirs."""

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, db
from nastav.district.models import District
from nastav.feedback import catalogue, questionnaires
from nastav.feedback.catalogue import QuestionnaireText
from nastav.feedback.labels import asked
from nastav.feedback.models import Question, Questionnaire
from nastav.questionnaires.wording import queries


class BadWording(ValueError):
    """The wording cannot be used here; the message is a Russian sentence for each reason."""


def load_ours(district: District) -> None:
    """Give a district the questionnaires that come with the site."""
    for questionnaire_text in catalogue.load_all():
        _add(district, questionnaire_text, 1)


def reword(
    actor: Actor,
    district: District,
    questionnaire_text: QuestionnaireText,
    *,
    based_on: int | None = None,
) -> Questionnaire | None:
    """Make a new version of a questionnaire; None if it says what the newest one says already.

    Args:
        actor: who does it.
        district: whose questionnaire it is.
        one: the wording, checked by `catalogue.load` or by the form.
        based_on: id of the version it was made from, where it was made on a page.

    Raises:
        Conflict: somebody made a newer version since then.
        BadWording: a question is of another kind than elsewhere under the same key.
    """
    last = questionnaires.newest(district.id, questionnaire_text.part, questionnaire_text.moment)
    if last is not None and queries.text_of(last) == questionnaire_text:
        return None
    if based_on is not None and (last is None or last.id != based_on):
        raise Conflict
    complaints = catalogue.rekinded(
        questionnaire_text, queries.kinds(district.id, questionnaire_text.part)
    )
    if complaints:
        raise BadWording("\n".join(complaints))
    number = last.number + 1 if last else 1
    made = _add(district, questionnaire_text, number)
    subject = f"{asked(questionnaire_text.part, questionnaire_text.moment)}, редакция {number}"
    record(actor, "questionnaire:reworded", subject=subject, district_id=district.id)
    return made


def _add(district: District, questionnaire_text: QuestionnaireText, number: int) -> Questionnaire:
    questions = [
        Question(
            ordinal=ordinal,
            key=each.key,
            kind=each.kind,
            text=each.text,
            low=each.low,
            high=each.high,
        )
        for ordinal, each in enumerate(questionnaire_text.questions, start=1)
    ]
    made = Questionnaire(
        district_id=district.id,
        part=questionnaire_text.part,
        moment=questionnaire_text.moment,
        number=number,
        title=questionnaire_text.title,
        questions=questions,
    )
    db.session.add(made)
    db.session.flush()
    return made
