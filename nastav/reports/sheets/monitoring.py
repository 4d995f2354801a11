"""«Мониторинг»: organisations by form of mentoring, as a questionnaire from above asks."""

from nastav import excel, ru, terms
from nastav.coverage.byform.sheet import NOTE
from nastav.district.models import District
from nastav.excel import Cell, Column, Formula
from nastav.feedback.labels import asked
from nastav.feedback.summary import LEAST_SHOWN, Group
from nastav.reports.records import Material, MonitoringLine
from nastav.reports.sheets.looks import subtitle

_COLUMNS = (
    Column("place", "Организация", width=20),
    Column("form", terms.PAIR["kind"], width=28),
    Column("mentees", "Наставляемых", width=14),
    Column("mentors", "Наставников", width=13),
    Column("pairs", "Пар и групп", width=11),
    Column("met", "Наставляемых, кто встречался", width=15),
    Column("met_share", "Доля", width=10),
    Column("trained", "Обучено наставников", width=13),
    Column("consents", "Участников с согласием", width=13),
    Column("people", "Всего участников", width=12),
    Column("young", "Молодых педагогов среди наставляемых", width=17),
    Column("employers", "Наставников от предприятий", width=15),
)


def monitoring_form(material: Material, district: District) -> excel.Form:
    """Return the sheet: a row a form of each school, the district's rows as totals."""
    found = material.monitoring
    return excel.Form(
        name="Мониторинг",
        title=f"Мониторинг наставничества по организациям и формам, {material.on.year} год",
        subtitle=subtitle(material, district),
        columns=_COLUMNS,
        rows=[_row(line) for line in found.schools],
        totals=[_row(line) for line in found.district],
        notes=[
            *_satisfied(material),
            NOTE,
            "Обучены — кто был хотя бы на одном обучении школы до этого дня, в любом учебном году. С "
            "согласием — у кого оно на этот день достаточно. От предприятий — наставники с категорией "
            "«работодатель»; самих предприятий сайт не считает, место работы внесено словами.",
        ],
        frozen_columns=2,
    )


def _row(line: MonitoringLine) -> list[Cell | Formula]:
    counts, numbers = line.counts, line.counts.numbers
    return [
        excel.text(line.place),
        excel.text(line.form),
        excel.integer(numbers.mentees),
        excel.integer(numbers.mentors),
        excel.integer(numbers.pairs),
        excel.integer(numbers.met),
        excel.share("met", "mentees", numbers.met, numbers.mentees),
        excel.integer(counts.trained),
        excel.integer(counts.consented),
        excel.integer(counts.participants),
        excel.integer(counts.young_teachers),
        excel.integer(counts.employers),
    ]


def _satisfied(material: Material) -> list[str]:
    """Of the district in one sum: by organisation it could be reckoned back to one (security.md#p3)."""
    said = [_of_group(group) for group in material.feedback if group.satisfied]
    if not said:
        return ["Удовлетворённость: ответов в конце учебного года нет."]
    return [f"Удовлетворённость по району в сумме: {'; '.join(said)}."]


def _of_group(group: Group) -> str:
    found = group.satisfied
    who = asked(group.part, group.moment)
    if found is None or found.happy is None:
        return f"{who} — ответов меньше {LEAST_SHOWN}"
    answered = ru.out_of(found.n, "ответившего", "ответивших")
    happy = f"{ru.number(found.happy)} из {answered}"
    return f"{who} — {happy} поставили {found.threshold} или больше ({ru.percent(found.happy, found.n)})"
