"""`nastav questionnaires …`: the wording from the server's command line, inside an application context."""

from pathlib import Path

import click

from nastav.access import Actor
from nastav.db import pause, writing
from nastav.district import queries as districts
from nastav.district.models import District
from nastav.feedback import catalogue, questionnaires
from nastav.feedback.labels import asked
from nastav.feedback.models import Moment, Respondent
from nastav.questionnaires.wording import operations, queries

questionnaire_commands = click.Group(
    "questionnaires", help="Анкеты: показать, выписать в файл, загрузить новую редакцию."
)
_district_option = click.option("--district", "name", help="Район, если их в базе несколько.")


@questionnaire_commands.command("list")
@_district_option
def show_all(name: str | None) -> None:
    """Показать, какие анкеты действуют."""
    for questionnaire in questionnaires.in_use(_district(name).id):
        questions = f"вопросов {len(questionnaire.questions)}, редакция {questionnaire.number}"
        click.echo(
            f"{questionnaire.part:8} {questionnaire.moment:8} {questionnaire.title} ({questions})"
        )


@questionnaire_commands.command("show")
@click.argument("role", type=click.Choice([respondent.value for respondent in Respondent]))
@click.argument("moment", type=click.Choice([moment.value for moment in Moment]))
@_district_option
def show(role: str, moment: str, name: str | None) -> None:
    """Напечатать анкету так, как её читает команда load: исправьте и загрузите."""
    found = questionnaires.newest(_district(name).id, Respondent(role), Moment(moment))
    if found is None:
        raise click.ClickException("Такой анкеты нет. Список: nastav questionnaires list")
    click.echo(catalogue.written(queries.text_of(found)), nl=False)


@questionnaire_commands.command("load")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_district_option
def load(file: Path, name: str | None) -> None:
    """Загрузить анкету из файла TOML новой редакцией. Прежние ответы остаются при своих вопросах."""
    try:
        questionnaire_text = catalogue.load(file)
        district = _district(name)
        pause()  # what was read until now was read only
        with writing():
            made = operations.reword(Actor.system(), district, questionnaire_text)
    except (catalogue.CatalogueError, operations.BadWording) as mistake:
        raise click.ClickException(str(mistake)) from None
    what = asked(questionnaire_text.part, questionnaire_text.moment)
    if made is None:
        click.echo(f"Анкета «{what}» уже такая, ничего не изменено.")
    else:
        click.echo(f"Загружена анкета «{what}», редакция {made.number}.")


def _district(name: str | None) -> District:
    found = [district for district in districts.districts() if name in (None, district.name)]
    if len(found) != 1:
        names = ", ".join(f"«{district.name}»" for district in districts.districts()) or "ни одного"
        raise click.ClickException(f"Укажите район: --district. В базе: {names}.")
    return found[0]
