"""The справка: the figures of the page as a paper to be signed; its fields, its table, its file."""

from nastav import ru
from nastav.coverage.figures import SchoolCoverage
from nastav.district.models import District
from nastav.district.signing import signatures
from nastav.execution import sentences
from nastav.execution.facts import Execution
from nastav.papers import builder
from nastav.papers.filler import Data, fill

TEMPLATE = "spravka"


def title(district: District) -> str:
    """Return what the document is called."""
    return f"Справка об исполнении приказа № {district.order_number}"


def document(found: Execution, district: District) -> bytes:
    """Return the справка as a .docx; the same figures give the same bytes."""
    content = data(found, district)
    return fill(builder.template(TEMPLATE), content, title=title(district), made_on=found.on)


def data(found: Execution, district: District) -> Data:
    """Return what is filled into the template."""
    total = found.coverage.mentees
    coordinator, head = signatures(district)
    fields = {
        "издатель": district.order_issuer,
        "дата_приказа": ru.date_short(district.order_date),
        "номер_приказа": district.order_number,
        "на_дату": ru.date_long(found.on),
        "год": str(found.year),
        "охват": sentences.coverage(found),
        "школы_и_план": sentences.schools(found),
        "наставники_и_формы": sentences.mentors_and_forms(found),
        "этапы": sentences.stages(found),
        "пункт_2": sentences.duties(found),
        "пункт_3": sentences.control(found),
        "план": ru.number(total.target),
        "факт": ru.number(total.actual if total.target is not None else total.everybody),
        "процент": total.percent,
        "отклонение": ru.signed(total.gap),
        "координатор_должность": coordinator.post,
        "координатор": coordinator.name,
        "начальник_должность": head.post,
        "начальник": head.name,
    }
    return Data(fields, {"школы": [school_line(row) for row in found.coverage.schools]})


def school_line(row: SchoolCoverage) -> dict[str, str]:
    """Return a school's plan and fact of mentees as rows of papers print them."""
    figure = row.mentees
    return {
        "название": row.name,
        "план": "не введён" if figure.target is None else ru.number(figure.target),
        "факт": "нет данных" if figure.actual is None else ru.number(figure.actual),
        "процент": figure.percent,
        "отклонение": ru.signed(figure.gap),
    }
