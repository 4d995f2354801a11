"""Role models of the forms of mentoring, offered and never imposed: a school may write its own. Pure."""

from nastav.pairs import fitting
from nastav.people.models import Kind

_OF_PEERS = (
    "успевающий – неуспевающий",
    "лидер – пассивный",
    "равный – равному",
    "адаптированный – неадаптированный",
)
_OF_EMPLOYER = (
    "активный профессионал – равнодушный потребитель",
    "коллега – молодой коллега",
    "работодатель – будущий сотрудник",
)
MODELS: dict[tuple[Kind, Kind], tuple[str, ...]] = {
    (Kind.PUPIL, Kind.PUPIL): _OF_PEERS,
    (Kind.TEACHER, Kind.TEACHER): (
        "опытный учитель – молодой специалист",
        "лидер педагогического сообщества – педагог, которому нужна поддержка",
        "педагог-новатор – консервативный педагог",
        "опытный предметник – неопытный предметник",
    ),
    (Kind.TEACHER, Kind.PUPIL): (
        "учитель – неуспевающий ученик",
        "учитель – пассивный ученик",
        "учитель – одарённый ученик",
    ),
    (Kind.STUDENT, Kind.PUPIL): (
        "успевающий – неуспевающий",
        "лидер – равнодушный",
        "равный – другому",
        "куратор – автор проекта",
    ),
    (Kind.EMPLOYER, Kind.PUPIL): _OF_EMPLOYER,
    (Kind.EMPLOYER, Kind.STUDENT): _OF_EMPLOYER,
}
"""Who leads and who is led → the models of the field."""


def offered(form: str = "") -> list[str]:
    """Return the models to choose from: of a form of mentoring by its name, of every form without one."""
    lead, led = fitting.sides(form)
    own = MODELS.get((lead, led), ()) if lead and led else ()
    return list(dict.fromkeys(own or (model for models in MODELS.values() for model in models)))
