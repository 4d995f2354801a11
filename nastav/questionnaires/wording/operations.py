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
    kind_id: int | None = None,
) -> Questionnaire | None:
    """Make a new version of a questionnaire; None if it says what the newest one says already.

    The first version of a variant is made from the common questionnaire.

    Args:
        actor: who does it.
        district: whose questionnaire it is.
        questionnaire_text: the wording, checked by `catalogue.load` or by the form.
        based_on: id of the version it was made from, where it was made on a page.
        kind_id: the form of mentoring, of a variant.

    Raises:
        Conflict: somebody made a newer version since then.
        BadWording: a question is of another kind than elsewhere under the same key.
    """
    whose = (district.id, questionnaire_text.part, questionnaire_text.moment)
    last = questionnaires.newest(*whose, kind_id)
    if last is not None and queries.text_of(last) == questionnaire_text:
        return None
    source = last or questionnaires.newest(*whose)
    if based_on is not None and (source is None or source.id != based_on):
        raise Conflict
    complaints = catalogue.rekinded(
        questionnaire_text, queries.kinds(district.id, questionnaire_text.part)
    )
    if complaints:
        raise BadWording("\n".join(complaints))
    number = queries.last_number(*whose) + 1
    made = _add(district, questionnaire_text, number, kind_id)
    subject = f"{asked(questionnaire_text.part, questionnaire_text.moment)}, редакция {number}"
    record(actor, "questionnaire:reworded", subject=subject, district_id=district.id)
    return made


def _add(
    district: District,
    questionnaire_text: QuestionnaireText,
    number: int,
    kind_id: int | None = None,
) -> Questionnaire:
    questions = [
        Question(
            ordinal=ordinal,
            key=each.key,
            kind=each.kind,
            text=each.text,
            low=each.low,
            high=each.high,
            options=list(each.options),
        )
        for ordinal, each in enumerate(questionnaire_text.questions, start=1)
    ]
    made = Questionnaire(
        district_id=district.id,
        part=questionnaire_text.part,
        moment=questionnaire_text.moment,
        kind_id=kind_id,
        number=number,
        title=questionnaire_text.title,
        questions=questions,
    )
    db.session.add(made)
    db.session.flush()
    return made
