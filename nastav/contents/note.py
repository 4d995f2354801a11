"""The school's own report of the year: what was done, who was reached, what was decided, in figures."""

from collections import Counter
from collections.abc import Iterable

from nastav import ru, terms
from nastav.contents import answers, own
from nastav.contents.common import fields
from nastav.contents.figures import figures
from nastav.contents.scope import Content, Scope
from nastav.coverage import planned, text
from nastav.coverage.byform import queries as byform
from nastav.coverage.byform.rules import Numbers
from nastav.facts.statements import STATEMENTS
from nastav.feedback.swot import queries as swot
from nastav.papers.filler import Data
from nastav.people.models import Part
from nastav.stages import lines as stage_lines
from nastav.stages.models import StageState

_STATES = {
    StageState.ACCEPTED: "принято",
    StageState.SUBMITTED: terms.STAGE_STATES["submitted"],
    StageState.RETURNED: "возвращено",
    StageState.IN_PROGRESS: terms.STAGE_STATES["in_progress"],
    StageState.NOT_STARTED: terms.ACTIVITY_STATES["not_started"],
}


def collect(scope: Scope) -> Content:
    """Return the figures of the report; what the school has not written is left as lines."""
    forms = byform.of_school(scope.school, scope.on.year, scope.on)
    if not forms.lines:
        nothing = f"нечего анализировать: пар и групп за {scope.on.year} год ещё нет"
        return Content([], nothing=nothing)
    if scope.is_glance:
        return Content([])
    written = own.written(scope)
    said = {
        "календарный_год": str(scope.on.year),
        "этапы": _stages(scope),
        "встречи": _meetings(scope),
        "обучение": _said(scope, "selection_and_training", "trained_mentors", "mentors"),
        "обратная_связь": _answers(scope),
        "решения": _said(scope, "effectiveness"),
        "поощрения": _said(scope, "celebration"),
        "сильные_стороны": own.paragraphs(_swot(scope, "strengths", "opportunities"), 2),
        "трудности": own.paragraphs(
            [*_swot(scope, "weaknesses", "threats"), written["note_difficulties"]], 3
        ),
        "выводы": own.paragraphs([written["note_conclusions"]], 4),
        **_coverage(scope),
        **{f"всего_{name}": value for name, value in _numbers(forms.total).items()},
    }
    items = [{"форма": line.form, **_numbers(line.numbers)} for line in forms.lines]
    return Content([Data({**fields(scope), **said}, {"формы": items})])


def _numbers(counted: Numbers) -> dict[str, str]:
    return {
        "пары": ru.number(counted.pairs),
        "наставники": ru.number(counted.mentors),
        "наставляемые": ru.number(counted.mentees),
        "встретились": ru.number(counted.met),
    }


def _coverage(scope: Scope) -> dict[str, str]:
    """Return plan and fact of both parts as the page of coverage says them, and who was not counted."""
    year = scope.on.year
    found = planned.school_coverage(scope.school.id, [year], scope.on)[year]
    said = {}
    for name, part in (("охват_наставляемых", Part.MENTEE), ("охват_наставников", Part.MENTOR)):
        line = text.exceptions_line(found, part)
        more = f" {ru.capitalized(line)}." if line else ""
        said[name] = f"{ru.capitalized(text.school_line(found, part))}.{more}"
    return said


def _stages(scope: Scope) -> str:
    """Return how many stages stand in which state, which are overdue, how many activities are done."""
    lines = stage_lines.school_stages(scope.school.id, scope.cycle)
    counts = Counter(line.state for line in lines)
    states = ", ".join(
        f"{said} {counts[state]}" for state, said in _STATES.items() if counts[state]
    )
    of = ru.out_of(len(lines), "этапа", "этапов")
    done, total = sum(line.ready for line in lines), sum(line.total for line in lines)
    said = f"Из {of} {states}; мероприятий выполнено {done} из {total}."
    late = [line.roman for line in lines if line.standing.is_overdue]
    return (
        f"{said} {ru.capitalized(terms.STAGE_STANDINGS['overdue'])}: {ru.list_and(late)}."
        if late
        else said
    )


def _meetings(scope: Scope) -> str:
    found = figures(scope, "meetings", "pairs_met", "pairs")
    held = ru.counted(found["meetings"], "встреча", "встречи", "встреч")
    of = ru.out_of(found["pairs"], "пары или группы", "пар и групп")
    return f"За учебный год записано: {held}; встречались {found['pairs_met']} из {of}."


def _answers(scope: Scope) -> str:
    groups = answers.groups_of(scope)
    return answers.said(groups) if groups else "Анкет за учебный год ещё нет."


def _said(scope: Scope, activity: str, *trained: str) -> str:
    """Return what the page of a stage says of an activity."""
    known = STATEMENTS[activity]
    counted = figures(scope, *trained, *(name for each in known for name in each.needs))
    lines = [each.say(counted) for each in known]
    if trained:
        whole = ru.out_of(counted["mentors"], "наставника", "наставников")
        lines.insert(0, f"Обучено {counted['trained_mentors']} из {whole}")
    return _sentences(lines)


def _swot(scope: Scope, *names: str) -> list[str]:
    """Return what the school wrote of each form of mentoring, a line each."""
    district, school, year = scope.district.id, scope.school.id, scope.cycle.first_year
    lines = []
    for kind, is_written in swot.board(district, school, year):
        found = swot.swot(school, year, kind.id) if is_written else None
        texts = [getattr(found, name) for name in names] if found else []
        if any(texts):
            lines.append(f"{ru.capitalized(kind.name)}: {_sentences(texts)}")
    return lines


def _sentences(texts: Iterable[str]) -> str:
    said = " ".join(f"{each.strip().rstrip('.')}." for each in texts if each.strip())
    return said.replace(f" {ru.DASH}", f"{ru.NBSP}{ru.DASH}")  # a line never begins with a dash
